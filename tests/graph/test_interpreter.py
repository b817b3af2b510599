"""The interpreter: what a graph means, told step by step."""

import weakref
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.spec import TensorSpec
from eagernb.graph import Graph, Tracer
from eagernb.graph.interpreter import Interpreter, interpret, replay


def traced(function: Any, *shapes: Any) -> Graph:
    tracer = Tracer("graph")
    with tracer:
        result = function(*[tracer.add_input(TensorSpec(s, "float32"), "x") for s in shapes])
    return tracer.graph(result if isinstance(result, (list, tuple)) else [result])


def test_one_graph_runs_many_times_on_other_values() -> None:
    interpreter = Interpreter(traced(lambda x, y: x * y + 1.0, [2], []))
    for scale in (1.0, 2.0):
        [result] = interpreter.run([np.float32([1, 2]), np.float32(scale)])
        assert result.tolist() == [scale + 1, 2 * scale + 1]


def test_values_are_let_go_after_their_last_use() -> None:
    class Array(np.ndarray):
        pass

    graph = traced(lambda x: tf.reduce_sum(tf.exp(tf.negative(x))), [3])
    alive: list[weakref.ref[Any]] = []
    counts = []

    def observe(node: Any, arrays: Any, start: int, stop: int) -> None:
        counts.append(sum(r() is not None for r in alive))
        alive.extend(weakref.ref(a) for a in arrays)
        assert stop >= start

    Interpreter(graph).run([np.zeros(3, np.float32).view(Array)], observe)
    # While a node runs, its input is still there and all before that are gone.
    assert counts == [0, 1, 1]


def test_outputs_may_repeat_and_be_inputs() -> None:
    graph = traced(lambda x: [x, x + 1.0, x], [])
    assert [r.numpy() for r in interpret(graph, [tf.constant(1.0)])] == [1.0, 2.0, 1.0]


def test_failure_keeps_what_was_computed_and_names_the_node() -> None:
    graph = traced(lambda x: tf.gather(x * 2.0, tf.cast(x, "int32")), [2])
    values: dict[Any, Any] = {}
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"(?s)gather.*index 7.*node %gather.*tf.gather") as caught:
        Interpreter(graph).run([np.float32([0, 7])], values=values)
    assert {node.name for node, _ in values} >= {"multiply", "cast"}
    assert caught.value.op == "gather"


def test_replay_lets_a_tape_see_every_operation() -> None:
    graph = traced(lambda x: tf.exp(x) * x, [])
    x = tf.constant(1.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        [y] = replay(graph, [x])
    assert tape.gradient(y, x).numpy() == pytest.approx(2 * np.e)


def test_observers_are_told_of_sub_graphs_only_where_they_ask() -> None:
    graph = tf.function(
        lambda n: tf.while_loop(lambda i: i < n, lambda i: [tf.cond(i > 1, lambda: i + 2, lambda: i + 1)], [0])
    ).get_concrete_function(tf.TensorSpec([], tf.int32)).graph  # fmt: skip
    told: list[tuple[str, ...]] = []
    entered: list[tuple[str, str]] = []

    def watcher(*way: str) -> Any:
        def observe(node: Any, arrays: Any, start: int, stop: int) -> None:
            told.append((*way, node.op.name))

        def inside(node: Any, graph: Any) -> Any:
            entered.append((node.op.name, "cond" if graph is node.graphs[0] else "body"))
            return watcher(*way, node.op.name)

        return observe, inside

    observe, inside = watcher()
    Interpreter(graph).run([np.int32(3)], observe)
    assert set(told) == {("while_loop",)}, "without a word nobody is surprised by other nodes"
    told.clear()
    assert Interpreter(graph).run([np.int32(3)], observe, inside=inside) == [4]
    assert told.count(("while_loop", "less")) == 4
    assert told.count(("while_loop", "cond")) == 3
    assert told.count(("while_loop", "cond", "add")) == 3
    assert told[-1] == ("while_loop",)
    assert entered[0] == ("while_loop", "cond")
