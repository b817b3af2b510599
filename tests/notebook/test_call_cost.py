"""What a call costs operation by operation, and the time axis that %%compare draws of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from eagernb.notebook.call_cost import Lap, eager_cost
from eagernb.notebook.panels import comparison_bundle
from eagernb.notebook.panels.time_axis import time_axis
from eagernb.notebook.quantities import nbytes
from tests.notebook.page import Element, read
from tests.notebook.test_panels import EVIL, page, sanitised, tape

LOOP = "i = tf.constant(0)\nt = tf.reduce_sum(x)\nwhile i < 3:\n    t = t + tf.reduce_sum(tf.exp(x * t))\n    i += 1"


def race(shown: Any) -> Element:
    return page(shown).one("section", "enb-race")


def pieces(lane: Element) -> list[float]:
    """The widths of a lane's pieces in percent."""
    return [float(piece.attributes["style"].removeprefix("--t:")[:-1]) for piece in lane.all("span", "enb-piece")]


def test_python_is_what_a_call_takes_besides_its_kernels() -> None:
    laps = [Lap(python=300, kernel=100), Lap(python=100, kernel=50)]
    cost = eager_cost(tape(2).ops, laps, rest=100, total=400)
    # 250 ns are left of the call for 500 ns that the clock saw.
    assert [(op.python, op.kernel) for op in cost.ops] == [(150, 100), (50, 50)]
    assert (cost.rest, cost.kernel, cost.python, cost.total) == (50, 150, 250, 400)


def test_kernels_that_took_longer_under_the_clock_than_the_call_are_scaled_to_it() -> None:
    cost = eager_cost(tape(2).ops, [Lap(0, 300), Lap(10, 100)], rest=0, total=200)
    assert [(op.python, op.kernel) for op in cost.ops] == [(0, 150), (0, 50)]


@pytest.mark.parametrize("body", ["y = tf.exp(x) + 1.0", LOOP])
def test_both_modes_are_divided_into_their_operations(result: Callable[..., Any], body: str) -> None:
    comparison = result("compare", body)
    eager, graph = comparison.costs["eager"], comparison.costs["graph"]
    assert [op.name for op in eager.ops] == [op.name for op in comparison.eager.ops]
    assert [op.line for op in eager.ops] == [op.line for op in comparison.eager.ops]
    assert [op.name for op in graph.ops] == [node.op.name for node in comparison.graph.ops]
    for timed, cost in (("eager", eager), ("interpreter", graph)):
        assert all(op.python >= 0 and op.kernel > 0 for op in cost.ops)
        # Each part is rounded to a nanosecond.
        assert abs(cost.total - comparison.timings[timed]) <= len(cost.ops) + 1
    assert comparison.to_dict()["costs"]["eager"]["ops"][0]["name"] == eager.ops[0].name


def test_a_loop_s_arithmetic_is_that_of_what_it_runs(result: Callable[..., Any]) -> None:
    (loop,) = [op for op in result("compare", LOOP).costs["graph"].ops if op.name == "while_loop"]
    assert 0 < loop.kernel < loop.kernel + loop.python


def times(comparison: Any) -> list[Element]:
    """The lanes of the time axis: eager, the graph op by op, the graph as generated code, what is done once."""
    return [lane for lane in race(comparison).all("div", "enb-lane") if "enb-high" not in lane.classes]


def held(comparison: Any) -> dict[str, Element]:
    """The lanes of the memory axis."""
    return {lane.attributes["data-lane"]: lane for lane in race(comparison).all("div", "enb-high")}


