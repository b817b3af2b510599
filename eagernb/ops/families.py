"""What elementwise ops and reductions have in common, so that most ops are a line.

An op's name also stands in a few tables outside of its own file, where what they say does not follow from the record:
its rule for XLA (executors/xla/rules), its row in a GraphDef (compat/graphdef/rows), its spelling in generated NumPy
(executors/numpy_source/spelling.py), and how a batch of it is computed at once (autodiff/batch_rules.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply, binary, unary
from eagernb.core.dtypes import DType
from eagernb.core.late import apply_late, sizes_of
from eagernb.core.laws import NO_LAWS, Laws
from eagernb.core.op import Op, Rule, find_op, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axes, static_ints
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.ops.declared import declared

BROADCAST_REMEDY = (
    "Two dimensions go together if they are equal or one of them is 1, counted from the last; "
    "tf.expand_dims or tf.reshape can line them up."
)


def elements(ins: tuple[TensorSpec, ...], outs: tuple[TensorSpec, ...], **params: Any) -> int:
    """The cost of an elementwise op: one operation for each element of the output."""
    return outs[0].size or 0


class NoGradient(Rule):
    """The rule of an op for which TensorFlow defines no gradient either."""


def no_gradient(name: str) -> NoGradient:
    """A rule that raises LookupError, for an op that has no gradient where None would be misleading."""

    def missing(g: Any) -> Any:
        raise LookupError(f"gradient registry has no entry for: {name}. Use tf.stop_gradient on what it is applied to.")

    return NoGradient(missing, ())


def elementwise(
    name: str,
    kernel: Callable[..., Any],
    rule: Callable[..., Any] | None = None,
    *,
    doc: str = "",
    example: str = "",
    argument: str = "x",
    label: str = "",
    allowed: Any = dtypes.NUMBERS,
    dtype: DType | Callable[[DType], DType] | None = None,
    fresh: bool = True,
    laws: Laws = NO_LAWS,
    unchanged: Callable[..., bool] | None = None,
) -> Callable[..., Tensor]:
    """Declare an op of one input that works on each element by itself.

    ``rule(g, ...)`` is its gradient, which names what it needs of ``x``, ``out`` and so on (see Rule in core/op.py);
    ``dtype`` is the output's, or a function of the input's, where they differ.
    ``fresh=False``: the kernel may give its input, or a part of it. ``argument``: the input's name in the public
    function. ``example="exp(0.0) -> 1.0"`` becomes a doctest; ``doc`` is left out of a part of another function.
    """
    op = register(
        Op(
            name,
            ("x",),
            kernel,
            infer=lambda x: TensorSpec(x.shape, _dtype_of_output(dtype, x.dtype)),
            rules=(Rule.of(rule) if rule else None,),
            label=label or name,
            family="elementwise",
            dtypes=allowed,
            typed=(0,),
            fresh=fresh,
            total=True,
            flops=elements,
            laws=laws,
            unchanged=unchanged,
        )
    )
    takes = f"Takes {_kinds(allowed)} of any shape, which is the result's{_of(dtype)}"
    takes += "." if allowed == dtypes.ANY else "; DTypeError for other dtypes."
    return _public(unary(op), (argument,), doc, takes, example)


def broadcasting(
    name: str,
    kernel: Callable[..., Any],
    rule_x: Callable[..., Any] | NoGradient | None = None,
    rule_y: Callable[..., Any] | NoGradient | None = None,
    *,
    doc: str = "",
    example: str = "",
    label: str = "",
    allowed: Any = dtypes.NUMBERS,
    dtype: DType | Callable[[DType], DType] | None = None,
    commutative: bool = False,
    inputs: tuple[str, str] = ("x", "y"),
    otherwise: Callable[..., Any] | None = None,
    first_decides: bool = False,
    laws: Laws = NO_LAWS,
    same_bits: bool = True,
    total: bool = True,
) -> Callable[..., Tensor]:
    """Declare an elementwise op of two inputs that broadcast; its rules need not mind the broadcasting.

    ``otherwise(op, inputs, params)`` is the public function for operands that are not tensors of an allowed dtype.
    ``first_decides``: whether the public function leaves a first operand that is no tensor its own dtype.
    ``total``: whether it never raises for operands that go together (see Op).
    ``same_bits``: whether a number gives the same as an array of it, as it does where NumPy computes both in one way.
    ``doc`` and ``example`` as for ``elementwise``.
    """

    def infer(x: TensorSpec, y: TensorSpec) -> TensorSpec:
        return TensorSpec(broadcast_dims(x.dims, y.dims), _dtype_of_output(dtype, x.dtype))

    op = register(
        Op(
            name,
            inputs,
            kernel,
            infer,
            rules=(unbroadcasting(rule_x, f"dims_{inputs[0]}"), unbroadcasting(rule_y, f"dims_{inputs[1]}")),
            label=label or name,
            family="elementwise",
            dtypes=allowed,
            typed=(0, 1),
            commutative=commutative,
            fresh=True,
            total=total,
            flops=elements,
            laws=laws,
            broadcasts=same_bits,
            remedy=BROADCAST_REMEDY,
        )
    )
    takes = (
        f"The inputs broadcast, and are of one dtype ({_kinds(allowed)}){_of(dtype)}.\n"
        "ShapeError or DTypeError if they do not go together."
    )
    return _public(binary(op, otherwise, first_decides), inputs, doc, takes, example)


def unbroadcasting(rule: Callable[..., Any] | NoGradient | None, dims: str) -> Rule | None:
    """The rule, its result summed over the axes along which the input was broadcast."""
    if rule is None or isinstance(rule, NoGradient):
        return rule

    def summed(g: Tensor, dims: Any, *saved: Any) -> Tensor:
        g = rule(g, *saved)
        return g if g.__class__ is EagerTensor and g._array.shape == dims else sum_to(g, dims)

    return Rule(summed, (dims, *Rule.of(rule).names))


def unbroadcast(g: Tensor, like: Any) -> Tensor:
    """Sum a gradient down to the shape of what was broadcast."""
    return sum_to(g, like._dims)


def sum_to(g: Tensor, dims: Any) -> Tensor:
    """Sum over the axes along which something of shape ``dims`` was broadcast."""
    if g.__class__ is EagerTensor and g._array.shape == dims:
        return g  # it was not: the most common
    have = g._dims
    if None in dims:  # whether it was broadcast shows when the graph runs
        return apply(find_op("sum_to_like"), (g, dims.symbol))
    if have == dims:
        return g
    if None in have and g.shape.rank is None:  # only a static graph has such tensors
        return apply(find_op("sum_to_like"), (g, EagerTensor._of(np.zeros(dims, g.dtype.numpy))))
    g = _summer(have, dims)(g)
    return g if g._dims == dims else reshape_to(g, dims)


@lru_cache(256)
def _summer(have: tuple[int | None, ...], dims: tuple[int | None, ...]) -> Callable[[Tensor], Tensor]:
    """What sums over the axes of ``have`` along which ``dims`` was broadcast to it."""
    extra = len(have) - len(dims)
    axes = tuple(i for i in range(len(have)) if i < extra or (dims[i - extra] == 1 and have[i] != 1))
    return unary(find_op("reduce_sum"), axis=axes, keepdims=False) if axes else lambda g: g


def reshape_to(x: Tensor, dims: Any) -> Tensor:
    """``x`` in a shape that a rule knows."""
    if None in dims:
        return apply_late(find_op("reshape"), (x,), shape=sizes_of(dims))
    return apply(find_op("reshape"), (x,), shape=tuple(dims))


_AXES = """\
``axis`` is a number, a list of them (a negative one counts from the last), or None for all. The result has the input's
shape without these axes; with ``keepdims`` they stay, with size 1. Raises ShapeError for an axis that is not
there or is named twice, DTypeError for a dtype that the operation is not for."""


def reduction(
    name: str,
    kernel: Callable[..., Any],
    rule: Callable[..., Any] | None = None,
    *,
    doc: str,
    example: str,
    label: str = "",
    allowed: Any = dtypes.NUMBERS,
    linear: bool = False,
    laws: Laws = NO_LAWS,
) -> Callable[..., Tensor]:
    """Declare an op that reduces along axes: ``kernel(x, axis=None, keepdims=False)``, ``axis`` a tuple or None.

    ``doc`` and ``example`` as for ``elementwise``.
    """
    op = register(
        Op(
            name,
            ("x",),
            kernel,
            infer=lambda x, axis, keepdims: TensorSpec(reduced_dims(x, axis, keepdims), x.dtype),
            rules=(Rule.of(rule) if rule else None,),
            label=label or name,
            family="reduction",
            dtypes=allowed,
            typed=(0,),
            linear=linear,
            fresh=True,
            total=True,
            flops=lambda ins, outs, **params: ins[0].size or 0,
            laws=laws,
        )
    )
    of_all = unary(op, axis=None, keepdims=False)  # a loss is one: the short way

    def reduce(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
        __tracebackhide__ = True
        if axis is None and keepdims is False:
            return of_all(input_tensor)
        if axis is not None:
            axis = (axis,) if axis.__class__ is int else static_ints(axis, "axis")
        return apply(op, (input_tensor,), axis=axis, keepdims=bool(keepdims))

    reduce.__name__ = reduce.__qualname__ = name
    reduce.__doc__ = f"{doc}\n\n{_AXES}\n{as_doctest(example)}"
    reduce.op = op  # type: ignore[attr-defined]
    return declared(reduce)


def reduced_dims(x: TensorSpec, axis: Any, keepdims: bool) -> list[int | None]:
    """The dimensions that are left after reducing along an axis, a tuple of axes, or all (None)."""
    axes = normal_axes(axis, len(x.dims))
    if keepdims:
        return [1 if i in axes else d for i, d in enumerate(x.dims)]
    return [d for i, d in enumerate(x.dims) if i not in axes]


def _dtype_of_output(dtype: DType | Callable[[DType], DType] | None, given: DType) -> DType:
    return dtype(given) if callable(dtype) else dtype or given


def _public(
    function: Callable[..., Tensor], arguments: Sequence[str], doc: str, takes: str, example: str
) -> Callable[..., Tensor]:
    """Give an op's function its arguments' names, its docstring and the place where it is declared."""
    code, count = function.__code__, len(arguments)
    names = dict(zip(code.co_varnames, (*arguments, *code.co_varnames[count:]), strict=True))
    function.__code__ = code.replace(co_varnames=tuple(names.values()))
    function.__annotations__ = {names.get(name, name): kind for name, kind in function.__annotations__.items()}
    if doc:
        function.__doc__ = f"{doc}\n\n{takes}\n{as_doctest(example)}"
    return declared(function)


def as_doctest(example: str) -> str:
    """``"exp(0.0) -> 1.0"`` as a doctest, of which the last digits, which differ between processors, are left out."""
    call, arrow, value = example.partition(" -> ")
    rounded = ".round(4)" if "." in value else ""
    return f"\n>>> print({call}.numpy(){rounded})\n{value}\n" if arrow else ""


def _of(dtype: Any) -> str:
    return f"; gives {dtype.name}" if isinstance(dtype, DType) else ""


_KINDS = {
    dtypes.NUMBERS: "numbers", dtypes.SIGNED: "signed numbers", dtypes.REAL: "real numbers",
    dtypes.SIGNED_REAL: "signed real numbers", dtypes.INEXACT: "floats or complex numbers", dtypes.FLOATS: "floats",
    dtypes.WIDE_FLOATS: "float32 or float64", dtypes.INTEGERS: "integers", dtypes.COMPLEX: "complex numbers",
    dtypes.BOOLS: "bool", dtypes.STRINGS: "strings", dtypes.ANY: "any dtype",
}  # fmt: skip


def _kinds(allowed: Any) -> str:
    return _KINDS.get(allowed) or dtypes.names(allowed)
