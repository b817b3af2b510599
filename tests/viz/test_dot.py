from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from eagernb.viz import Box, Diagram, Edge, Group, lay_out, to_dot

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    '"]; evil [label="',
    "trailing backslash \\",
    '\\" quoted',
    r"\N \G \L \T \E \n \l \r",
    "<b>bold</b>",
    "<<table><tr><td>x</td></tr>>",
    "&amp; &lt; &#60; &copy;",
    "<script>alert(1)</script>",
    "a -> b; } digraph {",
    "// comment /* */ # x",
    "{a|<p>b}",
    "emoji 😀 👩‍👩‍👧",
    "نموذج שלום",
    "quotes ' and `",
    "%d %s $HOME",
]


def labels_of(dot: str) -> list[list[str]]:
    """Return what Graphviz itself makes of the labels of the nodes."""
    root = ElementTree.fromstring(lay_out(dot))
    nodes = [g for g in root.iter(f"{SVG}g") if (g.get("class") or "").startswith("node")]
    return [[text.text or "" for text in node.iter(f"{SVG}text")] for node in nodes]


def heights(diagram: Diagram) -> dict[str, float]:
    """Return how far down each node's title is, by the node's name."""
    root = ElementTree.fromstring(lay_out(to_dot(diagram)))
    nodes = [g for g in root.iter(f"{SVG}g") if (g.get("class") or "").startswith("node")]
    return {node.attrib["id"]: float(next(node.iter(f"{SVG}text")).attrib["y"]) for node in nodes}


@pytest.mark.parametrize("text", HOSTILE)
def test_graphviz_reads_a_label_back_as_it_was_written(text: str) -> None:
    diagram = Diagram("D", "", (Box("only", text, (text,), tooltip=text),), ())
    assert labels_of(to_dot(diagram)) == [[text, text]]


@pytest.mark.parametrize("text", HOSTILE)
def test_names_of_the_users_add_no_nodes_edges_or_groups(text: str) -> None:
    boxes = (Box(text, text), Box("b:port", text, badge=text))
    diagram = Diagram(text, text, boxes, (Edge(text, "b:port", text),), (Group(text, text, (text,), text),))
    root = ElementTree.fromstring(lay_out(to_dot(diagram)))
    kinds = [(g.get("class") or "").split()[0] for g in root.iter(f"{SVG}g") if g.get("class")]
    assert sorted(kinds) == ["cluster", "edge", "graph", "node", "node"]


def test_newlines_and_controls_do_not_break_a_label() -> None:
    diagram = Diagram("D", "", (Box("a", "a\nb\r\n\tc", ("nul \x00 esc \x1b lone \ud800",)),), ())
    assert labels_of(to_dot(diagram)) == [["a b c", "nul \ufffd esc \ufffd lone \ufffd"]]


def test_direction_overrides_cannot_reorder_a_line() -> None:
    assert "\u202e" not in to_dot(Diagram("D", "", (Box("a", "abc\u202edef"),), ()))


def test_a_label_of_a_megabyte_is_cut() -> None:
    huge = "x" * 1_000_000
    diagram = Diagram("D", "", (Box("a", huge, (huge,) * 40, badge=huge, tooltip=huge), Box("b", huge)), ())
    assert len(to_dot(diagram)) < 10_000


def test_many_lines_are_cut_with_an_ellipsis() -> None:
    (shown,) = labels_of(to_dot(Diagram("D", "", (Box("a", "a", tuple(f"line {i}" for i in range(30))),), ())))
    assert len(shown) == 7
    assert shown[-1] == "…"


def test_the_same_diagram_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "from eagernb.viz import *; import hashlib\n"
        "boxes = (Box('a', 'a', kind='input'), Box('b', 'b', badge='1'))\n"
        "d = Diagram('D', 'd', boxes, (Edge('a', 'b', 'l'),),"
        " (Group('g', 'G', ('b',)),))\n"
        "print(hashlib.sha256((to_dot(d) + render(d)).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_gradients_climb_and_data_falls() -> None:
    boxes = (Box("a", "a"), Box("b", "b"), Box("ga", "ga", kind="gradient"), Box("gb", "gb", kind="gradient"))
    edges = (Edge("a", "b"), Edge("gb", "ga", kind="gradient"))
    height = heights(Diagram("D", "", boxes, edges))
    assert height["n0"] < height["n1"]
    assert height["n3"] > height["n2"]


def test_a_gradient_stands_beside_the_value_that_it_uses() -> None:
    boxes = tuple(Box(f"f{i}", "f") for i in range(4)) + tuple(Box(f"g{i}", "g", kind="gradient") for i in range(4))
    edges = [Edge(f"f{i}", f"f{i + 1}") for i in range(3)]
    edges += [Edge(f"g{i + 1}", f"g{i}", kind="gradient") for i in range(3)]
    edges += [Edge(f"f{i}", f"g{i}", kind="saved") for i in range(4)]
    groups = (
        Group("f", "Forward", ("f0", "f1", "f2", "f3")),
        Group("b", "Backward", ("g0", "g1", "g2", "g3")),
    )
    height = heights(Diagram("D", "", boxes, tuple(edges), groups))
    for i in range(4):
        assert height[f"n{i}"] == pytest.approx(height[f"n{i + 4}"], abs=1)


def test_an_unknown_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="TB, BT, LR or RL"):
        to_dot(Diagram("D", "", (), ()), rankdir='TB"; evil')


def test_groups_are_clusters_in_one_another_and_a_loop_says_nothing_about_ranks() -> None:
    boxes = (Box("v", "i", kind="flow"), Box("b", "add"), Box("n", "next", kind="flow"))
    groups = (Group("w", "while", ("v",)), Group("w/1", "body", ("b", "n"), parent="w"))
    source = to_dot(Diagram("D", "", boxes, (Edge("v", "b"), Edge("b", "n"), Edge("n", "v", kind="loop")), groups))
    outer, inner = source.index("subgraph cluster_0"), source.index("subgraph cluster_1")
    assert outer < source.index("n0 [") < inner < source.index("n1 [")
    assert source[inner:].index("}") > source[inner:].index("n2 [")
    (loop,) = [line for line in source.splitlines() if "n2 -> n0" in line]
    assert "constraint=false" in loop
