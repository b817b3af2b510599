"""A diagram in DOT, the language of Graphviz."""

from __future__ import annotations

import graphviz

from . import labels
from .diagram import Box, BoxKind, Diagram, Edge, Group

FONT = "Helvetica"
NOTHING = "Nothing to draw"

_BOX_STYLE = {
    "input": "rounded",
    "op": "rounded",
    "gradient": "diagonals",
    "output": "rounded,bold",
    "removed": "rounded,dashed",
    "failed": "bold",
    "nested": "rounded,bold",
}
_BOX_SHAPE = {"choice": "hexagon", "flow": "parallelogram"}
# Room for a loop's way back, which runs beside what the frame holds.
_LOOP_MARGIN = "20"
# What stands at the side of a chain of operations, which itself is drawn straight.
_SIDE_KINDS = {"input", "constant", "variable"}
# Each kind of edge has a dash pattern and an arrowhead of its own, so that neither needs colour.
_EDGE_STYLE = {
    "data": {"style": "solid", "arrowhead": "normal"},
    "gradient": {"style": "dashed", "arrowhead": "onormal"},
    "saved": {"style": "dotted", "arrowhead": "vee"},
    "control": {"style": "dashed", "arrowhead": "tee"},
    # It says nothing about places: a loop's variables stay above its body.
    "loop": {"style": "bold", "arrowhead": "normal", "constraint": "false", "weight": "0"},
}


def to_dot(diagram: Diagram, *, rankdir: str = "TB") -> str:
    """Return the diagram as DOT source, the same bytes for the same diagram.

    Boxes are called n0, n1, ... in the order of the diagram, edges e0, ..., groups g0, ...: a name of the
    user's never becomes one of Graphviz's. Every text is a plain label, escaped, cut to a sane width; sizes
    are fixed, so that the layout does not depend on the fonts of the machine.

    Raises ValueError where `rankdir` is not one of TB, BT, LR, RL.

    >>> print(to_dot(Diagram("One", "", (Box("x", "x", kind="input"),), ())).splitlines()[0])
    digraph eagernb {
    """
    if rankdir not in ("TB", "BT", "LR", "RL"):
        raise ValueError(f"rankdir={rankdir!r}; a picture runs TB, BT, LR or RL")
    graph = graphviz.Digraph("eagernb")
    graph.attr(
        "graph",
        rankdir=rankdir,
        # Ranks across groups: a gradient stands beside the operation that it belongs to.
        newrank="true",
        nodesep="0.2",
        ranksep="0.28",
        pad="0.14",
        fontname=FONT,
        fontsize="11",
        bgcolor="transparent",
        # Without a limit, one value that a long loop uses at each turn keeps the ranking busy for many seconds.
        nslimit="2",
        nslimit1="2",
    )
    graph.attr("node", shape="box", fontname=FONT, fontsize="10", fixedsize="true", margin="0")
    graph.attr("edge", fontname=FONT, fontsize=f"{labels.LINE_SIZE:g}", arrowsize="0.55", penwidth="1")
    names = {box.id: f"n{index}" for index, box in enumerate(diagram.boxes)}
    if not names:
        graph.attr("graph", label=NOTHING)
    grouped = {box_id for group in diagram.groups for box_id in group.box_ids}
    boxes = {box.id: box for box in diagram.boxes}
    kinds = {box.id: box.kind for box in diagram.boxes}
    places = {group.id: index for index, group in enumerate(diagram.groups)}
    children: dict[str, list[Group]] = {}
    for group in diagram.groups:
        children.setdefault(group.parent, []).append(group)
    looped = {edge.target for edge in diagram.edges if edge.kind == "loop"}

    def add_groups(around: graphviz.Digraph, parent: str) -> None:
        for group in children.get(parent, ()):
            with around.subgraph(name=f"cluster_{places[group.id]}") as cluster:
                _set_group(cluster, places[group.id], group, _LOOP_MARGIN if looped & {*group.box_ids} else "9")
                for box_id in group.box_ids:
                    _add_box(cluster, names[box_id], boxes[box_id])
                if level := [names[box_id] for box_id in group.box_ids if box_id in looped]:
                    cluster.body.append(f"\t{{ rank=same; {'; '.join(level)} }}\n")
                add_groups(cluster, group.id)

    add_groups(graph, "")
    for box in diagram.boxes:
        if box.id not in grouped:
            _add_box(graph, names[box.id], box)
    for index, edge in enumerate(diagram.edges):
        _add_edge(graph, index, edge, names, kinds)
    for source, target in _below_loops(diagram, children):
        graph.edge(names[source], names[target], style="invis", weight="0")
    return str(graph.source)


