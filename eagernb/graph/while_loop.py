"""while_loop: a body runs again and again, as long as a condition on the loop variables holds.

Eagerly it is Python's loop. While a graph is traced, condition and body are traced once, into sub-graphs of a node: the
op's kernel and gradient are in loop.py.

>>> import eagernb as tf
>>> @tf.function(autograph=False)
... def power(x, n):
...     return tf.while_loop(lambda i, y: i < n, lambda i, y: (i + 1, y * x), (0, 1.0))[1]
>>> float(power(tf.constant(2.0), tf.constant(10)))
1024.0
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from eagernb.core import nest
from eagernb.core.composite import Composite
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dispatch import spec_of
from eagernb.core.dtypes import bool_, int32, variant
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_value
from eagernb.core.tensor import Symbol, Tensor
from eagernb.errors import InvalidArgumentError, ShapeError
from eagernb.graph.layout import Layout, laid_out
from eagernb.graph.loop import run_loop
from eagernb.graph.part import Part, share_captures, tracer_around
from eagernb.graph.subgraphs import tell_of_variables
from eagernb.graph.tracer import Tracer
from eagernb.ops.compare import less, logical_and
from eagernb.ops.shape import reshape
from eagernb.ops.tensor_array import TensorArray


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
    if is_dense_tensor(loop_vars):
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
    results = run_loop(*graphs, tensors, captured, maximum)
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
        if is_dense_tensor(result) and result.shape.rank and result.shape.num_elements() == 1:
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
