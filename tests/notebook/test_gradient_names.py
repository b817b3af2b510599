"""What a tape gave for each source, and why that is None or 0, in words and in the panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eagernb.notebook.gradient_words import gradient_sentences
from tests.notebook.test_panels import page

TAKE = "with tf.GradientTape() as tape:\n    loss = {}\n{} = tape.gradient(loss, {})"


def test_each_gradient_goes_by_its_source_with_its_step_its_shape_and_its_range(result: Callable[..., Any]) -> None:
    recording = result(
        "eager", TAKE.format("tf.reduce_sum(x @ w)", "g", "w"), "x = tf.ones([2, 3])\nw = tf.Variable(tf.ones([3, 4]))"
    )
    assert recording.ops[-1].name == "matmul"
    sentence = f"w: gradient ∂loss/∂w of step {len(recording.ops)}, 3×4 float32, all 2."
    assert gradient_sentences(recording) == [sentence]
    root = page(recording)
    (item,) = root.one(class_="enb-gradients").all("li")
    assert item.text == sentence
    assert item.attributes["data-n"] == str(len(recording.ops))
    last = root.one(class_="enb-ops").one("tbody").all("tr")[-1]
    assert last.all("td")[1].text == "g = ∂loss/∂w 3×4 float32"
    assert last.one("th").text == "matmul xᵀ @ g"


def test_a_source_without_a_gradient_says_where_the_way_back_ends(result: Callable[..., Any]) -> None:
    setup = "w, u, far = (tf.Variable([1.0, 2.0]) for _ in range(3))"
    body = TAKE.format("tf.reduce_sum(w * tf.round(u))", "gw, gu, gf", "[w, u, far]")
    recording = result("eager", body, setup)
    step = [op.name for op in recording.ops].index("round") + 1
    first, second, third = gradient_sentences(recording)
    assert first.startswith("w: gradient ∂loss/∂w of step ")
    assert second == (
        f"u: no gradient (None), the way back from loss ends at step {step}, round. "
        "tf.why_no_gradient(tape, loss, u) tells more."
    )
    assert third.startswith("far: no gradient (None), no step leads from it to loss.")
    assert [item.text for item in page(recording).one(class_="enb-gradients").all("li")] == [first, second, third]


@pytest.mark.parametrize(
    ("loss", "source", "end", "dtype"),
    [
        ("tf.reduce_sum(x * tf.cast(n, x.dtype))", "n", "cast", "int32"),
        ("tf.reduce_sum(x * tf.cast(x > 1.0, x.dtype) * tf.cast(tf.argmax(u), x.dtype))", "u", "cast", "int64"),
    ],
)
def test_a_way_back_through_integers_says_so(
    result: Callable[..., Any], loss: str, source: str, end: str, dtype: str
) -> None:
    setup = "x, u, n = tf.Variable([1.0, 2.0]), tf.Variable([1.0, 2.0]), tf.Variable(3)"
    recording = result("eager", TAKE.format(loss, "gx, g", f"[x, {source}]"), setup)
    step = max(op.index for op in recording.ops if op.name == end) + 1
    sentence = gradient_sentences(recording)[-1]
    assert sentence.startswith(
        f"{source}: no gradient (None), the way back from loss ends at step {step}, {end}: {dtype} "
    )


def test_a_gradient_of_zeros_says_which_step_made_it_0(result: Callable[..., Any]) -> None:
    setup = "x = tf.ones([2, 3])\nw = tf.Variable(-tf.ones([3, 4]))"
    recording = result("eager", TAKE.format("tf.reduce_sum(tf.nn.relu(x @ w))", "g", "w"), setup)
    step = [op.name for op in recording.ops].index("relu_grad") + 1
    (sentence,) = gradient_sentences(recording)
    assert sentence.endswith(f"all 0. It is 0 from step {step} on: relu_grad lets nothing through there.")


def test_a_target_that_is_its_own_source_gets_what_flows_in(result: Callable[..., Any]) -> None:
    recording = result(
        "eager",
        "with tf.GradientTape() as tape:\n    y = w * 2.0\nd = tape.gradient(y, [w, y])",
        "w = tf.Variable(1.0)",
    )
    assert gradient_sentences(recording) == [
        f"w: gradient ∂y/∂w of step {len(recording.ops)}, scalar float32, 2.0.",
        "y: gradient ∂y/∂y, what flows in.",
    ]


def test_a_source_that_is_used_several_times_says_so(result: Callable[..., Any]) -> None:
    setup = "v, w = tf.Variable(2.0), tf.Variable(3.0)"
    body = "with tf.GradientTape() as tape:\n    y = v * v + tf.exp(v) * w\ng = tape.gradient(y, [v, w])"
    first, second = gradient_sentences(result("eager", body, setup))
    assert first.endswith(" It is the sum over 3 uses.")
    assert "uses" not in second


def test_a_loop_tells_the_last_gradient_of_each_source(result: Callable[..., Any]) -> None:
    body = """for _ in range(3):
    with tf.GradientTape() as tape:
        loss = w * w
    w.assign_sub(0.1 * tape.gradient(loss, w))"""
    recording = result("eager", body, "w = tf.Variable(1.0)")
    (sentence,) = gradient_sentences(recording)
    last = max(op.index for op in recording.backward)
    assert sentence.startswith(f"w: gradient ∂loss/∂w of step {last + 1}, ")


def test_gradients_of_a_graph_that_is_traced_are_not_those_of_the_tape(result: Callable[..., Any]) -> None:
    setup = """w = tf.Variable(2.0)
@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = w * w
    return tape.gradient(loss, w)"""
    assert result("eager", "step()", setup).walks == []


def test_rows_of_a_table_have_a_gradient_too(result: Callable[..., Any]) -> None:
    setup = "table = tf.Variable(tf.ones([5, 2]))"
    body = TAKE.format("tf.reduce_sum(tf.gather(table, [1, 3]) * 3.0)", "g", "table")
    (sentence,) = gradient_sentences(result("eager", body, setup))
    assert sentence.startswith("table: gradient ∂loss/∂table of step ")
