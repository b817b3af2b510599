"""The walk through the passes in the panel of %%graph."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from eagernb.graph.cost import graph_cost
from eagernb.notebook.graph_pictures import graph_diagram
from eagernb.notebook.panels import comparison_bundle, graph_bundle
from eagernb.notebook.steps import Mark, steps_of
from tests.notebook.page import Element, read
from tests.notebook.test_panels import EVIL, LAYERS, LAYERS_SETUP

SETUP = "x = tf.ones([4, 3])\nn = tf.constant(4)"
MANY = """k = tf.constant(2.0) * 3.0
a = tf.exp(x * k)
b = tf.exp(x * k)
c = (a + b) * 1.0
d = c ** 2.0
unused = tf.tanh(x)
unused = None
"""
CALLS = """@tf.function
def f(q):
    return tf.exp(q) * 2.0
s = f(x) + f(x)
"""
LOOP = "i = 0\ntotal = x\nwhile i < n:\n    total = total + x * 2.0\n    i += 1"


@pytest.fixture
def graph(result: Callable[..., Any]) -> Callable[[str], Any]:
    return lambda body: result("graph", body, SETUP)


def marks(run: Any) -> dict[str, dict[str, Mark]]:
    return {step.title: step.marks for step in steps_of(run)}


def walk(run: Any) -> Element:
    return read(graph_bundle(run)["text/html"]).one("section", "enb-walk")


def data(part: Element) -> dict[str, Any]:
    return json.loads(part.one("script", "enb-marks").text)


def test_each_step_says_what_became_of_which_box(graph: Callable[[str], Any]) -> None:
    found = marks(graph(MANY))
    assert found["fold_constants"] == {"%multiply": Mark("folded", "= 6.0", known=True)}
    assert found["simplify"]["%pow"] == Mark("simplified", "square")
    assert found["simplify"]["%multiply_3"] == Mark("simplified", "", True, "%add")
    assert found["cse"]["%exp_1"] == Mark("merged", "", True, "%exp")
    assert found["dead_code"]["%tanh"] == Mark("removed", "", True)
    assert found["plan_memory"] == {"%exp": Mark("written in place")}


def test_an_operation_that_became_several_is_not_said_to_be_one_of_their_constants(
    graph: Callable[[str], Any],
) -> None:
    body = "with tf.GradientTape() as tape:\n    tape.watch(x)\n    y = tf.reduce_sum(x * tf.cast(n, x.dtype))"
    found = marks(graph(f"{body}\ns = tape.gradient(y, x)"))["simplify"]
    assert found == {"%multiply_1": Mark("simplified")}, "1.0 * n, repeated: still a product"


def test_the_legends_of_a_graph_have_all_that_it_shows(graph: Callable[[str], Any]) -> None:
    body = "with tf.GradientTape() as tape:\n    tape.watch(x)\n    y = tf.reduce_sum(tf.sin(x) * 2.0)"
    html = graph_bundle(graph(f"{body}\ns = tape.gradient(y, x)"))["text/html"]
    shapes, times = read(html).all("ul", "enb-legend")
    assert "constant" in shapes.text, "those that folding takes away later are drawn as constants until then"
    assert "--enb-constant-fill:" in html
    assert [(key.text, len(key.all("i"))) for key in times.all("li")] == [("forward", 1), ("backward", 1)]
    assert ".enb-legend i{width:" in html, "the samples have a size"


def test_what_is_marked_is_drawn(graph: Callable[[str], Any]) -> None:
    for body in (MANY, CALLS, LOOP):
        run = graph(body)
        diagram = graph_diagram(run, "traced")
        drawn = {box.id for box in diagram.boxes} | {group.id for group in diagram.groups}
        lost = {box for step in steps_of(run) for box in step.marks if box not in drawn}
        # A small constant in a frame is drawn beside what uses it, under a name of its own.
        assert {box for box in lost if "constant" not in box.rpartition("/")[2]} == set()


def test_a_function_that_is_called_twice_has_two_places(graph: Callable[[str], Any]) -> None:
    found = marks(graph(CALLS))
    assert set(found["inline_calls"]) == {"%call", "%call_1"}
    assert found["cse"]["%call_1/0/exp"] == Mark("merged", "", True, "%call/0/exp")
    assert "%call/0/exp" not in found["cse"]


def test_what_is_taken_out_of_a_loop_has_moved_and_is_not_gone(graph: Callable[[str], Any]) -> None:
    found = marks(graph(LOOP))
    assert found["hoist_invariants"] == {"%while_loop/1/multiply": Mark("moved")}
    boxes = graph_diagram(graph(LOOP), "optimized").boxes
    assert [box.badge for box in boxes if box.title == "multiply ×"] == ["moved"]


def test_the_savings_add_up_to_the_total(graph: Callable[[str], Any]) -> None:
    run = graph(MANY)
    steps = steps_of(run)
    assert all(one.after == other.before for one, other in pairwise(steps))
    before, after = graph_cost(run.graph), graph_cost(run.optimized)
    assert steps[0].before[:3] == before
    assert steps[-1].after[:3] == after
    cells = [[cell.text for cell in row.all("td")] for row in walk(run).one("table").one("tbody").all("tr")]
    assert cells[0][0] == str(before.ops)
    assert cells[-1][0].split() == ["5", "56", "%"]


def test_memory_that_is_used_again_is_told_though_no_operation_goes(graph: Callable[[str], Any]) -> None:
    (step,) = steps_of(graph("y = tf.exp(-x) * 2.0"))
    assert (step.name, step.before[:3]) == ("plan_memory", step.after[:3])
    assert step.before.peak - step.after.peak == 48, "one of two results of 4 by 3 floats"


def test_without_the_script_all_stages_are_told_in_words(graph: Callable[[str], Any]) -> None:
    run = graph(MANY)
    part = walk(run)
    titles = [row.one("th").text for row in part.one("table").one("tbody").all("tr")]
    told = [item for item in part.one("ol").content if isinstance(item, Element)]
    assert len(told) == len(titles) == len(data(part)["steps"]) + 2
    assert told[0].text.startswith("As traced")
    assert told[-1].text.startswith("Optimised")
    assert "Nothing to do for inline_calls, hoist_invariants and fuse_elementwise." in told[-1].text
    for title, item, step in zip(titles[1:], told[1:], steps_of(run), strict=False):
        details = item.one("details")
        assert "open" in details.attributes
        assert details.one("b").text == title == step.title
        assert len(details.all("li")) == len(step.changes)
    assert [li.text for li in told[1].all("li")] == ["multiply is always 6.0, because 2.0 and 3.0 never change."]
    assert not part.all("button")


def test_sentences_call_things_as_their_boxes_and_rows_do(graph: Callable[[str], Any]) -> None:
    run = graph(MANY)
    boxes = {b.id: b for stage in ("optimized", "traced") for b in graph_diagram(run, stage).boxes}
    root = read(graph_bundle(run)["text/html"])
    named = [(code.attributes["data-box"], code.text) for code in root.one(class_="enb-told").all("code")]
    assert ("%multiply_2", "multiply_2") in named, "the one that is merged away"
    for box_id, name in named:
        assert name == boxes[box_id].title.partition(" ")[0]
    rows = [row.one("th").text.partition(" ")[0] for row in root.one(class_="enb-ops").one("tbody").all("tr")]
    assert rows == [node.name if node.name != "pow" else "square" for node in run.ops]


def test_a_sentence_about_what_a_call_gave_way_to_lights_the_box_in_the_call(graph: Callable[[str], Any]) -> None:
    told = walk(graph(CALLS)).one("ol").all("code")
    assert ("call_1_exp", "%call_1/0/exp") in [(code.text, code.attributes["data-box"]) for code in told]


def test_a_constant_that_a_loop_uses_is_called_by_its_value(graph: Callable[[str], Any]) -> None:
    told = walk(graph(LOOP)).one("ol").all("li")
    assert "2.0 never changes, so that while_loop holds it itself." in [item.text for item in told]


def test_the_walk_books_an_operation_where_the_picture_shows_that_it_goes(graph: Callable[[str], Any]) -> None:
    run = graph(MANY)
    for step in steps_of(run):
        fewer = sum(mark.gone for box, mark in step.marks.items() if "constant" not in box)
        assert step.before.ops - step.after.ops == fewer + sum(mark.known for mark in step.marks.values())
    steps = data(walk(run))["steps"]
    assert steps[0] == [["%multiply", "folded", "= 6.0", "", 2]], "struck out, and a constant from here on"
    dropped = next(item for item in walk(run).one("ol").all("li") if item.text.startswith("dead_code"))
    assert "constants among them: no operations." in dropped.text


def test_what_is_written_in_place_is_not_called_saved_where_the_peak_is_elsewhere(
    graph: Callable[[str], Any],
) -> None:
    run = graph("s = tf.exp(-x)\nb = tf.matmul(x, x, transpose_b=True)\nc = b @ b @ b")
    step = steps_of(run)[-1]
    assert (step.name, step.before.peak) == ("plan_memory", step.after.peak)
    told = walk(run).one("ol").all("li")
    (words,) = [item.one("summary").text for item in told if item.text.startswith("plan_memory")]
    assert "saved" not in words
    assert words.endswith("48 B of results need no memory of their own, the most alive at once stays as it is.")


def test_a_pass_that_runs_again_is_a_step_of_its_own(graph: Callable[[str], Any]) -> None:
    # Only when folding has decided the choice, its branch can take its place: there is an exp more to merge.
    body = "a = tf.exp(x) + tf.exp(x)\nif tf.constant(1.0) > 0.0:\n    y = tf.exp(x)\nelse:\n    y = x"
    titles = [step.title for step in steps_of(graph(body))]
    assert [title for title in titles if title.startswith("cse")] == ["cse", "cse, round 2"]


def test_a_graph_that_no_pass_changes_has_one_picture_and_no_walk(graph: Callable[[str], Any]) -> None:
    root = read(graph_bundle(graph("y = tf.reduce_sum(x)"))["text/html"])
    assert not root.all(class_="enb-walk")
    assert "Nothing to do for inline_calls, fold_constants" in root.text
    assert root.one("figcaption").text == "As traced, and as it is run"
    assert len(root.all("script")) == 1


def test_what_the_user_wrote_is_only_ever_text_in_the_walk(graph: Callable[[str], Any]) -> None:
    run = graph(MANY)
    result = run.passes[1]
    change = result.changes[0]
    run.passes = (result.__class__(result.name, result.before, result.after, (change._replace(sentence=EVIL),), 1),)
    part = walk(run)
    assert [script.classes for script in part.all("script")] == [["enb-marks"]]
    assert EVIL in part.text
    assert not [image for image in part.all("img") if "enb-picture" not in image.classes]


def test_the_walk_is_bounded(result: Callable[..., Any]) -> None:
    run = result("graph --max-nodes 5000", "y = x\nfor k in range(700):\n    y = tf.sin(y) + tf.sin(y)\n", SETUP)
    part = walk(run)
    assert all(step == [] for step in data(part)["steps"])
    assert "and 688 more" in part.text or "and 689 more" in part.text


def test_what_is_drawn_once_is_marked_once(graph: Callable[[str], Any]) -> None:
    steps = data(walk(graph("y = x\nfor k in range(700):\n    y = tf.sin(y) + tf.sin(y)\n")))["steps"]
    assert [[mark[:2] for mark in marks] for marks in steps] == [
        [["%sin_1", "merged"]],
        [["%add", "written in place"], ["%sin", "written in place"]],
    ]


def test_a_graph_of_fifty_operations_is_under_100_kb_and_in_the_page_once(result: Callable[..., Any]) -> None:
    run = result("graph", LAYERS, LAYERS_SETUP)
    assert 46 <= len(run.graph.ops) <= 54
    html = graph_bundle(run)["text/html"]
    assert len(html.encode()) < 100_000
    root = read(html)
    assert [caption.text for caption in root.all("figcaption")] == ["As traced; what is not struck out is what is run"]
    assert not root.all("input")


def test_a_large_picture_with_boxes_of_its_own_is_there_as_well(result: Callable[..., Any]) -> None:
    run = result("graph", f"{LAYERS}big = tf.exp(wide * 2.0)", f"{LAYERS_SETUP}\nwide = tf.ones([900, 900])")
    assert "fused" in run.count_ops()
    assert len(read(graph_bundle(run)["text/html"]).all("figcaption")) == 2


def test_a_comparison_of_fifty_operations_is_bounded(result: Callable[..., Any]) -> None:
    html = comparison_bundle(result("compare", LAYERS, LAYERS_SETUP))["text/html"]
    assert len(html.encode()) < 230_000


def test_a_graph_of_a_thousand_operations_is_under_1_mb(result: Callable[..., Any]) -> None:
    body = "z = x\nfor k in range(500):\n    z = (tf.sin, tf.cos, tf.tanh)[k * k * k % 11 % 3](z) * x"
    run = result("graph --max-nodes 400", body, SETUP)
    assert len(run.graph.ops) == 1000
    assert len(graph_bundle(run)["text/html"].encode()) < 1_000_000


def test_the_walk_adds_little_to_a_page(result: Callable[..., Any]) -> None:
    html = graph_bundle(result("graph", LAYERS, LAYERS_SETUP))["text/html"]
    without_images = re.sub(r"<img .*?'>", "", html, flags=re.DOTALL)
    (section,) = re.findall(r'<section class="enb-walk".*?</section>', without_images, flags=re.DOTALL)
    assert len(section.encode()) < 12_000
