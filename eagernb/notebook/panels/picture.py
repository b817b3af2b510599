"""A diagram in a panel: the picture in a frame that scrolls, and the legend below it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import cached_property
from math import floor
from xml.etree.ElementTree import Element, fromstring, tostring

from eagernb.notebook.language import language_code, noted, say
from eagernb.notebook.panels.markup import element, needed_rules, text
from eagernb.viz import BOX_KINDS, EDGE_KINDS, BoxKind, Diagram, LayoutError, describe, fold, large_groups, render
from eagernb.viz.labels import LINE_SIZE
from eagernb.viz.shapes import outline

# What opens is in the page twice: folded, and whole.
_MOST_BYTES = 250_000
_CLOSED = noted("There is no room to unfold all groups; the table and the object's to_dot() have what is inside.")
_BOXES = {
    "input": noted("input"),
    "constant": noted("constant"),
    "variable": noted("variable"),
    "op": noted("operation"),
    "gradient": noted("gradient"),
    "effect": noted("effect: assigns, prints"),
    "output": noted("result"),
    "removed": noted("taken away"),
    "fused": noted("fused"),
    "failed": noted("failed"),
    "choice": noted("choice"),
    "flow": noted("handed on"),
    "nested": noted("folded group"),
}
_EDGES = {
    "data": (noted("value"), ""),
    "gradient": (noted("gradient"), "6 3"),
    "saved": (noted("kept for the backward pass"), "1 3"),
    "control": (noted("order"), "7 3 1 3"),
    "loop": (noted("next turn"), "10 2"),
}


class Picture:
    """A diagram, drawn; where it cannot be, ``problem`` says why and ``svg`` is empty.

    Large groups are folded: ``diagram`` is what is shown, ``whole`` the picture without any folded, for the script to
    open them; empty where it is the same, or cannot be drawn. ``drawn_as`` says of boxes that are not in it which ones
    stand for them. Without ``tooltips`` the script makes those of the boxes that the table has a row for.
    """

    def __init__(self, diagram: Diagram, tooltips: bool = True, drawn_as: Mapping[str, str] | None = None) -> None:
        self._unfolded, self._tooltips = diagram, tooltips
        self.drawn_as = drawn_as or {}
        self.folded = large_groups(diagram)
        self.diagram = fold(diagram, self.folded)
        self.svg, self.whole, self.problem = "", "", ""
        try:
            self.svg = render(self.diagram)
        except LayoutError as error:
            self.problem = str(error)
        if self.folded and self.svg:
            with suppress(LayoutError):
                self.whole = render(diagram)

    @property
    def diagrams(self) -> tuple[Diagram, Diagram]:
        """What is shown, and what it opens to: the panel's style sheet covers the kinds of both."""
        return self.diagram, self._unfolded

    @property
    def width(self) -> float:
        """The natural width in pixels, 0 without a picture."""
        return float(fromstring(self.svg).get("width", 0)) if self.svg else 0.0

    def figure(self, caption: str) -> str:
        """Return the picture under its caption."""
        head = element("figcaption", caption, class_="enb-heading")
        if self.problem:
            return element("figure", head, element("p", text(self.problem), class_="enb-note"))
        frame = element(
            "div",
            self._image(),
            self._whole,
            class_="enb-frame",
            tabindex=0,
            role="group",
            aria_label=say("{title}, picture", title=self.diagram.title),
            style=f"--w:{self.width:.0f}px",
        )
        closed = element("p", text(say(_CLOSED)), class_="enb-note") if self.folded and not self._whole else ""
        return element("figure", head, frame, closed)

    def _image(self) -> str:
        """The picture as an image, in whose place the script puts the SVG itself.

        A notebook from elsewhere is shown without scripts, styles and inline SVG by JupyterLab, but with images.
        """
        root = _slim(self.svg, self._tooltips)
        source = _written(root)
        for char, code in (("%", "%25"), ("#", "%23"), ("'", "%27"), ("\n", "%0A"), ("&", "&amp;")):
            source = source.replace(char, code)
        alt, width, height = text(_in_words(self.diagram)), root.get("width"), root.get("height")
        # Single quotes, which the source has none of left, spare it from having its own double quotes escaped.
        return (
            f'<img class="enb-picture" alt="{alt}" width="{width}" height="{height}" '
            f"src='data:image/svg+xml,{source}'>"
        )

    @cached_property
    def _whole(self) -> str:
        """The picture with nothing folded, as data: a page without scripts shows nothing of it."""
        if not self.whole:
            return ""
        source = _written(_slim(self.whole, self._tooltips))
        if len(source) > _MOST_BYTES:
            return ""
        return element("script", source, type="image/svg+xml", data_folded=json.dumps(self.folded))


# Boxes that the table has a row for, or the walk a sentence: the script makes tooltips of these.
_IN_ROWS = {f"enb-box enb-{kind}" for kind in ("op", "gradient", "effect", "failed", "removed")}
_USUAL_SIZE = f"{LINE_SIZE:g}"
_FINE = re.compile(r"\d+\.\d+")


