"""Which operations are the update: what gives variables new values after a gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.notebook.recording import Recording
from tests.notebook.test_panels import page


def phases(recording: Recording) -> list[tuple[str, str]]:
    return [(op.name, op.phase) for op in recording.ops if op.phase != "backward"]


def test_an_assignment_after_a_gradient_and_what_leads_to_it_alone_are_an_update(result: Callable[..., Any]) -> None:
    body = """with tf.GradientTape() as tape:
    loss = w * w
g = tape.gradient(loss, w)
step = 0.1 * g
w.assign_sub(step)
size = tf.abs(g)
count.assign_add(1.0)"""
    recording = result("eager", body, "w, count = tf.Variable(2.0), tf.Variable(0.0)")
    assert phases(recording) == [
        ("read_variable", "forward"),
        ("read_variable", "forward"),
        ("multiply", "forward"),
        ("multiply", "update"),
        ("assign_sub", "update"),
        ("abs", "forward"),
        ("assign_add", "update"),
    ]
    assert [op.name for op in recording.updates] == ["multiply", "assign_sub", "assign_add"]
    root = page(recording)
    assert ": 4 forward, 3 backward, 3 update." in root.one("p", "enb-lead").text
    rows = root.one(class_="enb-ops").one("tbody").all("tr")
    assert [row.all("td")[4].text for row in rows if "enb-up" in row.classes] == ["update"] * 3
    pieces = root.one(class_="enb-time").all("i")
    assert sum("enb-up" in piece.classes for piece in pieces) == 3
    notes = [small.text for small in root.one(class_="enb-source").all("small")]
    assert notes == [
        "3 ops + 3 gradient ops", "asks for 3 gradient ops", "1 update op", "1 update op", "1 op", "1 update op",
    ]  # fmt: skip


def test_a_forward_pass_may_assign_too(result: Callable[..., Any]) -> None:
    body = """for _ in range(2):
    with tf.GradientTape() as tape:
        seen.assign_add(1.0)
        loss = w * w
    w.assign_sub(tape.gradient(loss, w))"""
    recording = result("eager", body, "w, seen = tf.Variable(2.0), tf.Variable(0.0)")
    found = [phase for name, phase in phases(recording) if name == "assign_add"]
    assert found[0] == "forward"
    assert [phase for name, phase in phases(recording) if name == "assign_sub"] == ["update", "update"]


def test_what_is_differentiated_again_is_no_update(result: Callable[..., Any]) -> None:
    body = """with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = w * w * w
    slope = inner.gradient(y, w)
    penalty = slope * slope
g = outer.gradient(penalty, w)
w.assign_sub(g)"""
    recording = result("eager", body, "w = tf.Variable(2.0)")
    assert [op.name for op in recording.updates] == ["assign_sub"]
    penalty = next(op for op in recording.ops if op.outputs and op.outputs[0].name == "penalty")
    assert penalty.phase == "forward"


def test_a_cell_without_a_gradient_has_no_update(result: Callable[..., Any]) -> None:
    recording = result("eager", "w.assign(w * 2.0)", "w = tf.Variable(2.0)")
    assert {op.phase for op in recording.ops} == {"forward"}
