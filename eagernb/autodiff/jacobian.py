"""Jacobians: the gradient of every element of the target, one walk back for each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from eagernb.autodiff.backprop import backpropagate
from eagernb.core import nest
from eagernb.core.static import static_shape
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import ShapeError
from eagernb.ops.joining import stack
from eagernb.ops.shape import reshape

if TYPE_CHECKING:
    from eagernb.autodiff.tape import Entry


def jacobian(entries: Sequence[Entry], target: Any, sources: Any, unconnected: str) -> Any:
    """For each source, the derivatives of the target's elements: of the target's shape, then the source's."""
    dims = static_shape(target.shape, "the target's shape")
    flat = nest.flatten(sources)
    rows = [
        backpropagate(entries, target, flat, EagerTensor(weight), unconnected)
        for weight in np.eye(math.prod(dims), dtype=target.dtype.numpy).reshape(-1, *dims)
    ]
    columns = [[row[i] for row in rows] for i in range(len(flat))]
    return nest.pack(
        sources,
        [_stacked(column, 0, [*dims, *source.shape]) for column, source in zip(columns, flat, strict=True)],
    )


def batch_jacobian(entries: Sequence[Entry], target: Any, source: Any, unconnected: str) -> Tensor | None:
    """For each item of a batch, the jacobian of its part of the target by its part of the source."""
    if not target.shape or target.shape[:1] != source.shape[:1]:
        raise ShapeError(f"batch_jacobian: the first axes must agree; target {target.shape}, source {source.shape}.")
    batch, *dims = static_shape(target.shape, "the target's shape")
    # No item depends on another, so that one walk serves the same element of all.
    weights = np.eye(math.prod(dims), dtype=target.dtype.numpy).reshape(-1, 1, *dims).repeat(batch, axis=1)
    rows = [backpropagate(entries, target, source, EagerTensor(weight), unconnected) for weight in weights]
    return _stacked(rows, 1, [batch, *dims, *source.shape[1:]])


def _stacked(gradients: list[Tensor | None], axis: int, dims: list[int]) -> Tensor | None:
    """None where the target does not depend on the source: it is so for all of its elements, or for none."""
    known = [g for g in gradients if g is not None]
    return reshape(stack(known, axis=axis), dims) if known else None
