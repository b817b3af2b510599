"""Convolutions.

>>> import eagernb as tf
>>> image = tf.reshape(tf.constant([0.0, 0.0, 1.0, 1.0]), [1, 1, 4, 1])
>>> edges = tf.reshape(tf.constant([-1.0, 1.0]), [1, 2, 1, 1])
>>> tf.nn.conv2d(image, edges, strides=1, padding="VALID")[0, 0, :, 0].numpy()
array([0., 1., 0.], dtype=float32)
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import FLOATS, int32
from eagernb.core.large import empty, filled
from eagernb.core.late import apply_late, known_dims, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.windows import Geometry, Padding, geometry, inside, padded, sliding, under

# A convolution is a product of matrices: a row for each position of the window, which holds the elements under it
# (a patch), times a column for each filter. Channels may fall into groups, each with filters of its own: then it is
# one product for each group. Shapes: input [*batch, *spatial, groups * depth], filters [*window, depth, groups * per
# group], patches [groups, positions, window elements * depth].

Numbers = tuple[int, ...]

# Patches repeat the input as often as the window has elements. So that they stay small, and in the cache, they are made
# of so many images at once that they have about this many elements.
_BLOCK = 1_000_000
_FEW = 8  # channels: with fewer, it is faster to work along rows of pixels than along channels


def _conv_spec(
    input: TensorSpec, filters: TensorSpec, strides: Numbers, padding: Padding, dilations: Numbers
) -> TensorSpec:
    counts = _check(input.dims, filters.dims, strides, padding, dilations).counts
    batch = input.dims[: -len(strides) - 1]
    return TensorSpec([*batch, *counts, filters.dims[-1]], input.dtype)


def _check(input: Dims, filters: Dims, strides: Numbers, padding: Padding, dilations: Numbers) -> Geometry:
    """Where the windows are; ValueError if there can be no convolution of these shapes."""
    rank = len(strides)
    if len(filters) != rank + 2:
        raise ValueError(
            f"the filters must have rank {rank + 2} (the window's {rank} sizes, input channels, output channels), not "
            f"shape {list(filters)}"
        )
    if len(input) < rank + 2:
        raise ValueError(
            f"the input must have rank {rank + 2} (batch, {rank} spatial sizes, channels), not shape {list(input)}. "
            "tf.expand_dims adds a batch of one, or a channel"
        )
    if 0 in filters:
        raise ValueError(f"the filters must not have zero elements, as with shape {list(filters)}")
    channels, (depth, filter_count) = input[-1], filters[-2:]
    if None not in (channels, depth) and (not channels or channels % depth):  # type: ignore[operator]
        raise ValueError(
            f"the input has {channels} channels, but the filters are for {depth}. The last but one size of the filters "
            "must be the number of input channels, or divide it (grouped convolution)"
        )
    if None not in (channels, depth, filter_count) and filter_count % max(channels // depth, 1):  # type: ignore
        raise ValueError(f"{filter_count} filters cannot be spread over {channels // depth} groups")  # type: ignore
    return geometry(input[-rank - 1 : -1], filters[:rank], strides, padding, dilations)


def _conv_kernel(input: Any, filters: Any, strides: Numbers, padding: Padding, dilations: Numbers) -> Any:
    pads, counts = _check(input.shape, filters.shape, strides, padding, dilations)
    *window, depth, filter_count = filters.shape
    images = padded(_as_batch(input, len(strides)), pads)
    groups, each = images.shape[-1] // depth, math.prod(counts)
    weights = filters.reshape(-1, groups, filter_count // groups).swapaxes(0, 1)
    result = empty((groups, len(images) * each, filter_count // groups), input.dtype)
    for block in _blocks(images, each * math.prod(window) * depth * groups):
        patches = _patches(images[block], window, strides, dilations, depth)
        np.matmul(patches, weights, out=result[:, block.start * each : block.stop * each])
    return result.swapaxes(0, 1).reshape(*input.shape[: -len(strides) - 1], *counts, filter_count)


def _patches(images: Any, window: Sequence[int], strides: Numbers, dilations: Numbers, depth: int) -> Any:
    """The elements under each position of the window, as [groups, positions, window * depth]."""
    rank, groups = len(strides), images.shape[-1] // depth
    windows = sliding(images, window, strides, dilations)
    windows = windows.reshape(*windows.shape[: rank + 1], groups, depth, *window)
    positions, elements = tuple(range(rank + 1)), tuple(range(rank + 3, 2 * rank + 3))
    # The copy is fast if it runs along what is contiguous in the images.
    by_column = depth < _FEW
    order = (*elements, rank + 2, *positions) if by_column else (*positions, *elements, rank + 2)
    windows = windows.transpose(rank + 1, *order)
    copy = empty(windows.shape, images.dtype)
    copy[...] = windows
    size = math.prod(window) * depth
    if by_column:
        return copy.reshape(groups, size, -1).swapaxes(1, 2)
    return copy.reshape(groups, -1, size)


def _input_gradient(g: Tensor, filters: Tensor, dims_input: Any, strides: Numbers, **params: Any) -> Tensor:
    sizes = sizes_of(dims_input)[-len(strides) - 1 :]
    return apply_late(CONV_BACKPROP_INPUT, (filters, g), input_dims=sizes, strides=strides, **params)


def _filter_gradient(g: Tensor, input: Tensor, dims_filters: Any, **params: Any) -> Tensor:
    return apply_late(CONV_BACKPROP_FILTER, (input, g), filter_dims=sizes_of(dims_filters), **params)


# All three are linear in each of their inputs, so that their gradients are each other.
CONV = register(
    Op(
        "conv", ("input", "filters"), _conv_kernel, _conv_spec,
        rules=(
            Rule.of(lambda g, filters, dims_input, strides, padding, dilations: _input_gradient(
                g, filters, dims_input, strides=strides, padding=padding, dilations=dilations)),
            Rule.of(lambda g, input, dims_filters, strides, padding, dilations: _filter_gradient(
                g, input, dims_filters, strides=strides, padding=padding, dilations=dilations)),
        ),
        label="conv", family="nn", dtypes=FLOATS | {int32.numpy}, typed=(0, 1), linear=True,
        flops=lambda ins, outs, **params: _flops(outs[0], ins[1].dims),
    )
)  # fmt: skip


def _input_gradient_spec(
    filters: TensorSpec, y: TensorSpec, input_dims: Numbers, strides: Numbers, padding: Padding, dilations: Numbers
) -> TensorSpec:
    input = TensorSpec([*y.dims[: -len(strides) - 1], *known_dims(input_dims)], y.dtype)
    _conv_spec(input, filters, strides, padding, dilations).shape.merge_with(y.shape)
    return input


def _input_gradient_kernel(
    filters: Any, y: Any, input_dims: Numbers, strides: Numbers, padding: Padding, dilations: Numbers
) -> Any:
    """What each result was computed from gets its share back, one element of the window after the other."""
    rank = len(strides)
    pads, counts = _check((1, *input_dims), filters.shape, strides, padding, dilations)
    batch, y = y.shape[: -rank - 1], _as_batch(y, rank)
    wide = [size + sum(pair) for size, pair in zip(input_dims, pads, strict=False)]
    keys = {place: under(place, counts, strides, dilations) for place in np.ndindex(*filters.shape[:rank])}
    share_out = _share_by_columns if filters.shape[-2] < _FEW else _share_by_rows
    result = share_out(filters, y, (*wide, input_dims[-1]), keys)
    return result[inside(pads, input_dims[:rank])].reshape(*batch, *input_dims)


def _share_by_rows(filters: Any, y: Any, dims: Sequence[int], keys: dict[Any, Any]) -> Any:
    *window, depth, filter_count = filters.shape
    groups = dims[-1] // depth
    by_group = _by_group(y, groups)
    weights = filters.reshape(*window, depth, groups, filter_count // groups)
    result = filled((len(y), *dims), 0, y.dtype)
    shares = empty((groups, by_group.shape[1], depth), y.dtype)
    for place, key in keys.items():
        np.matmul(by_group, weights[place].transpose(1, 2, 0), out=shares)
        result[key] += shares.swapaxes(0, 1).reshape(*y.shape[:-1], dims[-1])
    return result


def _share_by_columns(filters: Any, y: Any, dims: Sequence[int], keys: dict[Any, Any]) -> Any:
    """With the few channels as planes, [groups, depth, batch, *spatial], until the end."""
    *window, depth, filter_count = filters.shape
    *spatial, channels = dims
    groups = channels // depth
    weights = filters.reshape(-1, groups, filter_count // groups).swapaxes(0, 1)
    planes = filled((groups, depth, len(y), *spatial), 0, y.dtype)
    for block in _blocks(y, y[0, ..., 0].size * weights[..., 0].size if len(y) else 0):
        part = y[block]
        columns = _by_group(part, groups).swapaxes(1, 2)
        if groups > 1:
            columns = np.ascontiguousarray(columns)  # or BLAS would not take it
        shares = empty((groups, weights.shape[1], columns.shape[2]), y.dtype)
        np.matmul(weights, columns, out=shares)
        shares = shares.reshape(groups, *window, depth, *part.shape[:-1])
        for place, key in keys.items():
            planes[:, :, block][(slice(None), slice(None), *key)] += shares[(slice(None), *place)]
    return np.ascontiguousarray(np.moveaxis(planes.reshape(channels, len(y), *spatial), 0, -1))


CONV_BACKPROP_INPUT = register(
    Op(
        "conv_backprop_input", ("filters", "y"), _input_gradient_kernel, _input_gradient_spec,
        rules=(
            Rule.of(lambda g, y, dims_filters, strides, padding, dilations: _filter_gradient(
                y, g, dims_filters, strides=strides, padding=padding, dilations=dilations)),
            Rule.of(lambda g, filters, strides, padding, dilations: apply(
                CONV, (g, filters), strides=strides, padding=padding, dilations=dilations)),
        ),
        label="convᵀ", family="nn", dtypes=FLOATS | {int32.numpy}, typed=(0, 1), linear=True,
        flops=lambda ins, outs, **params: _flops(ins[1], ins[0].dims),
    )
)  # fmt: skip


def _filter_gradient_spec(
    input: TensorSpec, y: TensorSpec, filter_dims: Numbers, strides: Numbers, padding: Padding, dilations: Numbers
) -> TensorSpec:
    filters = TensorSpec(known_dims(filter_dims), input.dtype)
    _conv_spec(input, filters, strides, padding, dilations).shape.merge_with(y.shape)
    return filters


def _filter_gradient_kernel(
    input: Any, y: Any, filter_dims: Numbers, strides: Numbers, padding: Padding, dilations: Numbers
) -> Any:
    """Each weight's gradient: the sum, over all positions, of the element under it times the result's gradient."""
    pads, counts = _check(input.shape, filter_dims, strides, padding, dilations)
    *window, depth, _ = filter_dims
    images, y = padded(_as_batch(input, len(strides)), pads), _as_batch(y, len(strides))
    groups = images.shape[-1] // depth
    total: Any = 0
    for block in _blocks(images, math.prod(counts) * math.prod(window) * depth * groups):
        patches = _patches(images[block], window, strides, dilations, depth)
        total = total + patches.swapaxes(1, 2) @ _by_group(y[block], groups)
    return total.swapaxes(0, 1).reshape(filter_dims)


CONV_BACKPROP_FILTER = register(
    Op(
        "conv_backprop_filter", ("input", "y"), _filter_gradient_kernel, _filter_gradient_spec,
        rules=(
            Rule.of(lambda g, y, dims_input, strides, padding, dilations: _input_gradient(
                y, g, dims_input, strides=strides, padding=padding, dilations=dilations)),
            Rule.of(lambda g, input, strides, padding, dilations: apply(
                CONV, (input, g), strides=strides, padding=padding, dilations=dilations)),
        ),
        label="conv'", family="nn", dtypes=FLOATS | {int32.numpy}, typed=(0, 1), linear=True,
        flops=lambda ins, outs, filter_dims, **params: _flops(ins[1], known_dims(filter_dims)),
    )
)  # fmt: skip


def _blocks(images: Any, per_image: int) -> Iterator[slice]:
    count = max(1, _BLOCK // max(per_image, 1))
    return (slice(start, start + count) for start in range(0, max(len(images), 1), count))


def _as_batch(x: Any, rank: int) -> Any:
    """With one batch axis."""
    return x if x.ndim == rank + 2 else x.reshape(math.prod(x.shape[: -rank - 1]), *x.shape[-rank - 1 :])


def _by_group(y: Any, groups: int) -> Any:
    """As [groups, positions, per group]."""
    return y.reshape(-1, groups, y.shape[-1] // groups).swapaxes(0, 1)


def _flops(result: TensorSpec, filters: Dims) -> int:
    """A product and a sum for each weight of a filter at each of its positions."""
    return 2 * (result.size or 0) * math.prod(d or 0 for d in filters[:-1])
