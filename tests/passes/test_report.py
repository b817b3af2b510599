"""What is told of optimising, where graphs run others."""

from __future__ import annotations

import eagernb as tf
from eagernb.graph.cost import graph_cost


@tf.function(autograph=False)
def doubled(x: tf.Tensor) -> tf.Tensor:
    return tf.while_loop(
        lambda i, y: i < 3,
        lambda i, y: (i + 1, tf.cond(y[0] > 0.0, lambda: y * 1.0 + y, lambda: y)),
        [tf.constant(0), x],
    )[1]


def test_a_change_says_in_which_graphs_it_was() -> None:
    _, report = doubled.get_concrete_function(tf.TensorSpec([10])).graph.optimize(
        ["fold_constants", "simplify"], explain=True
    )
    assert "In true_fn of %cond in body of %while_loop: %multiply is %y" in str(report)


def test_arithmetic_that_is_saved_inside_of_loops_and_branches_counts() -> None:
    _, report = doubled.get_concrete_function(tf.TensorSpec([10])).graph.optimize(
        ["fold_constants", "simplify"], explain=True
    )
    assert graph_cost(report.before).flops - graph_cost(report.after).flops == 10
    assert "10 flops" in str(report)
    assert graph_cost(report.before).ops == 1  # of the graph itself
