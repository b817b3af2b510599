"""Numbers among an op's params that get their values only when the graph runs: ``x[:n]``, ``tf.zeros([n, 3])``.

An op's params are Python values. While a graph is traced, a size or an index may be a symbol instead. Then the op gives
way to its late form: the symbols join the inputs, a ``Late`` stands in the params for each, and the kernel of the op is
called once the numbers are there.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from eagernb.core.apply import apply
from eagernb.core.convert import is_dense_tensor
from eagernb.core.dispatch import check_dtypes, current
from eagernb.core.dtypes import int32
from eagernb.core.op import Op, Rule, find_op
from eagernb.core.shape import Dims, SymbolDims, TensorShape
from eagernb.core.static import static_elements, static_int, static_ints, static_shape, static_value
from eagernb.core.tensor import Symbol, Tensor
from eagernb.core.widening import kernel_for
from eagernb.errors import ShapeError


@dataclass(frozen=True)
class Late:
    """Stands in the params for a number that comes as the op's input at this position."""

    position: int

    def __repr__(self) -> str:
        return "?"


def late_int(value: Any, argument: str) -> Any:
    """A Python int, or the symbol of one that is known only when the graph runs; TypeError for anything else."""
    if isinstance(value, Symbol) and static_value(value) is None:
        if value._dims or not value.dtype.is_integer:
            raise TypeError(f"{argument} must be an integer, not {value!r}.")
        return value
    return static_int(value, argument)


def late_ints(value: Any, argument: str, count: int | None = None) -> tuple[Any, ...]:
    """A tuple of Python ints, and symbols for those that are known only when the graph runs.

    ``count`` is how many there have to be, where that is known: a vector may be of unknown length.
    """
    if value.__class__ in (list, tuple):
        for number in value:
            if number.__class__ is not int:
                break
        else:  # plain numbers, as most are
            return tuple(value)
    if isinstance(value, SymbolDims):
        return sizes_of(value)
    if isinstance(value, Symbol) and static_value(value) is None:
        if not value._dims:
            return (late_int(value, argument),)
        elements = static_elements(value)
        if elements is None and count is not None and len(value._dims) == 1:
            elements = [None] * count
        if elements is None:
            return static_ints(value, argument)  # raises, naming the symbol
        value = [value[i] if known is None else known for i, known in enumerate(elements)]
    if isinstance(value, (list, tuple)) and not isinstance(value, TensorShape):
        return tuple(late_int(v, argument) for v in value)
    return static_ints(value, argument)


def is_of_unknown_length(value: Any) -> bool:
    """Whether it is the symbol of a shape of which not even the rank is known."""
    if not isinstance(value, Symbol) or static_value(value) is not None:
        return False
    return value.shape.rank == 1 and static_elements(value) is None


def late_shape(value: Any, argument: str, unknown: int = 0) -> tuple[Any, ...]:
    """``static_shape``, where some dimensions may be symbols."""
    dims = late_ints(value, argument)
    for d in dims:
        if d.__class__ is int and d < 0:
            static_shape([d for d in dims if not is_dense_tensor(d)], argument, unknown)
            break
    return dims


def late_vector(value: Any, argument: str) -> tuple[Any, ...]:
    """``late_shape``, where a single number is no shape: ShapeError.

    >>> late_vector(3, "shape")
    Traceback (most recent call last):
      ...
    eagernb.errors.ShapeError: shape must be a vector, such as [3], not a single number.
    """
    check_vector(value, argument)
    return late_shape(value, argument)


def check_vector(value: Any, argument: str) -> None:
    """ShapeError for a single number where there must be several, or a list of one."""
    if isinstance(value, int) or getattr(value, "shape", None) == ():
        number = value if isinstance(value, int) else "n"
        raise ShapeError(f"{argument} must be a vector, such as [{number}], not a single number.")


