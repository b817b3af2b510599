"""What the panel of %%eager holds for its replay: the steps, where their inputs come from, the source, the strips."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from eagernb.notebook.panels import recording_bundle
from eagernb.notebook.recording import Recording
from eagernb.viz.labels import drawable
from tests.notebook.page import Element, read
from tests.notebook.test_panels import EVIL, page, pictures, tape

SQUARES = """with tf.GradientTape() as tape:
    y = v * v + tf.exp(v)
    z = y * y
g = tape.gradient(z, v)
"""


def replay_data(root: Element) -> dict[str, Any]:
    return json.loads(root.one("script", "enb-tape").text)


def test_each_step_says_where_its_inputs_come_from(result: Callable[..., Any]) -> None:
    recording = result("eager", "a = x + 1.0\nb = a * a\nc = b - x", "x = tf.constant([1.0, 2.0])")
    data = replay_data(page(recording))
    assert data["takes"] == [[-1, -2], [1, 1], [2, -1]]
    assert [value[1:4] for value in data["outside"]] == [
        ["x", "2 float32", "[1. 2.]"],
        ["", "scalar float32", "1.0"],
    ]
    assert data["cells"] == {"1": "2: 2 3", "2": "2: 4 9", "3": "2: 3 7"}


def test_a_variable_that_was_assigned_to_comes_from_the_assignment(result: Callable[..., Any]) -> None:
    recording = result("eager", "a = v * 2.0\nv.assign(a)\nb = v * 3.0", "v = tf.Variable(1.0)")
    root = page(recording)
    rows = root.one(class_="enb-ops").one("tbody").all("tr")
    names = [row.one("th").text.split()[0] for row in rows]
    assert names == ["read_variable", "multiply", "assign", "read_variable", "multiply"]
    assign, second = rows[2], rows[3]
    assert second.attributes["data-box"] == assign.attributes["data-box"]
    assert [value[3] for value in replay_data(root)["outside"]] == ["1.0", "2.0", "2.0", "3.0"]


def test_gradients_that_are_added_up_are_marked(result: Callable[..., Any]) -> None:
    recording = result("eager", SQUARES, "v = tf.Variable(3.0)")
    adding = [op for op in recording.ops if op.adds_to is not None]
    assert [op.name for op in adding] == ["add", "add", "add"], "y is used twice, v three times"
    assert {op.phase for op in adding} == {"backward"}
    y = next(op for op in recording.ops if op.outputs[0].name == "y")
    assert adding[0].adds_to == y.outputs[0].id
    root = page(recording)
    assert replay_data(root)["adds"] == [op.index + 1 for op in adding]
    titles = [text.text for text in pictures(root)[0].all("text", "enb-title")]
    assert titles.count("+=") == 3
    rows = root.one(class_="enb-ops").one("tbody").all("tr")
    assert [row.one("th").text for row in rows if "+=" in row.one("th").text] == [
        "add += ∂z/∂y", "add += ∂z/∂v", "add += ∂z/∂v",
    ]  # fmt: skip


def test_a_rule_that_adds_is_no_accumulation(result: Callable[..., Any]) -> None:
    recording = result(
        "eager", "with tf.GradientTape() as t:\n    y = tf.tanh(v)\ng = t.gradient(y, v)", "v = tf.Variable(1.0)"
    )
    assert recording.backward
    assert all(op.adds_to is None for op in recording.ops)


def test_each_line_says_what_it_caused(result: Callable[..., Any]) -> None:
    recording = result("eager", SQUARES, "v = tf.Variable(3.0)")
    lines = page(recording).one(class_="enb-source").all("li")
    assert [line.one("code").text.replace("\N{NO-BREAK SPACE}", " ") for line in lines] == recording.source.splitlines()
    notes = {number: [small.text for small in line.all("small")] for number, line in enumerate(lines, 1)}
    backward = [op for op in recording.ops if op.phase == "backward"]
    of_line = {n: sum(recording.ops[op.of].line == n for op in backward) for n in (3, 4)}
    assert sum(of_line.values()) == len(backward)
    assert notes[3] == [f"6 ops + {of_line[3]} gradient ops"]
    assert notes[4] == [f"1 op + {of_line[4]} gradient ops"]
    assert notes[1] == notes[2] == []
    assert notes[5] == [f"asks for {len(backward)} gradient ops"]


def test_each_row_of_a_gradient_names_the_step_that_it_is_of(result: Callable[..., Any]) -> None:
    recording = result("eager")
    rows = page(recording).one(class_="enb-ops").one("tbody").all("tr")
    assert [row.attributes.get("data-of") for row in rows] == [
        None if op.of is None else str(op.of + 1) for op in recording.ops
    ]


def test_the_strips_have_a_piece_for_each_operation(result: Callable[..., Any]) -> None:
    recording = result("eager")
    root = page(recording)
    time, memory = (root.one(class_=f"enb-{name}").all("i") for name in ("time", "memory"))
    assert len(time) == len(memory) == len(recording.ops)
    heights = [int(re.findall(r"--h:(\d+)%", piece.attributes["style"])[0]) for piece in memory]
    assert heights == [round(100 * op.alive / recording.peak) for op in recording.ops]
    assert ["enb-back" in piece.classes for piece in time] == [op.phase == "backward" for op in recording.ops]


def test_a_long_tape_s_pieces_stand_for_several_operations() -> None:
    recording = tape(1234)
    pieces = read(recording_bundle(recording)["text/html"]).one(class_="enb-time").all("i")
    assert len(pieces) <= 200
    assert sum(int(piece.attributes.get("data-n", 1)) for piece in pieces) == 1234


def test_a_page_without_scripts_shows_nothing_of_the_data(result: Callable[..., Any]) -> None:
    html = result("eager")._repr_mimebundle_()["text/html"]
    root = read(re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL))
    assert root.one(class_="enb-source").all("li")
    assert len(root.all(class_="enb-strip")) == 2
    assert not root.all("input")
    assert "takes" not in root.text


def test_no_tensor_s_number_reaches_the_page(result: Callable[..., Any]) -> None:
    """They differ from run to run."""
    recording = result("eager")
    before = recording_bundle(recording)["text/html"]

    def later(tensors: Any) -> Any:
        return tuple(replace(tensor, id=tensor.id + 7919) for tensor in tensors)

    recording.ops = [
        replace(op, inputs=later(op.inputs), outputs=later(op.outputs), adds_to=op.adds_to and op.adds_to + 7919)
        for op in recording.ops
    ]
    recording.memory = [replace(life, holds=[key + 7919 for key in life.holds]) for life in recording.memory]
    recording.names = {key + 7919: name for key, name in recording.names.items()}
    recording.walks = [
        replace(
            walk,
            seeds={key + 7919: target + 7919 for key, target in walk.seeds.items()},
            gradients={source + 7919: key and key + 7919 for source, key in walk.gradients.items()},
        )
        for walk in recording.walks
    ]
    assert recording_bundle(recording)["text/html"] == before


NASTY = [EVIL, "‮evil‬", "😀" * 50, '"quoted" \\n {0} <b>', "digraph{a->b}", "\x00\x1b", "a" * 1_000_000]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_whatever_the_user_writes_stays_text(text: str) -> None:
    recording = tape(3)
    tensor = replace(recording.ops[0].outputs[0], name=text, preview=text)
    recording = Recording(
        f"%%eager\n{text}",
        [replace(op, name=text, label=text, inputs=(tensor,), outputs=(tensor,), source=text) for op in recording.ops],
        {"recorded": 1},
        8,
    )
    html = recording_bundle(recording)["text/html"]
    assert len(html) < 200_000
    root = read(html)
    assert [script.attributes.get("type") for script in root.all("script")] == ["application/json", None]
    assert len(root.all("img")) == 1
    data = replay_data(root)
    assert data["outside"][0][1][:10] == drawable(text[:10])
    assert "‮" not in html


def test_a_small_tensor_is_shown_element_by_element(result: Callable[..., Any]) -> None:
    recording = result("eager", "y = x * 2.0\nz = y @ y", "x = tf.constant([[1.0, -2.0], [0.5, 4.0]])")
    assert replay_data(page(recording))["cells"]["1"] == "2: 2 -4 1 8"


def test_a_comparison_replays_its_eager_part(result: Callable[..., Any]) -> None:
    root = page(result("compare"))
    assert len(root.all("script", "enb-tape")) == 1


LOOP = """for i in range(40):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(x @ w))
    w.assign_sub(0.1 * tape.gradient(loss, w))
