"""plan_memory: a result is written where an operand was that nothing needs any more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eagernb.core.dtypes import bfloat16
from eagernb.core.spec import TensorSpec
from eagernb.graph.cost import in_bytes
from eagernb.graph.fused import FUSED, may_overwrite, place_of
from eagernb.graph.ir import Graph, Node, Value
from eagernb.graph.lifetimes import Lifetimes
from eagernb.passes.change import Change
from eagernb.passes.inside import with_graphs

# Where a result comes from more values than these, it counts as a source itself.
_MOST_SOURCES = 8


def plan_memory(graph: Graph) -> tuple[Graph, list[Change]]:
    """Note in ``graph.reuses`` which elementwise results can take the place of one of their operands."""
    changes: list[Change] = []
    graph = _plan_inside(graph, changes)
    lifetimes = Lifetimes(graph)
    sources: dict[Value, frozenset[Value]] = {}
    reuses: dict[Value, Value] = {}
    for position, node in enumerate(graph.nodes):
        writes = _writes_anywhere(node)
        if writes or node.op is FUSED:
            _note_sources(node, sources)
            # What is not fresh may be a view in which elements overlap.
            places = [v for v in node.inputs if v.node.op.fresh and lifetimes.is_free(v, position)]
            for output, out in enumerate(node.values if places else ()):
                place = next((v for v in places if _fits(node, out, v, sources)), None)
                if place is not None and (writes or _may_overwrite(node, output, place, lifetimes)):
                    places.remove(place)
                    reuses[out] = place
                    changes.append(Change(_sentence(out, place), (), node))
        lifetimes.add(node, reuses)
    return (graph if reuses == graph.reuses else replace(graph, reuses=reuses)), changes


def _plan_inside(graph: Graph, changes: list[Change]) -> Graph:
    """The graph, in which each sub-graph has its plan."""

    def change(node: Node, inputs: tuple[Value, ...]) -> Node:
        found: list[Change] = []
        new = with_graphs(node, [_planned(graph, found) for graph in node.graphs])
        if new is node:
            return node
        new = replace(new, inputs=inputs)
        if node.op is FUSED and found:
            words = f"{len(found)} of {len(new.graphs[0].ops)} results are written where another one was"
            found = [Change(f"In %{node.name}, {words}, block by block.", (), new)]
        changes.extend(found)
        return new

    return graph.rebuild(change)


def _planned(graph: Graph, changes: list[Change]) -> Graph:
    after, found = plan_memory(graph)
    if after is not graph:
        changes += found
    return after


def _writes_anywhere(node: Node) -> bool:
    """Whether the node's kernel can be told where to put its result: ufuncs can."""
    if not isinstance(node.op.kernel, np.ufunc) or not node.specs[0].shape.rank:
        return False
    if not node.pure or not _has_place(node.specs[0]):
        return False
    return all(_has_place(value.node.specs[value.index]) for value in node.inputs)


def _has_place(spec: TensorSpec) -> bool:
    """Kernels compute bfloat16 in float32, and what holds objects is not overwritten.

    Nor are complex numbers: where a product is to overwrite a factor, NumPy multiplies in another way, which rounds
    otherwise.
    """
    return not (spec.dtype is bfloat16 or spec.dtype.is_complex or spec.dtype.numpy.hasobject)


def _may_overwrite(node: Node, output: int, place: Value, lifetimes: Lifetimes) -> bool:
    """Whether a fused group can write an output where an input is as far as its operations are concerned."""
    graph: Graph = node.params["graph"]
    if not _writes_anywhere(place_of(graph, graph.outputs[output]).node):
        return False
    position = node.inputs.index(place)
    alone = not any(lifetimes.share(place, other) for i, other in enumerate(node.inputs) if i != position)
    return alone and may_overwrite(graph, output, position)


def _note_sources(node: Node, sources: dict[Value, frozenset[Value]]) -> None:
    """Note for an elementwise result from which values it has its shape, and the order of its axes in memory."""
    if node.op is not FUSED:
        found: frozenset[Value] = frozenset()
        for value in node.inputs:
            more = _sources(value, sources)
            if not more <= found and value.spec.shape.rank != 0:
                found = found | more if found else more
        sources[node.values[0]] = found if len(found) <= _MOST_SOURCES else frozenset(node.values)
        return
    graph: Graph = node.params["graph"]
    for inner, given in zip(graph.inputs, node.inputs, strict=True):
        sources[inner.values[0]] = _sources(given, sources)
    for inner in graph.nodes:
        if _writes_anywhere(inner):
            _note_sources(inner, sources)
    sources.update((out, _sources(v, sources)) for out, v in zip(node.values, graph.outputs, strict=True))


def _sources(value: Value, sources: dict[Value, frozenset[Value]]) -> frozenset[Value]:
    return sources.get(value, frozenset((value,)))


def _fits(node: Node, out: Value, place: Value, sources: dict[Value, frozenset[Value]]) -> bool:
    """Whether an output is sure to have the shape and dtype of an operand, and the order of its axes in memory.

    The order of axes matters to later sums: they add up in the order of memory. NumPy takes the operands' common
    order, and C's where they differ, so that an operand which ``place`` comes from cannot change it.
    """
    spec = out.spec
    if place.spec.dtype is not spec.dtype or place.spec.shape != spec.shape:
        return False
    known = _sources(place, sources)
    for value in node.inputs:
        if value is place or _sources(value, sources) <= known:
            continue
        given = value.spec
        if not _cannot_reorder(given, spec) or not _cannot_widen(given, spec):
            return False
    return True


def _cannot_reorder(spec: TensorSpec, out: TensorSpec) -> bool:
    return len(out.dims) == 1 or spec.shape.rank == 0 or sum(d != 1 for d in spec.dims) <= 1


def _cannot_widen(spec: TensorSpec, out: TensorSpec) -> bool:
    """Whether broadcasting with an operand leaves the sizes that are unknown as they are."""
    if spec.shape.rank is None:
        return False
    if None not in out.dims:
        return True
    dims = (1,) * (len(out.dims) - len(spec.dims)) + spec.dims
    return all(d == 1 for d, size in zip(dims, out.dims, strict=True) if size is None)


def _sentence(out: Value, place: Value) -> str:
    size = place.spec.nbytes
    # Not "saved": the most that is alive at one moment may be elsewhere.
    spared = "" if size is None else f": {in_bytes(size)} less to allocate"
    return f"{out!r} writes into the memory of {place!r}, which nothing needs any more{spared}."
