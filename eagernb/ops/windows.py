"""Windows that slide over the spatial axes of images: what convolutions and pooling have in common.

An image here is an array of shape [batch, *spatial, channels], with one, two or three spatial axes. Along each of them,
a window of ``size`` elements, ``dilation`` apart, moves by ``stride``; the image is first made wider by ``pads``:
pairs (before, after), none for "VALID", and for "SAME" as much as gives ceil(size of the image / stride) positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.large import filled
from eagernb.core.shape import Dims
from eagernb.core.static import static_ints, static_shape
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError, UnimplementedError
from eagernb.ops.shape import transpose

Pads = tuple[tuple[int, int], ...]
Padding = str | Pads

FORMATS = {1: ("NWC", "NCW"), 2: ("NHWC", "NCHW"), 3: ("NDHWC", "NCDHW")}


class Geometry(NamedTuple):
    """How windows lie on an image, axis by axis; None where it depends on sizes that are not known yet."""

    pads: tuple[Any, ...]
    counts: tuple[Any, ...]  # the number of positions


def geometry(image: Dims, window: Dims, strides: Sequence[int], padding: Padding, dilations: Sequence[int]) -> Geometry:
    """Where the windows are on an image of these spatial sizes; ValueError if the arguments contradict each other.

    >>> geometry((5, 6), (3, 3), (2, 2), "SAME", (1, 1))
    Geometry(pads=((1, 1), (0, 1)), counts=(3, 3))
    """
    axes = [
        _along_axis(*sizes, padding if isinstance(padding, str) else padding[axis])
        for axis, sizes in enumerate(zip(image, window, strides, dilations, strict=True))
    ]
    return Geometry(tuple(pads for pads, _ in axes), tuple(count for _, count in axes))


def _along_axis(
    image: int | None, window: int | None, stride: int, dilation: int, padding: str | tuple[int, int]
) -> tuple[tuple[int, int] | None, int | None]:
    if stride < 1 or dilation < 1:
        raise ValueError(f"strides and dilations must be at least 1, not {min(stride, dilation)}")
    if padding == "SAME" and image is not None:
        count = -(-image // stride)
        if window is None:
            return None, count
        missing = max((count - 1) * stride + (window - 1) * dilation + 1 - image, 0)
        return (missing // 2, missing - missing // 2), count
    if image is None or window is None:
        return None, None
    before, after = (0, 0) if isinstance(padding, str) else padding
    room = image + before + after - ((window - 1) * dilation + 1)
    if room <= -2 * stride:  # a little less gives no position at all: TensorFlow rounds its quotient towards zero
        raise ValueError(
            f"a window of {window} elements{f', {dilation} apart,' if dilation > 1 else ''} does not fit an image of "
            f"{image}{f' padded by {before} and {after}' if before or after else ''}. With padding='SAME' it does"
        )
    return (before, after), max(room // stride + 1, 0)


def padded(images: Any, pads: Any, value: float = 0) -> Any:
    """The images made wider along their spatial axes."""
    if not any(map(any, pads)):
        return images
    wide = [size + before + after for size, (before, after) in zip(images.shape[1:-1], pads, strict=True)]
    result = filled((len(images), *wide, images.shape[-1]), value, images.dtype)
    result[inside(pads, images.shape[1:-1])] = images
    return result


def sliding(images: Any, window: Sequence[int], strides: Sequence[int], dilations: Sequence[int]) -> Any:
    """All windows, as a view of shape [batch, *counts, channels, *window] of padded images."""
    spatial = tuple(range(1, len(window) + 1))
    spans = [(size - 1) * dilation + 1 for size, dilation in zip(window, dilations, strict=True)]
    if any(span > images.shape[axis] for span, axis in zip(spans, spatial, strict=True)):
        return np.empty((len(images), *[0] * len(window), images.shape[-1], *window), images.dtype)
    every: Any = np.lib.stride_tricks.sliding_window_view(images, spans, spatial)
    starts = [slice(None, None, stride) for stride in strides]
    elements = [slice(None, None, dilation) for dilation in dilations]
    return every[(slice(None), *starts, Ellipsis, *elements)]


def under(position: Sequence[int], counts: Sequence[int], strides: Sequence[int], dilations: Sequence[int]) -> Any:
    """The key of those elements of padded images that lie under one position of the window, wherever it stands."""
    starts = [at * dilation for at, dilation in zip(position, dilations, strict=True)]
    return (
        slice(None),
        *[slice(a, a + max((n - 1) * step + 1, 0), step) for a, n, step in zip(starts, counts, strides, strict=True)],
    )


def inside(pads: Any, dims: Sequence[int]) -> Any:
    """The key of the images within the padded ones."""
    return (slice(None), *[slice(before, before + size) for (before, _), size in zip(pads, dims, strict=True)])


def channels_last(data_format: str | None, rank: int, op: str) -> bool:
    """Whether this format has the channels last; ShapeError for one that images of this rank do not have."""
    last, first = FORMATS[rank]
    if data_format not in (None, last, first):
        raise ShapeError(f"{op}: data_format {data_format!r} is not known; use {last!r} or {first!r}.", op)
    return data_format != first


def to_channels_last(x: Tensor, rank: int) -> Tensor:
    """From [..., channels, *spatial] to [..., *spatial, channels]."""
    axes = list(range(len(x._dims)))
    return transpose(x, [*axes[: -rank - 1], *axes[-rank:], *axes[-rank - 1 : -rank]])


def to_channels_first(x: Tensor, rank: int) -> Tensor:
    """From [..., *spatial, channels] to [..., channels, *spatial]."""
    axes = list(range(len(x._dims)))
    return transpose(x, [*axes[: -rank - 1], axes[-1], *axes[-rank - 1 : -1]])


def numbers(value: Any, rank: int, last: bool, argument: str, op: str) -> tuple[int, ...]:
    """Strides, dilations or window sizes: one number for all spatial axes, one for each, or one for each of all axes.

    The numbers for batch and channels must be 1.
    """
    given = (1,) if value is None else static_ints(value, argument)
    if len(given) == rank + 2:
        spatial, others = (given[1:-1], (given[0], given[-1])) if last else (given[2:], given[:2])
        if others != (1, 1):
            raise UnimplementedError(
                f"{op}: {argument} {list(given)} are not 1 for batch and channels: windows slide over the spatial "
                "axes only.",
                op,
            )
        return spatial
    if len(given) not in (1, rank):
        raise ValueError(f"{op}: {argument} should be of length 1, {rank} or {rank + 2}, not {list(given)}.")
    return given * rank if len(given) == 1 else given


def static_padding(padding: Any, rank: int, last: bool, op: str) -> Padding:
    """ "SAME", "VALID", or a pair for each spatial axis, from a list with a pair for each of all axes."""
    if isinstance(padding, str):
        if padding not in ("SAME", "VALID"):
            raise ShapeError(f"{op}: padding {padding!r} is not known; use 'SAME', 'VALID' or a list of pairs.", op)
        return padding
    if not isinstance(padding, (list, tuple)):
        raise TypeError(f"{op}: padding must be 'SAME', 'VALID' or a list of pairs, not {padding!r}.")
    pairs = [static_shape(pair, "padding") for pair in padding]
    if len(pairs) != rank + 2 or any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"{op}: a padding list must have a pair for each of the {rank + 2} axes, not {padding!r}.")
    spatial, others = (pairs[1:-1], (pairs[0], pairs[-1])) if last else (pairs[2:], pairs[:2])
    if any(map(any, others)):
        raise ShapeError(f"{op}: padding {padding!r} of batch or channels: only spatial axes can be padded.", op)
    return tuple((before, after) for before, after in spatial)