"""


def test_a_long_tape_draws_once_what_it_does_in_every_turn(result: Callable[..., Any]) -> None:
    recording = result("eager", LOOP)
    root = page(recording)
    (picture,) = pictures(root)
    assert len(picture.all("g", "enb-box")) < 30
    titles = [title.text for title in picture.all("g", "enb-group-title")]
    assert titles[0] == "× 40"
    assert "What ran several times in a row is drawn once." in root.one("figure").text
    # Every operation is still told, and finds its box.
    rows = root.one(class_="enb-ops").one("tbody").all("tr")
    assert len(rows) == len(recording.ops) > 400
    drawn = {box.attributes["data-box"] for box in picture.all("g", "enb-box")}
    assert {row.attributes["data-box"] for row in rows} <= drawn
    assert len(replay_data(root)["takes"]) == len(rows)


def test_max_nodes_chooses_how_much_is_drawn_one_by_one(run: Callable[..., Any], result: Callable[..., Any]) -> None:
    def boxes(recording: Recording) -> int:
        return len(pictures(page(recording))[0].all("g", "enb-box"))

    body = "y = x\nfor i in range(20):\n    y = tf.sin(y)"
    assert boxes(result("eager", body)) == 21
    assert boxes(result("eager --max-nodes 5", body)) == 2
    assert boxes(result("eager --max-nodes 1", "a = tf.sin(x)\nb = tf.cos(a) + tf.exp(a)")) == 3, "a box for each line"
    error = run("%%eager --max-nodes 0\nx").error
    assert "--max-nodes needs a number from 1 on, not 0" in str(error)


def test_ten_thousand_operations_have_a_picture_and_a_page_of_usual_size(result: Callable[..., Any]) -> None:
    recording = result("eager", "y = x\nfor i in range(2500):\n    y = tf.tanh(y * 0.5 + x) - 0.1")
    assert len(recording.ops) == 10_000
    root = page(recording)
    (picture,) = pictures(root)
    assert [title.text for title in picture.all("g", "enb-group-title")] == ["× 2,500"]
    assert len(picture.all("g", "enb-box")) == 7, "four operations, x and two numbers"
    assert "The first 1,000 of 10,000 operations are listed" in root.text
    assert len(recording_bundle(recording)["text/html"].encode()) < 1_000_000


def test_a_thousand_operations_that_differ_are_under_a_megabyte(result: Callable[..., Any]) -> None:
    names = ["sin", "cos", "tanh", "exp", "square", "abs", "sigmoid"]
    lines = [f"y = tf.{names[i * i % 7]}(y * {i}.0) + x" for i in range(334)]
    recording = result("eager", "\n".join(["y = x", *lines]))
    assert len(recording.ops) >= 1000
    assert len(recording_bundle(recording)["text/html"].encode()) < 1_000_000
