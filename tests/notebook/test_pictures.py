from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from eagernb.notebook.graph_pictures import graph_diagram
from eagernb.notebook.pictures import recording_diagram
from eagernb.notebook.recording import Recording
from eagernb.viz import Diagram
from tests.notebook.conftest import STEP


def titles(diagram: Diagram, kind: str) -> list[str]:
    return [box.title for box in diagram.boxes if box.kind == kind]


def edges(diagram: Diagram) -> set[tuple[str, str, str]]:
    """Edges by the titles of their ends."""
    of = {box.id: box.title for box in diagram.boxes}
    return {(of[edge.source], of[edge.target], edge.kind) for edge in diagram.edges}


def group(diagram: Diagram, group_id: str) -> list[str]:
    of = {box.id: box.title for box in diagram.boxes}
    return [of[box_id] for g in diagram.groups if g.id == group_id for box_id in g.box_ids]


def test_a_training_step_has_the_forward_the_backward_pass_and_the_update(result: Callable[..., Any]) -> None:
    diagram = recording_diagram(result("eager", STEP))
    assert group(diagram, "forward") == ["matmul x @ w", "relu", "reduce_mean"]
    backward = group(diagram, "backward")
    assert set(titles(diagram, "gradient")) <= set(backward)
    assert {"0.5", "w −="} <= set(backward), "the update stands with the gradients that it uses"


def test_a_variable_is_drawn_once_and_its_reads_are_not(result: Callable[..., Any]) -> None:
    diagram = recording_diagram(result("eager", "y = x @ w\nz = (x + 1.0) @ w"))
    assert titles(diagram, "variable") == ["w"]
    assert titles(diagram, "op") == ["matmul x @ w", "add +", "matmul add(…) @ w"]
    assert ("w", "matmul x @ w", "data") in edges(diagram)


def test_what_reads_a_variable_after_an_assignment_uses_the_assignment(result: Callable[..., Any]) -> None:
    for diagram, product in (
        (recording_diagram(result("eager", "w.assign(w * 2.0)\ny = x @ w")), "matmul x @ w"),
        (graph_diagram(result("graph", "w.assign(w * 2.0)\ny = x @ w"), "traced"), "matmul"),
    ):
        assert ("w :=", product, "data") in edges(diagram)
        assert ("w", product, "data") not in edges(diagram)


def test_an_assignment_names_its_variable_instead_of_a_line_from_it(result: Callable[..., Any]) -> None:
    for diagram in (
        recording_diagram(result("eager", STEP)),
        graph_diagram(result("graph", STEP), "optimized"),
    ):
        assert "w −=" in titles(diagram, "effect")
        assert not [edge for edge in edges(diagram) if edge[:2] == ("w", "w −=")]
        assert titles(diagram, "variable") == ["w"]


def test_edges_tell_values_gradients_and_what_was_kept_apart(result: Callable[..., Any]) -> None:
    found = edges(recording_diagram(result("eager", STEP)))
    assert ("matmul x @ w", "relu", "data") in found
    assert ("x", "matmul xᵀ @ g", "saved") in found
    assert ("multiply ×", "w −=", "gradient") in found
    assert ("1.0", "divide ÷", "gradient") in found, "what flows in at the target is a gradient"
    assert ("8.0", "divide ÷", "data") in found, "and a number that the rule divides by is none"
    assert ("0.5", "multiply ×", "data") in found


def test_names_types_and_lines_are_on_the_boxes(result: Callable[..., Any]) -> None:
    boxes = {box.title: box for box in recording_diagram(result("eager", STEP)).boxes if box.kind in ("op", "input")}
    assert boxes["relu"].lines == ("h: 4×2 float32", "line 3")
    assert boxes["reduce_mean"].lines == ("loss: scalar float32", "line 4")
    assert boxes["x"].lines == ("4×3 float32",)


def test_a_gradient_says_what_it_is_the_gradient_of(result: Callable[..., Any]) -> None:
    boxes = [box for box in recording_diagram(result("eager", STEP)).boxes if box.kind == "gradient"]
    assert (boxes[0].title, boxes[0].lines) == ("1.0", ("∂loss/∂loss",))
    assert boxes[1].lines[-1] == "∂ reduce_mean, line 4"
    assert boxes[-1].title == "matmul xᵀ @ g"
    assert boxes[-1].lines == ("grad: 3×2 float32", "= ∂loss/∂w", "∂ matmul, line 3")


def test_the_frame_of_the_backward_pass_says_which_lines_asked_for_it(result: Callable[..., Any]) -> None:
    frames = {g.id: g.title for g in recording_diagram(result("eager", STEP)).groups}
    assert frames["backward"] == "Backward and update, asked for by line 5"
    twice = "for _ in range(2):\n    with tf.GradientTape() as t:\n        y = tf.sin(w)\n    g = t.gradient(y, w)"
    frames = {g.id: g.title for g in recording_diagram(result("eager", twice)).groups}
    assert frames["backward"] == "Backward, asked for by line 5"


def test_a_product_says_which_factor_is_transposed(result: Callable[..., Any]) -> None:
    body = "with tf.GradientTape() as t:\n    y = tf.matmul(h, w, transpose_b=True)\ng = t.gradient(y, [h, w])"
    diagram = recording_diagram(
        result("eager", body, "h, w = tf.Variable(tf.ones([2, 3])), tf.Variable(tf.ones([4, 3]))")
    )
    products = [title for title in titles(diagram, "op") + titles(diagram, "gradient") if title.startswith("matmul")]
    assert products == ["matmul h @ wᵀ", "matmul g @ w", "matmul gᵀ @ h"]