def _below_loops(diagram: Diagram, children: dict[str, list[Group]]) -> list[tuple[str, str]]:
    """Return edges that keep what a loop's frame holds below the loop's variables, or above them on the way back."""
    looped = {edge.target for edge in diagram.edges if edge.kind == "loop"}
    backwards = {edge.source for edge in diagram.edges if edge.kind == "gradient"}

    def boxes_in(group: Group) -> list[str]:
        inside = [box_id for child in children.get(group.id, ()) for box_id in boxes_in(child)]
        return [*group.box_ids, *inside]

    pairs: list[tuple[str, str]] = []
    for group in diagram.groups:
        variables = [box_id for box_id in group.box_ids if box_id in looped]
        if not variables:
            continue
        inside = {box_id for child in children.get(group.id, ()) for box_id in boxes_in(child)}
        later = {edge.target for edge in diagram.edges if edge.source in inside and edge.kind != "loop"}
        for box_id in (box_id for child in children.get(group.id, ()) for box_id in boxes_in(child)):
            if box_id not in later:
                pair = (variables[0], box_id)
                pairs.append(pair[::-1] if backwards & set(variables) else pair)
    return pairs


def _set_group(cluster: graphviz.Digraph, index: int, group: Group, margin: str) -> None:
    cluster.attr(
        "graph",
        id=f"g{index}",
        # Titles are drawn bold, which takes more room than Graphviz knows.
        label=_escape(labels.short(group.title, labels.MAX_GROUP_TITLE) + " " * (1 + len(group.title) // 6)),
        labeljust="l",
        style="rounded",
        margin=margin,
    )


def _add_box(graph: graphviz.Digraph, name: str, box: Box) -> None:
    text = labels.label(box)
    graph.node(
        name,
        id=name,
        label=_escape(text.title, *text.lines, text.badge),
        tooltip=_escape(*labels.tooltip(box).splitlines()),
        width=f"{text.width / 72:.4f}",
        height=f"{text.height / 72:.4f}",
        style=_BOX_STYLE.get(box.kind, "solid"),
        **({"shape": _BOX_SHAPE[box.kind]} if box.kind in _BOX_SHAPE else {}),
        **({"ordering": "out"} if box.kind == "choice" else {}),
        **{"class": f"enb-box enb-{box.kind}"},
    )


def _add_edge(
    graph: graphviz.Digraph, index: int, edge: Edge, names: dict[str, str], kinds: dict[str, BoxKind]
) -> None:
    source, target = names[edge.source], names[edge.target]
    style = dict(_EDGE_STYLE[edge.kind])
    if edge.kind == "gradient":
        # Ranked against its direction: the backward pass climbs beside the forward pass.
        source, target = target, source
        style |= {"dir": "back", "arrowtail": style.pop("arrowhead")}
    elif edge.kind == "saved":
        # A gradient is pulled level with the operation whose value it uses, and never stands above it.
        style |= {"minlen": "0", "weight": "1"}
    elif edge.kind == "data" and not {kinds[edge.source], kinds[edge.target]} & _SIDE_KINDS:
        style |= {"weight": "4"}
    if label := labels.short(edge.label, labels.MAX_EDGE_LABEL):
        # The spaces keep the text off the line.
        style |= {"label": _escape(f"  {label} ")}
    style |= {"id": f"e{index}", "class": f"enb-edge enb-{edge.kind}"}
    graph.edge(source, target, **style)


def _escape(*lines: str) -> str:
    """Join lines to a label that Graphviz takes literally: no escapes, no entities, no HTML-like markup."""
    escaped = (graphviz.escape(line.replace("&", "&amp;")) for line in lines if line)
    return graphviz.nohtml(r"\n".join(escaped))
