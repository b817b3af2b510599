"""Elements in another order, or several times: reverse, tile, repeat, roll, reverse_sequence; patches of images.

>>> import eagernb as tf
>>> tf.repeat([1, 2], [1, 3]).numpy(), tf.roll([1, 2, 3], shift=1, axis=0).numpy()
(array([1, 2, 2, 2], dtype=int32), array([3, 1, 2], dtype=int32))
"""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.late import apply_late, known_dims, late_ints, late_shape, late_vector, sizes_of
from eagernb.core.laws import Laws
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axes, normal_axis, static_int, static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.joining import concat
from eagernb.ops.padding import pad
from eagernb.ops.ranges import range
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.segment import unsorted_segment_sum
from eagernb.ops.shape import rearranging, reshape, transpose

# reverse


def _reverse_spec(x: TensorSpec, axis: tuple[int, ...]) -> TensorSpec:
    normal_axes(axis, len(x.dims))
    return TensorSpec(x.shape, x.dtype)


REVERSE = rearranging(
    "reverse", lambda x, axis: np.flip(x, axis), _reverse_spec, lambda g, axis: reverse(g, axis),
    laws=Laws(involution=True), unchanged=lambda x, axis: not axis,
)  # fmt: skip


def reverse(tensor: Any, axis: Any, name: str | None = None) -> Tensor:
    """The elements in reverse order along each of the listed axes.

    ShapeError for a single number, and for an axis that is not there or is named twice.

    >>> reverse([[1, 2], [3, 4]], axis=[1]).numpy()
    array([[2, 1],
           [4, 3]], dtype=int32)
    """
    if isinstance(axis, int):
        raise ShapeError(f"reverse: axis must be a list, as in axis=[{axis}].")
    return apply(REVERSE, (tensor,), axis=static_ints(axis, "axis"))


# tile


def _tile_spec(x: TensorSpec, multiples: tuple[Any, ...]) -> TensorSpec:
    if len(multiples) != len(x.dims):
        raise ValueError(f"multiples {list(multiples)} must have a number for each of the {len(x.dims)} axes")
    times = known_dims(multiples)
    dims = [None if None in (d, m) else d * m for d, m in zip(x.dims, times, strict=True)]  # type: ignore[operator]
    return TensorSpec(dims, x.dtype)


def _tile_kernel(x: Any, multiples: tuple[int, ...]) -> Any:
    if len(multiples) != x.ndim:
        raise ValueError("a number is needed for each axis")
    return np.tile(x, multiples)


def _tile_rule(g: Tensor, like_x: Any, multiples: tuple[int, ...]) -> Tensor:
    dims = sizes_of(like_x)
    split_axes = [n for m, d in zip(multiples, dims, strict=True) for n in (m, d)]
    return reduce_sum(reshape(g, split_axes), axis=list(builtins.range(0, 2 * len(dims), 2)))


TILE = rearranging(
    "tile", _tile_kernel, _tile_spec, _tile_rule, unchanged=lambda x, multiples: all(m == 1 for m in multiples)
)


def tile(input: Any, multiples: Any, name: str | None = None) -> Tensor:
    """The tensor repeated, so many times along each axis.

    Sizes are multiplied by ``multiples``, a number for each axis; ShapeError for another count of them.

    >>> tile([1, 2], [2]).numpy()
    array([1, 2, 1, 2], dtype=int32)
    """
    return apply_late(TILE, (input,), multiples=late_vector(multiples, "multiples"))


# repeat


def _repeat_kernel(x: Any, repeats: tuple[int, ...], axis: int) -> Any:
    return np.repeat(x, repeats[0] if len(repeats) == 1 else repeats, axis)


def _repeat_spec(x: TensorSpec, repeats: tuple[Any, ...], axis: int) -> TensorSpec:
    at = normal_axis(axis, len(x.dims))
    size, times = x.dims[at], known_dims(repeats)
    if len(repeats) != 1 and size not in (None, len(repeats)):
        raise ValueError(f"there are {len(repeats)} repeats for {size} elements; give one for each, or one for all")
    if len(repeats) == 1:
        total = None if size is None or times[0] is None else size * times[0]
    else:
        total = None if None in times else sum(times)  # type: ignore[arg-type]
    return TensorSpec([*x.dims[:at], total, *x.dims[at + 1 :]], x.dtype)


