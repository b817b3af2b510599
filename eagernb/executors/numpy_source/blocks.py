"""Running a group of elementwise operations block by block, on all cores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from itertools import count
from math import prod
from typing import Any

import numpy as np

from eagernb.core import large
from eagernb.core.crew import CORES, crew
from eagernb.core.large import LARGE, empty, get_threads

# Bytes of one array that are worked on at a time: with a few arrays, they stay in the cache of a core. With less,
# threads wait for each other too often: between two operations, only one of them can run Python.
BLOCK = 1 << 18


def in_blocks(full: Sequence[int], gives: Sequence[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a function of arrays, which computes each element by itself, run block by block where they are large.

    ``full`` are the positions of the arguments that have as many elements as the results; the others broadcast to
    them. ``gives`` are the dtypes of the results, which the function writes into its keyword arguments, where they are
    given: ``out``, or ``out_0``, ``out_1``, ... for several.

    >>> @in_blocks(full=(0,), gives=("float64",))
    ... def double(x, out=None):
    ...     return np.add(x, x, out=out)
    >>> int(double(np.ones(1_000_000)).sum())
    2000000
    """
    names = ["out"] if len(gives) == 1 else [f"out_{i}" for i in range(len(gives))]
    dtypes = list(map(np.dtype, gives))

    def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def run(*arrays: Any, **out: Any) -> Any:
            first = arrays[full[0]]
            if first.nbytes < LARGE:
                return function(*arrays, **out)
            for i in full:
                # Anything else would have another order of axes in memory, or grow by broadcasting.
                if arrays[i].shape != first.shape or not arrays[i].flags.c_contiguous:
                    return function(*arrays, **out)
            results = [
                empty(first.shape, dtype) if out.get(name) is None else out[name]
                for name, dtype in zip(names, dtypes, strict=True)
            ]
            _in_parallel(function, names, *_flattened(arrays, results, set(full), first.shape))
            return results[0] if len(results) == 1 else results

        return run

    return wrap


def _flattened(
    arrays: Sequence[Any], results: Sequence[np.ndarray], full: set[int], shape: tuple[int, ...]
) -> tuple[list[Any], list[bool], list[np.ndarray]]:
    """The arguments in as few dimensions as broadcasting allows, whether each is cut into blocks, and the results."""
    others = [a for i, a in enumerate(arrays) if i not in full]
    if all(a.size == 1 for a in others):
        small: tuple[int, ...] = ()
        flat: tuple[int, ...] = (-1,)
    elif all(prod(a.shape[:-1]) == 1 for a in others):
        small = (-1,)
        flat = (-1, shape[-1])
    else:
        cut = [i in full or (a.ndim == len(shape) and a.shape[0] != 1) for i, a in enumerate(arrays)]
        return list(arrays), cut, list(results)
    given = [a.reshape(flat if i in full else small if a.size > 1 else ()) for i, a in enumerate(arrays)]
    return given, [i in full for i in range(len(arrays))], [a.reshape(flat) for a in results]


def _in_parallel(
    function: Callable[..., Any], names: Sequence[str], arrays: list[Any], cut: list[bool], results: list[np.ndarray]
) -> None:
    rows = len(results[0])
    widest = max(a.itemsize for a in results)
    step = max(1, BLOCK * rows // (results[0].size * widest))
    starts = count(0, step)
    parts = min(get_threads() or CORES, -(-rows // step))
    ended: list[bool] = []  # by a thread: no block is left, or something was raised, and nobody is to go on writing

    def work() -> None:
        try:
            for start in starts:  # shared: each block is taken by one thread
                if start >= rows or ended:
                    return
                block = slice(start, start + step)
                out = {name: a[block] for name, a in zip(names, results, strict=True)}
                function(*[a[block] if c else a for a, c in zip(arrays, cut, strict=True)], **out)
        finally:
            ended.append(True)

    crew().join([work] * parts)


def in_parts(ufunc: np.ufunc, *arrays: Any, dtype: str) -> Any:
    """``ufunc(*arrays)`` with a large result of this dtype: on all cores, in memory that is used again."""
    if not all(a.ndim < 2 or a.flags.c_contiguous for a in arrays):
        return ufunc(*arrays)  # whose result has an order of axes that follows from theirs
    return large.in_parts(ufunc, arrays, np.broadcast_shapes(*[a.shape for a in arrays]), np.dtype(dtype))


def into(out: np.ndarray | None, value: Any) -> Any:
    """The value, copied to where it should be, if that is given."""
    if out is None:
        return value
    out[...] = value
    return out
