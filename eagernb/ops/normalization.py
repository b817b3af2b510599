"""Normalization: moments, batch normalization, and scaling by a norm.

>>> import eagernb as tf
>>> x = tf.constant([[1.0, 10.0], [3.0, 30.0]])
>>> mean, variance = tf.nn.moments(x, axes=[0])
>>> mean.numpy(), variance.numpy()
(array([ 2., 20.], dtype=float32), array([  1., 100.], dtype=float32))
>>> tf.nn.batch_normalization(x, mean, variance, offset=None, scale=None, variance_epsilon=0.0).numpy()
array([[-1., -1.],
       [ 1.,  1.]], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import float16, float32
from eagernb.core.static import static_int, static_ints
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import ShapeError
from eagernb.ops.arithmetic import maximum, multiply, negative, pow, reciprocal, square, squared_difference
from eagernb.ops.casting import cast
from eagernb.ops.complex import complex as complex_of
from eagernb.ops.complex import imag, real
from eagernb.ops.creation import zeros_like
from eagernb.ops.exponential import rsqrt
from eagernb.ops.matmul import matmul
from eagernb.ops.no_nan import divide_no_nan
from eagernb.ops.reduce import reduce_mean, reduce_prod, reduce_sum
from eagernb.ops.shape import shape, squeeze
from eagernb.ops.stop_gradient import stop_gradient


def moments(
    x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: str | None = None
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """The mean and the variance along the axes; ``shift`` changes nothing.

    ``axes`` are a list; both results are without them, or with ``keepdims`` have size 1 there. The variance is divided
    by n, not n - 1. ShapeError for an axis that is not there.

    >>> [float(moment) for moment in moments([1.0, 3.0], axes=[0])]
    [2.0, 1.0]
    """
    x = convert_to_tensor(x)
    wide = cast(x, float32) if x.dtype == float16 else x  # squares would soon be too large for float16
    mean = reduce_mean(wide, axes, keepdims=True)
    # Through the mean, nothing flows back from the variance: it has its minimum there.
    variance = reduce_mean(squared_difference(wide, stop_gradient(mean)), axes, keepdims=True)
    return _finished(mean, variance, axes, keepdims, x)


def weighted_moments(
    x: Any, axes: Any, frequency_weights: Any, keepdims: bool = False, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """The mean and the variance along the axes, in which each element counts by its weight.

    ShapeError for an axis that is not there and for weights that do not broadcast.

    >>> [float(moment) for moment in weighted_moments([1.0, 5.0], [0], [3.0, 1.0])]
    [2.0, 3.0]
    """
    x = convert_to_tensor(x)
    wide = cast(x, float32) if x.dtype == float16 else x
    weights = cast(frequency_weights, wide.dtype)
    total = reduce_sum(weights + zeros_like(wide), axes, keepdims=True)
    mean = divide_no_nan(reduce_sum(weights * wide, axes, keepdims=True), total)
    spread = reduce_sum(weights * squared_difference(wide, mean), axes, keepdims=True)
    return _finished(mean, divide_no_nan(spread, total), axes, keepdims, x)


def _finished(mean: Tensor, variance: Tensor, axes: Any, keepdims: bool, x: Tensor) -> tuple[Tensor, Tensor]:
    """Without the axes of size 1, in the dtype of x."""
    if not keepdims and static_ints(axes, "axes"):
        mean, variance = squeeze(mean, axes), squeeze(variance, axes)
    return cast(mean, x.dtype), cast(variance, x.dtype)


def sufficient_statistics(
    x: Any, axes: Any, shift: Any = None, keepdims: bool = False, name: str | None = None
) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
    """The count, the sum and the sum of squares along the axes, of x - shift, and the shift itself.

    From several batches they may be added up; ``normalize_moments`` makes mean and variance of them. The sums have the
    shape of x without the axes (with ``keepdims``, of size 1 there), the count is a scalar, and the shift, which keeps
    sums small, None if none is given. IndexError for an axis that is not there.

    >>> [float(part) for part in sufficient_statistics([1.0, 3.0], axes=[0])[:3]]
    [2.0, 4.0, 10.0]
    """
    x, axes = convert_to_tensor(x), sorted(set(axes))
    sizes = [x._dims[axis] for axis in axes]
    if None in sizes:
        counts = reduce_prod(cast([shape(x)[axis] for axis in axes], x.dtype))
    else:
        counts = EagerTensor._of(np.prod(sizes, dtype=x.dtype.numpy))
    if shift is None:
        return counts, reduce_sum(x, axes, keepdims), reduce_sum(square(x), axes, keepdims), None
    shift = convert_to_tensor(shift, x.dtype)
    squares = reduce_sum(squared_difference(x, shift), axes, keepdims)
    return counts, reduce_sum(x - shift, axes, keepdims), squares, shift


def normalize_moments(
    counts: Any, mean_ss: Any, variance_ss: Any, shift: Any, name: str | None = None
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """The mean and the variance from what ``sufficient_statistics`` gives, of the shape of its sums.

    mean = sum / count + shift, variance = sum of squares / count - (sum / count)².

    >>> [float(moment) for moment in normalize_moments(2.0, 4.0, 10.0, shift=None)]
    [2.0, 1.0]
    """
    share = reciprocal(counts)
    shifted_mean = multiply(mean_ss, share)
    variance = multiply(variance_ss, share) - square(shifted_mean)
    return (shifted_mean if shift is None else shifted_mean + shift), variance


def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: Any, name: str | None = None
) -> Tensor:
    """scale * (x - mean) / sqrt(variance + variance_epsilon) + offset; ``scale`` and ``offset`` may be None.

    All broadcast to x: usually they are of its last axis's size (Ioffe and Szegedy, 2015). ShapeError where they do not
    broadcast.

    >>> batch_normalization([1.0, 5.0], 3.0, 4.0, offset=1.0, scale=None, variance_epsilon=0.0).numpy()
    array([0., 2.], dtype=float32)
    """
    x = convert_to_tensor(x)
    factor = rsqrt(convert_to_tensor(variance) + variance_epsilon)
    if scale is not None:
        factor = factor * scale
    rest = negative(convert_to_tensor(mean)) * factor
    if offset is not None:
        rest = offset + rest
    # One multiplication and one addition for each element: what is left has the size of the statistics.
    return x * cast(factor, x.dtype) + cast(rest, x.dtype)


def batch_norm_with_global_normalization(
    input: Any, mean: Any, variance: Any, beta: Any, gamma: Any, variance_epsilon: Any,
    scale_after_normalization: bool, name: str | None = None,
) -> Tensor:  # fmt: skip
    """``batch_normalization`` with offset ``beta``, and scale ``gamma`` if ``scale_after_normalization``.

    Shapes, dtypes and errors as for ``batch_normalization``.

    >>> options = {"beta": 1.0, "gamma": 10.0, "variance_epsilon": 0.0, "scale_after_normalization": True}
    >>> batch_norm_with_global_normalization([1.0, 5.0], 3.0, 4.0, **options).numpy()
    array([-9., 11.], dtype=float32)
    """
    scale = gamma if scale_after_normalization else None
    return batch_normalization(input, mean, variance, beta, scale, variance_epsilon)


def l2_normalize(
    x: Any, axis: Any = None, epsilon: float = 1e-12, name: str | None = None, dim: Any = None
) -> Tensor:  # fmt: skip
    """x / sqrt(max(sum(x²), epsilon)): scaled to norm 1 along the axes (all by default); zeros stay zeros.

    ``dim`` is an older name of ``axis``. The shape stays. DTypeError for integers, ShapeError for an axis that is not
    there.

    >>> l2_normalize([3.0, 4.0]).numpy()
    array([0.6, 0.8], dtype=float32)
    """
    x, axis = convert_to_tensor(x), dim if axis is None else axis
    if x.dtype.is_complex:
        squares = reduce_sum(square(real(x)) + square(imag(x)), axis, keepdims=True)
        factor = rsqrt(maximum(squares, epsilon))
        return complex_of(real(x) * factor, imag(x) * factor)
    return x * rsqrt(maximum(reduce_sum(square(x), axis, keepdims=True), epsilon))


def local_response_normalization(
    input: Any, depth_radius: int = 5, bias: float = 1, alpha: float = 1, beta: float = 0.5, name: str | None = None
) -> Tensor:
    """Each channel divided by (bias + alpha * s) ** beta, s being the sum of squares of its neighbours and itself.

    The neighbours are the ``depth_radius`` channels on either side. Images are [batch, height, width, channels]
    (Krizhevsky et al., 2012). ShapeError for another rank or a negative radius.

    >>> local_response_normalization([[[[1.0, 2.0]]]], depth_radius=0, bias=0.0, beta=1.0).numpy().ravel()
    array([1. , 0.5], dtype=float32)
    """
    x, radius = convert_to_tensor(input), static_int(depth_radius, "depth_radius")
    if len(x._dims) != 4 or radius < 0:
        raise ShapeError(
            f"local_response_normalization: needs images of rank 4 and a radius of 0 or more, not shape {x.shape} and "
            f"{radius}.",
            "local_response_normalization",
        )
    channels = np.arange(static_int(x._dims[3], "the number of channels"))
    near = np.abs(channels[:, None] - channels) <= radius
    sums = matmul(square(x), EagerTensor._of(near.astype(x.dtype.numpy)))
    return x / pow(bias + alpha * sums, beta)


lrn = local_response_normalization
