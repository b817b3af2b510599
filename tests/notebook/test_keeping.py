"""Why a value is in memory: until when, and who holds it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from typing import Any

from eagernb.notebook.keeping import Keeping
from eagernb.notebook.recording import Recording
from tests.notebook.conftest import STEP
from tests.notebook.test_panels import page

SETUP = "x = tf.ones([20, 30])\nw = tf.Variable(tf.ones([30, 40]))"


def reasons(recording: Recording) -> dict[str, str]:
    """By operation (the last one of each name), why its result is in memory."""
    keeping = Keeping(recording)
    return {op.name: keeping.text(op) for op in recording.ops}


def test_what_nothing_holds_is_freed_at_once(result: Callable[..., Any]) -> None:
    recording = result("eager", "y = tf.exp(x * 2.0) + 1.0", SETUP)
    assert reasons(recording) == {
        "multiply": "freed after step 2",
        "exp": "freed after step 3",
        "add": "held by y",
    }


def test_a_tape_holds_what_its_gradients_need_until_they_are_taken(result: Callable[..., Any]) -> None:
    body = "with tf.GradientTape() as tape:\n    z = tf.reduce_sum(tf.exp(x @ w))\ng = tape.gradient(z, w)"
    recording = result("eager", body, SETUP)
    names = [op.name for op in recording.ops]
    last = len(names)
    exp = names.index("exp") + 1
    assert names[exp + 1 :] == ["broadcast_to", "multiply", "matmul"]
    assert Keeping(recording).text(recording.ops[exp - 1]) == (
        f"kept by the tape for step {exp + 3} (backward of {exp}); it let go after step {last}"
    )
    assert reasons(recording)["matmul"] == "held by g"
    assert Keeping(recording).text(recording.ops[1]) == f"freed after step {exp}", (
        "exp's gradient needs its result only"
    )


def test_what_a_gradient_did_not_use_is_told_apart(result: Callable[..., Any]) -> None:
    body = "v = tf.Variable(tf.ones([30, 40]))\nwith tf.GradientTape() as tape:\n"
    body += "    z = tf.reduce_sum(tf.exp(w)) + tf.reduce_sum(tf.exp(v))\ng = tape.gradient(z, v)"
    recording = result("eager", body, SETUP)
    first, second = [Keeping(recording).text(op) for op in recording.ops if op.name == "exp"]
    last = len(recording.ops)
    assert first == f"kept by the tape for the backward of step 2, unused; it let go after step {last}"
    assert second == f"kept by the tape for step {last} (backward of 5); it let go after step {last}"


def test_scalars_have_a_story_too(result: Callable[..., Any]) -> None:
    body = "with tf.GradientTape() as tape:\n    z = tf.sin(tf.exp(a))\ng = tape.gradient(z, a)"
    recording = result("eager", body, "a = tf.Variable(2.0)")
    assert reasons(recording) == {
        "read_variable": "is the memory of a",
        "exp": "kept by the tape for steps 4 and 6 (backward of 2 and 3); it let go after step 6",
        "sin": "held by z",
        "cos": "freed after step 5",
        "multiply": "held by g",
    }
    assert Keeping(recording).summary() == (
        "After the cell, 2 computed values (8 B) are still in memory, held by z and g."
    )
    assert recording.peak == 0
    assert "of computed values were alive" not in page(recording).text, "0 B would be all there is to say"


def test_a_tape_that_was_not_asked_still_holds_them(result: Callable[..., Any]) -> None:
    body = "with tf.GradientTape() as tape:\n    z = tf.reduce_sum(tf.square(tf.exp(x @ w)))"
    recording = result("eager", body, SETUP)
    found = reasons(recording)
    assert found["exp"] == "held by the tape, for the backward of steps 3 and 4"
    assert found["square"] == "freed after step 5"
    assert Keeping(recording).summary() == (
        "After the cell, 2 computed values (3.2 kB) are still in memory, "
        "held by z and a tape (1 for gradients to come)."
    )


def test_lists_objects_variables_and_views_hold_memory_too(result: Callable[..., Any]) -> None:
    body = "a = tf.exp(x)\nb = tf.reshape(a, [-1])\nthings = [x + 1.0]\nclass Box: pass\nbox = Box()\n"
    body += "box.value = x - 1.0\nw.assign(tf.ones([30, 40]) * 2.0)"
    found = reasons(result("eager", body, SETUP))
    assert found["exp"] == "held by a"
    assert found["reshape"] == "shares that of step 1"
    assert found["add"] == "held by things[0]"
    assert found["subtract"] == "held by a list or object"
    assert found["assign"] == "held by w"


def test_a_name_that_gets_another_value_lets_go(result: Callable[..., Any]) -> None:
    found = reasons(result("eager", "y = tf.exp(x)\nz = tf.sin(x)\ny = tf.cos(x)", SETUP))
    assert found == {"exp": "freed after step 3", "sin": "held by z", "cos": "held by y"}


def test_the_lives_add_up_to_what_was_alive(result: Callable[..., Any]) -> None:
    for body in (STEP, "y = tf.exp(x * 2.0)\nfor _ in range(3):\n    y = y * y + tf.reshape(y, [20, 30])"):
        recording = result("eager", body, SETUP)
        for op in recording.ops:
            there = [
                life.nbytes
                for life in recording.memory
                if life.made <= op.index and (life.freed is None or life.freed > op.index)
            ]
            assert sum(there) == op.alive, op


def test_the_table_says_it_and_the_rows_say_until_when(result: Callable[..., Any]) -> None:
    recording = result("eager", "y = tf.exp(x * 2.0) + 1.0", SETUP)
    root = page(recording)
    rows = root.one(class_="enb-ops").one("tbody").all("tr")
    assert [row.all("td")[-1].text for row in rows] == ["freed after step 2", "freed after step 3", "held by y"]
    assert [row.attributes["data-until"] for row in rows] == ["2", "3", "3"]
    assert "After the cell, 1 computed value (2.4 kB) is still in memory, held by y." in root.text


def test_what_was_there_before_the_cell_is_no_value_of_it(result: Callable[..., Any]) -> None:
    recording = result("eager", "y = tf.reshape(x, [-1])", SETUP)
    assert recording.memory == []
    assert Keeping(recording).summary() == ""
    assert not page(recording).all(class_="enb-memory")


def test_recording_keeps_no_value_alive(result: Callable[..., Any], shell: Any) -> None:
    recording = result("eager", "y = tf.exp(x)", SETUP)
    gone = weakref.ref(shell.user_ns["y"]._array)
    del shell.user_ns["y"]
    gc.collect()
    assert gone() is None
    assert recording.memory[0].freed is None, "what happens after the cell is not its business"