def sizes_of(x: Any) -> tuple[Any, ...]:
    """The sizes of a tensor, or of what stands for its shape in a gradient rule; symbols where they are unknown yet.

    Raises DTypeError for dims that are unknown and belong to no symbol.
    """
    dims = x if isinstance(x, tuple) else x._dims
    if None not in dims:
        return tuple(dims)
    if not isinstance(dims, SymbolDims):
        return static_shape(dims, "a size")
    asked = apply(find_op("shape"), (dims.symbol,), dtype=int32)
    return tuple(asked[i] if d is None else d for i, d in enumerate(dims))


def known_dims(sizes: Sequence[Any]) -> Dims:
    """Sizes as inference gives them: None for those that are known only when the graph runs."""
    return tuple(None if isinstance(size, Late) else size for size in sizes)


def apply_late(op: Op, inputs: Sequence[Any], **params: Any) -> Any:
    """``apply``, where numbers among the params (or in tuples there) may be symbols."""
    __tracebackhide__ = True
    handler = current()
    if handler is None or handler.passive:  # nobody makes symbols
        return apply(op, inputs, **params)
    form, operands, marked = late_call(op, inputs, params)
    return apply(form, operands, **marked)


def late_call(op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> tuple[Op, Sequence[Any], dict[str, Any]]:
    """The op, inputs and params to call: those given, unless there are symbols among the params."""
    symbols: list[Tensor] = []

    def mark(value: Any) -> Late:
        symbols.append(value)
        return Late(len(inputs) + len(symbols) - 1)

    marked = {name: _replaced(value, is_dense_tensor, mark) for name, value in params.items()}
    return (_late_form(op), [*inputs, *symbols], marked) if symbols else (op, inputs, params)


def _replaced(value: Any, matches: Callable[[Any], bool], replace: Callable[[Any], Any]) -> Any:
    if isinstance(value, tuple):
        items = [_replaced(item, matches, replace) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return replace(value) if matches(value) else value


def filled(params: dict[str, Any], values: Sequence[Any]) -> dict[str, Any]:
    """The params with each Late replaced by its value."""
    return {
        name: _replaced(param, lambda x: isinstance(x, Late), lambda late: values[late.position])
        for name, param in params.items()
    }


@cache
def _late_form(op: Op) -> Op:
    count = len(op.inputs)
    names = tuple(inspect.signature(op.kernel).parameters)[count:]

    def kernel(*arrays: Any, **params: Any) -> Any:
        numbers = [*arrays[:count], *(int(number) for number in arrays[count:])]
        run = kernel_for(op, [array.dtype for array in arrays[:count]])
        return run(*arrays[:count], **filled(params, numbers))

    def infer(*specs: Any, **params: Any) -> Any:
        check_dtypes(op, specs[:count])
        return op.infer(*specs[:count], **params)

    def flops(ins: Any, outs: Any, **params: Any) -> int:
        return op.flops(ins[:count], outs, **params)

    def gradients(g: Any, values: Sequence[Any], out: Any, *given: Any) -> list[Any]:
        # By now a symbol may have a value: where one was run for each example of a batch.
        numbers = [x if isinstance(x, Symbol) else int(x) for x in values[count:]]
        params = filled(dict(zip(names, given, strict=True)), [*values[:count], *numbers])
        inputs = dict(zip(op.inputs, values, strict=False))
        named = {"out": out} | inputs | params
        for name, x in inputs.items():
            named |= {f"like_{name}": x, f"dims_{name}": x._dims}
        found = [rule and rule.function(g, *(named[name] for name in rule.names)) for rule in op.rules]
        return [*found, *[None] * (len(values) - count)]

    rules = (Rule(gradients, ("values", "out", *names)),) if any(op.rules) else ()
    return Op(
        f"late_{op.name}", ("*values",), kernel, infer, rules, label=op.label, family=op.family, effect=op.effect,
        multiple=op.multiple, flops=flops, remedy=op.remedy, late_of=op, moves=op.moves,
    )  # fmt: skip
