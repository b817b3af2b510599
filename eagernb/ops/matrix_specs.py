"""What ops on matrices ask of their inputs: the last two axes are a matrix, the axes before them a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from eagernb.core.dtypes import COMPLEX, WIDE_FLOATS
from eagernb.core.shape import Dims
from eagernb.core.spec import TensorSpec

LAPACK = WIDE_FLOATS | COMPLEX  # what it computes with


def matrix(dims: Dims) -> tuple[int | None, int | None]:
    """The numbers of rows and columns; ValueError for a vector or scalar."""
    if len(dims) < 2:
        raise ValueError(f"a matrix is needed, of rank 2 or more, not {len(dims)}")
    return dims[-2], dims[-1]


def square(dims: Dims) -> int | None:
    """The number of rows, and of columns; ValueError unless they are equal."""
    rows, columns = matrix(dims)
    if None not in (rows, columns) and rows != columns:
        raise ValueError(f"the matrix must be square, but it has {rows} rows and {columns} columns")
    return columns if rows is None else rows


def square_like(x: TensorSpec, **params: Any) -> TensorSpec:
    """The inference of an op from square matrices to matrices of the same size."""
    n = square(x.dims)
    return TensorSpec([*x.dims[:-2], n, n], x.dtype)


def same_size(a: int | None, b: int | None, reason: str) -> int | None:
    """The one of two sizes that is known; ValueError with the reason if they differ."""
    if None not in (a, b) and a != b:
        raise ValueError(f"{reason}: {a} and {b}")
    return b if a is None else a


def batches(x: np.ndarray) -> Iterator[tuple[int, ...]]:
    """The index of each matrix in a stack, for functions that take one at a time."""
    return np.ndindex(x.shape[:-2])


def in_single(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel with float16 computed in float32, for want of a routine."""

    def computed(x: Any, **params: Any) -> Any:
        if x.dtype != np.float16:
            return kernel(x, **params)
        result = kernel(x.astype(np.float32), **params)
        return tuple(y.astype(x.dtype) for y in result) if isinstance(result, tuple) else result.astype(x.dtype)

    return computed


def cubic(factor: float) -> Callable[..., int]:
    """The cost of a dense factorization: ``factor`` times rows times columns times the smaller of them, a matrix."""

    def flops(ins: tuple[TensorSpec, ...], outs: Any, **params: Any) -> int:
        rows, columns = ins[0].dims[-2:]
        return int(factor * (ins[0].size or 0) * min(rows or 0, columns or 0))

    return flops


def merged(a: Dims, b: Dims) -> Dims:
    """The batch of two inputs that must have the same one; ValueError if they differ."""
    if len(a) != len(b):
        raise ValueError(f"the batches differ, {list(a)} and {list(b)}; they are not broadcast")
    return tuple(same_size(x, y, "the batches differ, and are not broadcast") for x, y in zip(a, b, strict=True))
