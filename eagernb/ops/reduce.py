"""Reductions along axes, and what runs along one: cumulative sums, argmax.

>>> import eagernb as tf
>>> x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
>>> float(tf.reduce_sum(x)), tf.reduce_mean(x, axis=0).numpy(), tf.reduce_max(x, axis=1, keepdims=True).numpy()
(10.0, array([2., 3.], dtype=float32), array([[2.],
       [4.]], dtype=float32))
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import BOOLS, REAL, as_dtype, int64
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axes, normal_axis, static_int, static_ints
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import square
from eagernb.ops.casting import cast
from eagernb.ops.compare import is_finite
from eagernb.ops.exponential import exp, log, sqrt
from eagernb.ops.families import reduced_dims, reduction, reshape_to, sizes
from eagernb.ops.indexing import where
from eagernb.ops.shape import BROADCAST_TO, expand_dims, reshape, transpose


def _restored(g: Tensor, dims: Any, axis: Any) -> Tensor:
    """g with the reduced axes back, as size 1."""
    axes = normal_axes(axis, len(dims))
    return reshape_to(g, [1 if i in axes else d for i, d in enumerate(dims)])


def _spread(g: Tensor, dims_x: Any, axis: Any) -> Tensor:
    """g repeated along the reduced axes, to the shape from before the reduction."""
    if g._dims:  # a single number broadcasts as it is
        g = _restored(g, dims_x, axis)
    return apply(BROADCAST_TO, (g,), shape=sizes(dims_x))


def _count(dims: Any, axis: Any) -> int:
    return math.prod(sizes(dims if axis is None else [dims[a] for a in normal_axes(axis, len(dims))]))


def _sum_kernel(x: Any, axis: Any, keepdims: bool) -> Any:
    return np.add.reduce(x, axis=axis, dtype=x.dtype, keepdims=keepdims)  # type: ignore[call-overload]


def _mean_kernel(x: Any, axis: Any, keepdims: bool) -> Any:
    count = _count(x.shape, axis)
    total = _sum_kernel(x, axis, keepdims)
    if x.dtype.kind in "iu":  # TensorFlow's integer mean stays an integer, truncated towards zero
        if not count:
            raise ValueError("the mean of no integers is undefined")
        return np.asarray(np.trunc(total / count)).astype(x.dtype)
    return np.true_divide(total, count, dtype=x.dtype)


def _extremum_rule(g: Tensor, x: Tensor, out: Tensor, axis: Any) -> Tensor:
    """g to the extreme elements, evenly split among ties."""
    hit = cast(x == _restored(out, x._dims, axis), g.dtype)
    shares = reduce_sum(hit, axis=axis, keepdims=True)
    return hit / shares * _restored(g, x._dims, axis)


def _prod_rule(g: Tensor, x: Tensor, axis: Any) -> Tensor:
    """g times the product of all others: exact with zeros, since nothing is divided."""
    rank = len(x._dims)
    axes = normal_axes(axis, rank)
    kept = [i for i in range(rank) if i not in axes]
    order = [*kept, *axes]
    moved = transpose(x, order)
    flat = reshape(moved, [math.prod(x._dims[i] for i in kept), math.prod(x._dims[i] for i in axes)])
    others = cumprod(flat, 1, exclusive=True) * cumprod(flat, 1, exclusive=True, reverse=True)
    back = transpose(reshape(others, moved._dims), sorted(range(rank), key=order.__getitem__))
    return back * _restored(g, x._dims, axis)


REDUCE_SUM = reduction("reduce_sum", _sum_kernel, _spread, label="Σ")
REDUCE_MEAN = reduction(
    "reduce_mean", _mean_kernel,
    lambda g, dims_x, axis: _spread(g / float(_count(dims_x, axis)), dims_x, axis), label="mean",
)  # fmt: skip
REDUCE_MAX = reduction(
    "reduce_max",
    lambda x, axis, keepdims: np.maximum.reduce(x, axis=axis, keepdims=keepdims, initial=_lowest(x)),
    _extremum_rule, label="max", allowed=REAL,
)  # fmt: skip
REDUCE_MIN = reduction(
    "reduce_min",
    lambda x, axis, keepdims: np.minimum.reduce(x, axis=axis, keepdims=keepdims, initial=_highest(x)),
    _extremum_rule, label="min", allowed=REAL,
)  # fmt: skip
REDUCE_PROD = reduction(
    "reduce_prod",
    lambda x, axis, keepdims: np.multiply.reduce(x, axis=axis, dtype=x.dtype, keepdims=keepdims),
    _prod_rule, label="Π",
)  # fmt: skip
REDUCE_ANY = reduction(
    "reduce_any", lambda x, axis, keepdims: np.logical_or.reduce(x, axis=axis, keepdims=keepdims),
    label="any", allowed=BOOLS,
)  # fmt: skip
REDUCE_ALL = reduction(
    "reduce_all", lambda x, axis, keepdims: np.logical_and.reduce(x, axis=axis, keepdims=keepdims),
    label="all", allowed=BOOLS,
)  # fmt: skip


def _lowest(x: Any) -> Any:
    return -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min


def _highest(x: Any) -> Any:
    return np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).max


def _public(op: Op, doc: str) -> Callable[..., Tensor]:
    def reduce(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
        __tracebackhide__ = True
        if axis is not None:
            axis = (axis,) if axis.__class__ is int else static_ints(axis, "axis")
        return apply(op, (input_tensor,), axis=axis, keepdims=bool(keepdims))

    reduce.__name__ = reduce.__qualname__ = op.name
    reduce.__doc__ = doc
    reduce.op = op  # type: ignore[attr-defined]
    return reduce


reduce_sum = _public(REDUCE_SUM, "The sum along the axes (all by default), in the dtype of the input.")
reduce_mean = _public(REDUCE_MEAN, "The mean along the axes; of integers, an integer truncated towards zero.")
reduce_max = _public(REDUCE_MAX, "The largest element along the axes; ties share the gradient evenly.")
reduce_min = _public(REDUCE_MIN, "The smallest element along the axes; ties share the gradient evenly.")
reduce_prod = _public(REDUCE_PROD, "The product along the axes; its gradient is exact where elements are 0.")
reduce_any = _public(REDUCE_ANY, "Whether any element along the axes is true.")
reduce_all = _public(REDUCE_ALL, "Whether all elements along the axes are true.")


def reduce_variance(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The mean squared distance from the mean along the axes (divided by n, not n - 1).

    >>> float(reduce_variance([1.0, 3.0]))
    1.0
    """
    x = _floating(input_tensor, "reduce_variance")
    distance = x - reduce_mean(x, axis, keepdims=True)
    return reduce_mean(square(distance), axis, keepdims)


