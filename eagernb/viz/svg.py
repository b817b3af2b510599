"""A diagram as SVG that can stand inside a page or in a file of its own.

Graphviz decides the places and the curves. Shapes and texts are drawn here, from the diagram, at those
places: so each line of a box has a style of its own, and a text of the user's reaches the picture by one
way only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from . import labels, metrics, theme
from .diagram import Box, Diagram, Edge, Group
from .dot import to_dot
from .fold import folded_box
from .layout import Engine, LayoutError, check_size, lay_out
from .shapes import n, outline, text_shift
from .text import describe

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DASHES = {"gradient": "6 3", "saved": "1 3", "control": "7 3 1 3", "loop": "10 2"}
_TITLE = 16.0  # the height of a frame's title
_LANE = 10.0  # how far the way round to a loop's next turn is from the frame around it


def render(diagram: Diagram, *, engine: Engine = "wasm", rankdir: str = "TB") -> str:
    """Return the diagram as one `<svg>` element to be put into a page as it is, or saved as a file.

    It is at its natural size (a point of Graphviz's is a CSS pixel), has a title and a description for
    screen readers, its own style sheet, and neither scripts nor anything from outside. Its ids begin with a
    hash of the content, so that pictures do not disturb one another in a page. A script finds a box by
    `data-box`, an edge by `data-edge` ("source->target"), `data-source` and `data-target`, and may give
    them the classes `enb-lit` and `enb-dim`. For folding, a box says in `data-at` where it is, and the box
    of each group that folds is there, but is not shown.

    Raises LayoutError where there can be no picture: the message says why.

    >>> render(Diagram("One", "", (Box("x", "x", kind="input"),), ())).startswith("<svg ")
    True
    """
    check_size(diagram)
    source = to_dot(diagram, rankdir=rankdir)
    raw = lay_out(source, engine=engine)
    name = "enb-" + hashlib.sha256(f"{diagram!r}\n{raw}".encode()).hexdigest()[:10]
    try:
        drawn = fromstring(raw)
    except ParseError as error:
        raise LayoutError(
            f"No picture: what the engine {engine!r} returned is not SVG ({error}). Choose the engine 'wasm'."
        ) from error
    return tostring(_picture(diagram, drawn, name), encoding="unicode")


def _picture(diagram: Diagram, raw: Element, name: str) -> Element:
    _, _, width, height = (float(number) for number in raw.attrib["viewBox"].split())
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "id": name,
            "class": "enb-diagram",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "viewBox": f"0 0 {n(width)} {n(height)}",
            "width": n(width),
            "height": n(height),
            # Repeated from the style sheet for programs that have none.
            "font-family": theme.FONT_FAMILY,
            "text-anchor": "middle",
        },
    )
    title = labels.paragraph(diagram.title) or "Diagram"
    SubElement(root, "title", {"id": f"{name}-title"}).text = title
    words = f"{labels.paragraph(diagram.description)} {labels.paragraph(describe(diagram))}".strip()
    SubElement(root, "desc", {"id": f"{name}-desc"}).text = words
    style = SubElement(root, "style")
    folding = [group for group in diagram.groups if group.folds]
    kinds = {box.kind for box in diagram.boxes} | ({"nested"} if folding else set())
    style.text = theme.style_sheet(name, kinds, {e.kind for e in diagram.edges})
    SubElement(root, "rect", {"class": "enb-paper", "width": "100%", "height": "100%", "fill": theme.LIGHT.paper})
    drawn = raw.find(f"{_SVG}g")
    if drawn is None:
        return root
    canvas = SubElement(root, "g", {"transform": _translation(drawn)})
    for note in drawn.iterfind(f"{_SVG}text"):
        canvas.append(_text(note.text or "", float(note.attrib["x"]), float(note.attrib["y"]), 11))
    parts = {group.attrib["id"]: group for group in drawn.iterfind(f"{_SVG}g")}
    # Frames below, edges over them, boxes on top.
    for index, group in enumerate(diagram.groups):
        if f"g{index}" in parts:
            canvas.append(_group(group, parts[f"g{index}"], f"{name}-g{index}"))
    places = {box.id: _bounds(parts[f"n{index}"]) for index, box in enumerate(diagram.boxes)}
    frames = {
        box_id: _bounds(parts[f"g{index}"])
        for index, group in enumerate(diagram.groups)
        if f"g{index}" in parts
        for box_id in group.box_ids
    }
    looped: dict[str, list[str]] = {}
    for edge in diagram.edges:
        if edge.kind == "loop" and edge.target in frames:
            looped.setdefault(edge.source, []).append(edge.target)
    for index, edge in enumerate(diagram.edges):
        drawn_edge = parts[f"e{index}"]
        if edge.target in looped.get(edge.source, ()):
            # One way leads back to all variables of the loop, which stand side by side.
            outermost = max(looped[edge.source], key=lambda box_id: places[box_id][2])
            is_first = edge.target == outermost
            drawn_edge = Element("g")
            if is_first:
                drawn_edge = _lane(places[edge.source], places[outermost], frames[outermost], list(places.values()))
        canvas.append(_edge(edge, drawn_edge, f"{name}-e{index}"))
    for index, group in enumerate(diagram.groups):
        if f"g{index}" in parts:
            canvas.append(_group_title(group, parts[f"g{index}"]))
    owners = {box_id: group.id for group in diagram.groups for box_id in group.box_ids}
    for index, box in enumerate(diagram.boxes):
        element = _box(box, parts[f"n{index}"], f"{name}-n{index}")
        if folding:
            element.set("data-at", _place(*places[box.id]))
            if box.id in owners:
                element.set("data-in", labels.drawable(owners[box.id]))
        canvas.append(element)
    for index, group in enumerate(diagram.groups):
        if group.folds and f"g{index}" in parts:
            canvas.append(_folded(group, _bounds(parts[f"g{index}"])))
    return root


def _translation(drawn: Element) -> str:
    found = re.search(r"translate\([^)]*\)", drawn.get("transform", ""))
    return found[0] if found else "translate(0 0)"


def _group(group: Group, drawn: Element, name: str) -> Element:
    left, top, right, bottom = _bounds(drawn)
    kind = re.sub(r"[^a-z0-9]+", "-", group.kind.lower()).strip("-")
    result = Element("g", {"class": "enb-group", "id": name, "data-group": labels.drawable(group.id)})
    if kind:
        result.set("class", f"enb-group enb-group-{kind}")
    places = {"x": n(left), "y": n(top), "width": n(right - left), "height": n(bottom - top), "rx": "8"}
    SubElement(result, "rect", places | {"fill": "none", "stroke": theme.LIGHT.frame})
    if group.parent:
        result.set("data-in", labels.drawable(group.parent))
    return result


def _folded(group: Group, frame: _Bounds) -> Element:
    """The box that the group is drawn as while it is folded, at the top of its frame."""
    box = folded_box(group)
    label = labels.label(box)
    x, y = (frame[0] + frame[2]) / 2, frame[1] + label.height / 2
    result = Element("g", {"class": "enb-fold enb-nested", "data-fold": labels.drawable(group.id), "display": "none"})
    left, top = x - label.width / 2, y - label.height / 2
    result.set("data-at", _place(left, top, left + label.width, top + label.height))
    SubElement(result, "title").text = labels.tooltip(box)
    result.extend(outline(box.kind, left, top, label.width, label.height))
    result.extend(_box_texts(box, label, x, y))
    return result


def _place(left: float, top: float, right: float, bottom: float) -> str:
    return " ".join(map(n, (left, top, right, bottom)))


def _group_title(group: Group, drawn: Element) -> Element:
    """The title apart from its frame, since edges that lead into the frame must not cross it out."""
    left, top, _, _ = _bounds(drawn)
    result = Element("g", {"class": "enb-group-title", "data-title": labels.drawable(group.id)})
    title = _text(labels.short(group.title, labels.MAX_GROUP_TITLE), left + 10, top + 15, 11, bold=True)
    title.set("text-anchor", "start")
    title.set("class", "enb-label")
    result.append(title)
    return result


def _lane(source: _Bounds, target: _Bounds, frame: _Bounds, boxes: list[_Bounds]) -> Element:
    """Return the way from a box out to the margin of the frame, along it, and to the right of another box."""
    upwards = target[1] < source[1]
    y = source[3] if upwards else source[1]
    bottom = frame[3] - _LANE if upwards else frame[1] + _LANE + _TITLE
    between = sorted((y, bottom))
    # It leaves where nothing stands in its way.
    ways = [source[0] + share * (source[2] - source[0]) for share in (0.5, 0.3, 0.7, 0.15, 0.85)]
    in_the_way = [box for box in boxes if box[1] < between[1] and box[3] > between[0] and box != source]
    x = next((way for way in ways if not any(box[0] - 3 < way < box[2] + 3 for box in in_the_way)), ways[0])
    right, end_x, end_y = frame[2] - _LANE, target[2] - 3, (target[1] + target[3]) / 2
    r = 7 if upwards else -7
    corners = [
        (x, y), (x, bottom - r), (x, bottom), (x + 7, bottom), (right - 7, bottom), (right, bottom),
        (right, bottom - r), (right, end_y + r), (right, end_y), (right - 7, end_y), (end_x + 6, end_y),
    ]  # fmt: skip
    way = f"M{_point(corners[0])}"
    for line, corner, after in zip(corners[1:-1:3], corners[2:-1:3], corners[3:-1:3], strict=True):
        way += f"L{_point(line)}Q{_point(corner)} {_point(after)}"
    way += f"L{_point(corners[-1])}"
    head = " ".join(map(_point, ((end_x + 6, end_y + 3), (end_x, end_y), (end_x + 6, end_y - 3))))
    result = Element("g")
    SubElement(result, f"{_SVG}path", {"d": way})
    SubElement(result, f"{_SVG}polygon", {"points": head})
    return result


def _point(point: tuple[float, float]) -> str:
    return f"{n(point[0])},{n(point[1])}"


def _edge(edge: Edge, drawn: Element, name: str) -> Element:
    source, target = labels.drawable(edge.source), labels.drawable(edge.target)
    result = Element(
        "g",
        {
            "class": f"enb-edge enb-{edge.kind}",
            "id": name,
            "data-edge": f"{source}->{target}",
            "data-source": source,
            "data-target": target,
            "fill": "none",
            "stroke": theme.LIGHT.edge[edge.kind],
        },
    )
    for element in drawn.iter():
        if element.tag == f"{_SVG}path":
            line = SubElement(result, "path", {"class": "enb-line", "d": element.attrib["d"]})
            if edge.kind in _DASHES:
                line.set("stroke-dasharray", _DASHES[edge.kind])
                if edge.kind == "saved":
                    line.set("stroke-linecap", "round")
        elif element.tag in (f"{_SVG}polygon", f"{_SVG}polyline"):
            fill = theme.LIGHT.paper if edge.kind == "gradient" else theme.LIGHT.edge[edge.kind]
            SubElement(result, "polygon", {"class": "enb-head", "points": element.attrib["points"], "fill": fill})
        elif element.tag == f"{_SVG}text":
            text = labels.short(edge.label, labels.MAX_EDGE_LABEL)
            label = _text(text, float(element.attrib["x"]), float(element.attrib["y"]), labels.LINE_SIZE)
            label.set("class", "enb-label")
            result.append(label)
    return result


def _box(box: Box, drawn: Element, name: str) -> Element:
    label = labels.label(box)
    left, top, right, bottom = _bounds(drawn)
    x, y = (left + right) / 2, (top + bottom) / 2
    result = Element(
        "g",
        {
            "class": f"enb-box enb-{box.kind}",
            "id": name,
            "data-box": labels.drawable(box.id),
            "fill": theme.LIGHT.fill[box.kind],
            "stroke": theme.LIGHT.line[box.kind],
        },
    )
    SubElement(result, "title").text = labels.tooltip(box)
    result.extend(outline(box.kind, x - label.width / 2, y - label.height / 2, label.width, label.height))
    result.extend(_box_texts(box, label, x, y))
    if label.badge:
        result.extend(_badge(label, x, y))
    return result


def _box_texts(box: Box, label: labels.Label, x: float, y: float) -> Iterator[Element]:
    shift_x, shift_y = text_shift(box.kind)
    x += shift_x
    if label.badge:
        shift_y -= labels.BADGE_HEIGHT / 4 - 1
    top = y + shift_y - (labels.TITLE_HEIGHT + labels.LINE_HEIGHT * len(label.lines)) / 2
    title = _text(label.title, x, top + labels.TITLE_HEIGHT - 3.5, labels.TITLE_SIZE, bold=True)
    title.set("class", "enb-title")
    title.set("fill", theme.LIGHT.ghost if box.kind == "removed" else theme.LIGHT.ink)
    if box.kind == "removed":
        title.set("text-decoration", "line-through")
    yield title
    for index, line in enumerate(label.lines, 1):
        baseline = top + labels.TITLE_HEIGHT + labels.LINE_HEIGHT * index - 3.5
        yield _text(line, x, baseline, labels.LINE_SIZE)


def _badge(label: labels.Label, x: float, y: float) -> Iterator[Element]:
    width, height = labels.badge_width(label.badge), labels.BADGE_HEIGHT
    right = x + label.width / 2 - 2
    top = y + label.height / 2 - height / 2
    places = {"x": n(right - width), "y": n(top), "width": n(width), "height": n(height), "rx": "6"}
    yield Element("rect", {"class": "enb-pill", "fill": theme.LIGHT.paper} | places)
    yield _text(label.badge, right - width / 2, top + 9, labels.BADGE_SIZE)


def _text(text: str, x: float, y: float, size: float, *, bold: bool = False) -> Element:
    element = Element("text", {"x": n(x), "y": n(y), "font-size": n(size), "fill": theme.LIGHT.small, "stroke": "none"})
    if bold:
        element.set("font-weight", "700")
    width = metrics.width(text, size, bold=bold)
    if width > 40 and metrics.is_exact(text):
        # In the faces that were measured this changes nothing; a wider substitute is pressed into its box.
        element.attrib |= {"textLength": n(width), "lengthAdjust": "spacingAndGlyphs"}
    element.text = text
    return element


_Bounds = tuple[float, float, float, float]


def _bounds(drawn: Element) -> _Bounds:
    """Return left, top, right and bottom of the first outline in Graphviz's drawing of a box or a frame."""
    for element in drawn.iter():
        places = element.get("points") or element.get("d")
        if places:
            numbers = [float(number) for number in _NUMBER.findall(places)]
            return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])
    raise AssertionError("Graphviz drew a box without an outline")