def _slim(source: str, tooltips: bool) -> Element:
    """The picture in fewer bytes: without what its style sheet says too, to a pixel, outlines to a tenth of one."""
    root = fromstring(source)
    for part in root.iter():
        part.tag = part.tag.rpartition("}")[2]
        kind = part.get("class")
        if kind != "enb-mark":
            part.attrib.pop("fill", None)
        for name in ("stroke", "data-edge", "lengthAdjust", *(_DASHES if kind == "enb-line" else ())):
            part.attrib.pop(name, None)
        if part.tag == "polygon":
            part.set("points", _CLOSING.sub(r"\1\2", part.get("points", "")))
        for name in {"d", "points", "x", "y", "width", "height", "textLength"} & set(part.attrib):
            is_whole = kind == "enb-line" or name in ("x", "y", "textLength")
            coarse = _FINE.sub(_to_pixels if is_whole else _to_tenths, part.attrib[name])
            # A sign sets numbers apart by itself, and a point that is there twice draws nothing.
            part.set(name, _TWICE.sub("", coarse).replace(",-", "-"))
        if kind in ("enb-line", "enb-head", "enb-shape"):
            del part.attrib["class"]
        if part.tag == "g":
            part.attrib.pop("id", None)
        if kind == "enb-title" or part.get("font-size") == _USUAL_SIZE:
            part.attrib.pop("font-size")
        if kind == "enb-title":
            del part.attrib["font-weight"]
        if part.tag == "style":
            part.text = _own_style(part.text or "", " ".join(re.findall(r'class="([^"]+)"', source)))
        if not tooltips and kind in _IN_ROWS and len(part):
            part.remove(part[0])
    # The image has its alternative text, and in the page the script gives it to the picture.
    del root[:2], root.attrib["aria-labelledby"]
    root.attrib |= {"xmlns": "http://www.w3.org/2000/svg", "font-size": _USUAL_SIZE}
    return root


_DASHES = ("stroke-dasharray", "stroke-linecap")
# What only the page's script, or its reader, brings about.
# A polygon closes itself.
_TWICE = re.compile(r" (\S+,\S+)(?= \1( |$))")
_CLOSING = re.compile(r"^(\S+)(.*) \1$")
_HOST_COLOUR = re.compile(r"var\(--jp-[\w-]+,var\(--vscode-[\w-]+,(#\w+)\)\)")
_LIVELY = re.compile(r"enb-lit|enb-dim|:hover|^\[")


def _own_style(style: str, classes: str) -> str:
    """The style sheet of an image, which knows nothing of the page that it is in; no rule for what it does not have."""
    rules = (re.sub(r"^#[\w-]+ ", "", rule) for rule in style.split("\n") if not _LIVELY.search(rule))
    return needed_rules(_HOST_COLOUR.sub(r"\1", "\n".join(rules)), classes)


def _written(root: Element) -> str:
    return tostring(root, encoding="unicode").replace(" />", "/>")


def _to_pixels(number: re.Match[str]) -> str:
    return f"{floor(float(number[0]) + 0.5)}"


def _to_tenths(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _in_words(diagram: Diagram) -> str:
    """What the picture holds, for who cannot see it."""
    if language_code() is None:
        return describe(diagram)
    boxes = Counter(box.kind for box in diagram.boxes)
    edges = Counter(edge.kind for edge in diagram.edges)
    return say(
        "{title}: {boxes} boxes ({kinds}), {arrows} arrows ({carried}).",
        title=diagram.title,
        boxes=len(diagram.boxes),
        kinds=say(", ").join(f"{say(_BOXES[kind])} {boxes[kind]}" for kind in BOX_KINDS if boxes[kind]),
        arrows=len(diagram.edges),
        carried=say(", ").join(f"{say(_EDGES[kind][0])} {edges[kind]}" for kind in EDGE_KINDS if edges[kind]),
    )


def legend(*pictures: Picture, also: Collection[BoxKind] = (), **meanings: str) -> str:
    """Return what the shapes and lines of the pictures mean; empty where nothing is drawn.

    ``also`` are kinds of boxes that the script shows, ``meanings`` other words for kinds that mean something special.
    """
    diagrams = [picture.diagram for picture in pictures if picture.svg]
    boxes = {box.kind for diagram in diagrams for box in diagram.boxes}
    boxes.update(also if boxes else ())
    edges = {edge.kind for diagram in diagrams for edge in diagram.edges}
    words = _BOXES | meanings
    keys = [_key(_box_sample(kind), say(words[kind])) for kind in BOX_KINDS if kind in boxes]
    keys += [_key(_edge_sample(kind, _EDGES[kind][1]), say(_EDGES[kind][0])) for kind in EDGE_KINDS if kind in edges]
    return element("ul", *keys, class_="enb-legend", aria_label=say("Legend")) if keys else ""


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
