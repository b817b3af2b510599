from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from eagernb.notebook import words
from eagernb.notebook.comparison import ResultComparison
from tests.notebook.conftest import STEP


def test_a_recording_in_words(result: Callable[..., Any]) -> None:
    recording = result("eager", STEP)
    text = words.describe_recording(recording)
    first = f"Eager: {len(recording.ops)} operations, 4 forward, {len(recording.backward)} backward and 2 update."
    assert text.splitlines()[0] == first
    assert "Forward: read_variable, matmul, relu, reduce_mean." in text
    assert "The gradient of loss flows back through reduce_mean, relu and matmul." in text
    assert "h (4×2 float32, line 3), loss (scalar float32, line 4)" in text
    assert "Assigned to: w." in text
    assert re.search(r"At most \d+ B of computed values", text)


def test_a_failure_is_told_with_its_line(result: Callable[..., Any]) -> None:
    last = words.describe_recording(result("eager", "y = x + 1.0\nz = x @ x")).splitlines()[-1]
    assert last.startswith("Stopped in line 3: ShapeError: matmul of float32[4, 3], float32[4, 3]")


def test_a_graph_in_words(result: Callable[..., Any]) -> None:
    text = words.describe_graph_run(result("graph", "a = tf.exp(x)\nb = tf.exp(x)\nc = a + b"))
    assert text.splitlines()[:2] == ["Graph: 3 operations traced, 2 after optimising.", "Optimised: exp, add."]
    assert "cse: 1 change.\n  %exp_1 computes the same exp as %exp, so that one serves for both." in text
    assert "dead_code: nothing to do." in text
    assert "Results: 144 B before optimising, 96 B after." in text


def test_a_pass_that_did_much_is_told_in_short(result: Callable[..., Any]) -> None:
    text = words.describe_graph_run(result("graph", "y = [tf.exp(x) for _ in range(40)]"))
    assert "cse: 39 changes." in text
    assert "and 27 more" in text
    assert len(text.splitlines()) < 30


def test_a_comparison_in_words(result: Callable[..., Any]) -> None:
    comparison = result("compare", "a = tf.exp(x)\nb = tf.exp(x)\nc = a + b")
    text = words.describe_comparison(comparison)
    assert text.splitlines()[:2] == [
        "Eager and graph give equal results, to the last bit: a, b and c.",
        "Operations: 3 eagerly, 3 as traced, 2 optimised.",
    ]
    assert "Peak memory: " in text


def test_results_that_differ_are_named_with_the_reason(result: Callable[..., Any]) -> None:
    comparison = result("compare", "a = tf.exp(x)\nb = a + 1.0")
    comparison.results = [
        replace(comparison.results[0]),
        ResultComparison("b", False, "3 of 12 elements differ, by 1e-07 at most.", 1e-7),
    ]
    text = words.describe_comparison(comparison)
    assert text.splitlines()[:2] == [
        "Eager and graph differ in b: 1 of 2 results.",
        "  b: 3 of 12 elements differ, by 1e-07 at most.",
    ]


@pytest.mark.parametrize("magic", ["eager", "graph", "compare"])
def test_words_are_the_same_on_every_run(result: Callable[..., Any], magic: str) -> None:
    first, second = (repr(result(magic, STEP)) for _ in range(2))
    assert first == second
    assert not re.search(r"0x[0-9a-f]{4}| [mnµ]?s\b", first)