def reduce_std(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The standard deviation along the axes: the root of ``reduce_variance``."""
    return sqrt(reduce_variance(_floating(input_tensor, "reduce_std"), axis, keepdims))


def reduce_logsumexp(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """log(sum(exp(x))) along the axes, shifted by the largest element so that nothing overflows.

    >>> float(reduce_logsumexp([1000.0, -1000.0]))
    1000.0
    """
    from eagernb.ops.stop_gradient import stop_gradient

    x = convert_to_tensor(input_tensor)
    axes = None if axis is None else static_ints(axis, "axis")
    largest = stop_gradient(reduce_max(x, axes, keepdims=True))
    largest = where(is_finite(largest), largest, scalar_like(0, largest))
    result = log(reduce_sum(exp(x - largest), axes, keepdims=True)) + largest
    return result if keepdims else reshape(result, reduced_dims(TensorSpec.from_tensor(result), axes, False))


def _floating(value: Any, name: str) -> Tensor:
    x = convert_to_tensor(value)
    if not x.dtype.is_differentiable:
        raise TypeError(f"{name} needs floats or complex numbers, not {x.dtype.name}. Use tf.cast to convert.")
    return x


def count_nonzero(
    input: Any, axis: Any = None, keepdims: bool = False, dtype: Any = int64, name: str | None = None
) -> Tensor:
    """How many elements along the axes are not zero.

    >>> int(count_nonzero([1, 0, 2]))
    2
    """
    x = convert_to_tensor(input)
    return reduce_sum(cast(x != cast(scalar_like(0, x), x.dtype), dtype), axis, keepdims)


def _arg_op(name: str, kernel: Callable[..., Any]) -> Op:
    return register(
        Op(
            name,
            ("x",),
            kernel=lambda x, axis, dtype: np.asarray(kernel(x, axis)).astype(dtype.numpy),
            infer=lambda x, axis, dtype: TensorSpec(reduced_dims(x, axis, False), dtype),
            rules=(None,),
            label=name,
            family="reduction",
            dtypes=REAL | BOOLS,
            typed=(0,),
            flops=lambda ins, outs, **params: ins[0].size or 0,
        )
    )


def _argmax(x: Any, axis: int) -> Any:
    # NumPy would answer the first NaN; TensorFlow's comparison skips it.
    x = np.where(np.isnan(x), -np.inf, x) if x.dtype.kind == "f" else x
    return np.argmax(x, axis)


def _argmin(x: Any, axis: int) -> Any:
    x = np.where(np.isnan(x), np.inf, x) if x.dtype.kind == "f" else x
    return np.argmin(x, axis)


ARGMAX = _arg_op("argmax", _argmax)
ARGMIN = _arg_op("argmin", _argmin)


def argmax(input: Any, axis: Any = None, output_type: Any = int64, name: str | None = None) -> Tensor:
    """The index of the largest element along an axis (0 by default), the first at a tie; NaN is skipped.

    >>> int(argmax([1.0, 3.0, 3.0]))
    1
    """
    axis = 0 if axis is None else static_int(axis, "axis")
    return apply(ARGMAX, (input,), axis=axis, dtype=as_dtype(output_type))


def argmin(input: Any, axis: Any = None, output_type: Any = int64, name: str | None = None) -> Tensor:
    """The index of the smallest element along an axis (0 by default), the first at a tie; NaN is skipped."""
    axis = 0 if axis is None else static_int(axis, "axis")
    return apply(ARGMIN, (input,), axis=axis, dtype=as_dtype(output_type))


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


def _cumulative_op(name: str, kernel: Callable[..., Any], rule: Callable[..., Any]) -> Op:
    def infer(x: TensorSpec, axis: int, exclusive: bool, reverse: bool) -> TensorSpec:
        normal_axis(axis, len(x.dims))
        return x

    return register(
        Op(name, ("x",), kernel, infer, rules=(Rule.of(rule),), label=name, family="reduction",
           dtypes=dtypes.NUMBERS, typed=(0,), flops=lambda ins, outs, **params: ins[0].size or 0)
    )  # fmt: skip


def _cumprod_rule(g: Tensor, x: Tensor, axis: int, exclusive: bool, reverse: bool) -> Tensor:
    """Entry (i, j) of the Jacobian is the product of all factors of output i but x[j]: exact with zeros."""
    rank = len(x._dims)
    axis = normal_axis(axis, rank)
    n = x._dims[axis]
    assert n is not None
    last = [i for i in range(rank) if i != axis] + [axis]
    row, column = np.indices((n, n))
    takes_part = (row >= column) if not reverse else (row <= column)
    if exclusive:
        takes_part &= row != column
    eye = np.eye(n, dtype=bool)
    # factors[..., i, j, k]: the k-th factor of output i once x[j] is left out
    out_of = takes_part[:, None, :] & ~eye[None, :, :]
    moved = transpose(x, last)
    factors = where(out_of, expand_dims(expand_dims(moved, -2), -2), scalar_like(1, x))
    jacobian = where(takes_part, reduce_prod(factors, axis=-1), scalar_like(0, x))
    flowing = reduce_sum(expand_dims(transpose(g, last), -1) * jacobian, axis=-2)
    return transpose(flowing, sorted(range(rank), key=last.__getitem__))


CUMSUM = _cumulative_op(
    "cumsum", _cumulative(np.add),
    lambda g, axis, exclusive, reverse: cumsum(g, axis, exclusive, not reverse),
)  # fmt: skip
CUMPROD = _cumulative_op("cumprod", _cumulative(np.multiply), _cumprod_rule)


def cumsum(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running sum along an axis; ``exclusive`` leaves the element itself out, ``reverse`` starts at the end.

    >>> cumsum(convert_to_tensor([1, 2, 3])).numpy(), cumsum(convert_to_tensor([1, 2, 3]), exclusive=True).numpy()
    (array([1, 3, 6], dtype=int32), array([0, 1, 3], dtype=int32))
    """
    return apply(CUMSUM, (x,), axis=static_int(axis, "axis"), exclusive=bool(exclusive), reverse=bool(reverse))


def cumprod(x: Any, axis: Any = 0, exclusive: bool = False, reverse: bool = False, name: str | None = None) -> Tensor:
    """The running product along an axis, with ``cumsum``'s options."""
    return apply(CUMPROD, (x,), axis=static_int(axis, "axis"), exclusive=bool(exclusive), reverse=bool(reverse))
