"""From random bits to numbers of a distribution, each way as TensorFlow does it, so that the numbers are the same.

Every function takes the place in the sequence (a Philox) from which it takes its bits, and sizes.
"""

from __future__ import annotations

from math import prod
from typing import Any

import ml_dtypes
import numpy as np

from eagernb.core.dtypes import BFLOAT16, DType
from eagernb.ops.philox import Philox

# For the floats that are made of one word: their unsigned integers, the bits of the mantissa, and those of 1.0.
_FORMATS: dict[Any, tuple[Any, int, int]] = {
    np.dtype(np.float32): (np.uint32, 2**23 - 1, 127 << 23),
    np.dtype(np.float16): (np.uint16, 2**10 - 1, 15 << 10),
    np.dtype(BFLOAT16): (np.uint16, 2**7 - 1, 127 << 7),
}

# The logarithm of a smaller number is not taken.
_TINY = 1e-7


def words_per_number(dtype: DType) -> int:
    """How many 32-bit words a number of this dtype is made of."""
    return 2 if dtype.size == 8 else 1


def unit(words: np.ndarray, dtype: Any) -> np.ndarray:
    """Floats in [0, 1): random bits as the mantissa of a number in [1, 2), less 1. Doubles take two words each."""
    if dtype == np.float64:
        mantissas = (words[..., 0::2] & np.uint32(2**20 - 1)).astype(np.uint64) << 32 | words[..., 1::2]
        return (mantissas | np.uint64(1023 << 52)).view(np.float64) - 1
    integer, mantissa, one = _FORMATS[np.dtype(dtype)]
    bits = words & np.uint32(mantissa)
    bits |= np.uint32(one)
    floats = bits.astype(integer, copy=False).view(dtype)
    floats -= floats.dtype.type(1)
    return floats


def _long(words: np.ndarray) -> np.ndarray:
    """64-bit integers of two words each, the lower first."""
    return words[0::2] | words[1::2].astype(np.uint64) << 32


def uniform(start: Philox, shape: Any, dtype: DType) -> np.ndarray:
    """Floats in [0, 1)."""
    words = start.words(prod(shape) * words_per_number(dtype))
    return unit(words, dtype.numpy).reshape(shape)


def full_range(start: Philox, shape: Any, dtype: DType) -> np.ndarray:
    """Integers of 32 or 64 bits, over all of their range."""
    words = start.words(prod(shape) * words_per_number(dtype))
    return (words if dtype.size == 4 else _long(words)).view(dtype.numpy).reshape(shape)


def integers(start: Philox, shape: Any, dtype: DType, low: int, high: int) -> np.ndarray:
    """Integers in [low, high): the remainder of random bits. Lower ones are a little more likely in a wide range."""
    words = start.words(prod(shape) * words_per_number(dtype))
    bits = words if dtype.size == 4 else _long(words)
    span, offset = ((number % 2 ** (8 * dtype.size)) for number in (high - low, low))
    bits %= bits.dtype.type(span)
    bits += bits.dtype.type(offset)  # around the end of the range, if need be
    return bits.view(dtype.numpy).reshape(shape)


def normals(words: np.ndarray, dtype: Any) -> np.ndarray:
    """Standard normal numbers in pairs, of pairs of uniform ones (Box and Muller, 1958); float32 or float64.

    (sin(2πv), cos(2πv)) * sqrt(-2 log u): a direction that is uniform, and a radius whose square is exponential.
    """
    uniforms = unit(words, dtype)
    radius = np.maximum(uniforms[..., 0::2], dtype(_TINY))
    # NumPy's functions of float32 are off by up to four units in the last place: those of doubles, rounded, are not.
    np.sqrt(dtype(-2) * np.log(radius, dtype=np.float64).astype(dtype), out=radius)
    angle = np.multiply(uniforms[..., 1::2], 2 * np.pi, dtype=np.float64).astype(dtype)
    np.multiply(np.sin(angle, dtype=np.float64).astype(dtype), radius, out=uniforms[..., 0::2])
    np.multiply(np.cos(angle, dtype=np.float64).astype(dtype), radius, out=uniforms[..., 1::2])
    return uniforms