def _repeat_rule(g: Tensor, dims_x: Any, repeats: tuple[Any, ...], axis: int) -> Tensor:
    """The sum over the copies of each element."""
    count = sizes_of(dims_x)[axis]
    order = [axis, *(i for i in builtins.range(len(dims_x)) if i != axis)]
    summed = unsorted_segment_sum(transpose(g, order), repeat(range(count), list(repeats)), count)
    return transpose(summed, sorted(builtins.range(len(order)), key=order.__getitem__))


REPEAT = register(
    Op("repeat", ("x",), _repeat_kernel, _repeat_spec, rules=(Rule.of(_repeat_rule),), label="repeat", family="shape",
       moves=True, linear=True,
       remedy="repeats must be one number, or one for each element along the axis, none of them negative.")
)  # fmt: skip


def repeat(input: Any, repeats: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """Each element (along an axis) several times in a row: ``repeats`` is one number, or one for each element.

    Without ``axis``, the elements as a vector. ShapeError for a negative number of times, or one for each of more or
    fewer elements; ValueError for an axis that is not there.

    >>> repeat([[1, 2], [3, 4]], repeats=[2, 1], axis=0).numpy()
    array([[1, 2],
           [1, 2],
           [3, 4]], dtype=int32)
    """
    x = convert_to_tensor(input)
    if axis is None:
        x, axis = reshape(x, [-1]), 0
    axis = normal_axis(static_int(axis, "axis"), len(x._dims))
    return apply_late(REPEAT, (x,), repeats=late_shape(repeats, "repeats"), axis=axis)


# roll


def _roll_kernel(x: Any, shift: tuple[int, ...], axis: tuple[int, ...], back: bool) -> Any:
    _roll_spec(TensorSpec.from_tensor(x), shift, axis, back)
    return np.roll(x, tuple(-s for s in shift) if back else shift, axis)


def _roll_spec(x: TensorSpec, shift: tuple[Any, ...], axis: tuple[int, ...], back: bool) -> TensorSpec:
    if not x.dims or len(shift) != len(axis):
        raise ValueError("a tensor of rank 1 or more is needed, and an axis for each shift")
    for a in axis:
        normal_axis(a, len(x.dims))
    return TensorSpec(x.shape, x.dtype)


ROLL = register(
    Op(
        "roll", ("x",), _roll_kernel, _roll_spec,
        rules=(Rule.of(lambda g, shift, axis, back: apply_late(ROLL, (g,), shift=shift, axis=axis, back=not back)),),
        label="roll", family="shape", moves=True, linear=True,
    )
)  # fmt: skip


def roll(input: Any, shift: Any, axis: Any, name: str | None = None) -> Tensor:
    """The elements moved on along an axis; those that leave at the end come in again at the start.

    ``shift`` and ``axis`` may be lists of as many numbers. ShapeError for a scalar, an axis that is not there, or lists
    of different lengths.

    >>> roll([[1, 2, 3]], shift=-1, axis=1).numpy()
    array([[2, 3, 1]], dtype=int32)
    """
    return apply_late(ROLL, (input,), shift=late_ints(shift, "shift"), axis=static_ints(axis, "axis"), back=False)


# reverse_sequence


def _reverse_sequence_kernel(x: Any, seq_lengths: Any, seq_axis: int, batch_axis: int) -> Any:
    _reverse_sequence_spec(TensorSpec.from_tensor(x), TensorSpec.from_tensor(seq_lengths), seq_axis, batch_axis)
    if seq_lengths.size and not (seq_lengths.min() >= 0 and seq_lengths.max() <= x.shape[seq_axis]):
        raise ValueError(f"a length is not in [0, {x.shape[seq_axis]}]")
    place = np.arange(x.shape[seq_axis])
    lengths = seq_lengths[:, None]
    picked = np.where(place < lengths, lengths - 1 - place, place)
    moved = np.moveaxis(x, (batch_axis, seq_axis), (0, 1))
    return np.moveaxis(moved[np.arange(len(picked))[:, None], picked], (0, 1), (batch_axis, seq_axis))


def _reverse_sequence_spec(x: TensorSpec, seq_lengths: TensorSpec, seq_axis: int, batch_axis: int) -> TensorSpec:
    seq_at, batch_at = normal_axis(seq_axis, len(x.dims)), normal_axis(batch_axis, len(x.dims))
    if seq_at == batch_at:
        raise ValueError("seq_axis and batch_axis must differ")
    if not seq_lengths.shape.is_compatible_with([x.dims[batch_at]]):
        raise ValueError(f"seq_lengths must have a length for each of the {x.dims[batch_at]} items of the batch")
    return TensorSpec(x.shape, x.dtype)


def _reverse_sequence_rule(g: Tensor, seq_lengths: Tensor, seq_axis: int, batch_axis: int) -> Tensor:
    return reverse_sequence(g, seq_lengths, seq_axis, batch_axis)


REVERSE_SEQUENCE = register(
    Op("reverse_sequence", ("x", "seq_lengths"), _reverse_sequence_kernel, _reverse_sequence_spec,
       rules=(Rule.of(_reverse_sequence_rule), None), label="reverse", family="shape", moves=True, linear=True)
)  # fmt: skip


def reverse_sequence(
    input: Any, seq_lengths: Any, seq_axis: Any = None, batch_axis: Any = None, name: str | None = None
) -> Tensor:
    """For each item of a batch, the first so many elements along ``seq_axis`` in reverse order, the others as they are.

    ShapeError unless there is a length for each item and the axes differ; InvalidArgumentError for a length beyond the
    axis.

    >>> reverse_sequence([[1, 2, 3], [4, 5, 6]], [2, 3], seq_axis=1).numpy()
    array([[2, 1, 3],
           [6, 5, 4]], dtype=int32)
    """
    seq_axis, batch_axis = (static_int(0 if a is None else a, "axis") for a in (seq_axis, batch_axis))
    return apply(REVERSE_SEQUENCE, (input, seq_lengths), seq_axis=seq_axis, batch_axis=batch_axis)


# Patches


def extract_patches(images: Any, sizes: Any, strides: Any, rates: Any, padding: str, name: str | None = None) -> Tensor:
    """The patches of images that a window sees as it moves over them, each flattened into the channels.

    ``images`` is [batch, rows, columns, channels]; ``sizes``, ``strides`` and ``rates`` are [1, rows, columns, 1];
    ``padding`` is VALID (windows inside of the image only) or SAME (zeros around it). The result is [batch, *positions,
    window's rows * columns * channels]. ShapeError for images of another rank, lists of other lengths, another padding.

    >>> import eagernb as tf
    >>> image = tf.reshape(tf.range(9), [1, 3, 3, 1])
    >>> extract_patches(image, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID")[0, 0, 0].numpy()
    array([0, 1, 3, 4], dtype=int32)
    """
    x = convert_to_tensor(images)
    if len(x._dims) != 4 or padding not in ("SAME", "VALID"):
        raise ShapeError("extract_patches: images must have rank 4, and padding be SAME or VALID.")
    lists = [static_ints(v, "sizes, strides and rates") for v in (sizes, strides, rates)]
    if any(len(numbers) != 4 for numbers in lists):
        raise ShapeError(f"extract_patches: sizes, strides and rates must have 4 numbers each, not be {lists}.")
    window, steps, apart = (numbers[1:3] for numbers in lists)
    reach = [(n - 1) * rate + 1 for n, rate in zip(window, apart, strict=True)]
    if padding == "SAME":
        missing = [
            max((-(-size // step) - 1) * step + n - size, 0)
            for size, step, n in zip(static_ints(x._dims[1:3], "the size of the images"), steps, reach, strict=True)
        ]
        x = pad(x, [[0, 0], *([n // 2, n - n // 2] for n in missing), [0, 0]])
    rows, columns = static_ints(x._dims[1:3], "the size of the images")
    patches = [
        x[:, i * apart[0] : rows - reach[0] + i * apart[0] + 1 : steps[0],
          j * apart[1] : columns - reach[1] + j * apart[1] + 1 : steps[1]]
        for i in builtins.range(window[0]) for j in builtins.range(window[1])
    ]  # fmt: skip
    return concat(patches, axis=-1)
