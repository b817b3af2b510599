"""Elementwise operations on large arrays: on all cores, into memory that is used again.

The cores share a ufunc's work by ``all_cores.c``; what that does not take, or all where it was not compiled, is shared
among Python's threads.

Memory that is fresh from the operating system costs a page fault for every 4 kB, several times what the arithmetic
itself takes. So the memory of a large result is kept, and given to another result once nothing refers to it.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from math import prod
from threading import Lock
from typing import Any

import numpy as np

from eagernb.core.crew import CORES, crew

try:
    from eagernb.core import all_cores
except ImportError:  # it was not compiled
    all_cores = None  # type: ignore[assignment]
else:
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=all_cores.forget)

LARGE = 1 << 19  # bytes: below, memory is cheap and one core is enough
_KEPT = 1 << 27  # bytes of memory that may be kept in all
SHARED = 1 << 21  # bytes of a result: below, one core is as fast as several of Python's threads that must wake up
_LINE = 64  # bytes of a line of the processor's cache: vectors that lie across two of them cost a tenth more
_MOST_THREADS = 64  # as in all_cores.c
_HEAD_START = 0.17  # of a part: how much more the calling thread does


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
        self._blocks: list[tuple[np.ndarray, int]] = []  # and how many bytes into it a cache line begins
        self._lock = Lock()

    def take(self, shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
        """An array with arbitrary contents that begins at a cache line, in memory that nothing else refers to."""
        size = prod(shape) * dtype.itemsize + _LINE
        if size > self._kept:
            return np.empty(shape, dtype)
        with self._lock:
            block, start = self._block(size)
            return np.ndarray(shape, dtype, block, start)

    def _block(self, size: int) -> tuple[np.ndarray, int]:
        # The last used first: it may still be in the processor's cache.
        for i in reversed(range(len(self._blocks))):
            if self._blocks[i][0].nbytes == size and sys.getrefcount(self._blocks[i][0]) == _UNUSED:
                self._blocks.append(self._blocks.pop(i))
                return self._blocks[-1]
        fresh = np.empty(size, np.uint8)
        found = fresh, -fresh.ctypes.data % _LINE
        self._blocks.append(found)
        while sum(block.nbytes for block, _ in self._blocks) > self._kept:
            del self._blocks[0]  # goes back to the operating system with the last array on it
        return found


_alone = (np.empty(0),)
_UNUSED = sys.getrefcount(_alone[0])  # of an array that only a tuple refers to
_memory = Memory(_KEPT)


def empty(shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
    """An array with arbitrary contents; a large one in memory that is used again."""
    return _memory.take(shape, dtype) if prod(shape) * dtype.itemsize >= LARGE else np.empty(shape, dtype)


def copied(array: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """A copy in this dtype; a large one in memory that is used again.

    >>> copied(np.array([1, 2]), np.dtype("float32"))
    array([1., 2.], dtype=float32)
    """
    if array.size * dtype.itemsize < LARGE or dtype.hasobject:
        return array.astype(dtype)
    result = empty(array.shape, dtype)
    np.copyto(result, array, casting="unsafe")
    return result


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
    if all_cores is None or not _by_its_loop(ufunc, arrays, out):
        _by_slices(ufunc, arrays, out)
    return out


def spread(ufunc: Callable[..., Any], *arrays: Any) -> Any:
    """``ufunc(*arrays)``, whose result has the dtype of the first; of large arrays, on all cores.

    >>> spread(np.maximum, np.array([-1.0, 2.0]), np.float64(0))
    array([0., 2.])
    """
    if arrays[0].nbytes < LARGE or not isinstance(ufunc, np.ufunc):
        return ufunc(*arrays)
    return in_parts(ufunc, arrays, np.broadcast_shapes(*map(np.shape, arrays)), arrays[0].dtype)


def in_steps(x: Any, *steps: tuple[Any, ...]) -> Any:
    """A ufunc of x, then the next of what that gave, and so on; the dtype stays.

    A step is a ufunc and its second operand, if it takes one. Of a large array, they are all done in one place.

    >>> in_steps(np.array([1.0, 3.0]), (np.square,), (np.add, np.float64(3)), (np.sqrt,))
    array([2.        , 3.46410162])
    """
    if x.nbytes >= LARGE and all_cores is not None:
        out = _memory.take(x.shape, x.dtype)
        if all(_by_its_loop(step[0], (out if i else x, *step[1:]), out) for i, step in enumerate(steps)):
            return out
    for step in steps:
        x = step[0](x) if len(step) == 1 else step[0](x, step[1])
    return x


def _by_its_loop(ufunc: Callable[..., Any], arrays: Sequence[Any], out: np.ndarray) -> bool:
    """True if ``out`` holds the result, and NumPy need not do it, or do it again to tell what was raised."""
    if ufunc not in _NUMPYS:  # SciPy's raise what they take for errors as exceptions of Python's
        return False
    raised = all_cores.run(ufunc, _chosen or CORES, *map(np.asarray, arrays), out)
    return raised == 0 or (raised is not None and _is_told(raised, ufunc))


_NUMPYS = frozenset(f for f in vars(np).values() if isinstance(f, np.ufunc))
# Floating-point exceptions: NumPy's name in errstate, what all_cores.run says, and NumPy's words.
_EXCEPTIONS = (("divide", 1, "divide by zero"), ("over", 2, "overflow"), ("under", 4, "underflow"),
               ("invalid", 8, "invalid value"))  # fmt: skip


def _is_told(raised: int, ufunc: Any) -> bool:
    """Warn of what was raised, as NumPy does; False where errstate asks for more than that."""
    asked: Any = np.geterr()
    words = {name: text for name, bit, text in _EXCEPTIONS if raised & bit and asked[name] != "ignore"}
    if any(asked[name] != "warn" for name in words):
        return False
    for text in words.values():
        warnings.warn(f"{text} encountered in {ufunc.__name__}", RuntimeWarning, stacklevel=1)
    return True


def _by_slices(ufunc: Callable[..., Any], arrays: Sequence[Any], out: np.ndarray) -> None:
    """Each of Python's threads calls the ufunc for a slice, if the arrays can be cut and it is worth while."""
    threads = min(_chosen or CORES, _MOST_THREADS)
    flat = [out.reshape(-1)]
    for a in arrays:
        if a.size == 1:
            flat.append(np.reshape(a, ()))
        elif a.shape == out.shape and a.flags.c_contiguous:
            flat.append(a.reshape(-1))
    if out.nbytes < SHARED or threads == 1 or len(flat) <= len(arrays):
        ufunc(*arrays, out=out)
        return
    share = int(out.size / (threads + _HEAD_START)) & -_LINE  # so that each begins at a cache line
    parts: list[Callable[[], Any]] = []
    for start in range(0, share * threads, share):
        part = slice(start, start + share if len(parts) < threads - 1 else None)
        output, *inputs = [a[part] if a.size > 1 else a for a in flat]
        parts.append(partial(ufunc, *inputs, out=output))
    crew().join(parts)  # the last part, which is larger, is done here: the others need time to wake up


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
