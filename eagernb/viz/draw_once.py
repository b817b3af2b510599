"""Drawing once what a program does many times: boxes that stand for many, in frames that say how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from .diagram import Box, Diagram, Edge, Group
from .repeats import Repeat

_OUTSIDE = {"input", "constant", "gradient"}


def draw_once(
    diagram: Diagram,
    stands_for: Mapping[str, str],
    repeats: Sequence[Repeat] = (),
    places: Sequence[str] = (),
    titles: Mapping[str, Box] | None = None,
    more: Mapping[str, int] | None = None,
) -> tuple[Diagram, dict[str, str]]:
    """Return the diagram with one box for all that are the same, and for each box the one that it is drawn as.

    ``stands_for`` gives for a box the one that is drawn in its place, with how many it stands for. Inputs and constants
    that look the same and lead to the same boxes are drawn once too. What leads from a box that stands for many to one
    before it is drawn as the way round to the next time. ``repeats`` are drawn as frames; their places are those of the
    box ids in ``places``. ``titles`` are other boxes for some of those that stand for many. ``more`` says for how many
    boxes some stand that are not in the diagram at all.

    >>> boxes = tuple(Box(name, "f") for name in "abc")
    >>> once, _ = draw_once(Diagram("D", "", boxes, (Edge("a", "b"), Edge("b", "c"))), {"b": "a", "c": "a"})
    >>> once.boxes[0].badge, once.edges
    ('×3', (Edge(source='a', target='a', label='', kind='loop'),))
    """
    drawn_as = {box.id: stands_for.get(box.id, box.id) for box in diagram.boxes}
    inside = {edge.target for edge in diagram.edges}
    outside = [box for box in diagram.boxes if box.kind in _OUTSIDE and box.id not in inside]
    drawn_as |= _same_outside(outside, diagram.edges, drawn_as)
    count = Counter(drawn_as.values()) - Counter(drawn_as[box.id] for box in outside)
    count.update(more or {})
    titles = titles or {}
    boxes = [
        titles.get(box.id) or (replace(box, badge=f"×{count[box.id]:,}") if count[box.id] > 1 else box)
        for box in diagram.boxes
        if drawn_as[box.id] == box.id
    ]
    order = {box.id: index for index, box in enumerate(boxes)}
    repeated = {box_id for box_id, number in count.items() if number > 1}
    edges: dict[tuple[str, str], Edge] = {}
    for edge in diagram.edges:
        source, target = drawn_as[edge.source], drawn_as[edge.target]
        if (source, target) in edges:  # the first time is what is drawn
            continue
        is_back = order[source] >= order[target] and source in repeated
        edges[source, target] = replace(edge, source=source, target=target, kind="loop" if is_back else edge.kind)
    groups = tuple(_groups(diagram, repeats, places, order, list(edges.values())))
    return Diagram(diagram.title, diagram.description, tuple(boxes), tuple(edges.values()), groups), drawn_as


def _same_outside(outside: Iterable[Box], edges: Iterable[Edge], drawn_as: Mapping[str, str]) -> dict[str, str]:
    """Inputs and constants that look the same and lead to the same boxes: the first stands for all.

    Of what begins a way back the title suffices: at each turn it may be called differently.
    """
    targets: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        targets[edge.source].add(drawn_as[edge.target])
    first: dict[object, str] = {}
    return {
        box.id: first.setdefault(
            (box.kind, box.title, () if box.kind == "gradient" else box.lines, frozenset(targets[box.id])), box.id
        )
        for box in outside
    }


def _groups(
    diagram: Diagram, repeats: Sequence[Repeat], places: Sequence[str], order: Mapping[str, int], edges: list[Edge]
) -> Iterator[Group]:
    """The frames of the diagram and of the repeats: within one of the diagram's, or around parts of several."""
    owner = {box_id: group.id for group in diagram.groups for box_id in group.box_ids if box_id in order}
    frames: dict[str, Group] = {group.id: replace(group, box_ids=()) for group in diagram.groups}
    frame_of: list[dict[str, str]] = []  # by repeat: in which frame its boxes are, by the one that they were in
    new_owner = dict(owner)
    for index, repeat in enumerate(repeats):
        name, ids = f"repeat{index}", [places[place] for place in repeat.places]
        around = {} if repeat.parent is None else frame_of[repeat.parent]
        spanned = list(dict.fromkeys(owner.get(box_id, "") for box_id in ids))
        one = spanned[0] if len(spanned) == 1 else ""
        frames[name] = Group(name, f"× {repeat.times:,}", (), "repeat", around.get(one, one))
        frame_of.append({"": name, one: name})
        for phase in spanned if len(spanned) > 1 else ():
            if phase:
                part = f"{name} {phase}"
                frames[part] = replace(frames[phase], id=part, parent=name)
                frame_of[index][phase] = part
        new_owner |= {box_id: frame_of[index][owner.get(box_id, "")] for box_id in ids}
    targets: dict[str, set[str]] = defaultdict(set)
    inside = {edge.target for edge in edges}
    for edge in edges:
        targets[edge.source].add(new_owner.get(edge.target, ""))
    for box in diagram.boxes:
        is_outside = box.kind == "constant" or (box.kind == "gradient" and box.id not in inside)
        if is_outside and len(targets[box.id]) == 1:
            new_owner[box.id] = next(iter(targets[box.id]))
    members: dict[str, list[str]] = defaultdict(list)
    for box_id in order:
        members[new_owner.get(box_id, "")].append(box_id)
    parents = {group.parent for group in frames.values()}
    for group in frames.values():
        if members[group.id] or group.id in parents:
            yield replace(group, box_ids=tuple(members[group.id]))
