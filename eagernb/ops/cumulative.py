"""Running sums, products and the like along an axis.

>>> import eagernb as tf
>>> tf.cumsum([1, 2, 3]).numpy(), tf.cumsum([1, 2, 3], exclusive=True).numpy()
(array([1, 3, 6], dtype=int32), array([0, 1, 3], dtype=int32))
>>> tf.math.cumprod([1, 2, 3], reverse=True).numpy()
array([6, 6, 3], dtype=int32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.dtypes import FLOATS, NUMBERS, int64
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative
from eagernb.ops.casting import cast
from eagernb.ops.compare import logical_and
from eagernb.ops.complex import conj
from eagernb.ops.exponential import exp, log
from eagernb.ops.no_nan import divide_no_nan
from eagernb.ops.where import where


def _cumulative(function: Any) -> Callable[..., Any]:
    def kernel(x: Any, axis: int, exclusive: bool, reverse: bool) -> Any:
        axis = normal_axis(axis, x.ndim)
        x = np.flip(x, axis) if reverse else x
        if exclusive:
            first = np.full_like(x.take([0], axis), function.identity) if x.shape[axis] else x
            x = np.concatenate([first, x.take(range(x.shape[axis] - 1), axis)], axis) if x.shape[axis] else x
        result = function.accumulate(x, axis=axis, dtype=x.dtype)
        return np.flip(result, axis) if reverse else result

    return kernel


def _cumulative_op(name: str, kernel: Callable[..., Any], rule: Callable[..., Any], allowed: Any = NUMBERS,
                   linear: bool = False) -> Op:  # fmt: skip
    def infer(x: TensorSpec, axis: int, exclusive: bool, reverse: bool) -> TensorSpec:
        normal_axis(axis, len(x.dims))
        return x

    return register(
        Op(name, ("x",), kernel, infer, rules=(Rule.of(rule),), label=name, family="reduction",
           dtypes=allowed, typed=(0,), linear=linear, flops=lambda ins, outs, **params: ins[0].size or 0)
    )  # fmt: skip


CUMSUM = _cumulative_op(
    "cumsum", _cumulative(np.add),
    lambda g, axis, exclusive, reverse: cumsum(g, axis, exclusive, not reverse), linear=True,
)  # fmt: skip


def cumsum(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running sum along an axis; ``exclusive`` leaves the element itself out, ``reverse`` starts at the end.

    The shape stays. ShapeError for an axis that is not there.

    >>> cumsum([1, 2, 3], reverse=True).numpy()
    array([6, 5, 3], dtype=int32)
    """
    return apply(CUMSUM, (x,), axis=static_int(axis, "axis"), exclusive=bool(exclusive), reverse=bool(reverse))


def _cumprod_rule(g: Tensor, x: Tensor, axis: int, exclusive: bool, reverse: bool) -> Tensor:
    """The outputs that x[j] takes part in, each divided by x[j]; where x[j] is 0, computed as if it were 1.

    Outputs after the first zero do not depend on any later element, so that one zero is all there is to mind. (For the
    first derivative: a second one at a zero leaves terms out.)
    """
    is_zero = x == scalar_like(0, x)
    first = logical_and(is_zero, cumsum(cast(is_zero, int64), axis, reverse=reverse) == 1)

    def taking_part(factors: Tensor) -> Tensor:
        outputs = cumprod(factors, axis, exclusive, reverse)
        return cumsum(g * conj(outputs), axis, exclusive, not reverse)

    at_zero = taking_part(where(first, scalar_like(1, x), x))
    return where(first, at_zero, divide_no_nan(taking_part(x), conj(x)))


CUMPROD = _cumulative_op("cumprod", _cumulative(np.multiply), _cumprod_rule)


def cumprod(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running product along an axis, with ``cumsum``'s options; its gradient is exact where elements are 0.

    The shape and the dtype stay. ShapeError for an axis that is not there, DTypeError for what are no numbers.

    >>> cumprod([1, 2, 3], exclusive=True).numpy()
    array([1, 1, 2], dtype=int32)
    """
    return apply(CUMPROD, (x,), axis=static_int(axis, "axis"), exclusive=bool(exclusive), reverse=bool(reverse))


def _logsumexp_rule(g: Tensor, x: Tensor, out: Tensor, axis: int, exclusive: bool, reverse: bool) -> Tensor:
    """sum over outputs i of g[i] exp(x - out[i]), in logarithms; so positive and negative g go separately."""
    lowest = scalar_like(float(g.dtype.min), g)

    def part(g: Tensor) -> Tensor:
        positive = g > scalar_like(0, g)
        log_g = where(positive, log(where(positive, g, scalar_like(1, g))), lowest)
        return exp(cumulative_logsumexp(log_g - out, axis, exclusive, not reverse) + x)

    return part(g) - part(negative(g))


CUMULATIVE_LOGSUMEXP = _cumulative_op(
    "cumulative_logsumexp", _cumulative(np.logaddexp), _logsumexp_rule, allowed=FLOATS
)


def cumulative_logsumexp(
    x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None
) -> Tensor:
    """log(cumsum(exp(x))) along an axis, without overflow, with ``cumsum``'s options.

    The shape stays. ShapeError for an axis that is not there, DTypeError for integers.

    >>> cumulative_logsumexp([1000.0, 1000.0]).numpy().round(3)
    array([1000.   , 1000.693], dtype=float32)
    """
    options = {"axis": static_int(axis, "axis"), "exclusive": bool(exclusive), "reverse": bool(reverse)}
    return apply(CUMULATIVE_LOGSUMEXP, (x,), **options)
