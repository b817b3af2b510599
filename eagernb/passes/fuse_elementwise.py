"""fuse_elementwise: elementwise operations over the same elements become one node.

An array that does not fit into the processor's cache is read from memory by every operation, and written back. A group
reads it once: each block of it goes through all operations while it is in the cache, and results in between need no
memory of their own. Smaller arrays would gain nothing by it.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

from eagernb.core.large import LARGE
from eagernb.graph.cost import in_bytes
from eagernb.graph.fused import FUSED
from eagernb.graph.ir import INPUT, Graph, Node, Value
from eagernb.graph.names import free_name
from eagernb.passes.change import Change

_MOST_NAMED = 12  # nodes that a sentence names


@dataclass(eq=False)
class _Group:
    """Nodes that may become one. Nothing that they depend on has their level, so that none can depend on the others
    by way of a node outside."""

    level: int
    nodes: list[Node]
    position: int = 0  # of the last node
    joined: _Group | None = None  # the group that this one has become a part of
    outputs: list[Value] = field(default_factory=list)

    def current(self) -> _Group:
        group = self
        while group.joined is not None:
            group = group.joined
        return group


def fuse_elementwise(graph: Graph, at_least: int = LARGE) -> tuple[Graph, list[Change]]:
    """Put elementwise nodes with one shape of results, which feed each other, into one ``fused`` node each.

    Results smaller than ``at_least`` bytes are left alone; those of unknown size may be large.
    """
    grouped = _find_groups(graph, at_least)
    members: dict[Node, _Group] = {}
    groups: dict[_Group, None] = {}
    for node, group in grouped.items():
        group = group.current()
        if len(group.nodes) > 1:
            members[node] = group
            groups[group] = None
    if not groups:
        return graph, []
    return _with_groups(graph, members, list(groups))


def _can_fuse(node: Node, at_least: int) -> bool:
    op = node.op
    if op.family != "elementwise" or not op.fresh or op.multiple or not node.inputs or not node.pure:
        return False
    size = node.specs[0].nbytes
    if size is not None and size < at_least:
        return False
    specs = [node.specs[0], *(value.spec for value in node.inputs)]
    return bool(node.specs[0].shape.rank) and not any(s.shape.rank is None or s.dtype.numpy.hasobject for s in specs)


def _find_groups(graph: Graph, at_least: int) -> dict[Node, _Group]:
    """The group of each node that can be in one; some have a single node.

    The level of a node is larger than those of its inputs, unless they are in its group, and no smaller than that of
    the last effect before it, if it has one too. So nodes of one level do not depend on each other.
    """
    levels: dict[Node, int] = {}
    groups: dict[Node, _Group] = {}
    last_effect = 0
    for position, node in enumerate(graph.nodes):
        if node.is_source:
            levels[node] = 0
            continue
        level = max((_level(value.node, levels, groups) for value in node.inputs), default=0)
        if not _can_fuse(node, at_least):
            levels[node] = level + 1
            if not node.pure:
                last_effect = levels[node] = max(level + 1, last_effect)
            continue
        before = [v.node for v in node.inputs if _level(v.node, levels, groups) == level] if level else []
        candidates = [groups[n].current() for n in before if n in groups]
        if len(candidates) == len(before) > 0 and all(
            c.nodes[0].specs[0].shape == node.specs[0].shape for c in candidates
        ):
            group = _merged(list(dict.fromkeys(candidates)))
        else:
            group = _Group(level + 1, [])
        group.nodes.append(node)
        group.position = max(group.position, position)
        groups[node] = group
    return groups


def _level(node: Node, levels: dict[Node, int], groups: dict[Node, _Group]) -> int:
    return groups[node].current().level if node in groups else levels[node]


def _merged(groups: Sequence[_Group]) -> _Group:
    """One group of groups of one level: the largest takes in the others."""
    first = max(groups, key=lambda group: len(group.nodes))
    for group in groups:
        if group is not first:
            first.nodes += group.nodes
            first.position = max(first.position, group.position)
            group.joined = first
    return first


def _with_groups(graph: Graph, members: dict[Node, _Group], groups: list[_Group]) -> tuple[Graph, list[Change]]:
    positions = {node: position for position, node in enumerate(graph.nodes)}
    used = [v for node in graph.nodes for v in node.inputs if members.get(v.node) is not members.get(node)]
    for value in dict.fromkeys([*used, *graph.outputs]):
        if value.node in members:
            members[value.node].outputs.append(value)
    names = {node.name for node in graph.nodes}
    new: dict[Value, Value] = {}
    nodes: list[Node] = []
    changes: list[Change] = []
    for unit in _ordered(graph, members, positions):
        if isinstance(unit, Node):
            operands = tuple([new.get(value, value) for value in unit.inputs])
            node = unit if operands == unit.inputs else unit.with_inputs(operands)
            nodes.append(node)
            new.update(zip(unit.values, node.values, strict=True))
            continue
        unit.nodes.sort(key=positions.__getitem__)
        fused = _fuse(unit, new, names)
        nodes.append(fused)
        new.update(zip(unit.outputs, fused.values, strict=True))
        changes.append(Change(_sentence(unit, fused), tuple(unit.nodes), fused))
    inputs = tuple([new[node.values[0]].node for node in graph.inputs])
    return Graph(inputs, tuple(nodes), tuple([new[value] for value in graph.outputs]), graph.name), changes


def _ordered(graph: Graph, members: dict[Node, _Group], positions: dict[Node, int]) -> list[Node | _Group]:
    """The nodes and groups in an order in which they can run: as before, but groups where their last node was, and
    what needs them after that."""
    waiting: dict[Node | _Group, int] = {}
    needed_by: dict[Node | _Group, list[Node | _Group]] = {}
    places: dict[Node | _Group, int] = {}
    effect: Node | None = None
    for node in graph.nodes:
        unit = members.get(node, node)
        places[unit] = unit.position if isinstance(unit, _Group) else positions[node]
        before = {members.get(value.node, value.node) for value in node.inputs} - {unit}
        if not node.pure:
            before |= {effect} if effect is not None else set()
            effect = node
        waiting[unit] = waiting.get(unit, 0) + len(before)
        for other in before:
            needed_by.setdefault(other, []).append(unit)
    ready = [(places[unit], unit) for unit, count in waiting.items() if count == 0]
    heapq.heapify(ready)
    order: list[Node | _Group] = []
    while ready:
        _, unit = heapq.heappop(ready)
        order.append(unit)
        for other in needed_by.get(unit, ()):
            waiting[other] -= 1
            if waiting[other] == 0:
                heapq.heappush(ready, (places[other], other))
    return order


def _fuse(group: _Group, new: dict[Value, Value], names: set[str]) -> Node:
    """The group as one node, with the nodes in a graph of their own."""
    inside = set(group.nodes)
    inputs: dict[Value, Node] = {}
    taken = {node.name for node in group.nodes}
    for node in group.nodes:
        for value in node.inputs:
            if value.node not in inside and value not in inputs:
                name = free_name(value.node.name, taken)
                inputs[value] = Node(INPUT, (), {"spec": value.spec, "index": len(inputs)}, (value.spec,), name)
    replaced = {value: node.values[0] for value, node in inputs.items()}
    nodes: list[Node] = []
    for node in group.nodes:
        copy = node.with_inputs(tuple([replaced[value] for value in node.inputs]))
        nodes.append(copy)
        replaced[node.values[0]] = copy.values[0]
    name = free_name("fused", names)
    outputs = tuple([replaced[value] for value in group.outputs])
    graph = Graph(tuple(inputs.values()), (*inputs.values(), *nodes), outputs, name)
    last = group.nodes[-1]
    specs = tuple([value.spec for value in outputs])
    arguments = tuple([new.get(value, value) for value in inputs])
    return Node(FUSED, arguments, {"graph": graph}, specs, name, last.line, last.scope, tuple(group.nodes))


def _sentence(group: _Group, fused: Node) -> str:
    shown = [f"%{node.name}" for node in group.nodes[:_MOST_NAMED]]
    rest = len(group.nodes) - len(shown)
    named = f"{', '.join(shown)} and {rest} more" if rest else f"{', '.join(shown[:-1])} and {shown[-1]}"
    between = [node for node in group.nodes if node.values[0] not in set(group.outputs)]
    sizes = [node.specs[0].nbytes for node in between]
    saved = sum(size for size in sizes if size is not None)
    memory = f": {in_bytes(saved)} of results in between need no memory" if saved and None not in sizes else ""
    return f"These {len(group.nodes)} became one, %{fused.name}, over the same elements: {named}{memory}."
