"""What a picture says: boxes, edges and groups, as plain values without any rendering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

BoxKind = Literal[
    "input", "constant", "variable", "op", "gradient", "effect", "output", "removed", "fused", "failed",
    "choice", "flow", "nested",
]  # fmt: skip
EdgeKind = Literal["data", "gradient", "saved", "control", "loop"]

BOX_KINDS: tuple[BoxKind, ...] = get_args(BoxKind)
EDGE_KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)


@dataclass(frozen=True, slots=True)
class Box:
    """One value or operation.

    `title` is the operation's name or symbol, drawn bold; `lines` are the small texts under it (its shape,
    its line); `tooltip` is shown on hovering and may be long; `badge` is a short mark on the lower right
    corner ("3 µs", "×2"). `kind` decides the shape: a "choice" is where the way divides, a "flow" a value
    that is handed on (a loop's variables, what a branch gives), "nested" a group that is folded.

    Raises ValueError for a kind that is not in `BOX_KINDS`.

    >>> Box("n0", "matmul", ("64×10 float32",)).kind
    'op'
    """

    id: str
    title: str
    lines: tuple[str, ...] = ()
    kind: BoxKind = "op"
    tooltip: str = ""
    badge: str = ""

    def __post_init__(self) -> None:
        if self.kind not in BOX_KINDS:
            raise ValueError(f"box {self.id!r} has kind {self.kind!r}; a box is one of {', '.join(BOX_KINDS)}")


@dataclass(frozen=True, slots=True)
class Edge:
    """A value that flows from the box `source` to the box `target`.

    `kind` decides the line: "data" is a value that is used, "gradient" a cotangent (it is drawn upwards,
    against the forward pass, so use it for every edge between two boxes of the backward pass and for a
    gradient's way into the assignment that consumes it), "saved" a value of the forward pass that the
    backward pass kept, "control" an order without a value, "loop" the way round to a loop's next turn: it
    leads back to the frame around both ends, beside what it encloses.

    Raises ValueError for a kind that is not in `EDGE_KINDS`.

    >>> Edge("x", "y").kind
    'data'
    """

    source: str
    target: str
    label: str = ""
    kind: EdgeKind = "data"

    def __post_init__(self) -> None:
        if self.kind not in EDGE_KINDS:
            raise ValueError(
                f"edge {self.source!r} -> {self.target!r} has kind {self.kind!r}; "
                f"an edge is one of {', '.join(EDGE_KINDS)}"
            )


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that are drawn together in a titled frame, such as the forward pass.

    `kind` is a word for style sheets and scripts. `parent` is the id of the group that the frame lies in. A
    group that `folds` can be drawn as one box (see `fold`), which says the title and the `lines`.

    >>> Group("f", "Forward", ("x", "y")).kind
    'group'
    """

    id: str
    title: str
    box_ids: tuple[str, ...]
    kind: str = "group"
    parent: str = ""
    folds: bool = False
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagram:
    """A whole picture: what it is called, what it shows in a sentence, and its parts in drawing order.

    A group stands after its parent. Raises ValueError where two boxes share an id, an edge or a group names
    a box that is not there, a box is in two groups, or a group's parent does not stand before it.

    >>> Diagram("Square", "", (Box("x", "x", kind="input"), Box("y", "square")), (Edge("x", "y"),)).groups
    ()
    """

    title: str
    description: str
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        known: set[str] = set()
        for box in self.boxes:
            if box.id in known:
                raise ValueError(f"two boxes of the diagram {self.title!r} have the id {box.id!r}")
            known.add(box.id)
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in known:
                    raise ValueError(f"edge {edge.source!r} -> {edge.target!r} names {end!r}, which is not a box")
        grouped: set[str] = set()
        parents = {""}
        for group in self.groups:
            if group.parent not in parents:
                raise ValueError(f"group {group.id!r} lies in {group.parent!r}, which is no group before it")
            parents.add(group.id)
            for box_id in group.box_ids:
                if box_id not in known:
                    raise ValueError(f"group {group.id!r} names {box_id!r}, which is not a box")
                if box_id in grouped:
                    raise ValueError(f"box {box_id!r} is in two groups; a box is in one at most")
                grouped.add(box_id)
