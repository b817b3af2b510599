"""while_loop: a body runs again and again, as long as a condition on the loop variables holds.

Eagerly it is Python's loop. While a graph is traced, condition and body are traced once, into sub-graphs of a node.

>>> import eagernb as tf
>>> @tf.function(autograph=False)
... def power(x, n):
...     return tf.while_loop(lambda i, y: i < n, lambda i, y: (i + 1, y * x), (0, 1.0))[1]
>>> float(power(tf.constant(2.0), tf.constant(10)))
1024.0
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from eagernb.autodiff.backprop import zeros_of
from eagernb.autodiff.plan import like
from eagernb.core import nest
from eagernb.core.composite import Composite
from eagernb.core.convert import convert_to_tensor, is_tensor
from eagernb.core.dispatch import dispatch, spec_of
from eagernb.core.dtypes import bool_, int32, variant
from eagernb.core.op import WRITE, Op, Rule, register
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_value
from eagernb.core.tensor import Symbol, Tensor
from eagernb.errors import InvalidArgumentError, ShapeError
from eagernb.graph.derivative import Derivative, derivative_of
from eagernb.graph.interpreter import interpret_arrays, replay
from eagernb.graph.ir import Graph
from eagernb.graph.layout import Layout, laid_out
from eagernb.graph.part import Part, share_captures, tracer_around
from eagernb.graph.pushing import pushed, refuse_effects
from eagernb.graph.subgraphs import Run, followers, sees_inside, tell_of_variables
from eagernb.graph.trace_graph import graph_of
from eagernb.graph.tracer import Tracer
from eagernb.ops.arithmetic import add
from eagernb.ops.compare import greater, less, logical_and
from eagernb.ops.saved_stack import SPEC as STACK
from eagernb.ops.saved_stack import count as stack_count
from eagernb.ops.saved_stack import empty_stack, pop, push
from eagernb.ops.shape import reshape
from eagernb.ops.tensor_array import TensorArray
from eagernb.ops.variants import variant_add


def _kernel(
    *arrays: Any, cond: Graph, body: Graph, count: int, maximum_iterations: int | None, derivative: Any = None,
    run: Run = interpret_arrays,
) -> Sequence[Any]:  # fmt: skip
    variables, captured = list(arrays[:count]), arrays[count:]
    turns = 0
    while (maximum_iterations is None or turns < maximum_iterations) and run(cond, [*variables, *captured])[0]:
        variables = list(run(body, [*variables, *captured]))
        turns += 1
    return variables


def _infer(*specs: TensorSpec, body: Graph, count: int, **_: Any) -> tuple[TensorSpec, ...]:
    return tuple(node.specs[0] for node in body.inputs[:count])


class _Kept:
    """What the gradient of a loop needs: the stack of what each turn saved, and of what is captured, what it asks for.

    Loop variables and what is captured are numbered as the body's inputs are; the stack, which the body alone does not
    know, is between them.
    """

    def __init__(self, inputs: Sequence[Any], outputs: Sequence[Tensor], derivative: Derivative, count: int) -> None:
        self.stack = outputs[-1]
        self.likes = list(map(like, outputs))
        self.varying = [i for i, x in enumerate(inputs[:count]) if x.dtype.is_differentiable]
        needed = _needed(derivative)
        self.captured = {i: inputs[i + 1] for i in range(count, len(inputs) - 1) if i in needed}
        self.count, self.size = count, len(inputs) - 1


def _needed(derivative: Derivative) -> set[int]:
    """The inputs of the body that its gradient needs as they are, or must know the shape of."""
    backs = [back for back in (derivative.first, derivative.again) if back is not None]
    return {i for i in derivative.saved if i is not None} | {i for back in backs for i in back.wanted}


def _keep(inputs: Sequence[Any], outputs: Sequence[Tensor], params: Mapping[str, Any]) -> _Kept | None:
    if params["derivative"] is None:
        return None
    return _Kept(inputs, outputs, params["derivative"], params["count"] - 1)


def _rule(g: list[Any], kept: _Kept, derivative: Derivative, maximum_iterations: int | None) -> list[Any]:
    """A loop that takes from the stack what each turn saved: the last turn's first."""
    *g_variables, g_stack = g
    back = derivative.first if g_stack is None else derivative.again
    assert back is not None, "a tape that follows a second derivative was not seen"
    stacks = [kept.stack] if g_stack is None else [kept.stack, g_stack]
    arriving = [zeros_of(kept.likes[i]) if g_variables[i] is None else g_variables[i] for i in kept.varying]
    wanted = [i for i in back.wanted if i >= kept.count]  # what is captured gets a sum over all turns
    sums = [zeros_of(kept.captured[i]) for i in wanted]
    captured = list(kept.captured.values())

    def turn(values: list[Any]) -> list[Any]:
        left = iter(values)
        below, entries = zip(*(pop(next(left), derivative.extra) for _ in stacks), strict=True)
        g_variables = [next(left) for _ in arriving]
        totals = [next(left) for _ in sums]
        saved = derivative.with_saved(dict(zip(kept.captured, left, strict=True)), entries[0])
        g_saved = [one for entry in entries[1:] for one in entry if one.dtype.is_differentiable]
        found = dict(zip(back.wanted, replay(back.graph, [*saved, *g_variables, *g_saved]), strict=True))
        added = [_sum(total, found[i]) for total, i in zip(totals, wanted, strict=True)]
        return [*below, *(found[i] for i in kept.varying), *added]

    variables = [*stacks, *arriving, *sums]
    specs = list(map(spec_of, [*variables, *captured]))
    body = graph_of(f"gradient_of_{derivative.forward.name}", specs, turn)
    is_left = graph_of("is_left", specs, lambda values: [greater(stack_count(values[0]), 0)])
    results = _loop(is_left, body, variables, captured, maximum_iterations)[len(stacks) :]
    found = dict(zip([*kept.varying, *wanted], results, strict=True))
    found_for = [found.get(i) for i in range(kept.size)]
    return [*found_for[: kept.count], None, *found_for[kept.count :]]