def test_the_bytes_of_both_modes_are_to_one_scale_and_the_most_is_marked(result: Callable[..., Any]) -> None:
    comparison = result("compare", "a = tf.exp(x)\nb = tf.reduce_sum(a * 2.0)\nc = b + 1.0", "x = tf.ones([1000])")
    comparison.peaks = {"eager": 8004, "graph": 4004}
    sides = held(comparison)
    for side, alive in (
        ("eager", [op.alive for op in comparison.eager.ops]),
        ("graph", [ran.alive for ran in comparison.graph.runs]),
    ):
        bars = sides[side].all("i")
        heights = [float(bar.attributes["style"].removeprefix("--b:")[:-1]) for bar in bars]
        assert heights == pytest.approx([100 * one / 8004 for one in alive], abs=0.01), "one scale for both"
        assert [bar.classes for bar in bars].index(["enb-peak"]) == alive.index(max(alive))
        assert len({lane.attributes["style"] for lane in sides.values()}) == 1, "steps are as wide in both"
    said = race(comparison).text
    assert "▲ most at step 2 of 4: multiply, line 3" in said
    rows = race(comparison).one("div", "enb-costs").all("tbody")[0].all("tr")
    said = [row.all("td")[-1].text.replace("\N{NO-BREAK SPACE}", " ") for row in rows[1:5]]
    assert said == [nbytes(op.alive) for op in comparison.eager.ops]
    assert rows[-1].one("th").text == "Total 4 operations"


def test_a_mode_s_operations_and_the_rest_come_to_the_total(result: Callable[..., Any]) -> None:
    comparison = result("compare", "y = tf.exp(x) + 1.0")
    comparison.costs = {"eager": eager_cost(comparison.eager.ops, [Lap(200, 300), Lap(100, 300)], 100, 1000)}
    (body,) = race(comparison).one("div", "enb-costs").all("tbody")
    cells = [[cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.all("td")[-4:-1]] for row in body.all("tr")]
    assert cells[1:] == [
        ["200 ns", "300 ns", "500 ns"],
        ["100 ns", "300 ns", "400 ns"],
        ["100 ns", "", "100 ns"],
        ["400 ns", "600 ns", "1 µs"],
    ]


def test_the_comparison_says_which_mode_is_faster_and_by_what(result: Callable[..., Any]) -> None:
    comparison = result("compare", "y = tf.exp(x) + 1.0")
    comparison.timings |= {"eager": 1000, "graph": 400}
    comparison.costs = {
        "eager": eager_cost(comparison.eager.ops, [Lap(200, 300), Lap(100, 300)], 100, 1000),
        "graph": eager_cost(comparison.eager.ops, [Lap(100, 150), Lap(50, 150)], 50, 500),
    }
    lead = page(comparison).all("p", "enb-lead")[0].text
    assert (
        "A call takes 1 µs eagerly and 400 ns as a graph: 2.5 times as fast, "
        "with 300 ns less Python and dispatch and 300 ns less arithmetic."
    ) in lead
    comparison.timings["graph"] = 960
    assert "960 ns as a graph: about the same." in page(comparison).all("p", "enb-lead")[0].text


def test_the_clock_changes_nothing(result: Callable[..., Any], shell: Any) -> None:
    comparison = result("compare", "v.assign_add(1.0)\nlog.append(1)\ny = v * 1.0", "v = tf.Variable(0.0)\nlog = []")
    assert comparison.equal
    assert (float(shell.user_ns["v"]), shell.user_ns["log"]) == (1.0, [1])


def test_a_cell_that_runs_otherwise_each_time_is_not_divided(result: Callable[..., Any]) -> None:
    body = "y = x\nfor _ in range(next(turns)):\n    y = y + 1.0"
    comparison = result("compare", body, "import itertools\nturns, x = itertools.count(), tf.ones([2])")
    assert "eager" not in comparison.costs
    assert len(times(comparison)[0].all("span")) == 1


def test_the_lanes_share_one_axis(result: Callable[..., Any]) -> None:
    comparison = result("compare", "y = tf.exp(x) + 1.0")
    comparison.timings |= {"eager": 1000, "graph": 400, "interpreter": 500, "trace": 200, "optimize": 100}
    costs = comparison.costs
    comparison.costs = {
        "eager": eager_cost(comparison.eager.ops, [Lap(200, 300), Lap(100, 300)], 100, 1000),
        "graph": eager_cost(comparison.eager.ops, [Lap(100, 150), Lap(50, 150)], 50, 500),
    }
    assert costs.keys() == comparison.costs.keys()
    eager, graph, generated, once = times(comparison)
    assert pieces(eager) == [50, 40, 10]
    assert pieces(graph) == [25, 20, 5]
    assert pieces(generated) == [40], "what a function runs, undivided"
    assert pieces(once) == [20, 10]
    parts = [float(i.attributes["style"].removeprefix("--t:")[:-1]) for i in eager.all("i")]
    assert parts == [40, 25], "of each piece, what is Python"
    assert "cut off" not in time_axis(comparison)
    comparison.timings["trace"] = 9900
    assert pieces(times(comparison)[3]) == [99, 1]
    assert "it is 10 times as long as the axis" in time_axis(comparison)


