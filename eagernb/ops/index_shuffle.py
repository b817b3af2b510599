"""Where one index comes to lie when 0, ..., max_index are shuffled, without shuffling the others.

The index is encrypted by a small block cipher, again and again until the result is an index (Black and Rogaway,
"Ciphers with arbitrary finite domains", 2002). The cipher is Simon (Beaulieu et al., 2013) with a few rounds only, as
in TensorFlow.
"""

from __future__ import annotations

from math import ceil, log2
from typing import Any

import numpy as np

# What TensorFlow puts before a seed of two numbers, to have the three words of a key.
_FIRST_KEY = 498247692
# Simon's constants for the keys of the rounds after the third, one bit each; TensorFlow has the first ten of them.
_ROUND_BITS = 0b1011110101
_SMALLEST_BLOCK = 16


def index_shuffle(seed: np.ndarray, index: np.ndarray, max_index: np.ndarray, rounds: int = 4) -> np.ndarray:
    """The new positions; seeds (in rows of two or three numbers), indices and largest indices broadcast.

    ValueError for an index that is not in 0, ..., max_index, and for an odd number of rounds or less than four.
    """
    if rounds < 4 or rounds % 2:
        raise ValueError(f"rounds must be even, and 4 at least, not {rounds}")
    if np.any((index < 0) | (index > max_index)):
        raise ValueError("every index must be in 0, ..., max_index")
    shape = np.broadcast_shapes(seed.shape[:-1], index.shape, max_index.shape)
    if seed.ndim == 1 and max_index.ndim == 0:
        return _shuffled(index, seed.tolist(), int(max_index), rounds).astype(index.dtype)
    out = np.empty(shape, index.dtype)
    seeds = np.broadcast_to(seed, (*shape, seed.shape[-1])).reshape(-1, seed.shape[-1]).tolist()
    indices, largest = (np.broadcast_to(x, shape).reshape(-1) for x in (index, max_index))
    for i, key in enumerate(seeds):
        out.flat[i] = _shuffled(indices[i], key, int(largest[i]), rounds)
    return out


def _shuffled(index: Any, seed: list[int], max_index: int, rounds: int) -> np.ndarray:
    position = np.array(index, np.uint64)
    if max_index == 0:
        return np.zeros_like(position)
    bits = ceil(log2(max_index))
    width = max(bits + bits % 2, _SMALLEST_BLOCK) // 2  # of a word: half a block
    keys = _round_keys(seed if len(seed) == 3 else [_FIRST_KEY, *seed], width, rounds)
    outside = np.ones(position.shape, bool)
    while outside.any():
        position = np.where(outside, _encrypted(position, keys, width), position)
        outside = position > max_index
    return position


def _round_keys(seed: list[int], width: int, rounds: int) -> list[int]:
    mask = 2**width - 1
    keys = [word & mask for word in seed]
    for i in range(rounds - 3):
        bit, last = _ROUND_BITS >> i & 1, keys[-1]
        keys.append((0xFFFFFFFC & mask) ^ bit ^ keys[i] ^ _left(last, width - 3, width) ^ _left(last, width - 4, width))
    return keys


def _left(word: Any, by: int, width: int) -> Any:
    """The word's bits turned to the left."""
    return (word << by | word >> (width - by)) & (2**width - 1)


def _encrypted(block: np.ndarray, keys: list[int], width: int) -> np.ndarray:
    left, right = block >> width & (2**width - 1), block & (2**width - 1)
    for first, second in zip(keys[::2], keys[1::2], strict=True):
        left = left ^ _mixed(right, width) ^ first
        right = right ^ _mixed(left, width) ^ second
    return left << width | right


def _mixed(word: Any, width: int) -> Any:
    return _left(word, 1, width) & _left(word, 8, width) ^ _left(word, 2, width)