def _sum(x: Tensor, y: Tensor) -> Tensor:
    return variant_add(x, y) if x.dtype is variant else add(x, y)


def _push(inputs: Sequence[Any], params: Mapping[str, Any], tangents: Sequence[Any]) -> list[Any]:
    """The tangents of the outputs: a loop in which those of the loop variables are further loop variables."""
    cond, body, count = params["cond"], params["body"], params["count"]
    refuse_effects([cond, body], "a loop")
    outer = len(inputs) - count
    varying = [i for i in range(count) if inputs[i].dtype.is_differentiable]
    moving = [i for i in range(count, len(inputs)) if tangents[i] is not None]

    def plain(values: list[Any]) -> list[Any]:
        """What the loop's own graphs take."""
        captured = values[count + len(varying) :]
        return [*values[:count], *captured[:outer]]

    def turn(values: list[Any]) -> list[Any]:
        mine = [*values[count : count + len(varying)], *values[count + len(varying) + outer :]]
        outputs, moved = pushed(body, plain(values), dict(zip([*varying, *moving], mine, strict=True)))
        return [*outputs, *(moved[i] for i in varying)]

    known = [node.specs[0] for node in body.inputs]
    specs = [*known[:count], *(known[i] for i in varying), *known[count:], *(known[i] for i in moving)]
    first = [zeros_of(inputs[i]) if tangents[i] is None else tangents[i] for i in varying]
    results = _loop(
        graph_of(cond.name, specs, lambda values: replay(cond, plain(values))),
        graph_of(body.name, specs, turn),
        [*inputs[:count], *first],
        [*inputs[count:], *(tangents[i] for i in moving)],
        params["maximum_iterations"],
    )
    found = dict(zip(varying, results[count:], strict=True))
    return [found.get(i) for i in range(count)]