def _computed(dtype: DType) -> Any:
    """Half precision is computed in single precision."""
    return np.float64 if dtype.size == 8 else np.float32


def normal(start: Philox, shape: Any, dtype: DType) -> np.ndarray:
    """Standard normal numbers."""
    size = prod(shape)
    numbers = normals(start.blocks(-(-size * words_per_number(dtype) // 4)), _computed(dtype))
    return numbers.reshape(-1)[:size].astype(dtype.numpy, copy=False).reshape(shape)


# A distribution that rejects some of its numbers cannot say how many words it takes. Each number has this many blocks
# to itself (in truncated_normal, this many words), so that where the next one begins is known.
RESERVED = 256


def truncated_normal(start: Philox, shape: Any, dtype: DType) -> np.ndarray:
    """Standard normal numbers, those of magnitude 2 and more left out."""
    size, computed = prod(shape), _computed(dtype)
    together = 4 // words_per_number(dtype)  # as many numbers share a stretch of the sequence
    stretch = together * RESERVED // 4
    groups = -(-size // together)
    out = np.empty((groups, together), computed)
    waiting, blocks = np.arange(groups), 1
    while len(waiting):
        where = waiting[:, None] * stretch + np.arange(blocks)
        numbers = normals(start.blocks_at(where.reshape(-1)), computed).reshape(len(waiting), -1)
        fit = np.abs(numbers) < 2
        rank = np.cumsum(fit, axis=1)
        enough = rank[:, -1] >= together
        first = (fit & (rank <= together))[enough]
        out[waiting[enough]] = numbers[enough][first].reshape(-1, together)
        waiting, blocks = waiting[~enough], blocks * 2
    return out.reshape(-1)[:size].astype(dtype.numpy, copy=False).reshape(shape)


def permutation(start: Philox, count: int) -> np.ndarray:
    """0, ..., count - 1 in random order: each place in turn gets one of those that are left (Fisher and Yates).

    Place i swaps what lies in it with what lies in a place chosen from i on. That is one step after another, but what
    comes of them all can be said at once: place i keeps what it gets; it gets what the step before that chose the same
    place has left there, or that place's own number where there was none; and a step leaves what lay in its own place,
    which the last step that chose this place has left there, and so on.
    """
    places = np.arange(count)
    if count < 2:
        return places
    chosen = places.copy()
    chosen[:-1] += start.words(count - 1) % np.arange(count, 1, -1, dtype=np.uint32)
    bits = count.bit_length()
    by_place = np.sort(chosen << bits | places)  # the steps, ordered by the place that they choose
    at, step = by_place >> bits, by_place & (1 << bits) - 1
    left_by = places  # the step that left what lies in a place when its turn comes; the place itself if none did
    before = step < at
    left_by[at[before]] = step[before]
    while not np.array_equal(left_by, further := left_by[left_by]):
        left_by = further
    again = at[1:] == at[:-1]
    chosen[step[1:][again]] = left_by[step[:-1][again]]
    return chosen


def categories(start: Philox, logits: Any, count: int, dtype: DType) -> np.ndarray:
    """For each row of logits, ``count`` class numbers: where a uniform number falls among the cumulated weights.

    TensorFlow gives each of its threads some of the rows, which then overlap: these are the numbers of one thread.
    """
    finite = np.isfinite(logits)
    largest = np.where(finite, logits, ml_dtypes.finfo(logits.dtype).min).max(axis=1, keepdims=True)
    weights = np.exp(np.where(finite, logits, largest).astype(np.float64) - largest.astype(np.float64))
    totals = np.cumsum(np.where(finite, weights, 0), axis=1)
    points = unit(start.words(2 * len(logits) * count), np.float64).reshape(len(logits), count) * totals[:, -1:]
    found = [np.searchsorted(row, at, side="right") for row, at in zip(totals, points, strict=True)]
    return np.reshape(np.array(found, dtype.numpy), points.shape)
