"""Philox 4x32-10: random bits that are computed from a counter, as TensorFlow makes them.

Most generators step from one state to the next. Philox encrypts a counter instead: block number n of a sequence is a
function of n and of a key, so that any part of a sequence can be computed without what comes before it. Its inventors
found that ten rounds of multiplying and mixing pass all tests of randomness (Salmon, Moraes, Dror and Shaw, "Parallel
random numbers: as easy as 1, 2, 3", 2011).

>>> Philox(counter=0, key=0).words(4)
array([1713891541, 3781805453, 3159862348, 2600524760], dtype=uint32)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

_WORD = 2**32 - 1
_TWO_WORDS = 2**64 - 1
# The paper's multipliers, and what is added to the two halves of the key after each round.
_MULTIPLIERS = 0xD2511F53, 0xCD9E8D57
_KEY_STEPS = 0x9E3779B9, 0xBB67AE85

# So many blocks at a time, that what is computed on the way stays in the processor's cache.
_CHUNK = 8192
# So few that Python's integers are faster than calling NumPy's functions.
_FEW = 12


class Philox(NamedTuple):
    """A place in a random sequence: the 128-bit number of the next block of four 32-bit words, and the 64-bit key."""

    counter: int
    key: int

    def skip(self, blocks: int) -> Philox:
        """The place that is as many blocks further on."""
        return Philox((self.counter + blocks) % 2**128, self.key)

    def words(self, count: int) -> np.ndarray:
        """The next ``count`` 32-bit words."""
        return self.blocks(-(-count // 4)).reshape(-1)[:count]

    def each_word(self) -> Iterator[int]:
        """The words one by one, without end."""
        place = self
        while True:
            yield from place.words(256).tolist()
            place = place.skip(64)

    def blocks(self, count: int) -> np.ndarray:
        """The next ``count`` blocks, of shape [count, 4]."""
        if count <= _FEW:
            blocks = [self._block(self.counter + i) for i in range(count)]
            return np.array(blocks, np.uint32).reshape(count, 4)
        out = np.empty((count, 4), np.uint32)
        for start in range(0, count, _CHUNK):
            part = out[start : start + _CHUNK]
            self._fill(part, np.arange(start, start + len(part), dtype=np.uint64))
        return out

    def blocks_at(self, distances: np.ndarray) -> np.ndarray:
        """The blocks that are so many blocks further on, of shape [len(distances), 4]."""
        out = np.empty((len(distances), 4), np.uint32)
        for start in range(0, len(distances), _CHUNK):
            part = slice(start, start + _CHUNK)
            self._fill(out[part], distances[part].astype(np.uint64))
        return out

    def _fill(self, out: np.ndarray, distances: np.ndarray) -> None:
        first_low, high = self.counter & _TWO_WORDS, self.counter >> 64
        low = distances + np.uint64(first_low)
        carried: Any = (high + (low < first_low).astype(np.uint64)) if first_low + int(distances.max()) >> 64 else high
        words = _ten_rounds(low & _WORD, low >> 32, carried & _WORD, carried >> 32, self.key)
        for i, word in enumerate(words):
            out[:, i] = word

    def _block(self, number: int) -> tuple[int, int, int, int]:
        number %= 2**128
        c0, c1, c2, c3 = (number >> shift & _WORD for shift in (0, 32, 64, 96))
        return _ten_rounds(c0, c1, c2, c3, self.key)


def _ten_rounds(c0: Any, c1: Any, c2: Any, c3: Any, key: int) -> tuple[Any, Any, Any, Any]:
    """Encrypt a counter of four 32-bit words: Python integers, or arrays of uint64."""
    k0, k1 = key & _WORD, key >> 32
    for _ in range(10):
        product0, product1 = _MULTIPLIERS[0] * c0, _MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = (product1 >> 32) ^ c1 ^ k0, product1 & _WORD, (product0 >> 32) ^ c3 ^ k1, product0 & _WORD
        k0, k1 = (k0 + _KEY_STEPS[0]) & _WORD, (k1 + _KEY_STEPS[1]) & _WORD
    return c0, c1, c2, c3


# TensorFlow's key for mixing the two numbers of a seed, so that no part of it needs to be a strong one.
_SEED_KEY = 0x02461E293EC8F720


def from_seed(first: int, second: int) -> Philox:
    """The start of the sequence of a stateless function's seed."""
    mixed = Philox((first % 2**64) | (second % 2**64) << 64, _SEED_KEY).words(4).tolist()
    return Philox((mixed[2] | mixed[3] << 32) << 64, mixed[0] | mixed[1] << 32)


def from_state(low: int, high: int, key: int) -> Philox:
    """The place that a Generator's state says: the counter's lower and upper half, and the key."""
    return Philox((low % 2**64) | (high % 2**64) << 64, key % 2**64)


def from_two_seeds(seed: int, seed2: int) -> Philox:
    """The start of the sequence of an operation with two seeds, which are the key and the counter's upper half."""
    return Philox((seed2 % 2**64) << 64, seed % 2**64)