def _repeat(inputs: Sequence[Any], params: Mapping[str, Any]) -> list[Any]:
    count = params["count"]
    return _loop(
        params["cond"], params["body"], list(inputs[:count]), list(inputs[count:]), params["maximum_iterations"]
    )


WHILE_LOOP = register(
    Op("while_loop", ("*values",), _kernel, _infer, (Rule.of(_rule),), label="while", family="control flow",
       effect=WRITE, multiple=True, graphs=("cond", "body"), carries="count", keep=_keep, repeat=_repeat, push=_push)
)  # fmt: skip


def _loop(
    cond: Graph, body: Graph, variables: list[Any], captured: list[Any], maximum_iterations: int | None
) -> list[Any]:
    """The loop variables in the end; gradients flow to what they were at first, and to what was captured."""
    __tracebackhide__ = True
    values = [*variables, *captured]
    count = len(variables)
    if sees_inside() and not any(isinstance(x, Symbol) for x in values):
        return list(
            _kernel(*values, cond=cond, body=body, count=count, maximum_iterations=maximum_iterations, run=replay)
        )
    params: dict[str, Any] = {
        "cond": cond, "body": body, "count": count, "maximum_iterations": maximum_iterations, "derivative": None,
    }  # fmt: skip
    orders, followed = followers(values)
    if not orders:
        return list(dispatch(WHILE_LOOP, values, params))
    derivative = derivative_of(body, followed, again=orders > 1, varying=count)
    # One more loop variable, the stack: it comes after the others, before what is captured.
    stack = empty_stack(maximum_iterations, derivative.extra)
    params |= {
        "cond": _with_stack(cond, count), "body": _pushing(derivative, count), "count": count + 1,
        "derivative": derivative,
    }  # fmt: skip
    return list(dispatch(WHILE_LOOP, [*variables, stack, *captured], params)[:count])


def _with_stack(cond: Graph, count: int) -> Graph:
    """The condition, which takes no notice of the stack."""
    specs = [node.specs[0] for node in cond.inputs]
    return graph_of(
        cond.name, [*specs[:count], STACK, *specs[count:]],
        lambda values: replay(cond, [*values[:count], *values[count + 1 :]]),
    )  # fmt: skip


def _pushing(derivative: Derivative, count: int) -> Graph:
    """The body, which also puts what its gradient needs on the stack."""

    def body(values: list[Any]) -> list[Any]:
        results = replay(derivative.forward, [*values[:count], *values[count + 1 :]])
        return [*results[:count], push(values[count], results[count:])]

    specs = [node.specs[0] for node in derivative.forward.inputs]
    return graph_of(derivative.forward.name, [*specs[:count], STACK, *specs[count:]], body)


