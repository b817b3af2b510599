"""The different values of a vector; the permutation that undoes another.

>>> import eagernb as tf
>>> y, idx, count = tf.unique_with_counts([5, 3, 5])
>>> y.numpy(), idx.numpy(), count.numpy()
(array([5, 3], dtype=int32), array([0, 1, 0], dtype=int32), array([2, 1], dtype=int32))
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.dtypes import DType, as_dtype, int32
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.families import no_gradient
from eagernb.ops.sorting import sort_flops


class Unique(NamedTuple):
    """The different values, and for each element which of them it is."""

    y: Tensor
    idx: Tensor


class UniqueWithCounts(NamedTuple):
    """The different values, for each element which of them it is, and how often each occurs."""

    y: Tensor
    idx: Tensor
    count: Tensor  # type: ignore[assignment]  # hides the method of tuples


def _unique_kernel(x: Any, dtype: DType) -> Any:
    if x.ndim != 1:
        raise ValueError("not a vector")
    values, first, inverse, counts = np.unique(
        x, return_index=True, return_inverse=True, return_counts=True, equal_nan=False
    )
    order = np.argsort(first)  # as they occur, and not sorted as NumPy gives them
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return values[order], place[inverse].astype(dtype.numpy), counts[order].astype(dtype.numpy)


def _unique_spec(x: TensorSpec, dtype: DType) -> tuple[TensorSpec, TensorSpec, TensorSpec]:
    if len(x.dims) != 1:
        raise ValueError("only a vector will do; use tf.reshape(x, [-1])")
    return TensorSpec([None], x.dtype), TensorSpec(x.shape, dtype), TensorSpec([None], dtype)


UNIQUE = register(
    Op(
        "unique", ("x",),
        kernel=lambda x, dtype: _unique_kernel(x, dtype)[:2],
        infer=lambda x, dtype: _unique_spec(x, dtype)[:2],
        rules=(no_gradient("unique"),), label="unique", family="sorting", multiple=True, flops=sort_flops,
    )
)  # fmt: skip
UNIQUE_WITH_COUNTS = register(
    Op("unique_with_counts", ("x",), _unique_kernel, _unique_spec, rules=(no_gradient("unique_with_counts"),),
       label="unique", family="sorting", multiple=True, flops=sort_flops)
)  # fmt: skip


def unique(x: Any, out_idx: Any = int32, name: str | None = None) -> Unique:
    """The different values of a vector in the order in which they occur, and the index into them of each element.

    Both are vectors; the index is int32, or ``out_idx``. ShapeError unless x is a vector. There is no gradient: asking
    for it raises LookupError.

    >>> y, idx = unique([5, 3, 5])
    >>> y.numpy(), idx.numpy()
    (array([5, 3], dtype=int32), array([0, 1, 0], dtype=int32))
    """
    return Unique(*apply(UNIQUE, (x,), dtype=as_dtype(out_idx)))


def unique_with_counts(x: Any, out_idx: Any = int32, name: str | None = None) -> UniqueWithCounts:
    """What ``unique`` gives, and how often each value occurs.

    ShapeError unless it is a vector.

    >>> unique_with_counts([5, 3, 5]).count.numpy()
    array([2, 1], dtype=int32)
    """
    return UniqueWithCounts(*apply(UNIQUE_WITH_COUNTS, (x,), dtype=as_dtype(out_idx)))


def _invert_permutation_kernel(x: Any) -> Any:
    if x.ndim != 1 or not np.array_equal(np.sort(x), np.arange(len(x))):
        raise ValueError("not a permutation: every number from 0 to the length - 1 must occur once")
    result = np.empty_like(x)
    result[x] = np.arange(len(x), dtype=x.dtype)
    return result


def _permutation_spec(x: TensorSpec) -> TensorSpec:
    if len(x.dims) != 1:
        raise ValueError("a permutation is a vector")
    return x


INVERT_PERMUTATION = register(
    Op("invert_permutation", ("x",), _invert_permutation_kernel, _permutation_spec, rules=(None,), label="inverse",
       family="sorting", dtypes=frozenset({dtypes.int32.numpy, dtypes.int64.numpy}), typed=(0,))
)  # fmt: skip


def invert_permutation(x: Any, name: str | None = None) -> Tensor:
    """The permutation that undoes this one: y[x[i]] = i, for a vector that holds 0, 1, ... in any order.

    InvalidArgumentError if it is no permutation, ShapeError if it is no vector, DTypeError unless it holds int32 or
    int64.

    >>> invert_permutation([2, 0, 1]).numpy()
    array([1, 2, 0], dtype=int32)
    """
    return apply(INVERT_PERMUTATION, (x,))
