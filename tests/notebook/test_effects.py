"""Side effects of a cell, told beside their lines: once while tracing, or at each call."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from eagernb.notebook.comparison import ResultComparison
from eagernb.notebook.effects import Effect
from eagernb.notebook.panels import comparison_bundle, graph_bundle
from eagernb.notebook.why_different import why_different
from tests.notebook.page import Element, read

SETUP = """x, n = tf.constant(1.0), tf.constant(3)
w = tf.Variable(1.0)
log, cache, seen, count, array = [], {}, set(), 0, np.zeros(3)
class Model: pass
model = Model()
"""


@pytest.fixture
def effects(result: Callable[..., Any]) -> Callable[[str], list[tuple[int, str, int | None, bool]]]:
    def effects(body: str) -> list[tuple[int, str, int | None, bool]]:
        found = result("graph", body, SETUP).effects
        return [(effect.line, effect.what, effect.times, effect.at_each_call) for effect in found]

    return effects


def badges(html: str) -> dict[int, list[str]]:
    """By line of the first listing, what its badges say."""
    listing = next(e for e in read(html).walk() if "enb-source" in e.classes)
    items = [item for item in listing.one("ol").content if isinstance(item, Element)]
    found = {number: [badge.text for badge in item.all("small")] for number, item in enumerate(items, 1)}
    return {number: texts for number, texts in found.items() if texts}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("log.append(1)", "log.append"),
        ("cache['k'] = 1", "cache[…]"),
        ("seen.add(3)", "seen.add"),
        ("count += 1", "count"),
        ("array[0] = 2.0", "array[…]"),
        ("array.fill(7)", "array.fill"),
        ("model.step = 5", "model.step"),
        ("print('a', 1)", "print"),
    ],
)
def test_what_python_changes_while_tracing_is_found(effects: Callable[[str], Any], line: str, what: str) -> None:
    assert effects(f"y = x * 2.0\n{line}") == [(3, what, 1, False)]


@pytest.mark.parametrize(
    "body",
    [
        "own = []\nown.append(x)\nown[0] = 1\nk = 0\nk += 1\ny = x * 2.0",
        "log = []\nlog.append(1)\ny = x * 2.0",  # the old list stays as it was
        "log.append(1) if False else None\ny = x * 2.0",
        "y = tf.add(x, x)\ntotal = 0.0\ntotal += y",
        "z = w + 1.0",
    ],
)
def test_what_is_the_cells_own_is_no_side_effect(effects: Callable[[str], Any], body: str) -> None:
    assert effects(body) == []


def test_prints_are_counted_and_still_printed(run: Any, shell: Any) -> None:
    run(SETUP)
    outcome = run("%%graph -o kept\nfor i in range(3):\n    print('turn', i)\nprint('b', end='')\ny = x * 2.0")
    assert "turn 0\nturn 1\nturn 2\nb" in outcome.printed
    found = {effect.line: effect.times for effect in shell.user_ns["kept"].effects}
    assert found == {3: 3}, "without an end of line there is nothing to count by"


def test_how_often_a_change_in_a_loop_ran_is_not_guessed(effects: Callable[[str], Any]) -> None:
    assert effects("for i in range(3):\n    log.append(i)\ny = x * 2.0") == [(3, "log.append", None, False)]


def test_what_the_graph_does_at_each_call_is_found_inside_of_branches_too(effects: Callable[[str], Any]) -> None:
    body = "h = tf.random.normal([2])\ntf.print(h)\nif x > 0.0:\n    w.assign(2.0)\nw.assign_add(1.0)"
    assert effects(body) == [
        (2, "random_normal", None, True), (3, "tf.print", None, True), (5, "assign", None, True),
        (6, "assign_add", None, True),
    ]  # fmt: skip


def test_badges_stand_on_their_lines(result: Callable[..., Any]) -> None:
    body = "print('once')\nw.assign_add(x)\ny = x * 2.0"
    run = result("graph", body, SETUP)
    assert badges(graph_bundle(run)["text/html"]) == {
        2: ["print ran once while tracing, 0 times in 1 call"],
        3: ["assign_add runs at each call"],
    }
    assert "Line 2: print ran once while tracing, 0 times in 1 call." in repr(run)
    assert run.to_dict()["effects"][0]["what"] == "print"


def test_a_comparison_says_in_how_many_calls_of_the_graph(result: Callable[..., Any]) -> None:
    comparison = result("compare", "print('once')\ny = x * 2.0\nlog.append(1)", SETUP)
    calls = comparison.graph.calls
    assert calls > 2
    assert badges(comparison_bundle(comparison)["text/html"]) == {
        2: [f"print ran once while tracing, 0 times in {calls} calls"],
        4: [f"log.append ran once while tracing, 0 times in {calls} calls"],
    }


def test_a_failing_cell_leaves_the_stream_as_it_was(run: Any) -> None:
    before = sys.stdout
    run(SETUP)
    assert run("%%graph\nprint(1)\nx @ x").error is not None
    assert sys.stdout is before


def test_the_words_of_an_effect() -> None:
    assert Effect(1, "print", 3).told(5) == "ran 3 times while tracing, 0 times in 5 calls"
    assert Effect(1, "log.append").told(1) == "ran while tracing, 0 times in 1 call"
    assert Effect(1, "assign", at_each_call=True).told(9) == "runs at each call"


def test_what_a_result_comes_from_says_why_it_differs(result: Callable[..., Any]) -> None:
    body = "a = tf.random.normal([2])\nb = a * 2.0\nc = x + 1.0\nw.assign(b[0])"
    run = result("graph", body, SETUP)
    reasons = {name: why_different(ResultComparison(name, False, "", 0.1), run, False) for name in ("b", "c", "w")}
    random = "It comes from random numbers (line 2): each mode draws its own."
    python = "Python computes a part of it, and not the same each time: a clock, a counter, a file."
    assert reasons == {"b": random, "c": python, "w": random}


def test_a_counter_of_python_s_is_named_as_the_reason(result: Callable[..., Any]) -> None:
    setup = "import itertools\nturns = itertools.count()\nx = tf.constant(1.0)"
    (one,) = result("compare", "y = x + float(next(turns))", setup).results
    assert not one.equal
    assert one.reason.startswith("Python computes a part of it")
