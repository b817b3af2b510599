"""What a graph does many times is drawn once, in loops' bodies too; a graph of 10,000 operations has a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eagernb.notebook.graph_pictures import graph_diagram, graph_picture
from eagernb.notebook.panels import graph_bundle
from tests.notebook.page import read

SETUP = "x = tf.ones([4, 3])\nw = tf.Variable(tf.ones([4, 3]), name='w')\nn = tf.constant(3)"
UNROLLED = "z = x\nfor k in range({turns}):\n    z = tf.sin(z) * 0.5\n    z = tf.exp(-z)"


@pytest.fixture
def graph(result: Callable[..., Any]) -> Callable[..., Any]:
    return lambda body, options="": result(f"graph {options}", body, SETUP)


def drawn(run: Any, stage: str = "optimized") -> dict[str, str]:
    return {box.title: box.badge for box in graph_diagram(run, stage).boxes}


def test_turns_of_a_loop_that_was_unrolled_are_drawn_once(graph: Callable[..., Any]) -> None:
    run = graph(UNROLLED.format(turns=300))
    for stage in ("traced", "optimized"):
        diagram = graph_diagram(run, stage)
        ops = {box.title: box.badge for box in diagram.boxes if box.kind == "op"}
        assert ops == dict.fromkeys(("sin", "multiply ×", "negative −x", "exp eˣ"), "×300")
        assert [group.title for group in diagram.groups] == ["× 300"]
        assert [box.title for box in diagram.boxes if box.kind == "output"] == ["z"], "its own box is not drawn"
    titles = {box.id: box.title for box in diagram.boxes}
    found = {(titles[edge.source], titles[edge.target], edge.kind) for edge in diagram.edges}
    assert {("x", "sin", "data"), ("exp eˣ", "sin", "loop"), ("exp eˣ", "z", "data")} <= found


def test_few_boxes_are_all_drawn_and_max_nodes_says_how_many_are_few(graph: Callable[..., Any]) -> None:
    assert not any(badge.startswith("×") for badge in drawn(graph(UNROLLED.format(turns=5)), "traced").values())
    assert drawn(graph(UNROLLED.format(turns=5), "--max-nodes 10"), "traced")["sin"] == "×5"


def test_what_repeats_in_a_loop_s_body_is_drawn_once_in_its_frame(graph: Callable[..., Any]) -> None:
    turns = "    for k in range(100):\n        z = tf.sin(z) * 0.5\n        z = z + 1.0\n"
    body = f"i = 0\nz = x\nwhile i < n:\n{turns}    i += 1"
    diagram = graph_diagram(graph(body), "optimized")
    groups = {group.title: group for group in diagram.groups}
    assert groups["× 100"].parent == groups["body"].id
    titles = {box.id: (box.title, box.badge) for box in diagram.boxes}
    inside = [titles[box_id] for box_id in groups["× 100"].box_ids if "constant" not in box_id]
    assert [badge for _, badge in inside if badge] == ["×100"] * 3


def test_where_no_turn_is_like_the_one_before_each_line_is_drawn_once(graph: Callable[..., Any]) -> None:
    turn = "    z = (tf.sin, tf.cos, tf.tanh)[k * k * k % 11 % 3](z)\n    if k % 7 == k % 5:\n        z = z * 2.0"
    body = f"z = x\nfor k in range(300):\n{turn}"
    diagram = graph_diagram(graph(body), "optimized")
    lines = {box.title: box.lines for box in diagram.boxes if box.kind == "nested"}
    assert lines["line 4"] == ("300 operations",)
    assert len(diagram.boxes) < 20


def test_rows_and_marks_are_at_boxes_that_are_drawn(graph: Callable[..., Any]) -> None:
    run = graph(UNROLLED.format(turns=300))
    known = {box.id for box in graph_diagram(run, "optimized").boxes}
    root = read(graph_bundle(run)["text/html"])
    rows = root.one(class_="enb-ops").one("tbody").all("tr")
    assert len(rows) == 1000
    assert {row.attributes["data-box"] for row in rows} <= known
    assert "What the graph does several times in a row is drawn once." in root.text
    assert "The first 1,000 of 1,200 operations are listed; run.runs has them all." in root.text


TAPE = (
    "with tf.GradientTape() as tape:\n    z = w * 1.0\n    for k in range(1700):\n        z = tf.sin(z) * 0.5\n"
    "    loss = tf.reduce_sum(z)\ngrad = tape.gradient(loss, w)"
)


@pytest.mark.parametrize("body", [UNROLLED.format(turns=2500), TAPE])
def test_ten_thousand_operations_have_a_picture_that_reads(graph: Callable[..., Any], body: str) -> None:
    run = graph(body)
    assert len(run.graph.ops) > 8_000
    for stage in ("traced", "optimized"):
        assert len(graph_picture(run, stage).diagram.boxes) < 30, "so few are laid out"
    bundle = graph_bundle(run)
    assert bundle["image/svg+xml"].startswith("<svg ")
    assert len(bundle["text/html"].encode()) < 1_000_000