def while_loop(
    cond: Callable[..., Any], body: Callable[..., Any], loop_vars: Any, shape_invariants: Any = None,
    parallel_iterations: int = 10, back_prop: bool = True, swap_memory: bool = False,
    maximum_iterations: Any = None, name: str | None = None,
) -> Any:  # fmt: skip
    """The loop variables after ``loop_vars = body(*loop_vars)`` for as long as ``cond(*loop_vars)`` is true.

    ``loop_vars`` is a list or tuple, whose parts may be structures. In a graph their shapes and dtypes must stay;
    ``shape_invariants``, of the same structure, says with None which sizes may change. There are at most
    ``maximum_iterations`` turns. The other arguments change nothing.

    Raises TypeError for functions that cannot be called and a loop variable whose dtype changes, ValueError where its
    shape or the structure does, or where there are no loop variables, InvalidArgumentError for a condition that is
    no scalar bool.

    >>> import eagernb as tf
    >>> i, power = tf.while_loop(lambda i, power: i < 10, lambda i, power: (i + 1, power * 2), (0, tf.constant(1)))
    >>> int(power)
    1024
    """
    __tracebackhide__ = True
    for function, argument in ((cond, "cond"), (body, "body")):
        if not callable(function):
            raise TypeError(f"'{argument}' must be callable, not {function!r}.")
    if parallel_iterations < 1:
        raise TypeError("'parallel_iterations' must be a positive integer.")
    tracer = tracer_around()
    if is_tensor(loop_vars):
        raise TypeError("'loop_vars' must be a list or tuple of tensors, not a tensor: put it in brackets.")
    if loop_vars is None or (tracer is None and not loop_vars):
        raise ValueError("'loop_vars' must be provided: a list or tuple of the loop's variables.")
    limit = None if maximum_iterations is None else convert_to_tensor(maximum_iterations, int32)
    if limit is not None and limit._dims:
        raise ShapeError(f"while_loop: 'maximum_iterations' must be a scalar, but it has shape {limit.shape}.")
    if tracer is not None:
        return _traced(cond, body, loop_vars, shape_invariants, limit, tracer)
    turns = 0
    while True:
        goes_on = cond(*loop_vars)
        if isinstance(goes_on, Symbol):  # other for each example of a batch
            left = None if limit is None else limit - turns
            return _traced(cond, body, loop_vars, shape_invariants, left, tracer)
        if not goes_on or (limit is not None and turns >= int(limit)):
            break
        result = _in_brackets(body(*loop_vars))
        nest.assert_same_structure(list(loop_vars), list(result))
        loop_vars = result
        turns += 1
    return nest.map_structure(
        lambda x: x if isinstance(x, (TensorArray, Composite)) else convert_to_tensor(x), loop_vars
    )


def _in_brackets(result: Any) -> Any:
    """What the body returned, as a sequence: a single loop variable may come without brackets."""
    return result if isinstance(result, (list, tuple)) else [result]


def _traced(
    cond: Callable[..., Any],
    body: Callable[..., Any],
    loop_vars: Any,
    shape_invariants: Any,
    limit: Any,
    tracer: Tracer | None,
) -> Any:
    __tracebackhide__ = True
    if any(leaf is None for leaf in nest.flatten(loop_vars)):
        raise ValueError("while_loop: None values not supported as loop variables.")
    tensors, layout = laid_out(loop_vars)
    specs = _specs(tensors, layout, shape_invariants)
    known = None if limit is None else static_value(limit)
    maximum = None if known is None else max(0, int(known))
    if limit is not None and known is None:
        # A number of turns that only the graph will know is one more condition.
        tensors, specs = [*tensors, convert_to_tensor(0)], [*specs, TensorSpec([], int32)]
    loop = _Loop(layout, limit if known is None else None)
    names = _names(cond, tensors)
    condition = Part("cond", tracer, specs, names)
    condition.trace(lambda: loop.cond(cond, condition.arguments))
    _check_condition(condition)
    turn = Part("body", tracer, specs, names, before=condition)
    turn.trace(lambda: loop.body(body, turn.arguments))
    _check_turn(specs, tensors, turn)
    captured = share_captures([condition, turn])
    graphs = condition.graph(), turn.graph()
    tell_of_variables(captured, graphs)
    results = _loop(*graphs, tensors, captured, maximum)
    # A TensorArray knows more of its elements once the body has written some.
    kinds = zip(layout.kinds, turn.layout.kinds, strict=False)
    return Layout(layout.structure, tuple(a if a is Tensor else b for a, b in kinds)).pack(results)


def _names(cond: Callable[..., Any], tensors: Sequence[Tensor]) -> list[str]:
    """A name for each loop variable: that of the condition's parameter, if there are as many."""
    with suppress(TypeError, ValueError):  # there may be no signature
        parameters = inspect.signature(cond).parameters.values()
        names = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
        if len(names) == len(tensors) and "_" not in names:
            return names
    return [x.name.partition(":")[0] if isinstance(x, Symbol) else f"x{i}" for i, x in enumerate(tensors)]


