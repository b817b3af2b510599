"""Drawing: boxes and the way of values between them, while a diagram is put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace

from eagernb.notebook.language import say
from eagernb.notebook.recording import BACKWARD, FORWARD, UPDATE
from eagernb.viz import Box, Diagram, Edge, EdgeKind, Group


class Drawing:
    """Takes boxes in the order in which values flow; ``diagram()`` gives the picture.

    ``asked_for`` is said of the backward pass: who asked for it.
    """

    def __init__(self, asked_for: str = "") -> None:
        self._asked_for = asked_for
        self.boxes: dict[str, Box] = {}
        self.holders: dict[Hashable, str] = {}  # value -> the box that gives it
        self._passed: dict[Hashable, Hashable] = {}  # input of a sub-graph -> what is passed in for it
        self._constants: dict[Hashable, Box] = {}  # drawn at each group of boxes that uses them
        self._frames: dict[str, Group] = {}
        self._frame_of: dict[str, str] = {}
        self._phases: dict[str, str] = {}
        self._floating: list[str] = []
        self._again: set[tuple[str, str]] = set()
        self._edges: list[tuple[str, str, EdgeKind | None, str]] = []

    def add(
        self,
        box: Box,
        takes: Iterable[Hashable],
        gives: Iterable[Hashable],
        phase: str | None = None,
        *,
        floats: bool = False,
        frame: str = "",
        once: bool = False,
        stays: bool = False,
    ) -> None:
        """Draw a box that takes some values and gives others, in the frame of a sub-graph if it is part of one.

        A box without a phase stands outside the groups; one that floats goes to what uses it, if that is in one phase.
        With ``once``, several values from one box have one edge. One that ``stays`` is part of the forward pass
        although it uses a gradient: it has one of its own.
        """
        sources = [self._source(value, frame, phase) for value in takes]
        sources = list(dict.fromkeys(sources)) if once else sources
        self.boxes[box.id] = box
        self._edges += [(source, box.id, None, "") for source in sources]
        self.holders.update(dict.fromkeys(gives, box.id))
        if phase == FORWARD and not stays and any(self._phases.get(source) in (BACKWARD, UPDATE) for source in sources):
            phase = UPDATE
        self._put(box.id, phase, frame)
        if floats:
            self._floating.append(box.id)

    def add_again(self, box_id: str, takes: Iterable[Hashable], gives: Iterable[Hashable]) -> None:
        """Draw something as a box that is there: what leads to it and from it is that box's. Constants are left out."""
        for value in takes:
            source = self.holders.get(self.root(value))
            if source is not None and (source, box_id) not in self._again:
                self._again.add((source, box_id))
                self._edges.append((source, box_id, None, ""))
        self.holders.update(dict.fromkeys(gives, box_id))

    def add_constant(self, value: Hashable, box: Box) -> None:
        """Have a constant drawn wherever it is used, once in each frame."""
        self._constants[value] = box

    def add_frame(self, group: Group) -> None:
        """Draw a frame, around boxes that are added with its id."""
        self._frames[group.id] = group

    def link(self, source: str, target: str, kind: EdgeKind, label: str = "") -> None:
        """Draw an edge from a box to a box."""
        self._edges.append((source, target, kind, label))

    def same(self, value: Hashable, other: Hashable) -> None:
        """Draw a value as what the other one is at present."""
        other = self.root(other)
        if other in self._constants:
            self._constants[value] = self._constants[other]
        else:
            self.holders[value] = self.holders[other]

    def pass_in(self, value: Hashable, other: Hashable) -> None:
        """Draw a sub-graph's input as what is passed in for it: a variable stays one that can be assigned to."""
        self._passed[value] = self.root(other)

    def root(self, value: Hashable) -> Hashable:
        """Return the value that was passed in for this one, or itself."""
        return self._passed.get(value, value)

    def holder(self, value: Hashable) -> str:
        """Return the box that gives a value; empty for a constant, which may have several or none."""
        return self.holders.get(self.root(value), "")

    def holders_of(self, values: Iterable[Hashable]) -> dict[Hashable, str]:
        """Return which boxes give these values at present."""
        return {value: self.holders[value] for value in values if value in self.holders}

    def constant(self, value: Hashable) -> Box | None:
        """Return what a constant is drawn as, None for any other value."""
        return self._constants.get(self.root(value))

    def draw_unused(self, values: Iterable[Hashable]) -> None:
        """Draw constants that nothing uses."""
        for value in values:
            self._source(value, "", None)

    def _source(self, value: Hashable, frame: str, phase: str | None) -> str:
        value = self.root(value)
        if value not in self._constants:
            return self.holders[value]
        box = self._constants[value]
        box_id = f"{frame}{_COPY}{box.id}" if frame else box.id
        if box_id not in self.boxes:
            self.boxes[box_id] = replace(box, id=box_id)
            self._put(box_id, phase if frame else None, frame)
            if not frame:
                self._floating.append(box_id)
        return box_id

    def _put(self, box_id: str, phase: str | None, frame: str) -> None:
        if phase:
            self._phases[box_id] = phase
        if frame:
            self._frame_of[box_id] = frame

    def diagram(self, title: str, description: str) -> Diagram:
        """Return the picture, grouped where there is a backward pass."""
        self._place_floating()
        edges = tuple(
            Edge(source, target, label, kind or self._edge_kind(source, target))
            for source, target, kind, label in self._edges
        )
        return Diagram(title, description, tuple(self.boxes.values()), edges, tuple(self._groups()))

    def _place_floating(self) -> None:
        users: dict[str, set[str | None]] = defaultdict(set)
        for source, target, _, _ in self._edges:
            users[source].add(self._phases.get(target))
        for box_id in self._floating:
            if len(users[box_id]) == 1 and (phase := users[box_id].pop()):
                self._phases[box_id] = phase

    def _edge_kind(self, source: str, target: str) -> EdgeKind:
        start, end = self._phases.get(source), self._phases.get(target)
        if start in (BACKWARD, UPDATE) and end in (BACKWARD, UPDATE):
            # A constant is drawn beside what uses it, but no gradient flows in it.
            return "data" if self.boxes[source].kind == "constant" else "gradient"
        return "saved" if end == BACKWARD else "data"

    def _groups(self) -> Iterable[Group]:
        members: dict[str, list[str]] = defaultdict(list)
        for box_id, frame in self._frame_of.items():
            members[frame].append(box_id)
        phases: dict[str, str] = {}
        if BACKWARD in self._phases.values():
            updates = UPDATE in self._phases.values()
            backward = say("Backward and update") if updates else say("Backward")
            backward = say(", ").join(filter(None, (backward, self._asked_for)))
            titles = {FORWARD: say("Forward"), BACKWARD: backward}
            # What uses a gradient stands right above it: in a frame of its own it would be far off to the side.
            place = {FORWARD: FORWARD, BACKWARD: BACKWARD, UPDATE: BACKWARD}
            for box_id, frame in self._frame_of.items():
                while parent := self._frames[frame].parent:
                    frame = parent
                phases.setdefault(frame, place.get(self._phases.get(box_id, ""), FORWARD))
            for phase, title in titles.items():
                own = tuple(
                    box_id
                    for box_id in self.boxes
                    if box_id not in self._frame_of and place.get(self._phases.get(box_id, "")) == phase
                )
                if own or phase in phases.values():
                    yield Group(phase, title, own, phase)
        for group in self._frames.values():
            yield replace(group, box_ids=tuple(members[group.id]), parent=group.parent or phases.get(group.id, ""))


_COPY = " "