def test_the_table_says_what_the_axis_shows(result: Callable[..., Any]) -> None:
    comparison = result("compare")
    part = race(comparison)
    bodies = part.one("div", "enb-costs").all("tbody")
    assert [body.attributes["data-side"] for body in bodies] == ["eager", "graph"]
    for body, lane, side in zip(bodies, times(comparison), comparison.costs, strict=False):
        rows = [row for row in body.all("tr")[1:] if "enb-end" not in row.classes]
        assert len(rows) == len(comparison.costs[side].ops) == len(lane.all("span", "enb-piece")) - 1
        assert [row.all("td")[1].text for row in rows] == [str(op.line or "") for op in comparison.costs[side].ops]


def test_many_operations_share_pieces_and_the_table_says_where_the_others_are(result: Callable[..., Any]) -> None:
    comparison = result("compare", "y = x\nfor _ in range(200):\n    y = tf.sin(y) * 2.0")
    part = race(comparison)
    eager = times(comparison)[0].all("span", "enb-piece")
    numbers = [int(piece.attributes.get("data-n", 1)) for piece in eager[:-1]]
    assert len(numbers) <= 150
    assert sum(numbers) == 400
    assert "and 100 operations more, in .costs" in part.text


def test_all_that_the_axis_says_of_time_is_marked(result: Callable[..., Any]) -> None:
    comparison = result("compare", LOOP)
    before = comparison_bundle(comparison)["text/html"]
    comparison.timings = {"eager": 77, "graph": 1234567, "trace": 3, "optimize": 1}
    comparison.costs = {
        side: eager_cost(tape(len(cost.ops)).ops, [Lap(7, 9)] * len(cost.ops), 5, 10**6)
        for side, cost in comparison.costs.items()
    }
    after = comparison_bundle(comparison)["text/html"]
    numbers = re.compile(r"(<tbody data-side=.*?</tbody>)", re.DOTALL)  # the names are another tape's here
    assert sanitised(numbers.sub("", after)) == sanitised(numbers.sub("", before))


def test_a_result_that_differs_says_why(result: Callable[..., Any]) -> None:
    setup = "x = tf.constant(1.0)\ntf.random.set_seed(None)"  # nobody has drawn yet, and nobody has a seed
    comparison = result("compare", "a = tf.random.normal([2])\nb = a * 2.0\nc = x + 1.0", setup)
    reasons = {one.name: one.reason for one in comparison.results}
    assert reasons == {
        "a": "It comes from random numbers (line 2): each mode draws its own.",
        "b": "It comes from random numbers (line 2): each mode draws its own.",
        "c": "",
    }
    assert "each mode draws its own" in page(comparison).text
    assert "each mode draws its own" in repr(comparison)


def test_a_result_that_fast_math_rounds_differently_says_by_which_rewrite(result: Callable[..., Any]) -> None:
    setup = "x = tf.constant([0.1, 0.7, 1.3, 2.9, 1e-3])"
    comparison = result("compare --fast-math", "y = (x * 3.1) * 1.7 + x / 3.0\nz = x / 7.0", setup)
    for one in comparison.results:
        assert one.equal or one.reason.startswith("With --fast-math results are the same for real numbers")
    assert not comparison.equal


def test_what_the_user_wrote_is_only_ever_text_on_the_axis(result: Callable[..., Any]) -> None:
    comparison = result("compare", "y = x + 1.0")
    comparison.eager.source = f"%%compare\n{EVIL}"
    root = read(comparison_bundle(comparison)["text/html"])
    assert EVIL in root.one("section", "enb-race").one("ol").text
    assert not [image for image in root.all("img") if "enb-picture" not in image.classes]
