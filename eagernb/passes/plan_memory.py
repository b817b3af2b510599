"""plan_memory: a result is written where an operand was that nothing needs any more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eagernb.core.dtypes import BFLOAT16
from eagernb.core.spec import TensorSpec
from eagernb.graph.cost import in_bytes
from eagernb.graph.ir import Graph, Node, Value
from eagernb.graph.lifetimes import Lifetimes
from eagernb.passes.change import Change

# Where a result comes from more values than these, it counts as a source itself.
_MOST_SOURCES = 8


def plan_memory(graph: Graph) -> tuple[Graph, list[Change]]:
    """Note in ``graph.reuses`` which elementwise results can take the place of one of their operands."""
    lifetimes = Lifetimes(graph)
    sources: dict[Value, frozenset[Value]] = {}
    reuses: dict[Value, Value] = {}
    changes: list[Change] = []
    for position, node in enumerate(graph.nodes):
        place = None
        if _writes_anywhere(node):
            sources[node.values[0]] = _sources(node, sources)
            place = next((v for v in node.inputs if _fits(node, v, sources) and lifetimes.is_free(v, position)), None)
        if place is None:
            lifetimes.add(node)
            continue
        [out] = node.values
        reuses[out] = place
        lifetimes.add(node, reuses)
        changes.append(Change(_sentence(node, place), (), node))
    return (graph if reuses == graph.reuses else replace(graph, reuses=reuses)), changes


def _writes_anywhere(node: Node) -> bool:
    """Whether the node's kernel can be told where to put its result: ufuncs can."""
    if not isinstance(node.op.kernel, np.ufunc) or not node.op.pure:
        return False
    spec = node.specs[0]
    dtypes = [spec.dtype.numpy, *(value.spec.dtype.numpy for value in node.inputs)]
    return bool(spec.shape.rank) and not any(dtype.hasobject or dtype == BFLOAT16 for dtype in dtypes)


def _sources(node: Node, sources: dict[Value, frozenset[Value]]) -> frozenset[Value]:
    """The values from which an elementwise result has its shape, and the order of its axes in memory."""
    found: frozenset[Value] = frozenset()
    for value in node.inputs:
        if value.spec.shape.rank != 0:
            found |= sources.get(value, frozenset((value,)))
    return found if len(found) <= _MOST_SOURCES else frozenset(node.values)


def _fits(node: Node, place: Value, sources: dict[Value, frozenset[Value]]) -> bool:
    """Whether the result is sure to have the shape and dtype of an operand, and the order of its axes in memory.

    The order of axes matters to later sums: they add up in the order of memory. NumPy takes the operands' common
    order, and C's where they differ, so that an operand which ``place`` comes from cannot change it.
    """
    out = node.specs[0]
    if not place.node.op.fresh or place.spec.dtype != out.dtype or place.spec.shape != out.shape:
        return False  # what is not fresh may be a view in which elements overlap
    known = sources.get(place, frozenset((place,)))
    for value in node.inputs:
        harmless = _cannot_reorder(value.spec, out) and _cannot_widen(value.spec, out)
        if not harmless and not sources.get(value, frozenset((value,))) <= known:
            return False
    return True


def _cannot_reorder(spec: TensorSpec, out: TensorSpec) -> bool:
    return len(out.dims) == 1 or spec.shape.rank == 0 or sum(d != 1 for d in spec.dims) <= 1


def _cannot_widen(spec: TensorSpec, out: TensorSpec) -> bool:
    """Whether broadcasting with an operand leaves the sizes that are unknown as they are."""
    if spec.shape.rank is None:
        return False
    dims = (1,) * (len(out.dims) - len(spec.dims)) + spec.dims
    return all(d == 1 for d, size in zip(dims, out.dims, strict=True) if size is None)


def _sentence(node: Node, place: Value) -> str:
    size = place.spec.nbytes
    saved = "" if size is None else f": {in_bytes(size)} saved"
    return f"%{node.name} writes into the memory of {place!r}, which nothing needs any more{saved}."
