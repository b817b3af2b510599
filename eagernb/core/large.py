"""Elementwise operations on large arrays: on all cores, into memory that is used again.

Memory that is fresh from the operating system costs a page fault for every 4 kB, several times what the arithmetic
itself takes. So the memory of a large result is kept, and given to another result once nothing refers to it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import prod
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

LARGE = 1 << 19  # bytes: below, memory is cheap and one core is enough
_KEPT = 1 << 27  # bytes of memory that may be kept in all


class Memory:
    """Blocks of bytes, each given out again once no array refers to it.

    >>> memory = Memory(kept=1000)
    >>> a = memory.take((5, 5), np.dtype("float64"))
    >>> address = a.ctypes.data
    >>> del a
    >>> memory.take((25,), np.dtype("int64")).ctypes.data == address
    True
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._blocks: list[np.ndarray] = []
        self._lock = Lock()

    def take(self, shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
        """An array with arbitrary contents, in memory that nothing else refers to."""
        size = prod(shape) * dtype.itemsize
        with self._lock:
            return np.ndarray(shape, dtype, self._block(size))

    def _block(self, size: int) -> np.ndarray:
        # The last used first: it may still be in the processor's cache.
        for i in reversed(range(len(self._blocks))):
            if self._blocks[i].nbytes == size and sys.getrefcount(self._blocks[i]) == _UNUSED:
                self._blocks.append(self._blocks.pop(i))
                return self._blocks[-1]
        fresh = np.empty(size, np.uint8)
        self._blocks.append(fresh)
        while sum(block.nbytes for block in self._blocks) > self._kept:
            del self._blocks[0]  # goes back to the operating system with the last array on it
        return fresh


_alone = [np.empty(0)]
_UNUSED = sys.getrefcount(_alone[0])  # of an array that only a list refers to
_memory = Memory(_KEPT)


def empty(shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
    """An array with arbitrary contents; a large one in memory that is used again."""
    return _memory.take(shape, dtype) if prod(shape) * dtype.itemsize >= LARGE else np.empty(shape, dtype)


def filled(shape: Sequence[int], value: Any, dtype: np.dtype) -> np.ndarray:
    """``empty``, filled with one value.

    >>> filled((2,), 1.5, np.dtype("float32"))
    array([1.5, 1.5], dtype=float32)
    """
    result = empty(shape, dtype)
    result.fill(value)
    return result


def in_parts(ufunc: Callable[..., Any], arrays: Sequence[Any], shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
    """``ufunc(*arrays)``, whose result has this shape and dtype.

    >>> ones = np.ones(10)
    >>> in_parts(np.add, (ones, ones), (10,), ones.dtype)
    array([2., 2., 2., 2., 2., 2., 2., 2., 2., 2.])
    """
    out = _memory.take(shape, dtype)
    if not all(a.size == 1 or (a.shape == out.shape and a.flags.c_contiguous) for a in arrays):
        return ufunc(*arrays, out=out)
    parts = _chosen or os.cpu_count() or 1
    bounds = [out.size * i // parts for i in range(parts + 1)]
    flat = [a.reshape(-1) for a in (*arrays, out)]

    def part(start: int, stop: int) -> None:
        *inputs, output = (a if a.size == 1 else a[start:stop] for a in flat)
        ufunc(*inputs, out=output)

    others = [workers().submit(part, *pair) for pair in pairwise(bounds[1:])]
    part(bounds[0], bounds[1])
    for other in others:
        other.result()
    return out


_chosen = 0  # on how many threads; 0: as many as there are cores


def set_threads(num_threads: int) -> None:
    """Let large operations run on this many threads; 0: on as many as there are cores."""
    global _chosen
    if num_threads < 0:
        raise ValueError(f"The number of threads must not be negative; it is {num_threads}.")
    _chosen = num_threads


def get_threads() -> int:
    """What ``set_threads`` set."""
    return _chosen


_threads: ThreadPoolExecutor | None = None


def workers() -> ThreadPoolExecutor:
    """The threads for all cores but the one that asks."""
    global _threads
    if _threads is None:
        from concurrent.futures import ThreadPoolExecutor

        _threads = ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1), "eagernb")
    return _threads


def _forget_threads() -> None:
    # A forked process has the executor, but none of its threads.
    global _threads
    _threads = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_threads)
