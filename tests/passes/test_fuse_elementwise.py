"""fuse_elementwise: which operations become one, in which order the rest runs, and that this changes no bit."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.large import LARGE
from eagernb.executors.numpy_source import NumpySource
from eagernb.graph import Graph, verify
from eagernb.graph.fused import FUSED
from eagernb.graph.interpreter import Interpreter, interpret, replay
from eagernb.passes.fuse_elementwise import fuse_elementwise
from eagernb.passes.pipeline import PASSES, optimize

from .graphs import trace


def fused(function: Callable[..., Any], *shapes: Any, **options: Any) -> Graph:
    graph, _ = fuse_elementwise(trace(function, *shapes, **options), at_least=0)
    verify(graph)
    return graph


def groups(graph: Graph) -> list[list[str]]:
    return [[inner.name for inner in node.params["graph"].ops] for node in graph.nodes if node.op is FUSED]


def test_a_chain_becomes_one_and_says_so() -> None:
    graph = trace(lambda x, y: tf.reduce_sum(tf.exp(x * y) - x), [1000], [1000])
    after, changes = fuse_elementwise(graph, at_least=0)
    assert [change.sentence for change in changes] == [
        "These 3 became one, %fused, over the same elements: %multiply, %exp and %subtract: 8 kB of results in "
        "between need no memory."
    ]
    assert [node.name for node in changes[0].removed] == ["multiply", "exp", "subtract"]
    assert [node.name for node in after.nodes] == ["x", "y", "fused", "reduce_sum"]
    [node] = [node for node in after.nodes if node.op is FUSED]
    assert node.line == graph.ops[2].line
    assert fuse_elementwise(after, at_least=0)[0] is after


@pytest.mark.parametrize(
    ("function", "shapes", "expected"),
    [
        (lambda x, y: (tf.exp(x), tf.exp(y)), ([3], [3]), []),  # nothing in common
        (lambda x, y: tf.exp(tf.reduce_sum(tf.exp(x))), ([3], [3]), []),
        (lambda x, y: tf.exp(x + y[0]), ([3], [3]), [["add", "exp"]]),
        (lambda x, y: tf.exp(x) * tf.exp(y), ([3], [3]), [["exp", "exp_1", "multiply"]]),
        (lambda x, y: (a := tf.exp(x), a + y, a * y), ([3], [3]), [["exp", "add", "multiply"]]),
        (lambda x, y: tf.exp(tf.exp(x) + y), ([3], [2, 3]), [["add", "exp_1"]]),  # exp has a smaller shape
        (lambda x, y: tf.exp(x + y), ([None, 3], [3]), [["add", "exp"]]),
        (lambda x, y: tf.exp(x + y), ([], []), []),
        (lambda x, y: tf.cast(x > y, tf.float32), ([3], [3]), [["greater", "cast"]]),
        (lambda x, y: tf.exp(tf.stop_gradient(x * y)), ([3], [3]), []),  # it passes its input on
    ],
)
def test_who_becomes_one(function: Any, shapes: Any, expected: list[list[str]]) -> None:
    assert groups(fused(function, *shapes)) == expected


def test_what_lies_between_is_not_run_too_late() -> None:
    # The product needs the sum, and the difference needs the product: the two cannot be one.
    assert groups(fused(lambda x, y: (a := x + y) - a @ y, [2, 2], [2, 2])) == []
    graph = fused(lambda x, y: (a := tf.exp(x + y)) - tf.square(a @ y), [2, 2], [2, 2])
    assert groups(graph) == [["add", "exp"], ["square", "subtract"]]


def test_what_needs_an_early_result_runs_after_the_group() -> None:
    def function(x: Any, y: Any) -> Any:
        a = x + y
        b = tf.reduce_sum(a)
        return b, a * x

    graph = fused(function, [3], [3])
    assert [node.name for node in graph.nodes] == ["x", "y", "fused", "reduce_sum"]


def test_effects_keep_their_order() -> None:
    v = tf.Variable([1.0, 2.0])

    def function(x: Any, y: Any) -> Any:
        a = x + y
        v.assign(a)
        b = a * v
        v.assign(b)
        return tf.exp(b) + v

    graph = trace(function, [2], [2])
    after, _ = fuse_elementwise(graph, at_least=0)
    verify(after)
    names = [node.op.name for node in graph.nodes if not node.pure]
    assert [node.op.name for node in after.nodes if not node.pure] == names
    x, y = tf.constant([1.0, 2.0]), tf.constant([3.0, 4.0])
    want = interpret(graph, [x, y])[0].numpy().tolist()
    assert interpret(after, [x, y])[0].numpy().tolist() == want


def test_a_tape_sees_the_operations_inside() -> None:
    graph = fused(lambda x: tf.exp(x) * x, [1])
    x = tf.constant([1.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        [y] = replay(graph, [x])
    assert tape.gradient(y, x).numpy() == pytest.approx([5.436564])


def test_loops_and_branches_are_fused_inside_and_groups_stay() -> None:
    def function(x: Any) -> Any:
        y = tf.cond(tf.reduce_sum(x) > 0.0, lambda: tf.exp(x) + 1.0, lambda: x)
        return tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, tf.tanh(y) * 0.5), (0, y * 1.0))[1]

    graph = trace(function, [LARGE])
    after, changes = PASSES["fuse_elementwise"].run(graph)
    verify(after)
    assert len(changes) == 2
    inside = [n.op.name for node in after.nodes for inner in node.graphs for n in inner.ops]
    assert inside.count("fused") == 2
    again, _ = optimize(after)
    verify(again)
    x = np.linspace(-1.0, 2.0, LARGE, dtype=np.float32)
    want = Interpreter(graph).run([x])[0].tobytes()
    for stage in (after, again, optimize(graph)[0]):
        assert Interpreter(stage).run([x])[0].tobytes() == want
        assert NumpySource(stage)([x])[0].tobytes() == want


def test_an_error_inside_names_the_users_line() -> None:
    graph = fused(lambda x, y: tf.exp(x + y) * 2.0, [None], [None])
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"(?s)add of float32.*node %add comes from line"):
        interpret(graph, [tf.ones(2), tf.ones(3)])


def test_small_arrays_are_left_alone() -> None:
    def function(x: Any) -> Any:
        return tf.exp(x) + 1.0

    for size, count in ((LARGE // 4 - 1, 0), (LARGE // 4, 1), (None, 1)):
        assert len(groups(fuse_elementwise(trace(function, [size]))[0])) == count


def test_ten_thousand_nodes_in_two_groups() -> None:
    def function(x: Any) -> Any:
        for i in range(5000):
            if i == 2500:
                x = tf.reverse(x, [0])
            x = x * 2.0 + 1.0
        return x

    assert [len(group) for group in groups(fused(function, [2]))] == [5000, 5000]