def test_a_sum_of_gradients_says_whose_it_is(result: Callable[..., Any]) -> None:
    body = "with tf.GradientTape() as t:\n    h = tf.sin(v)\n    y = h * tf.exp(h) + v\ng = t.gradient(y, v)"
    diagram = recording_diagram(result("eager", body, "v = tf.Variable(3.0)"))
    sums = [box.lines for box in diagram.boxes if box.title == "+="]
    assert [lines[1] for lines in sums] == ["adds up ∂y/∂h", "= ∂y/∂v"]


def test_a_number_is_a_small_constant_that_shows_its_value(result: Callable[..., Any]) -> None:
    diagram = recording_diagram(result("eager", "y = x * 0.5"))
    assert [(box.title, box.lines) for box in diagram.boxes if box.kind == "constant"] == [("0.5", ())]


def test_the_operation_that_failed_is_marked(result: Callable[..., Any]) -> None:
    diagram = recording_diagram(result("eager", "y = x + 1.0\nz = x @ x"))
    (failed,) = [box for box in diagram.boxes if box.kind == "failed"]
    assert failed.title == "matmul x @ x"
    assert "inner dimensions differ" in failed.tooltip
    assert titles(diagram, "op") == ["add +"]


def test_two_runs_of_a_cell_give_one_picture(result: Callable[..., Any]) -> None:
    assert recording_diagram(result("eager", STEP)) == recording_diagram(result("eager", STEP))
    first, second = (result("graph", STEP) for _ in range(2))
    assert graph_diagram(first, "traced") == graph_diagram(second, "traced")
    assert graph_diagram(first, "optimized") == graph_diagram(second, "optimized")


def test_a_cell_without_operations_gives_an_empty_picture() -> None:
    assert recording_diagram(Recording("%%eager\n1")).boxes == ()


OPTIMIZED = """a = tf.exp(x)
b = tf.exp(x)
c = a + b
d = tf.sqrt(tf.constant(4.0)) * x
unused = tf.tanh(x)
unused = None
"""


def test_what_the_passes_took_away_is_a_ghost_that_says_why(result: Callable[..., Any]) -> None:
    diagram = graph_diagram(result("graph", OPTIMIZED), "traced")
    reasons = {box.title: box.tooltip for box in diagram.boxes if box.kind == "removed"}
    assert reasons["exp_1 eˣ"].startswith("cse: %exp_1 computes the same exp as %exp")
    assert reasons["sqrt √x"].startswith("fold_constants: %sqrt is always 2.0")
    assert reasons["tanh"].startswith("dead_code: No result depends on %tanh")
    assert titles(diagram, "op").count("exp eˣ") == 1


def test_what_stands_for_others_has_a_badge(result: Callable[..., Any]) -> None:
    diagram = graph_diagram(result("graph", OPTIMIZED), "optimized")
    badges = {box.title: box.badge for box in diagram.boxes if box.badge}
    assert badges == {"exp eˣ": "×2", "2.0": "folded"}
    assert "removed" not in {box.kind for box in diagram.boxes}


def test_results_have_the_user_s_names_at_both_stages(result: Callable[..., Any]) -> None:
    run = result("graph", OPTIMIZED)
    for stage in ("traced", "optimized"):
        diagram = graph_diagram(run, stage)
        named = {name for box in diagram.boxes if box.lines for name in box.lines[0].partition(":")[0].split(", ")}
        assert {"a", "b", "c", "d"} <= named
        assert titles(diagram, "output") == [], "a box of its own would only repeat the name"
        assert titles(diagram, "input") == ["x"]


def test_one_value_that_serves_for_two_has_both_names(result: Callable[..., Any]) -> None:
    run = result("graph", OPTIMIZED)
    lines = {
        stage: [box.lines[0] for box in graph_diagram(run, stage).boxes if box.title.endswith(" eˣ")]
        for stage in ("traced", "optimized")
    }
    assert lines == {"traced": ["a: 4×3 float32", "b: 4×3 float32"], "optimized": ["a, b: 4×3 float32"]}


def test_a_graph_has_the_groups_of_a_tape(result: Callable[..., Any]) -> None:
    diagram = graph_diagram(result("graph", STEP), "optimized")
    assert [g.title for g in diagram.groups] == ["Forward", "Backward and update"]
    assert "w −=" in group(diagram, "backward")


def test_a_second_training_step_has_its_own_forward_pass(result: Callable[..., Any]) -> None:
    run = result("graph", "for _ in range(2):\n" + "".join(f"    {line}\n" for line in STEP.splitlines()))
    diagram = graph_diagram(run, "optimized")
    assert group(diagram, "forward") == ["matmul", "relu", "matmul_2", "relu_1", "reduce_mean_1"]
    assert {("w −=", "matmul_2", "data"), ("matmul_2", "relu_1", "data")} <= edges(diagram)
    assert group(diagram, "backward").count("w −=") == 2


def test_what_is_computed_of_a_gradient_stands_with_it(result: Callable[..., Any]) -> None:
    diagram = graph_diagram(result("graph", STEP + "size = tf.norm(grad)"), "optimized")
    assert "sqrt √x" in group(diagram, "backward")


def test_an_input_may_be_named_like_a_result_s_box(result: Callable[..., Any]) -> None:
    diagram = graph_diagram(result("graph", "y = out0 + 1.0", "out0 = tf.ones([2])"), "traced")
    assert titles(diagram, "input") == ["out0"]


def test_an_unknown_stage_is_refused(result: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="'traced' or 'optimized'"):
        graph_diagram(result("graph", "y = x + 1.0"), "fused")
