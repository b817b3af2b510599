from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from eagernb.viz import BOX_KINDS, Box, Diagram, Edge, Group, render
from eagernb.viz.labels import MAX_TOOLTIP

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text></svg><script>alert(1)</script><b onload="x">&amp;"]; evil [label="'


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def one(title: str, **parts: str) -> Diagram:
    return Diagram("D", "", (Box("a", title, **parts),), ())  # type: ignore[arg-type]


def ids(svg: str) -> list[str]:
    return [element.get("id", "") for element in parse(svg).iter() if "id" in element.attrib]


def test_the_root_names_and_describes_the_picture(every_kind: Diagram) -> None:
    root = parse(render(every_kind))
    named = {element.get("id"): element.text for element in root if element.get("id")}
    title, desc = (named[name] for name in root.attrib["aria-labelledby"].split())
    assert root.get("role") == "img"
    assert title == "Every kind"
    assert desc is not None
    assert desc.startswith("One of each. Every kind: a diagram of 13 boxes")


def test_it_can_stand_inside_a_page(every_kind: Diagram) -> None:
    svg = render(every_kind)
    assert svg.startswith("<svg ")
    assert "<!" not in svg
    assert "<?" not in svg
    assert parse(svg).tag == f"{SVG}svg"


def test_it_is_at_its_natural_size(every_kind: Diagram) -> None:
    root = parse(render(every_kind))
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"
    assert "max-width:none" in (root.findtext(f"{SVG}style") or "")


def test_every_box_and_edge_can_be_found(every_kind: Diagram) -> None:
    root = parse(render(every_kind))
    assert [g.get("data-box") for g in root.iter() if g.get("data-box")] == list(BOX_KINDS)
    found = [
        (g.get("data-edge"), g.get("data-source"), g.get("data-target")) for g in root.iter() if g.get("data-edge")
    ]
    assert found == [(f"{e.source}->{e.target}", e.source, e.target) for e in every_kind.edges]


def test_ids_are_unique_within_and_between_pictures(every_kind: Diagram) -> None:
    first, second = ids(render(every_kind)), ids(render(one("x")))
    assert len(set(first)) == len(first) > len(BOX_KINDS)
    assert not set(first) & set(second)


def test_the_same_picture_has_the_same_bytes_and_a_different_tooltip_other_ids() -> None:
    assert render(one("x")) == render(one("x"))
    assert not set(ids(render(one("x", tooltip="p")))) & set(ids(render(one("x", tooltip="q"))))


def test_text_of_the_users_stays_text() -> None:
    boxes = (Box(HOSTILE, HOSTILE, (HOSTILE,), badge=HOSTILE, tooltip=HOSTILE), Box("b", "b"))
    group = Group(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE)
    svg = render(Diagram(HOSTILE, HOSTILE, boxes, (Edge(HOSTILE, "b", HOSTILE),), (group,)))
    allowed = {"svg", "title", "desc", "style", "g", "rect", "path", "polygon", "text"}
    elements = list(parse(svg).iter())
    assert {element.tag.removeprefix(SVG) for element in elements} <= allowed
    assert len([g for g in elements if g.get("data-box")]) == 2
    assert next(g.get("data-box") for g in elements if g.get("data-box")) == HOSTILE
    assert not [name for element in elements for name in element.attrib if name.startswith("on") or "href" in name]


@pytest.mark.parametrize("text", ["<b>x</b>", r"\N and \G", "&amp;", 'say "x" \\', "x 😀", "نموذج", "a < b && c"])
def test_a_label_shows_as_it_was_written(text: str) -> None:
    root = parse(render(one(text)))
    assert [element.text for element in root.iter(f"{SVG}text")] == [text]


