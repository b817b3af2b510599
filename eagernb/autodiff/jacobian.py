"""Jacobians: the gradient of every element of the target, by one walk back for all of them at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.autodiff.backprop import Entry, backpropagate, check_tensor
from eagernb.autodiff.batcher import Batcher
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.static import static_shape
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import ShapeError
from eagernb.ops.creation import zeros
from eagernb.ops.joining import concat, stack
from eagernb.ops.shape import reshape, transpose


def jacobian(entries: Sequence[Entry], target: Any, sources: Any, unconnected: Any, at_once: int | None) -> Any:
    """For each source, the derivatives of the target's elements: of the target's shape, then the source's.

    A walk differentiates ``at_once`` elements (None: all), or one without a batch for 0.
    """
    check_tensor(target, "target")
    dims = static_shape(target.shape, "the target's shape")
    flat = nest.flatten(sources)
    count = math.prod(dims)
    weights = np.eye(count, dtype=target.dtype.numpy).reshape(count, *dims)
    rows = _gradients(entries, target, flat, weights, unconnected, at_once)
    return nest.pack(
        sources,
        [None if g is None else reshape(g, [*dims, *x.shape]) for g, x in zip(rows, flat, strict=True)],
    )


def batch_jacobian(entries: Sequence[Entry], target: Any, source: Any, unconnected: Any, at_once: int | None) -> Tensor:
    """For each item of a batch, the jacobian of its part of the target by its part of the source."""
    check_tensor(target, "target")
    check_tensor(source, "source")
    if len(target.shape) < 2 or len(source.shape) < 2:
        raise ShapeError(
            f"batch_jacobian: the target, {target.shape}, and the source, {source.shape}, need a first axis for the "
            "batch and at least one more: they must have rank at least 2."
        )
    if target.shape[:1] != source.shape[:1]:
        raise ShapeError(f"batch_jacobian: the first axes must agree; target {target.shape}, source {source.shape}.")
    batch, *dims = static_shape(target.shape, "the target's shape")
    # No item depends on another, so that one row serves the same element of all.
    count = math.prod(dims)
    weights = np.eye(count, dtype=target.dtype.numpy).reshape(count, 1, *dims).repeat(batch, axis=1)
    (rows,) = _gradients(entries, target, [source], weights, unconnected, at_once)
    if rows is None:
        return zeros([batch, *dims, *source.shape[1:]], source.dtype)
    order = [1, 0, *range(2, len(rows._dims))]
    return reshape(transpose(rows, order), [batch, *dims, *source.shape[1:]])


def _dense(gradients: list[Any]) -> list[Tensor | None]:
    return [None if g is None else convert_to_tensor(g) for g in gradients]


def _gradients(
    entries: Sequence[Entry],
    target: Any,
    sources: list[Any],
    weights: np.ndarray,
    unconnected: Any,
    at_once: int | None,
) -> list[Tensor | None]:
    """For each source, the gradients for each of the weights, stacked; None where the target does not depend on it."""
    if at_once == 0:
        rows = [_dense(backpropagate(entries, target, sources, EagerTensor._of(w), unconnected)) for w in weights]
        return [None if parts[0] is None else stack(parts) for parts in zip(*rows, strict=True)]
    step = at_once or max(len(weights), 1)
    blocks = []
    for start in range(0, max(len(weights), 1), step):
        block = weights[start : start + step]
        batcher = Batcher(len(block))
        with batcher:
            found = _dense(
                backpropagate(entries, target, sources, batcher.example(EagerTensor._of(block)), unconnected)
            )
        blocks.append([None if g is None else batcher.batch(g) for g in found])
    if len(blocks) == 1:
        return blocks[0]
    return [None if parts[0] is None else concat(parts, 0) for parts in zip(*blocks, strict=True)]
