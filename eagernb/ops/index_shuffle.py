"""Where one index comes to lie when 0, ..., max_index are shuffled, without shuffling the others.

The index is encrypted by a small block cipher, again and again until the result is an index (Black and Rogaway,
"Ciphers with arbitrary finite domains", 2002). The cipher is Simon (Beaulieu et al., 2013) with four rounds, as in
TensorFlow.
"""

from __future__ import annotations

from math import ceil, log2
from typing import Any

import numpy as np

# What TensorFlow puts before the two numbers of the seed, to have the three words of a key.
_FIRST_KEY = 498247692
_SMALLEST_BLOCK = 16


def index_shuffle(seed: np.ndarray, index: np.ndarray, max_index: np.ndarray) -> np.ndarray:
    """The new positions; seeds (in rows), indices and largest indices broadcast."""
    shape = np.broadcast_shapes(seed.shape[:-1], index.shape, max_index.shape)
    if seed.ndim == 1 and max_index.ndim == 0:
        return _shuffled(index, seed.tolist(), int(max_index)).astype(index.dtype)
    out = np.empty(shape, index.dtype)
    seeds = np.broadcast_to(seed, (*shape, 2)).reshape(-1, 2).tolist()
    indices, largest = (np.broadcast_to(x, shape).reshape(-1) for x in (index, max_index))
    for i, key in enumerate(seeds):
        out.flat[i] = _shuffled(indices[i], key, int(largest[i]))
    return out


def _shuffled(index: Any, seed: list[int], max_index: int) -> np.ndarray:
    position = np.array(index, np.uint64)
    if max_index == 0:
        return np.zeros_like(position)
    bits = ceil(log2(max_index))
    width = max(bits + bits % 2, _SMALLEST_BLOCK) // 2  # of a word: half a block
    keys = _round_keys(seed, width)
    outside = np.ones(position.shape, bool)
    while outside.any():
        position = np.where(outside, _encrypted(position, keys, width), position)
        outside = position > max_index
    return position


def _round_keys(seed: list[int], width: int) -> list[int]:
    mask = 2**width - 1
    keys = [_FIRST_KEY & mask, *(word & mask for word in seed)]
    last = keys[2]
    keys.append((0xFFFFFFFC & mask) ^ 1 ^ keys[0] ^ _left(last, width - 3, width) ^ _left(last, width - 4, width))
    return keys


def _left(word: Any, by: int, width: int) -> Any:
    """The word's bits turned to the left."""
    return (word << by | word >> (width - by)) & (2**width - 1)


def _encrypted(block: np.ndarray, keys: list[int], width: int) -> np.ndarray:
    left, right = block >> width & (2**width - 1), block & (2**width - 1)
    for first, second in (keys[:2], keys[2:]):
        left = left ^ _mixed(right, width) ^ first
        right = right ^ _mixed(left, width) ^ second
    return left << width | right


def _mixed(word: Any, width: int) -> Any:
    return _left(word, 1, width) & _left(word, 8, width) ^ _left(word, 2, width)
