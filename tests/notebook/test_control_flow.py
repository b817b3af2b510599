"""Cells with branches, loops and calls: how they are drawn, what is told of how they ran, what a failure leaves."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from typing import Any

import pytest

import eagernb as tf
from eagernb.notebook.graph_pictures import graph_diagram
from eagernb.notebook.panels import graph_bundle
from eagernb.notebook.words import describe_graph_run
from eagernb.passes import Change, PassResult
from eagernb.viz import Diagram, Group
from tests.notebook.page import read
from tests.notebook.test_panels import pictures

SETUP = "x = tf.constant(3.0)\nn = tf.constant(4)\nv = tf.Variable(1.0)"
IF = "if x > 0:\n    y = x * 2.0\n    z = tf.exp(y)\nelse:\n    y = -x\n    z = x"
WHILE = "i = 0\ntotal = 0.0\nwhile i < n:\n    if i == 2:\n        total += x\n    i += 1"
CALL = "y = f(x) + 1.0"
DEFINE_F = "@tf.function\ndef f(a):\n    return tf.exp(a) * 2.0"


@pytest.fixture
def graph(result: Callable[..., Any]) -> Callable[..., Any]:
    def graph(body: str, options: str = "", setup: str = SETUP) -> Any:
        return result(f"graph {options}".strip(), body, setup)

    return graph


def frames(diagram: Diagram) -> dict[str, Group]:
    return {group.title: group for group in diagram.groups}


def titles(diagram: Diagram, group: Group) -> list[str]:
    of = {box.id: box.title for box in diagram.boxes}
    return [of[box_id] for box_id in group.box_ids]


def edges(diagram: Diagram) -> set[tuple[str, str, str]]:
    of = {box.id: box.title for box in diagram.boxes}
    return {(of[edge.source], of[edge.target], edge.kind) for edge in diagram.edges}


def test_branches_are_frames_in_a_frame(graph: Callable[..., Any]) -> None:
    diagram = graph_diagram(graph(IF), "optimized")
    found = frames(diagram)
    assert list(found) == ["cond: x > 0.0", "true: taken", "false: not run"]
    whole, taken, idle = found.values()
    assert (taken.parent, idle.parent, whole.parent) == (whole.id, whole.id, "")
    assert whole.folds
    assert not taken.folds
    assert (taken.kind, idle.kind) == ("taken", "idle")
    assert titles(diagram, whole) == ["x > 0.0?", "y, z"]
    assert titles(diagram, taken) == ["2.0", "multiply ×", "exp eˣ"]
    assert titles(diagram, idle) == ["negative −x", "x"], "what is only handed on has a box"
    assert {("x", "multiply ×", "data"), ("exp eˣ", "y, z", "data"), ("x", "y, z", "data")} <= edges(diagram)


def test_before_a_run_no_branch_is_taken(graph: Callable[..., Any]) -> None:
    run = graph(IF)
    run.runs = []
    assert list(frames(graph_diagram(run, "traced"))) == ["cond: x > 0.0", "true", "false"]


def test_a_loop_has_its_variables_its_condition_and_its_body(graph: Callable[..., Any]) -> None:
    diagram = graph_diagram(graph(WHILE), "optimized")
    found = frames(diagram)
    assert list(found) == ["while_loop: i < n, 4 turns", "condition", "body", "cond: i = 2", *list(found)[4:]]
    assert list(found)[4:] == ["true: taken", "false: taken 3 times"]
    whole, body = found["while_loop: i < n, 4 turns"], found["body"]
    assert found["cond: i = 2"].parent == body.id
    assert titles(diagram, whole) == ["i", "total", "i, total"]
    boxes = {box.id: box for box in diagram.boxes}
    assert boxes[whole.box_ids[0]].lines == ("scalar int32", "first 0")
    found_edges = edges(diagram)
    assert {("next turn", "i", "loop"), ("next turn", "total", "loop")} <= found_edges
    assert ("less <", "i, total", "control") in found_edges
    assert ("n", "less <", "data") in found_edges, "what is captured comes from outside, through the frame"


def test_the_number_of_operations_is_the_same_in_the_sentence_the_table_and_the_box(graph: Callable[..., Any]) -> None:
    run = graph("i = tf.constant(0)\nt = x\nwhile t < 9.0 and i < 20:\n    t = t + x\n    i = i + 1")
    root = read(graph_bundle(run)["text/html"])
    # The loop; in its condition less, cond, and in that less; two additions in its body.
    assert "a graph of 1 operation with 5 inside" in root.text
    assert root.one(class_="enb-saved").one("tbody").all("tr")[0].all("td")[0].text == "6"
    assert "1 operation with 5 inside" in run._repr_mimebundle_()["text/plain"]


def test_what_is_taken_out_of_a_loop_stands_before_it(graph: Callable[..., Any]) -> None:
    run = graph("i = 0\ntotal = 0.0\nwhile i < n:\n    total = total + x * 2.0\n    i += 1")
    traced, optimized = (graph_diagram(run, stage) for stage in ("traced", "optimized"))
    for diagram, inside in ((traced, True), (optimized, False)):
        found = frames(diagram)
        assert ("multiply ×" in titles(diagram, found["body"])) is inside
        assert "while_loop: i < n, 4 turns" in found
    root = read(graph_bundle(run)["text/html"])
    assert "a graph of 1 operation with 4 inside; optimising left 2 with 3 inside." in root.text
    operations = [row.all("td")[0].text for row in root.one(class_="enb-saved").one("tbody").all("tr")]
    assert (operations[0], operations[-1]) == ("5", "–"), "taken out of the loop is not taken away"


def test_a_variable_that_the_loop_assigns_is_used_after_it(graph: Callable[..., Any]) -> None:
    run = graph("while v < 10.0:\n    v.assign_add(x)\ny = v * 2.0")
    found = edges(graph_diagram(run, "optimized"))
    assert ("v +=", "multiply ×", "data") in found
    assert ("v", "less <", "data") in found


def test_a_branch_that_assigns_is_not_seen_by_the_other(graph: Callable[..., Any]) -> None:
    run = graph("if x > 0:\n    v.assign(x)\n    y = v * 2.0\nelse:\n    y = v + 1.0")
    found = edges(graph_diagram(run, "optimized"))
    assert ("v :=", "multiply ×", "data") in found
    assert ("v", "add +", "data") in found
    assert ("v :=", "add +", "data") not in found


def test_a_call_is_a_frame_around_what_the_function_does(graph: Callable[..., Any]) -> None:
    diagram = graph_diagram(graph(CALL, "--passes dead_code", f"{SETUP}\n{DEFINE_F}"), "optimized")
    (call,) = frames(diagram).values()
    assert call.title == "call f"
    assert titles(diagram, call) == ["exp eˣ", "2.0", "multiply ×"]
    assert {("x", "exp eˣ", "data"), ("multiply ×", "add +", "data")} <= edges(diagram)


def test_a_function_that_is_called_twice_is_drawn_twice(graph: Callable[..., Any]) -> None:
    run = graph("y = f(f(x))", "-O0", f"{SETUP}\n{DEFINE_F}")
    diagram = graph_diagram(run, "optimized")
    assert [group.title for group in diagram.groups] == ["call f", "call_1 f"]
    assert len({box.id for box in diagram.boxes}) == len(diagram.boxes)
    assert ("multiply ×", "exp eˣ", "data") in edges(diagram)


def test_a_fused_group_is_a_frame_and_its_operations_are_no_ghosts(graph: Callable[..., Any]) -> None:
    run = graph("y = tf.exp(big * 2.0 + 1.0) - tf.tanh(big)", setup="big = tf.ones([1100, 1000])")
    traced, optimized = (graph_diagram(run, stage) for stage in ("traced", "optimized"))
    assert list(frames(optimized)) == ["fused: 5 operations"]
    assert not [box.title for box in traced.boxes if box.kind == "removed"]
    joined = [box for box in traced.boxes if box.badge == "fused"]
    assert len(joined) == 5
    assert all("became one" in box.tooltip for box in joined)


def test_a_gradient_through_a_loop_is_drawn_in_the_backward_pass(graph: Callable[..., Any]) -> None:
    body = "with tf.GradientTape() as tape:\n    tape.watch(x)\n    y = x\n    while y < 100.0:\n        y = y * x\n"
    diagram = graph_diagram(graph(body + "g = tape.gradient(y, x)"), "optimized")
    loops = [group for group in diagram.groups if group.kind == "while"]
    assert [group.parent for group in loops] == ["forward", "backward"]
    inside = {box.id: box for box in diagram.boxes if box.id.startswith(f"{loops[1].id}/1/")}
    assert {"gradient", "flow"} >= {box.kind for box in inside.values()}


def test_a_table_has_indented_rows_for_what_ran_inside(graph: Callable[..., Any]) -> None:
    run = graph(WHILE)
    root = read(graph_bundle(run)["text/html"])
    rows = root.one(class_="enb-ops").one("tbody").all("tr")
    told = [(row.all("td")[0].text, row.one("th").text) for row in rows]
    assert told[:4] == [
        ("1", "while_loop"),
        ("1.1", "less <condition, 5 times"),
        ("1.2", "equal =body, 4 times"),
        ("1.3", "condbody, 4 times"),
    ]
    assert told[4] == ("1.3.1", "add +true")
    parts = [g.attributes for svg in pictures(root) for g in svg.all("g")]
    drawn = {part.get("data-box") or part.get("data-group") for part in parts}
    assert {row.attributes["data-box"] for row in rows} <= drawn


def test_the_strip_counts_no_time_twice(graph: Callable[..., Any]) -> None:
    root = read(graph_bundle(graph(WHILE + "\nw = total + 1.0"))["text/html"])
    assert len(root.one(class_="enb-strip").all("i")) == 2, "the loop and the addition, nothing of the inside"


def test_times_of_inner_operations_are_summed_over_the_turns(graph: Callable[..., Any]) -> None:
    run = graph(WHILE)
    (loop,) = run.runs
    condition, body = loop.inside
    assert (condition.times, body.times) == (5, 4)
    assert [inner.times for inner in body.runs] == [4] * len(body.runs)
    assert 0 < sum(inner.duration for inner in (*condition.runs, *body.runs)) <= loop.duration
    assert condition.runs[0].previews == ("False",), "of the last turn"


def test_the_words_say_which_branch_was_taken_and_how_often_a_loop_ran(graph: Callable[..., Any]) -> None:
    text = describe_graph_run(graph(WHILE))
    assert "%while_loop, line 4: ran 4 turns." in text
    assert "  condition: less ×5." in text
    assert "    %cond, line 5: true: taken; false: taken 3 times." in text
    assert "%cond, line 2: true: taken; false: not run." in describe_graph_run(graph(IF))


def test_a_number_chooses_a_branch(graph: Callable[..., Any]) -> None:
    run = graph("y = tf.switch_case(n, [lambda: x, lambda: x * 2.0])")
    assert "branch 0: not run; branch 1 and any other: taken." in describe_graph_run(run)
    assert next(iter(frames(graph_diagram(run, "optimized")))) == "switch_case: n"


def test_dict_and_dot_hold_what_is_inside(graph: Callable[..., Any]) -> None:
    run = graph(WHILE)
    told = json.loads(json.dumps(run.to_dict()))
    (loop,) = [node for node in told["optimized"]["nodes"] if node["op"] == "while_loop"]
    assert "less" in [node["op"] for node in loop["graphs"][0]["nodes"]]
    (ran,) = told["runs"]
    assert [part["times"] for part in ran["graphs"]] == [5, 4]
    dot = run.to_dot()
    assert dot.count("subgraph cluster_") == 6
    assert 'label="while_loop: i < n, 4 turns' in dot


@pytest.mark.parametrize(("start", "y", "z"), [(3.0, 6.0, 403.4288), (-3.0, 3.0, -3.0)])
def test_a_cell_gives_what_python_gives(run: Callable[..., Any], shell: Any, start: float, y: float, z: float) -> None:
    run(f"x = tf.constant({start})")
    outcome = run(f"%%graph\n{IF}\n(y, [z])")
    assert outcome.error is None
    assert float(shell.user_ns["y"]) == y
    assert float(shell.user_ns["z"]) == pytest.approx(z)
    assert float(outcome.value[1][0]) == pytest.approx(z)


def test_names_of_a_loop_come_back(run: Callable[..., Any], shell: Any) -> None:
    run(SETUP)
    assert run(f"%%graph\n{WHILE}").error is None
    assert (int(shell.user_ns["i"]), float(shell.user_ns["total"])) == (4, 3.0)
    assert run("%%graph\nwhile i < 6:\n    i += 1").error is None, "the next cell goes on"
    assert int(shell.user_ns["i"]) == 6


@pytest.mark.parametrize("body", [IF, WHILE, CALL])
def test_compare_finds_such_cells_equal(run: Callable[..., Any], shell: Any, body: str) -> None:
    run(f"{SETUP}\n{DEFINE_F}")
    assert run(f"%%compare -o both\n{body}").error is None
    assert shell.user_ns["both"].equal
    assert shell.user_ns["both"].results


FAILING = "values = tf.ones([3])\nk = n\nif x > 0:\n    z = x * 2.0\n    y = tf.gather(values, k)\nelse:\n    y = x"
FAILING_LOOP = "i = 0\nwhile i < 9:\n    y = tf.gather(tf.ones([3]), i)\n    i += 1"


@pytest.mark.parametrize(("body", "line"), [(FAILING, 6), (FAILING_LOOP, 4)])
def test_an_error_inside_points_at_the_line(run: Callable[..., Any], shell: Any, body: str, line: int) -> None:
    run(SETUP)
    error = run(f"%%graph -o kept\n{body}").error
    assert isinstance(error, tf.errors.InvalidArgumentError)
    assert traceback.extract_tb(error.__traceback__)[-1].lineno == line
    kept = shell.user_ns["kept"]
    assert kept.error_line == line
    assert kept.failed.op.name == "gather"
    root = read(graph_bundle(kept)["text/html"])
    assert f"Stopped in line {line}." in root.one(class_="enb-banner").text
    assert [row.one("th").text for row in root.all("tr", "enb-bad")] == [kept.failed.name]
    for svg in pictures(root):
        (box,) = svg.all("g", "enb-failed")
        assert box.attributes["data-box"] == root.one("tr", "enb-bad").attributes["data-box"]


def test_an_error_in_a_called_function_points_at_the_call(run: Callable[..., Any], shell: Any) -> None:
    run(f"{SETUP}\n@tf.function\ndef pick(k):\n    return tf.gather(tf.ones([3]), k)")
    assert run("%%graph -o kept -O0\ny = x * 2.0\nz = pick(n)").error is not None
    assert shell.user_ns["kept"].error_line == 3
    assert shell.user_ns["kept"].failed.op.name == "gather"


LATE = "while x < 9.0:\n    x = x * 2.0\nraise KeyError('late')"


@pytest.mark.parametrize(("body", "x"), [(FAILING, 3.0), (FAILING_LOOP, 3.0), (LATE, 12.0)])
def test_nothing_stays_behind_after_an_exception(run: Callable[..., Any], shell: Any, body: str, x: float) -> None:
    run(SETUP)
    before = set(shell.user_ns)
    assert run(f"%%graph\n{body}").error is not None
    assert float(shell.user_ns["x"]) == x
    assert not {name for name in set(shell.user_ns) - before if name not in ("values", "k", "i")}
    assert run("%%graph\ny = x + 1.0").error is None
    assert float(shell.user_ns["y"]) == x + 1.0


def test_sentences_may_be_about_inner_nodes_or_about_no_node_that_went(graph: Callable[..., Any]) -> None:
    run = graph(IF)
    (cond,) = [node for node in run.graph.nodes if node.graphs]
    inner = cond.graphs[0].ops[0]
    changes = (
        Change("An inner one went.", (inner,)),
        Change("Kept and changed.", (), cond),
        Change("About all.", (), None),
    )
    run.passes = (*run.passes, PassResult("cse", run.graph, run.graph, changes, 1))
    root = read(graph_bundle(run)["text/html"])
    items = {item.text: item.attributes.get("data-box") for item in root.all("li")}
    assert items["An inner one went."] == f"%{cond.name}/0/{inner.name}"
    assert items["Kept and changed."] == f"%{cond.name}"
    assert items["About all."] is None


def test_the_same_cell_gives_the_same_picture(graph: Callable[..., Any]) -> None:
    first, second = (graph(WHILE)._repr_mimebundle_()["image/svg+xml"] for _ in range(2))
    assert first == second


def test_names_in_frames_are_only_ever_text(graph: Callable[..., Any]) -> None:
    run = graph(WHILE)
    evil = "</text><script>alert(1)</script>"
    run.names = dict.fromkeys(run.names, evil)
    root = read(graph_bundle(run)["text/html"])
    assert [script.classes for script in root.all("script")] == [["enb-marks"], []]
    assert not [svg for svg in pictures(root) if svg.all("script")]
    assert f"while_loop: {evil}"[:35] in pictures(root)[1].text


LARGE_BODY = "y = x\nfor i in tf.range(n):\n    for k in range(8):\n        y = tf.sin(y) * x"


def test_large_groups_are_folded_and_the_script_can_open_them(graph: Callable[..., Any]) -> None:
    bundle = graph(LARGE_BODY)._repr_mimebundle_()
    root = read(bundle["text/html"])
    for svg in pictures(root):
        (folded,) = svg.all("g", "enb-nested")
        assert folded.attributes["data-box"] == "%while_loop"
        assert "17 operations inside" in folded.text or "18 operations inside" in folded.text
        assert "4 turns" in folded.text
        assert not svg.all("g", "enb-group")
    whole = [script for script in root.all("script") if script.attributes.get("type") == "image/svg+xml"]
    assert [json.loads(script.attributes["data-folded"]) for script in whole] == [["%while_loop"]] * 2
    opened = read(whole[0].text).one("svg")
    assert len(opened.all("g", "enb-group")) == 3
    ids = [e.attributes["id"] for svg in (*pictures(root), opened) for e in svg.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert "folded group" in root.one("ul", "enb-legend").text
    assert len(bundle["text/html"].encode()) < 170_000


def test_groups_that_cannot_be_opened_say_where_to_look(graph: Callable[..., Any]) -> None:
    body = "y = x\nfor i in tf.range(n):\n    for k in range(280):\n        y = tf.sin(y) * x"
    html = graph(body, "--max-nodes 1000")._repr_mimebundle_()["text/html"]
    root = read(html)
    assert [script.classes for script in root.all("script")] == [["enb-marks"], []]
    assert root.text.count("no room to unfold") == 2
    assert [len(svg.all("g", "enb-nested")) for svg in pictures(root)] == [1, 1]
    assert len(root.one(class_="enb-ops").one("tbody").all("tr")) > 560
    assert len(html.encode()) < 1_000_000


def test_small_groups_are_open_and_nothing_is_there_twice(graph: Callable[..., Any]) -> None:
    root = read(graph(IF)._repr_mimebundle_()["text/html"])
    assert [script.classes for script in root.all("script")] == [["enb-marks"], []]
    assert all(len(svg.all("g", "enb-group")) == 3 for svg in pictures(root))
    assert not root.all("button"), "folding needs the script, which makes the buttons"


def test_a_page_without_groups_has_no_script_for_them(graph: Callable[..., Any]) -> None:
    assert "foldable(svg, folded" not in graph("y = x + 1.0")._repr_mimebundle_()["text/html"]
    assert "function foldable(svg, folded" in graph(IF)._repr_mimebundle_()["text/html"]


def test_the_hidden_variables_of_a_for_have_names_in_words(graph):
    diagram = graph_diagram(graph("for i in tf.range(n):\n    if i > 2:\n        break\n    x = x * 2.0"), "traced")
    shown = {box.title for box in diagram.boxes}
    assert {"position", "stop?"} <= shown
    assert not any(title.startswith("var ") for title in shown)
