"""Sparse tensors in elements: each is three arrays there, which are cut and stacked together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.sparse_tensor import SparseTensor, SparseTensorSpec
from eagernb.core.spec import TensorSpec
from eagernb.data.pipeline import Element
from eagernb.errors import InvalidArgumentError


def sparse_parts(element_spec: Any) -> tuple[bool, ...]:
    """For each part of an element whether it is a sparse tensor; nothing if none is."""
    found = tuple(isinstance(spec, SparseTensorSpec) for spec in nest.flatten(element_spec))
    return found if any(found) else ()


def spec_of_slice(spec: Any) -> Any:
    """The spec of what is along the first axis; ValueError for what has none, or cannot be cut."""
    if not isinstance(spec, (TensorSpec, SparseTensorSpec)) or spec.shape.rank == 0:
        raise ValueError("Unbatching a tensor is only supported for rank >= 1: a scalar has no slices.")
    return type(spec)(spec.shape[1:] if spec.shape.rank is not None else None, spec.dtype)


class SparseArray:
    """The three arrays of a sparse tensor, which can be cut along the first axis as a NumPy array can."""

    def __init__(self, indices: Any, values: Any, dense_shape: Any) -> None:
        self.arrays = indices, values, dense_shape
        self.shape = tuple(dense_shape.tolist())

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: tuple[Any, ...]) -> SparseArray:
        indices, values, dense_shape = self.arrays
        here = indices[:, 0] == key[0]
        return SparseArray(indices[here, 1:], values[here], dense_shape[1:])

    @classmethod
    def stack(cls, rows: Sequence[SparseArray]) -> SparseArray:
        """One on top of the other; where their shapes differ, in the smallest that has room for each."""
        ranks = {len(row.shape) for row in rows}
        if len(ranks) > 1:
            raise InvalidArgumentError(f"Cannot batch sparse tensors of ranks {sorted(ranks)}.", "batch")
        indices, values, shapes = zip(*(row.arrays for row in rows), strict=True)
        numbers = np.repeat(np.arange(len(rows)), [len(v) for v in values])
        shape = np.concatenate([[len(rows)], np.max(shapes, axis=0)]).astype(np.int64)
        return cls(np.column_stack([numbers, np.concatenate(indices)]), np.concatenate(values), shape)


def boxed(arrays: Sequence[Any], sparse: tuple[bool, ...]) -> Element:
    """An element with a SparseArray for the three arrays of each sparse part."""
    if not sparse:
        return tuple(arrays)
    left = iter(arrays)
    return tuple([SparseArray(next(left), next(left), next(left)) if part else next(left) for part in sparse])


def unboxed(element: Sequence[Any]) -> Element:
    """The other way."""
    return tuple([x for part in element for x in (part.arrays if isinstance(part, SparseArray) else (part,))])


def dense_array(x: SparseTensor) -> np.ndarray:
    """What an iterator over arrays gives for a sparse tensor."""
    result = np.zeros(x.dense_shape.numpy(), x.dtype.as_numpy_dtype)
    result[tuple(x.indices.numpy().T)] = x.values.numpy()
    return result
