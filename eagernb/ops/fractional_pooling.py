"""Fractional pooling: regions of random sizes, so that images shrink by any factor, such as 1.4 (Graham 2014).

Where the regions begin is drawn for each call: "Fractional max-pooling", arXiv:1412.6071, with the numbers that
TensorFlow draws for the same seeds.

>>> import eagernb as tf
>>> image = tf.reshape(tf.range(25.0), [1, 5, 5, 1])
>>> pooled, rows, columns = tf.nn.fractional_max_pool(image, [1.0, 1.6, 1.6, 1.0], pseudo_random=True, seed=1)
>>> pooled.shape, rows.numpy()
(TensorShape([1, 3, 3, 1]), array([0, 2, 4, 5]))
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import REAL, float64, int64
from eagernb.core.late import Late, apply_late, sizes_of
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.casting import cast
from eagernb.ops.compare import greater_equal, less, logical_and
from eagernb.ops.einsum import einsum
from eagernb.ops.gather import take
from eagernb.ops.philox import Philox, from_two_seeds
from eagernb.ops.random_from_bits import unit
from eagernb.ops.random_seeds import two_seeds
from eagernb.ops.ranges import range as arange
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import reshape


class FractionalPool(NamedTuple):
    """The pooled images, and where the regions begin and the last one ends, along the rows and the columns."""

    output: Tensor
    row_pooling_sequence: Tensor
    col_pooling_sequence: Tensor


def _sequence(size: int, count: int, pseudo_random: bool, place: Philox) -> tuple[Any, Philox]:
    """The ``count`` + 1 bounds of regions that fill ``size``, and the place behind the random numbers that it took."""
    if count < 1:
        raise InvalidArgumentError(f"fractional pooling leaves nothing of a size of {size}: the ratio is too large.")
    small, larger = divmod(size, count)
    if pseudo_random:  # ceil(alpha * (i + u)), with u such that no region is too small or too large
        alpha = size / count
        limit = min((small + 2) / alpha - 1, (size + 1 - small) / alpha - (count - 1))
        u = float(unit(place.words(2), np.float64)[0]) * limit
        return np.array([0, *(ceil(alpha * (i + u)) - 1 for i in range(1, count)), size]), place.skip(1)
    sizes, words = [small + 1] * larger + [small] * (count - larger), place.each_word()
    for i in range(count - 1):
        other = i + next(words) % (count - i)
        sizes[i], sizes[other] = sizes[other], sizes[i]
    return np.cumsum([0, *sizes]), place.skip(-(-count // 4))


def _sequences_kernel(height: int, width: int, ratios: Any, pseudo_random: bool, seeds: Any) -> Any:
    place = from_two_seeds(*(seeds or two_seeds(None)))
    bounds = []
    for size, ratio in zip((height, width), ratios, strict=True):
        found, place = _sequence(size, int(size / ratio), pseudo_random, place)
        bounds.append(found.astype(np.int64))
    return tuple(bounds)


def _sequences_spec(height: Any, width: Any, ratios: Any, pseudo_random: bool, seeds: Any) -> Any:
    sizes = zip((height, width), ratios, strict=True)
    return tuple(TensorSpec([None if isinstance(n, Late) else int(n / ratio) + 1], int64) for n, ratio in sizes)


SEQUENCES = register(
    Op("pooling_sequences", (), _sequences_kernel, _sequences_spec, (), label="regions", family="random",
       effect=WRITE, multiple=True)
)  # fmt: skip


def _windows(bounds: Any, size: int, overlapping: bool) -> Iterator[tuple[int, int]]:
    """Where each region begins and ends; overlapping ones have the first element of the next one, too."""
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        yield start, min(end + overlapping, size)


def _argmax_kernel(x: Any, rows: Any, columns: Any, overlapping: bool) -> Any:
    batch, height, width, channels = x.shape
    places = np.empty((batch, len(rows) - 1, len(columns) - 1, channels), np.int64)
    for i, (top, bottom) in enumerate(_windows(rows, height, overlapping)):
        for j, (left, right) in enumerate(_windows(columns, width, overlapping)):
            row, column = np.divmod(x[:, top:bottom, left:right].reshape(batch, -1, channels).argmax(1), right - left)
            places[:, i, j] = (top + row) * width + left + column
    places += np.arange(batch)[:, None, None, None] * height * width
    return places * channels + np.arange(channels)


def _argmax_spec(x: TensorSpec, rows: TensorSpec, columns: TensorSpec, overlapping: bool) -> TensorSpec:
    if len(x.dims) != 4:
        raise ValueError("images must be [batch, height, width, channels]")
    counts = [None if n is None else n - 1 for n in (rows.dims[0], columns.dims[0])]
    return TensorSpec([x.dims[0], *counts, x.dims[3]], int64)


ARGMAX = register(
    Op("fractional_argmax", ("x", "rows", "columns"), _argmax_kernel, _argmax_spec, (None,) * 3, label="argmax pool",
       family="nn", dtypes=REAL, typed=(0,), flops=lambda ins, outs, **params: ins[0].size or 0)
)  # fmt: skip


def _drawn(value: Any, pooling_ratio: Any, pseudo_random: bool, seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """The images, and the bounds of regions along rows and columns."""
    one = isinstance(pooling_ratio, (int, float))
    ratios = [1.0, *[pooling_ratio] * 2, 1.0] if one else list(pooling_ratio)
    ratios = ratios * 4 if len(ratios) == 1 else ratios
    if len(ratios) != 4 or ratios[0] != 1.0 or ratios[-1] != 1.0 or min(ratios) < 1.0:
        raise ValueError(
            "`pooling_ratio` should be a number of at least 1.0, or four, the first and the last of them 1.0, not "
            f"{pooling_ratio}."
        )
    x = convert_to_tensor(value)
    if len(x._dims) != 4:
        raise InvalidArgumentError(f"Images must be [batch, height, width, channels], not of shape {x.shape}.")
    _, height, width, _ = sizes_of(x)
    rows, columns = apply_late(
        SEQUENCES, (), height=height, width=width, ratios=tuple(map(float, ratios[1:3])),
        pseudo_random=bool(pseudo_random), seeds=two_seeds(seed) if seed else None,
    )  # fmt: skip
    return x, rows, columns


def fractional_max_pool(
    value: Any, pooling_ratio: Any, pseudo_random: bool = False, overlapping: bool = False, seed: int = 0,
    name: str | None = None,
) -> FractionalPool:  # fmt: skip
    """The largest element of each region of images [batch, height, width, channels]; regions are drawn at random.

    ``pooling_ratio`` says how much smaller the images become: a number, or four for the four axes, the first and last
    of them 1.0. With ``pseudo_random``, regions are spread more evenly. ``overlapping`` ones share their bounds.
    ``seed`` makes the regions the same again; 0 is none. The result is a tuple (output, row_pooling_sequence,
    col_pooling_sequence), the latter int64 vectors. ValueError for a ratio below 1. Graham 2014, arXiv:1412.6071.

    >>> import eagernb as tf
    >>> image = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
    >>> tf.nn.fractional_max_pool(image, 2.0).output.numpy().ravel()  # 4 / 2.0 leaves nothing to chance
    array([ 5.,  7., 13., 15.], dtype=float32)
    """
    x, rows, columns = _drawn(value, pooling_ratio, pseudo_random, seed)
    places = apply(ARGMAX, (x, rows, columns), overlapping=bool(overlapping))
    return FractionalPool(take(reshape(x, [-1]), places, 0), rows, columns)


def fractional_avg_pool(
    value: Any, pooling_ratio: Any, pseudo_random: bool = False, overlapping: bool = False, seed: int = 0,
    name: str | None = None,
) -> FractionalPool:  # fmt: skip
    """The mean of each region of images [batch, height, width, channels]; regions are drawn at random.

    All as for ``fractional_max_pool``.

    >>> import eagernb as tf
    >>> image = tf.reshape(tf.range(16.0), [1, 4, 4, 1])
    >>> tf.nn.fractional_avg_pool(image, [1.0, 2.0, 2.0, 1.0]).output.numpy().ravel()
    array([ 2.5,  4.5, 10.5, 12.5], dtype=float32)
    """
    x, rows, columns = _drawn(value, pooling_ratio, pseudo_random, seed)
    _, height, width, _ = sizes_of(x)
    wide = x if x.dtype.is_floating else cast(x, float64)
    down, across = (_shares(b, n, overlapping, wide.dtype) for b, n in ((rows, height), (columns, width)))
    output = einsum("ih,nhjc->nijc", down, einsum("jw,nhwc->nhjc", across, wide))
    return FractionalPool(cast(output, x.dtype), rows, columns)


def _shares(bounds: Tensor, size: Any, overlapping: bool, dtype: Any) -> Tensor:
    """For each region a row with its share of every place: one over its size inside of it, 0 elsewhere."""
    place = arange(size, dtype=int64)[None]
    end = bounds[1:, None] + int(overlapping)
    inside = cast(logical_and(greater_equal(place, bounds[:-1, None]), less(place, end)), dtype)
    return inside / reduce_sum(inside, 1, keepdims=True)
