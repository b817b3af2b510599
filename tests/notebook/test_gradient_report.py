"""What a notebook shows of why_no_gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import eagernb as tf
from eagernb.autodiff.why import Explanation, Stage
from eagernb.notebook.panels.gradient import gradient_bundle, gradient_diagram

CELL = """v = tf.Variable([1.5, 2.5])
with tf.GradientTape() as tape:
    h = v * 2.0
    r = tf.round(h)
    y = tf.reduce_sum(r * 3.0)
g = tape.gradient(y, v)
tf.why_no_gradient(tape, y, v)"""


def made_of(*kinds: str) -> Explanation:
    stages = tuple(Stage(f"op{i}", (), kind) for i, kind in enumerate(kinds))
    return Explanation("no derivative", "It is so.", (), "Do it.", "op1", None, stages)


def test_the_gradient_climbs_to_the_last_stop_and_values_go_all_the_way() -> None:
    diagram = gradient_diagram(made_of("variable", "step", "stop", "step", "target"))
    assert [box.kind for box in diagram.boxes] == ["variable", "op", "failed", "op", "output"]
    arrows = [(edge.source, edge.target) for edge in diagram.edges if edge.kind == "gradient"]
    assert arrows == [("stage3", "stage2"), ("stage4", "stage3")]
    assert sum(edge.kind == "data" for edge in diagram.edges) == 4


def test_where_there_is_a_gradient_it_climbs_to_the_source() -> None:
    diagram = gradient_diagram(made_of("source", "step", "target"))
    assert [(e.source, e.target) for e in diagram.edges if e.kind == "gradient"] == [
        ("stage1", "stage0"),
        ("stage2", "stage1"),
    ]


def test_a_long_way_is_shown_without_its_dull_parts() -> None:
    diagram = gradient_diagram(made_of("variable", *["step"] * 40, "stop", *["step"] * 20, "target"))
    assert len(diagram.boxes) < 12
    assert [box.lines for box in diagram.boxes if box.title == "⋯"] == [("38 operations",), ("18 operations",)]


def test_the_page_has_the_words_the_line_and_the_picture() -> None:
    v = tf.Variable([1.5, 2.5])
    with tf.GradientTape() as tape:
        y = tf.round(v * 2.0)
    bundle = tf.why_no_gradient(tape, y, v)._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
    assert "`tf.round` on line" in bundle["text/plain"]
    page = bundle["text/html"]
    assert "<code>tf.round</code> on line" in page
    assert "y = tf.round(v * 2.0)</code>" in page
    assert "no gradient comes through" in page
    titles = [e.text for e in ElementTree.fromstring(bundle["image/svg+xml"]).iter() if e.get("class") == "enb-title"]
    assert titles == ["v", "multiply", "round", "y"]


def test_names_of_the_users_are_harmless() -> None:
    evil = "<script>alert(1)</script>`<b>"
    explanation = Explanation(
        "not used", evil, (evil,), evil, None, None, (Stage(evil, (evil,), "source"), Stage("y", (), "target"))
    )
    page = gradient_bundle(explanation)["text/html"]
    assert "<script>alert" not in page
    assert "<b>" not in page.partition("<script>")[0]


def test_the_picture_is_the_same_each_time() -> None:
    one, other = (gradient_bundle(made_of("source", "gap", "target")) for _ in range(2))
    assert one == other


def test_in_a_cell(run: Callable[[str], Any]) -> None:
    outcome = run(CELL)
    assert outcome.error is None
    assert "`tf.round` on line 4 is flat between its jumps" in str(outcome.value)
    assert "line 4: r = tf.round(h)" in str(outcome.value)


def test_under_a_magic(run: Callable[[str], Any]) -> None:
    outcome = run("%%eager\n" + CELL)
    assert outcome.error is None
    assert "`tf.round` on line 5 is flat between its jumps" in str(outcome.value)
    assert "line 5: r = tf.round(h)" in str(outcome.value)


def test_asked_in_a_later_cell(run: Callable[[str], Any]) -> None:
    run(CELL.rpartition("\n")[0])
    outcome = run("tf.why_no_gradient(tape, y, v)")
    assert "The way from `v` to `y`" in str(outcome.value)
    assert "line 4: r = tf.round(h)" in str(outcome.value)
