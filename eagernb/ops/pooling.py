"""Pooling: the largest element, or the mean, under each position of a window.

>>> import eagernb as tf
>>> image = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
>>> tf.nn.max_pool2d(image, ksize=2, strides=2, padding="VALID")[0, :, :, 0].numpy()
array([[ 5.,  7.],
       [13., 15.]], dtype=float32)
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import FLOATS, OF_NUMPY, REAL
from eagernb.core.large import empty, filled
from eagernb.core.late import apply_late, known_dims, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims
from eagernb.core.spec import TensorSpec
from eagernb.ops.arithmetic import no_slope
from eagernb.ops.windows import Geometry, Padding, geometry, inside, padded, under

# All kernels visit the positions within the window one after the other, and take for each the elements that lie under
# it wherever the window stands: a slice of the images, as large as the result.

Numbers = tuple[int, ...]


def _pool_spec(x: TensorSpec, window: Numbers, strides: Numbers, padding: Padding, dilations: Numbers) -> TensorSpec:
    counts = _check(x.dims, window, strides, padding, dilations).counts
    return TensorSpec([x.dims[0], *counts, x.dims[-1]], x.dtype)


def _check(x: Dims, window: Numbers, strides: Numbers, padding: Padding, dilations: Numbers) -> Geometry:
    if len(x) != len(window) + 2:
        raise ValueError(
            f"the input must have rank {len(window) + 2} (batch, {len(window)} spatial sizes, channels), not {len(x)}. "
            "tf.expand_dims adds a batch of one, or a channel"
        )
    if min(window) < 1:
        raise ValueError(f"the window must have at least one element along each axis, not {list(window)}")
    return geometry(x[1:-1], window, strides, padding, dilations)


def _max_pool_kernel(x: Any, window: Numbers, strides: Numbers, padding: Padding, dilations: Numbers) -> Any:
    """The largest number; NaN is passed over, and a window without any number larger gives the lowest finite one."""
    pads, counts = _check(x.shape, window, strides, padding, dilations)
    return _maxima(padded(x, pads, OF_NUMPY[x.dtype].min), window, counts, strides, dilations)


def _maxima(x: Any, window: Numbers, counts: Any, strides: Numbers, dilations: Numbers) -> Any:
    result = empty((len(x), *counts, x.shape[-1]), x.dtype)
    largest_yet = OF_NUMPY[x.dtype].min
    for place in np.ndindex(*window):
        largest_yet = np.fmax(x[under(place, counts, strides, dilations)], largest_yet, out=result)
    return result


def _pool_flops(ins: Any, outs: Any, window: Numbers, **params: Any) -> int:
    return int(np.prod(window)) * min(outs[0].size or 0, ins[-1].size or 0)


MAX_POOL = register(
    Op(
        "max_pool", ("x",), _max_pool_kernel, _pool_spec,
        rules=(
            Rule.of(lambda g, x, window, strides, padding, dilations: apply(
                MAX_POOL_GRAD, (x, g), window=window, strides=strides, padding=padding, dilations=dilations)),
        ),
        label="max pool", family="nn", dtypes=REAL, typed=(0,), flops=_pool_flops,
    )
)  # fmt: skip


def _grad_spec(x: TensorSpec, g: TensorSpec, **params: Any) -> TensorSpec:
    _pool_spec(x, **params).shape.merge_with(g.shape)
    return TensorSpec(x.shape, g.dtype)


def _max_pool_grad_kernel(
    x: Any, g: Any, window: Numbers, strides: Numbers, padding: Padding, dilations: Numbers
) -> Any:
    """The gradient goes to the largest element of each window."""
    pads, counts = _check(x.shape, window, strides, padding, dilations)
    wide = padded(x, pads, OF_NUMPY[x.dtype].min)
    result = filled(wide.shape, 0, g.dtype)
    for key, largest in _largest(wide, window, counts, strides, dilations):
        if _are_apart(window, strides, dilations):
            np.multiply(g, largest, out=result[key])
        else:
            result[key] += g * largest
    return result[inside(pads, x.shape[1:-1])]


def _largest(x: Any, window: Numbers, counts: Any, strides: Numbers, dilations: Numbers) -> Iterator[tuple[Any, Any]]:
    """For each place in the window: the key of the elements under it, and where these are the largest.

    Where several are, it is the first only, but for volumes: there TensorFlow takes all.
    """
    maxima = _maxima(x, window, counts, strides, dilations)
    free = np.ones(maxima.shape, bool)
    for place in np.ndindex(*window):
        key = under(place, counts, strides, dilations)
        largest = x[key] == maxima
        if len(window) < 3:
            largest &= free
            free ^= largest
        yield key, largest


def _are_apart(window: Numbers, strides: Numbers, dilations: Numbers) -> bool:
    """Whether no element lies under two windows, so that there is nothing to add up."""
    return all(s > (k - 1) * d for k, s, d in zip(window, strides, dilations, strict=True))


MAX_POOL_GRAD = register(
    Op(
        "max_pool_grad", ("x", "gradient"), _max_pool_grad_kernel, _grad_spec,
        rules=(
            Rule.of(no_slope),  # which element is the largest does not change with a small change of the elements
            Rule.of(lambda g, x, window, strides, padding, dilations: apply(
                MAX_POOL_GRAD_GRAD, (x, g),
                window=window, strides=strides, padding=padding, dilations=dilations)),
        ),
        label="max pool'", family="nn", dtypes=REAL, typed=(0, 1), flops=_pool_flops,
    )
)  # fmt: skip


def _grad_grad_spec(x: TensorSpec, g: TensorSpec, **params: Any) -> TensorSpec:
    return TensorSpec(_pool_spec(TensorSpec(x.shape.merge_with(g.shape), x.dtype), **params).shape, g.dtype)


def _max_pool_grad_grad_kernel(
    x: Any, g: Any, window: Numbers, strides: Numbers, padding: Padding, dilations: Numbers
) -> Any:
    """What stands in g where the largest element of each window is."""
    pads, counts = _check(x.shape, window, strides, padding, dilations)
    wide, g = padded(x, pads, OF_NUMPY[x.dtype].min), padded(g, pads)
    result = filled((len(x), *counts, x.shape[-1]), 0, g.dtype)
    for key, largest in _largest(wide, window, counts, strides, dilations):
        result += g[key] * largest
    return result


MAX_POOL_GRAD_GRAD = register(
    Op(
        "max_pool_grad_grad", ("x", "gradient"), _max_pool_grad_grad_kernel, _grad_grad_spec,
        rules=(
            None,
            Rule.of(lambda g, x, window, strides, padding, dilations: apply(
                MAX_POOL_GRAD, (x, g),
                window=window, strides=strides, padding=padding, dilations=dilations)),
        ),
        label="max pool''", family="nn", dtypes=REAL, typed=(0, 1), flops=_pool_flops,
    )
)  # fmt: skip


def _argmax_kernel(
    x: Any, dtype: Any, include_batch: bool,
    window: Numbers, strides: Numbers, padding: Padding, dilations: Numbers,
) -> Any:  # fmt: skip
    pads, counts = _check(x.shape, window, strides, padding, dilations)
    dims = x.shape if include_batch else x.shape[1:]
    numbered = np.arange(math.prod(dims), dtype=dtype.numpy).reshape(dims)
    numbered = padded(np.broadcast_to(numbered, x.shape), pads)
    wide = padded(x, pads, OF_NUMPY[x.dtype].min)
    result = np.zeros((len(x), *counts, x.shape[-1]), dtype.numpy)
    for key, largest in _largest(wide, window, counts, strides, dilations):
        result += numbered[key] * largest
    return result


MAX_POOL_ARGMAX = register(
    Op(
        "max_pool_argmax", ("x",), _argmax_kernel,
        infer=lambda x, dtype, include_batch, **params: TensorSpec(_pool_spec(x, **params).shape, dtype),
        rules=(None,), label="argmax pool", family="nn", dtypes=REAL, typed=(0,), flops=_pool_flops,
    )
)  # fmt: skip


def _avg_pool_kernel(x: Any, window: Numbers, strides: Numbers, padding: Padding, dilations: Numbers) -> Any:
    """The mean of the elements that are there: what "SAME" adds does not count."""
    pads, counts = _check(x.shape, window, strides, padding, dilations)
    valid = _valid_counts(x.shape[1:-1], window, strides, pads, counts, dilations).astype(x.dtype)
    x = padded(x, pads)
    result = filled((len(x), *counts, x.shape[-1]), 0, x.dtype)
    for place in np.ndindex(*window):
        result += x[under(place, counts, strides, dilations)]
    result /= valid
    return result


AVG_POOL = register(
    Op(
        "avg_pool", ("x",), _avg_pool_kernel, _pool_spec,
        rules=(
            Rule.of(lambda g, dims_x, window, strides, padding, dilations: apply_late(
                AVG_POOL_GRAD, (g,), image=sizes_of(dims_x)[1:-1],
                window=window, strides=strides, padding=padding, dilations=dilations)),
        ),
        label="mean pool", family="nn", dtypes=FLOATS, typed=(0,), linear=True, flops=_pool_flops,
    )
)  # fmt: skip


def _avg_grad_spec(g: TensorSpec, image: Numbers, **params: Any) -> TensorSpec:
    x = TensorSpec([g.dims[0], *known_dims(image), g.dims[-1]], g.dtype)
    _pool_spec(x, **params).shape.merge_with(g.shape)
    return x


def _avg_pool_grad_kernel(
    g: Any, image: Numbers, window: Numbers, strides: Numbers, padding: Padding, dilations: Numbers
) -> Any:
    """Each element gets its share from all windows that it lies under."""
    pads, counts = _check((len(g), *image, g.shape[-1]), window, strides, padding, dilations)
    shares = g / _valid_counts(image, window, strides, pads, counts, dilations).astype(g.dtype)
    wide = [size + sum(pair) for size, pair in zip(image, pads, strict=True)]
    result = filled((len(g), *wide, g.shape[-1]), 0, g.dtype)
    for place in np.ndindex(*window):
        if _are_apart(window, strides, dilations):
            result[under(place, counts, strides, dilations)] = shares
        else:
            result[under(place, counts, strides, dilations)] += shares
    return result[inside(pads, image)]


AVG_POOL_GRAD = register(
    Op(
        "avg_pool_grad", ("gradient",), _avg_pool_grad_kernel, _avg_grad_spec,
        rules=(
            Rule.of(lambda g, window, strides, padding, dilations: apply(
                AVG_POOL, (g,), window=window, strides=strides, padding=padding, dilations=dilations)),
        ),
        label="mean pool'", family="nn", dtypes=FLOATS, typed=(0,), linear=True, flops=_pool_flops,
    )
)  # fmt: skip


def _valid_counts(image: Dims, window: Numbers, strides: Numbers, pads: Any, counts: Any, dilations: Numbers) -> Any:
    """How many elements of the image lie under the window at each position, with an axis for the channels."""
    if not any(map(any, pads)):
        return np.array(math.prod(window))
    total: Any = 1
    for size, length, stride, (before, _), count, dilation in zip(
        image, window, strides, pads, counts, dilations, strict=True
    ):
        at = np.arange(count)[:, None] * stride - before + np.arange(length) * dilation
        total = np.multiply.outer(total, ((at >= 0) & (at < size)).sum(1))
    return total[..., None]
