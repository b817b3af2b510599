"""A diagram in a panel: the picture in a frame that scrolls, and the legend below it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring, tostring

from eagernb.notebook.panels.markup import element, text
from eagernb.viz import BOX_KINDS, EDGE_KINDS, Diagram, LayoutError, render
from eagernb.viz.labels import LINE_SIZE
from eagernb.viz.shapes import outline

_BOXES = {
    "input": "input",
    "constant": "constant",
    "variable": "variable",
    "op": "operation",
    "gradient": "gradient",
    "effect": "effect: assigns, prints",
    "output": "result",
    "removed": "taken away",
    "fused": "fused",
    "failed": "failed",
}
_EDGES = {
    "data": ("value", ""),
    "gradient": ("gradient", "6 3"),
    "saved": ("kept for the backward pass", "1 3"),
    "control": ("order", "7 3 1 3"),
}


class Picture:
    """A diagram, drawn; where it cannot be, ``problem`` says why and ``svg`` is empty."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.svg, self.problem = "", ""
        try:
            self.svg = render(diagram)
        except LayoutError as error:
            self.problem = str(error)

    def figure(self, caption: str) -> str:
        """Return the picture under its caption."""
        head = element("figcaption", caption, class_="enb-heading")
        if self.problem:
            return element("figure", head, element("p", text(self.problem), class_="enb-note"))
        frame = element(
            "div",
            _for_page(self.svg),
            class_="enb-frame",
            tabindex=0,
            role="region",
            aria_label=f"{self.diagram.title}, picture",
            style=f"--w:{self.width:.0f}px",
        )
        return element("figure", head, frame)

    @property
    def width(self) -> float:
        """The natural width in pixels, 0 without a picture."""
        return float(fromstring(self.svg).get("width", 0)) if self.svg else 0.0


_USUAL_SIZE = f"{LINE_SIZE:g}"
_FINE = re.compile(r"\d+\.\d\d+")


def _for_page(svg: str) -> str:
    """The picture without what the panel around it has already, and in few bytes.

    The panel's style sheet holds the picture's, which the attributes only repeat; a tenth of a pixel is fine enough.
    """
    root = fromstring(svg)
    for parent in root.iter():
        parent.tag = parent.tag.rpartition("}")[2]
        for style in [child for child in parent if child.tag.endswith("}style")]:
            parent.remove(style)
        if parent.get("class") != "enb-mark":
            parent.attrib.pop("fill", None)
        for name in ("stroke", "data-edge", "lengthAdjust"):
            parent.attrib.pop(name, None)
        for name in {"d", "points"} & set(parent.attrib):
            parent.set(name, _FINE.sub(lambda number: f"{float(number[0]):.1f}", parent.attrib[name]))
        if parent.tag == "g":
            parent.attrib.pop("id", None)
        if parent.get("font-size") == _USUAL_SIZE:
            del parent.attrib["font-size"]
    root.set("font-size", _USUAL_SIZE)
    return tostring(root, encoding="unicode")


def legend(*pictures: Picture) -> str:
    """Return what the shapes and lines of the pictures mean; empty where nothing is drawn."""
    diagrams = [picture.diagram for picture in pictures if picture.svg]
    boxes = {box.kind for diagram in diagrams for box in diagram.boxes}
    edges = {edge.kind for diagram in diagrams for edge in diagram.edges}
    keys = [_key(_box_sample(kind), _BOXES[kind]) for kind in BOX_KINDS if kind in boxes]
    keys += [_key(_edge_sample(kind, _EDGES[kind][1]), _EDGES[kind][0]) for kind in EDGE_KINDS if kind in edges]
    return element("ul", *keys, class_="enb-legend", aria_label="Legend") if keys else ""


def _key(sample: Element, meaning: str) -> str:
    drawing = Element("svg", {"width": "24", "height": "16", "aria-hidden": "true"})
    drawing.append(sample)
    return element("li", tostring(drawing, encoding="unicode"), text(meaning))


def _box_sample(kind: str) -> Element:
    group = Element("g", {"class": f"enb-box enb-{kind}"})
    group.extend(outline(kind, 1, 1, 22, 14))
    return group


def _edge_sample(kind: str, dashes: str) -> Element:
    group = Element("g", {"class": f"enb-edge enb-{kind}"})
    line = Element("path", {"class": "enb-line", "d": "M1,8H23"})
    if dashes:
        line.set("stroke-dasharray", dashes)
    group.append(line)
    return group
