"""From a graph to a program of JAX's: the graph's nodes, one after the other, on JAX's traced arrays.

While JAX traces, a value is either one of its traced arrays or known: a NumPy array, computed by the op's own kernel.
Constants are known, so are shapes, and what is computed from known values alone. Sizes, axes and positions that an op
needs as numbers have to be. Where they come from small integers among the inputs, the program is compiled anew for each
of their values, as in TensorFlow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.dispatch import KERNEL_ERRORS, infer
from eagernb.core.dtypes import BFLOAT16, of_array, variant
from eagernb.core.late import filled
from eagernb.core.op import WRITE, Op
from eagernb.core.spec import TensorSpec
from eagernb.core.static import shape_like
from eagernb.core.variable import Variable
from eagernb.core.widening import kernel_for
from eagernb.executors.xla.refusals import reason_for, refusal
from eagernb.executors.xla.table import Unknown, asks, find_control_flow_rule, find_rule, find_state_rule, known
from eagernb.graph.interpreter import located
from eagernb.graph.ir import CONSTANT, INPUT, VARIABLE, Graph, Node, Value

# Which of the program's inputs a value was computed from; None where it could not be known in any case.
Sources = frozenset[int] | None


class NeedsValuesError(Exception):
    """The values of these inputs have to be known while compiling."""

    def __init__(self, inputs: frozenset[int]) -> None:
        super().__init__(inputs)
        self.inputs = inputs


class Item(NamedTuple):
    """A value while lowering: a traced array, a known one or a variable, and the inputs that it comes from."""

    array: Any
    sources: Sources = frozenset()

    @property
    def is_known(self) -> bool:
        return _is_array(self.array)


def _is_array(x: Any) -> bool:
    return isinstance(x, (np.ndarray, np.generic))


class State:
    """What the variables hold at this point of the program, and which of them were assigned to, in order."""

    def __init__(self, values: dict[int, Any]) -> None:
        self.values = values  # by the variable's id
        self.written: dict[int, Variable] = {}


def is_draw(node: Node) -> bool:
    """Whether it draws the next random numbers of a sequence."""
    return node.op.family == "random" and node.op.effect == WRITE


def draws_before_the_run(graph: Graph) -> tuple[Node, ...]:
    """The draws of one array that depend on nothing that the program computes: up to the first draw of another kind."""
    draws: list[Node] = []
    for node in graph.nodes:
        if node.graphs and any(_draws(graph) for graph in node.graphs):
            break
        if is_draw(node):
            if node.inputs or node.op.multiple:
                break  # it takes the next numbers of its sequence while the program runs, and so do those after it
            draws.append(node)
    return tuple(draws)


def _draws(graph: Graph) -> bool:
    return any(is_draw(node) or any(map(_draws, node.graphs)) for node in graph.nodes)


def lower(graph: Graph, inputs: Sequence[Item], state: State, drawn: dict[Node, Any] | None = None) -> list[Item]:
    """The graph's outputs. ``drawn`` holds the random numbers that are inputs of the program.

    Raises InvalidArgumentError with the op and the user's line for what XLA cannot take.
    """
    items: dict[Value, Item] = {}
    for node, last in zip(graph.nodes, graph.last_uses(), strict=True):
        if node.op is INPUT:
            results = [inputs[node.params["index"]]]
        elif node.op is CONSTANT:
            results = [Item(node.params["value"])]
        elif node.op is VARIABLE:
            results = [Item(node.params["variable"]._handle)]
        elif drawn and node in drawn:
            results = [Item(drawn[node], None)]
        else:
            results = _lower_node(node, [items[value] for value in node.inputs], state)
        items.update(zip(node.values, results, strict=True))
        for value in last:
            items.pop(value, None)
    return [items[value] for value in graph.outputs]


def _lower_node(node: Node, inputs: list[Item], state: State) -> list[Item]:
    op = node.op
    if op.graphs:
        control_flow = find_control_flow_rule(op)
        if control_flow is None:
            raise refusal(node, reason_for(op))
        return control_flow(node, inputs, state)
    arrays = [item.array for item in inputs]
    if op.pure and inputs and all(item.is_known for item in inputs) and node.specs[0].dtype is not variant:
        compute: Any = _compute_now
    else:
        compute = _compute_later
    try:
        results, depends = compute(node, op, arrays, state)
    except Unknown as unknown:
        wanted = [item for item in inputs if item.array is unknown.array] or inputs  # all, if it was widened
        if any(item.sources is None for item in wanted):
            raise refusal(node, "a size or position in it must be known while XLA compiles, but is computed") from None
        raise NeedsValuesError(frozenset().union(*(item.sources or () for item in wanted))) from None
    except (*KERNEL_ERRORS, NotImplementedError) as error:
        raise located(node, error) from None
    sources: Sources = None if depends else frozenset()
    for item in inputs:
        sources = None if sources is None or item.sources is None else sources | item.sources
    return [Item(result, sources) for result in results]


def _compute_now(node: Node, op: Op, arrays: list[Any], state: State) -> tuple[Any, bool]:
    result = kernel_for(op, [array.dtype for array in arrays])(*arrays, **node.params)
    return (list(map(np.asarray, result)) if op.multiple else [np.asarray(result)]), False


def _compute_later(node: Node, op: Op, arrays: list[Any], state: State) -> tuple[Any, bool]:
    """The results, and whether they depend on more than the inputs."""
    import jax.numpy as jnp

    params: dict[str, Any] = dict(node.params)
    rule, change = find_rule(op), find_state_rule(op)
    if rule is None and change is None and op.late_of is not None:
        op, arrays, params = _with_numbers(op.late_of, arrays, params)
        rule, change = find_rule(op), find_state_rule(op)
    if change is not None:
        variable, *operands = arrays
        new, result = change(state.values[id(variable)], *operands, **params)
        if op.effect == WRITE:
            state.values[id(variable)] = in_dtype(new, variable.dtype.numpy)
            state.written[id(variable)] = variable
        return [in_dtype(result, variable.dtype.numpy)], True
    if rule is None and op.family == "random":
        return _call_back(node, op, arrays, params), not op.pure
    if rule is None:
        raise refusal(node, reason_for(op))
    if BFLOAT16 not in op.dtypes and op.pure:  # as in widening.py
        arrays = [x.astype(np.float32) if getattr(x, "dtype", None) == BFLOAT16 else x for x in arrays]
    if not asks(op):
        arrays = [
            jnp.asarray(x) if isinstance(x, (np.ndarray, np.generic)) and x.dtype != object else x for x in arrays
        ]
    result = rule(*arrays, **params)
    results = result if op.multiple else (result,)
    pairs = zip(results, node.specs, strict=True)
    return [x if spec.dtype is variant else in_dtype(x, spec.dtype.numpy) for x, spec in pairs], False


def _with_numbers(op: Op, arrays: list[Any], params: dict[str, Any]) -> tuple[Op, list[Any], dict[str, Any]]:
    """What to call for the late form of an op: the op itself, with numbers that are known by now among its params."""
    numbers = [int(known(x)) if i >= len(op.inputs) else x for i, x in enumerate(arrays)]
    return op, arrays[: len(op.inputs)], filled(params, numbers)


def in_dtype(array: Any, dtype: np.dtype) -> Any:
    """A result in the dtype that inference says: JAX widens sums of small integers, and has weak dtypes."""
    if _is_array(array):
        return np.asarray(array, dtype)
    from jax import lax

    return lax.convert_element_type(array, dtype)


def _specs(arrays: Sequence[Any]) -> list[TensorSpec]:
    return [TensorSpec(x.shape, x.dtype if isinstance(x, Variable) else of_array(x)) for x in arrays]


def _call_back(node: Node, op: Op, arrays: list[Any], params: dict[str, Any]) -> list[Any]:
    """Draw with NumPy, which the program waits for: the numbers are those that every other executor gets."""
    import jax
    from jax.experimental import io_callback

    specs = infer(op, _specs(arrays), params)
    wanted = tuple(jax.ShapeDtypeStruct(tuple(spec.dims), spec.dtype.numpy) for spec in specs)

    def draw(*values: Any) -> tuple[Any, ...]:
        result = op.kernel(*map(np.asarray, values), **params)
        return tuple(map(np.asarray, result)) if op.multiple else (np.asarray(result),)

    if op.pure:
        return list(jax.pure_callback(draw, wanted, *arrays))
    return list(io_callback(draw, wanted, *arrays, ordered=True))


def can_be_known(array: Any) -> bool:
    """Whether compiling anew for each value of an input makes sense: it may be a size, an axis or a position."""
    return array.ndim == 0 or shape_like(array)
