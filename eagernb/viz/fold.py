"""Folding: a group of a diagram drawn as one box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .diagram import Box, Diagram, Edge, Group

# A group of more boxes that compute something is folded at first.
LARGE = 12

_COMPUTING = {"op", "gradient", "effect", "removed", "fused", "failed", "nested"}


def fold(diagram: Diagram, ids: Iterable[str]) -> Diagram:
    """Return the diagram with these groups as a box each, which has the group's id.

    What led into the group or out of it leads to the box or from it, once; what is inside is not there.

    >>> inner = Group("g", "call f", ("b", "c"), folds=True)
    >>> boxes = (Box("a", "a"), Box("b", "b"), Box("c", "c"))
    >>> folded = fold(Diagram("D", "", boxes, (Edge("a", "b"), Edge("b", "c")), (inner,)), ["g"])
    >>> [box.id for box in folded.boxes], folded.edges
    (['a', 'g'], (Edge(source='a', target='g', label='', kind='data'),))
    """
    folded = set(ids)
    if not folded:
        return diagram
    outermost = _outermost(diagram, folded)
    place = {box_id: outermost[group.id] for group in diagram.groups for box_id in group.box_ids}
    stands_for = {box_id: group_id for box_id, group_id in place.items() if group_id}
    groups = {group.id: group for group in diagram.groups}
    boxes: dict[str, Box] = {}
    for box in diagram.boxes:
        found = stands_for.get(box.id)
        if found is None:
            boxes[box.id] = box
        elif found not in boxes:
            boxes[found] = folded_box(groups[found])
    edges: dict[Edge, None] = {}
    for edge in diagram.edges:
        source, target = stands_for.get(edge.source, edge.source), stands_for.get(edge.target, edge.target)
        if source != target:
            edges[replace(edge, source=source, target=target)] = None
        elif (edge.source, edge.target) == (source, target):
            edges[edge] = None
    members = {group.id: list(group.box_ids) for group in diagram.groups if not outermost[group.id]}
    for group in diagram.groups:
        if outermost[group.id] == group.id and group.parent:
            members[group.parent].append(group.id)
    left = [replace(g, box_ids=tuple(members[g.id])) for g in diagram.groups if g.id in members]
    return Diagram(diagram.title, diagram.description, tuple(boxes.values()), tuple(edges), tuple(left))


def folded_box(group: Group) -> Box:
    """Return the box that a folded group is drawn as."""
    return Box(group.id, group.title, group.lines, "nested", "\n".join((group.title, *group.lines)))


def large_groups(diagram: Diagram, most: int = LARGE) -> tuple[str, ...]:
    """Return the groups that are folded at first: those with more than `most` boxes that compute something.

    A folded group counts as one of them for the group around it.
    """
    computing = {box.id for box in diagram.boxes if box.kind in _COMPUTING}
    count: dict[str, int] = {}
    large: list[str] = []
    for group in reversed(diagram.groups):
        count[group.id] = count.get(group.id, 0) + sum(box_id in computing for box_id in group.box_ids)
        if group.folds and count[group.id] > most:
            large.append(group.id)
            count[group.id] = 1
        count[group.parent] = count.get(group.parent, 0) + count[group.id]
    return tuple(reversed(large))


def _outermost(diagram: Diagram, folded: set[str]) -> dict[str, str]:
    """By group, the outermost folded one that it is or lies in; empty where there is none."""
    found: dict[str, str] = {"": ""}
    for group in diagram.groups:
        found[group.id] = found[group.parent] or (group.id if group.id in folded else "")
    return found
