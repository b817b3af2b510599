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
from eagernb.core.dtypes import DType
from eagernb.core.late import sizes_of
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import ShapeError
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.creation import ones, zeros
from eagernb.ops.diagonals import diag
from eagernb.ops.joining import concat, stack, unstack
from eagernb.ops.reduce import reduce_prod
from eagernb.ops.shape import expand_dims, reshape, transpose


def jacobian(entries: Sequence[Entry], target: Any, sources: Any, unconnected: Any, at_once: int | None) -> Any:
    """For each source, the derivatives of the target's elements: of the target's shape, then the source's.

    A walk differentiates ``at_once`` elements (None: all), or one without a batch for 0.
    """
    check_tensor(target, "target")
    flat = nest.flatten(sources)
    dims = sizes_of(target)
    rows = _gradients(entries, target, flat, _one_by_one(dims, target.dtype), unconnected, at_once)
    return nest.pack(
        sources,
        [None if g is None else reshape(g, [*dims, *sizes_of(x)]) for g, x in zip(rows, flat, strict=True)],
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
    batch, *dims = sizes_of(target)
    # No item depends on another, so that one row serves the same element of all.
    weights = _one_by_one(dims, target.dtype)
    count, *_ = sizes_of(weights)
    weights = broadcast_to(expand_dims(weights, 1), [count, batch, *dims])
    (rows,) = _gradients(entries, target, [source], weights, unconnected, at_once)
    if rows is None:
        return zeros([batch, *dims, *sizes_of(source)[1:]], source.dtype)
    order = [1, 0, *range(2, len(rows._dims))]
    return reshape(transpose(rows, order), [batch, *dims, *sizes_of(source)[1:]])


def _one_by_one(dims: Sequence[Any], dtype: DType) -> Tensor:
    """For each element of a tensor of these sizes, one that is 1 there and 0 elsewhere, stacked."""
    if all(isinstance(d, int) for d in dims):
        count = math.prod(dims)
        return EagerTensor._of(np.eye(count, dtype=dtype.numpy).reshape(count, *dims))
    elements = reduce_prod(stack(dims))  # known only when the graph runs
    return reshape(diag(ones([elements], dtype)), [elements, *dims])


def _dense(gradients: list[Any]) -> list[Tensor | None]:
    return [None if g is None else convert_to_tensor(g) for g in gradients]


def _gradients(
    entries: Sequence[Entry],
    target: Any,
    sources: list[Any],
    weights: Tensor,
    unconnected: Any,
    at_once: int | None,
) -> list[Tensor | None]:
    """For each source, the gradients for each of the weights, stacked; None where the target does not depend on it."""
    count, *_ = sizes_of(weights)
    if not isinstance(count, int):
        at_once = None  # how many there are, only the graph will know: all at once
    elif at_once == 0 and count:
        rows = [_dense(backpropagate(entries, target, sources, w, unconnected)) for w in unstack(weights)]
        return [None if parts[0] is None else stack(parts) for parts in zip(*rows, strict=True)]
    blocks = []
    for block in [weights] if not at_once else (weights[i : i + at_once] for i in range(0, max(count, 1), at_once)):
        batcher = Batcher(sizes_of(block)[0])
        with batcher:
            found = _dense(backpropagate(entries, target, sources, batcher.example(block), unconnected))
        blocks.append([None if g is None else batcher.batch(g) for g in found])
    if len(blocks) == 1:
        return blocks[0]
    return [None if parts[0] is None else concat(parts, 0) for parts in zip(*blocks, strict=True)]