class _Loop:
    """The user's condition and body, from the tensors of the loop variables and to them."""

    def __init__(self, layout: Layout, limit: Any) -> None:
        self.layout = layout
        self.limit = limit  # a symbol: one more loop variable counts the turns

    def pack(self, tensors: Sequence[Any]) -> Any:
        return self.layout.pack(tensors)

    def cond(self, cond: Callable[..., Any], arguments: Sequence[Any]) -> Any:
        __tracebackhide__ = True
        result = cond(*self.pack(arguments))
        if is_tensor(result) and result.shape.rank and result.shape.num_elements() == 1:
            result = reshape(result, [])
        if self.limit is None:
            return result
        return logical_and(less(arguments[-1], self.limit), result)

    def body(self, body: Callable[..., Any], arguments: Sequence[Any]) -> Any:
        __tracebackhide__ = True
        variables = self.pack(arguments)
        result = _in_brackets(body(*variables))
        nest.assert_same_structure(variables, result, check_types=False)
        if any(leaf is None for leaf in nest.flatten(result)):
            raise ValueError("while_loop: the body gives None for a loop variable. None values not supported.")
        return [*nest.flatten(result), *([] if self.limit is None else [arguments[-1] + 1])]


def _specs(tensors: Sequence[Tensor], layout: Layout, shape_invariants: Any) -> list[TensorSpec]:
    """What holds of each loop variable in every turn."""
    specs = list(map(spec_of, tensors))
    if shape_invariants is None:
        return specs
    shapes = [TensorShape(x.shape if isinstance(x, TensorSpec) else x) for x in _shapes(shape_invariants)]
    if len(shapes) != len(tensors):
        raise ValueError(
            f"while_loop: {len(tensors)} loop variables, but {len(shapes)} shape_invariants: they must have one "
            "structure."
        )
    for spec, shape in zip(specs, shapes, strict=True):
        if not shape.is_compatible_with(spec.shape):
            raise ValueError(
                f"The shape invariant of a loop variable is not compatible with its initial shape: it enters "
                f"the loop with shape {spec.shape}, but the specified shape invariant is {shape}."
            )
    return [
        spec if spec.dtype is variant else TensorSpec(shape, spec.dtype)
        for spec, shape in zip(specs, shapes, strict=True)
    ]


def _shapes(structure: Any) -> list[Any]:
    if isinstance(structure, (TensorShape, TensorSpec)):
        return [structure]
    if isinstance(structure, dict):
        return [shape for key in sorted(structure) for shape in _shapes(structure[key])]
    return [shape for part in structure for shape in _shapes(part)]


def _check_condition(condition: Part) -> None:
    specs = condition.specs
    if len(specs) != 1 or specs[0].dtype is not bool_ or specs[0].dims:
        found = ", ".join(spec.brief for spec in specs) or "nothing"
        raise InvalidArgumentError(
            f"while_loop: cond must return a scalar bool, not {found}. Compare with something, and reduce it with "
            "tf.reduce_all or tf.reduce_any."
        )


def _check_turn(specs: Sequence[TensorSpec], tensors: Sequence[Tensor], turn: Part) -> None:
    for before, tensor, after in zip(specs, tensors, turn.specs, strict=True):
        name = tensor.name if isinstance(tensor, Symbol) else repr(tensor)
        if after.dtype is not before.dtype:
            raise TypeError(
                f"Loop var {name} enters the loop with type {before.dtype.name} but has type {after.dtype.name} after "
                f"1 iteration. {name} type should remain constant: use tf.cast in the body."
            )
        if not _is_as_specific(after, before):
            raise ValueError(
                f"Input tensor {name} enters the loop with shape {before.shape}, but has shape {after.shape} after one "
                "iteration. To allow the shape to vary across iterations, use the `shape_invariants` argument of "
                "tf.while_loop to specify a less-specific shape."
            )


def _is_as_specific(spec: TensorSpec, invariant: TensorSpec) -> bool:
    return spec.shape.is_subtype_of(invariant.shape)
