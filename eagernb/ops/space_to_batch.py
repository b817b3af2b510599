"""Blocks of pixels to channels or to the batch, and back: nothing is computed, elements change places.

>>> import eagernb as tf
>>> image = tf.reshape(tf.range(16), [1, 4, 4, 1])
>>> tf.nn.space_to_depth(image, block_size=2)[0, 0, 0].numpy()
array([0, 1, 4, 5], dtype=int32)
"""

from __future__ import annotations

import math
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int32
from eagernb.core.late import sizes_of
from eagernb.core.static import static_int, static_ints, static_shape
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.creation import zeros, zeros_like
from eagernb.ops.joining import stack
from eagernb.ops.padding import pad
from eagernb.ops.shape import reshape, transpose
from eagernb.ops.windows import channels_last, to_channels_first, to_channels_last


def space_to_depth(input: Any, block_size: Any, data_format: str = "NHWC", name: str | None = None) -> Tensor:
    """The pixels of each block of an image, [batch, height, width, channels], as channels of one pixel.

    Height and width must be multiples of ``block_size`` (2 or more); the channels become block_size² as many.
    ShapeError unless height and width are multiples of the block's size.

    >>> space_to_depth([[[[1], [2]], [[3], [4]]]], block_size=2).numpy()
    array([[[[1, 2, 3, 4]]]], dtype=int32)
    """
    x, size, last = _image("space_to_depth", input, block_size, data_format)
    batch, height, width, channels = sizes_of(x)
    for length in x._dims[1:3]:
        if length is not None and length % size:
            raise ShapeError(
                f"space_to_depth: height and width of {x.shape} must be multiples of {size}.", "space_to_depth"
            )
    blocks = reshape(x, [batch, height // size, size, width // size, size, channels])
    result = reshape(
        transpose(blocks, [0, 1, 3, 2, 4, 5]), [batch, height // size, width // size, size * size * channels]
    )  # fmt: skip
    return result if last else to_channels_first(result, 2)


def depth_to_space(input: Any, block_size: Any, data_format: str = "NHWC", name: str | None = None) -> Tensor:
    """The reverse of ``space_to_depth``: the channels of each pixel become a block of pixels.

    [batch, height, width, channels] becomes [batch, height * block_size, width * block_size, channels / block_size²].
    ``data_format="NCHW"`` is for channels before the height. ShapeError unless the channels are a multiple of the
    block's pixels.

    >>> depth_to_space([[[[1, 2, 3, 4]]]], block_size=2).numpy()[0, :, :, 0]
    array([[1, 2],
           [3, 4]], dtype=int32)
    """
    x, size, last = _image("depth_to_space", input, block_size, data_format)
    batch, height, width, channels = sizes_of(x)
    if x._dims[3] is not None and x._dims[3] % (size * size):
        raise ShapeError(
            f"depth_to_space: the channels of {x.shape} must be a multiple of {size * size}.", "depth_to_space"
        )
    depth = channels // (size * size)
    blocks = reshape(x, [batch, height, width, size, size, depth])
    result = reshape(transpose(blocks, [0, 1, 3, 2, 4, 5]), [batch, height * size, width * size, depth])
    return result if last else to_channels_first(result, 2)


def _image(op: str, input: Any, block_size: Any, data_format: str) -> tuple[Tensor, int, bool]:
    x, size = convert_to_tensor(input), static_int(block_size, "block_size")
    if len(x._dims) != 4 or size < 2:
        raise ShapeError(f"{op}: needs rank 4 and blocks of 2 or more, not shape {x.shape} and {size}.", op)
    last = channels_last(data_format, 2, op)
    return (x if last else to_channels_last(x, 2)), size, last


def space_to_batch(input: Any, block_shape: Any, paddings: Any, name: str | None = None) -> Tensor:
    """The pixels at each place of a block as an image of its own; the images stand one after the other in the batch.

    The axes after the batch are the spatial ones, as many as ``block_shape`` has numbers; they are made wider by the
    pairs of ``paddings``, and must then be multiples of the block. ShapeError unless the padded sizes are multiples of
    the block's.

    >>> space_to_batch([[0, 1, 2, 3]], block_shape=[2], paddings=[[0, 0]]).numpy()
    array([[0, 2],
           [1, 3]], dtype=int32)
    """
    x, blocks, pairs = _spatial("space_to_batch", input, block_shape, paddings)
    rank = len(blocks)
    x = pad(x, [(0, 0), *pairs, *[(0, 0)] * (len(x._dims) - rank - 1)])
    for length, block in zip(x._dims[1:], blocks, strict=False):
        if length is not None and length % block:
            raise ShapeError(
                f"space_to_batch: padded to {x.shape}, the spatial sizes must be multiples of {list(blocks)}.",
                "space_to_batch",
            )
    batch, *sizes = sizes_of(x)
    counts = [size // block for size, block in zip(sizes, blocks, strict=False)]
    apart = [part for pair in zip(counts, blocks, strict=True) for part in pair]
    # From [batch, count, block, count, block, ...] to [block, block, ..., batch, count, count, ...].
    order = [*range(2, 2 * rank + 1, 2), 0, *range(1, 2 * rank, 2), *range(2 * rank + 1, len(x._dims) + rank)]
    moved = transpose(reshape(x, [batch, *apart, *sizes[rank:]]), order)
    return reshape(moved, [batch * math.prod(blocks), *counts, *sizes[rank:]])


space_to_batch_nd = space_to_batch


def required_space_to_batch_paddings(
    input_shape: Any, block_shape: Any, base_paddings: Any = None, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """The paddings that make the sizes multiples of the blocks, and the crops that take them off again, for each axis.

    ``input_shape`` and ``block_shape`` are [axes], the results and ``base_paddings``, which are put on anyway, [axes,
    2]. ShapeError where their lengths differ.

    >>> paddings, crops = required_space_to_batch_paddings([7, 5], [2, 3])
    >>> paddings.numpy().tolist(), crops.numpy().tolist()
    ([[0, 1], [0, 1]], [[0, 1], [0, 1]])
    """
    sizes, blocks = convert_to_tensor(input_shape, int32), convert_to_tensor(block_shape, int32)
    pairs = zeros([blocks._dims[0], 2], int32) if base_paddings is None else convert_to_tensor(base_paddings, int32)
    before, after = pairs[:, 0], pairs[:, 1]
    more = (blocks - (sizes + before + after) % blocks) % blocks
    return stack([before, after + more], 1), stack([zeros_like(more), more], 1)


def batch_to_space(input: Any, block_shape: Any, crops: Any, name: str | None = None) -> Tensor:
    """The reverse of ``space_to_batch``; ``crops`` says how much to take off, as ``paddings`` were put on.

    ShapeError unless the batch is a multiple of the block's elements and there is a pair for each spatial axis.

    >>> batch_to_space([[0, 2], [1, 3]], block_shape=[2], crops=[[0, 1]]).numpy()
    array([[0, 1, 2]], dtype=int32)
    """
    if not isinstance(block_shape, (list, tuple)) and not getattr(block_shape, "shape", ()):
        block_shape = [block_shape, block_shape]
    x, blocks, pairs = _spatial("batch_to_space", input, block_shape, crops)
    rank, places = len(blocks), math.prod(blocks)
    if x._dims[0] is not None and x._dims[0] % places:
        raise ShapeError(f"batch_to_space: the batch of {x.shape} must be a multiple of {places}.", "batch_to_space")
    batch, *sizes = sizes_of(x)
    apart = reshape(x, [*blocks, batch // places, *sizes])
    interleaved = [axis for i in range(rank) for axis in (rank + 1 + i, i)]
    moved = transpose(apart, [rank, *interleaved, *range(2 * rank + 1, len(x._dims) + rank)])
    whole = [size * block for size, block in zip(sizes, blocks, strict=False)]
    result = reshape(moved, [batch // places, *whole, *sizes[rank:]])
    for (before, after), length in zip(pairs, result._dims[1:], strict=False):
        if length is not None and before + after > length:
            raise ShapeError(f"batch_to_space: crops {pairs} take off more than {result.shape} has.", "batch_to_space")
    return result[(slice(None), *[slice(a, -b or None) for a, b in pairs])]


def _spatial(op: str, input: Any, block_shape: Any, pairs: Any) -> tuple[Tensor, tuple[int, ...], list[Any]]:
    x, blocks = convert_to_tensor(input), static_ints(block_shape, "block_shape")
    rows = [static_shape(pair, "paddings or crops") for pair in convert_to_tensor(pairs).numpy()]
    if len(rows) != len(blocks) or any(len(row) != 2 for row in rows) or len(x._dims) < len(blocks) + 1:
        raise ShapeError(
            f"{op}: a pair is needed for each of the {len(blocks)} spatial axes, and an input that has them; got "
            f"{len(rows)} pairs and shape {x.shape}.",
            op,
        )
    if min(blocks, default=1) < 1:
        raise ShapeError(f"{op}: blocks must be 1 or more, not {list(blocks)}.", op)
    return x, blocks, rows