def test_nothing_from_outside_is_named(every_kind: Diagram) -> None:
    svg = render(every_kind).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|url\(|@import|href|src=|<script|\bon\w+=", svg)


def test_tooltips_hold_the_whole_text_up_to_a_limit() -> None:
    root = parse(render(one("matmul", tooltip="y" * 1_000_000)))
    (box,) = (g for g in root.iter() if g.get("data-box"))
    assert len(box.findtext(f"{SVG}title") or "") == MAX_TOOLTIP + 1
    long = "a long name " * 20
    (box,) = (g for g in parse(render(one(long))).iter() if g.get("data-box"))
    assert box.findtext(f"{SVG}title") == long.strip()
    assert (box.findtext(f"{SVG}text") or "").endswith("…")


def test_a_megabyte_of_label_makes_a_small_picture() -> None:
    assert len(render(one("z" * 1_000_000, tooltip="t"))) < 5_000


def test_control_characters_still_give_well_formed_xml() -> None:
    nasty = "".join(map(chr, range(32))) + "\x7f\x85\ud800\ufffe\u202e"
    boxes = (Box(nasty, nasty, (nasty,), badge=nasty, tooltip=nasty),)
    root = parse(render(Diagram(nasty, nasty, boxes, (Edge(nasty, nasty, nasty),), (Group(nasty, nasty, (nasty,)),))))
    assert len([g for g in root.iter() if g.get("data-box")]) == 1


def test_an_empty_diagram_says_that_there_is_nothing() -> None:
    root = parse(render(Diagram("D", "", (), ())))
    assert [text.text for text in root.iter(f"{SVG}text")] == ["Nothing to draw"]
    assert "nothing to draw" in (root.findtext(f"{SVG}desc") or "")


def test_an_empty_title_leaves_the_picture_a_name() -> None:
    assert parse(render(Diagram("", "", (Box("a", ""),), ()))).findtext(f"{SVG}title") == "Diagram"


def test_kinds_are_told_apart_without_colour(every_kind: Diagram) -> None:
    def shape(group: ElementTree.Element) -> str:
        parts = [element for element in group if element.get("class") in ("enb-shape", "enb-mark")]
        kinds = []
        for part in parts:
            form = re.sub(r"[-\d., ]+", "", part.get("d", ""))
            radius = float(part.get("rx", "0"))
            corners = "sharp" if radius == 0 else "rounded" if radius < 8 else "pill"
            kinds.append(f"{part.tag} {form or corners} {part.get('stroke-dasharray')} {part.get('stroke-width')}")
        return " + ".join(kinds)

    root = parse(render(every_kind))
    shapes = {g.get("data-box"): shape(g) for g in root.iter() if g.get("data-box")}
    assert len(set(shapes.values())) == len(BOX_KINDS)
    dashes = [line.get("stroke-dasharray") for line in root.iter() if line.get("class") == "enb-line"]
    assert len(set(dashes)) == 5


def test_texts_fit_their_boxes() -> None:
    wide = tuple(Box(kind, "W" * 40, ("M" * 40, "@" * 9), kind) for kind in BOX_KINDS)
    narrow = tuple(Box(f"small {kind}", "+", (), kind) for kind in BOX_KINDS)
    root = parse(render(Diagram("D", "", wide + narrow, ())))
    for group in (g for g in root.iter() if g.get("data-box")):
        numbers = [
            (float(part.attrib["x"]), float(part.attrib["x"]) + float(part.attrib["width"]))
            for part in group.iter(f"{SVG}rect")
            if part.get("class") == "enb-shape"
        ]
        for text in group.iter(f"{SVG}text") if numbers else ():
            half = float(text.get("textLength", "0")) / 2
            assert numbers[-1][0] + 3 <= float(text.attrib["x"]) - half
            assert float(text.attrib["x"]) + half <= numbers[-1][1] - 3


def test_the_style_covers_only_the_kinds_that_are_there() -> None:
    style = parse(render(one("x"))).findtext(f"{SVG}style") or ""
    assert "enb-op-fill" in style
    assert "enb-failed" not in style


LOOP = Diagram(
    "D",
    "",
    (Box("v", "i", kind="flow"), Box("u", "total", kind="flow"), Box("b", "add"), Box("n", "next", kind="flow")),
    (
        Edge("v", "b"),
        Edge("u", "b"),
        Edge("b", "n"),
        Edge("n", "v", kind="loop"),
        Edge("n", "u", kind="loop"),
    ),
    (Group("w", "while <b>", ("v", "u"), "while", folds=True), Group("w/1", "body", ("b", "n"), "branch", "w")),
)


def numbers(path: str) -> list[tuple[float, float]]:
    found = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return list(zip(found[::2], found[1::2], strict=True))


def test_the_way_round_runs_beside_all_that_the_loop_holds() -> None:
    root = parse(render(LOOP))
    loops = [g for g in root.iter() if "enb-loop" in g.get("class", "")]
    lines = [line for g in loops for line in g if line.get("class") == "enb-line"]
    assert len(loops) == 2
    assert len(lines) == 1, "one way serves all variables"
    (frame,) = [g[0] for g in root.iter() if g.get("data-group") == "w"]
    right = float(frame.attrib["x"]) + float(frame.attrib["width"])
    lane = max(x for x, _ in numbers(lines[0].attrib["d"]))
    (body,) = [g[0] for g in root.iter() if g.get("data-group") == "w/1"]
    assert float(body.attrib["x"]) + float(body.attrib["width"]) < lane < right


def test_frames_and_boxes_say_which_frame_they_are_in() -> None:
    root = parse(render(LOOP))
    found = {g.get("data-box") or g.get("data-group"): g.get("data-in") for g in root.iter() if g.get("class")}
    assert (found["v"], found["b"], found["w/1"], found["w"]) == ("w", "w/1", "w", None)


def test_titles_of_frames_lie_over_the_edges() -> None:
    canvas = parse(render(LOOP)).find(f"{SVG}g")
    assert canvas is not None
    kinds = [child.get("class", "").split()[0] for child in canvas]
    assert kinds.index("enb-group-title") > max(i for i, kind in enumerate(kinds) if kind == "enb-edge")


def test_a_loop_s_variables_stand_side_by_side_above_what_it_holds() -> None:
    root = parse(render(LOOP))
    tops = {g.get("data-box"): float((g.get("data-at") or "").split()[1]) for g in root.iter() if g.get("data-at")}
    assert abs(tops["v"] - tops["u"]) < 1
    assert max(tops["v"], tops["u"]) < tops["b"] < tops["n"]


def test_the_box_of_a_folding_group_waits_unseen() -> None:
    root = parse(render(LOOP))
    (box,) = [g for g in root.iter() if g.get("data-fold")]
    assert (box.get("data-fold"), box.get("display")) == ("w", "none")
    assert [text.text for text in box.iter(f"{SVG}text")] == ["while <b>"]
    assert "enb-nested-fill" in (root.findtext(f"{SVG}style") or "")
