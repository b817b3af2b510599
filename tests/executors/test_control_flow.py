"""Branches, loops and calls in generated code: Python's own, with the interpreter's results."""

import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.executors.numpy_source import NumpySource
from eagernb.graph import Graph, verify
from eagernb.graph.call import call
from eagernb.graph.interpreter import Interpreter
from eagernb.passes.plan_memory import plan_memory

from ..passes.graphs import trace
from .test_numpy_source import code


def assert_same(graph: Graph, *inputs: Any) -> None:
    for stage in (graph, plan_memory(graph)[0]):
        verify(stage)
        got, want = NumpySource(stage)(inputs), Interpreter(graph).run(inputs)
        assert [(a.dtype, a.shape, a.tobytes()) for a in got] == [(a.dtype, a.shape, a.tobytes()) for a in want]


def numbers(*values: float) -> list[Any]:
    return [np.float32(value) for value in values]


def test_cond_is_an_if() -> None:
    graph = trace(lambda x: tf.cond(x < 0.0, lambda: -x, lambda: x), [])
    assert code(graph) == textwrap.dedent("""\
        # constant: float32[] 0.0

        def graph(x):
            less = x < constant
            if less:
                negative = np.negative(x)
                cond = negative
            else:
                cond = x
            return [cond]""")
    for value in (-2.0, 3.0):
        assert_same(graph, *numbers(value))


def test_switch_case_takes_the_last_branch_for_any_other_number() -> None:
    graph = trace(lambda x: tf.switch_case(tf.cast(x, "int32"), [lambda: x, lambda: x * 2.0, lambda: -x]), [])
    assert "elif cast == 1:" in code(graph)
    for value in (0, 1, 2, 7, -1):
        assert_same(graph, *numbers(value))


def test_while_loop_is_a_while() -> None:
    graph = trace(lambda x: tf.while_loop(lambda i, x: i < 3.0, lambda i, x: (i + 1.0, x * i), (x, x)), [])
    assert code(graph) == textwrap.dedent("""\
        # constant: float32[] 3.0
        # constant_1: float32[] 1.0

        def graph(x):
            i, x_1 = x, x
            while i < constant:
                add = i + constant_1
                multiply = x_1 * i
                i, x_1 = add, multiply
            return [i, x_1]""")
    for value in (0.0, 2.5, 5.0):
        assert_same(graph, *numbers(value))


@pytest.mark.parametrize("limit", [0, 2, 100])
def test_a_loop_of_so_many_turns_at_most(limit: int) -> None:
    graph = trace(
        lambda x: tf.while_loop(
            lambda i, x: tf.logical_and(i < 3, x < 9.0), lambda i, x: (i + 1, x * 2.0), (0, x), maximum_iterations=limit
        ),
        [],
    )
    assert f"for _ in range({limit}):" in code(graph)
    for value in (0.5, 5.0, 10.0):
        assert_same(graph, *numbers(value))


def test_loop_variables_may_change_places() -> None:
    graph = trace(lambda x, y: tf.while_loop(lambda a, b: a < 5.0, lambda a, b: (b, a + 2.0), (x, y)), [], [])
    assert_same(graph, *numbers(0.0, 1.0))


def test_arrays_in_loops_and_branches_inside_each_other() -> None:
    def function(x: Any, y: Any) -> Any:
        def turn(i: Any, a: Any) -> Any:
            a = tf.cond(tf.reduce_sum(a) > 10.0, lambda: tf.tanh(a @ y), lambda: tf.exp(a) + y)
            a = tf.while_loop(lambda j, a: j < i, lambda j, a: (j + 1, tf.square(a) * 0.5 + y), (0, a))[1]
            return i + 1, a

        return tf.while_loop(lambda i, a: i < 4, turn, (0, x))[1], tf.transpose(x)

    rng = np.random.default_rng(0)
    for scale in (0.1, 3.0):
        x, y = rng.random((2, 5, 5), np.float32) * np.float32(scale)
        kept = x.copy(), y.copy()
        assert_same(trace(function, [5, 5], [5, 5]), x, y)
        assert_same(trace(function, [None, None], [None, None]), x.T, y)
        assert x.tobytes() == kept[0].tobytes()
        assert y.tobytes() == kept[1].tobytes()


def test_only_the_branch_that_is_taken_has_its_effects(capsys: pytest.CaptureFixture[str]) -> None:
    v = tf.Variable(1.0)

    def up() -> Any:
        v.assign_add(1.0)
        tf.print("up")
        return v.read_value()

    graph = trace(lambda x: (tf.cond(x > 0.0, up, lambda: v * 10.0), v + 0.0), [])
    run = NumpySource(graph)
    assert [float(a) for a in run(numbers(1.0))] == [2.0, 2.0]
    assert [float(a) for a in run(numbers(-1.0))] == [20.0, 2.0]
    assert capsys.readouterr().err == "up\n"


def test_a_variable_in_a_loop_is_read_anew_in_each_turn() -> None:
    v = tf.Variable(1.0)

    def turn(i: Any) -> Any:
        v.assign(v * 2.0)
        return (i + v,)

    graph = trace(lambda x: tf.while_loop(lambda i: v < 20.0, turn, (x,)), [])
    assert [float(a) for a in NumpySource(graph)(numbers(0.0))] == [62.0]
    assert v.numpy() == 32.0


def test_calls_are_functions_and_the_same_graph_is_written_once() -> None:
    inner = trace(lambda x: (x * 2.0, tf.exp(x)), [2])

    def function(x: Any) -> Any:
        a, b = call(inner, [x])
        c, _ = call(inner, [a + b])
        return c

    graph = trace(function, [2])
    text = code(graph)
    assert text.count("def ") == 2
    assert "[call_0, call_1] = graph_1(x)" in text
    assert_same(graph, np.float32([1, 2]))


def nested(depth: int, x: Any) -> Any:
    if depth == 0:
        return x + 1.0
    return tf.cond(x > float(depth), lambda: nested(depth - 1, x * 2.0), lambda: x)


def test_what_is_nested_deeper_than_python_allows() -> None:
    assert_same(trace(lambda x: nested(40, x), []), *numbers(50.0))

    def loops(depth: int, x: Any) -> Any:
        if depth == 0:
            return x + 1.0
        return tf.while_loop(lambda i, x: i < 1, lambda i, x: (i + 1, loops(depth - 1, x)), (0, x))[1]

    assert_same(trace(lambda x: loops(25, x), []), *numbers(1.0))


def test_an_error_inside_names_the_users_line_as_the_interpreter_does() -> None:
    def function(x: Any) -> Any:
        return tf.while_loop(lambda i: i < 9, lambda i: (tf.gather(tf.constant([1, 2, 5]), i),), (tf.cast(x, "int32"),))

    graph = trace(function, [])
    errors = []
    for run in (Interpreter(graph).run, NumpySource(graph)):
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"gather.*index 5") as caught:
            run(numbers(0.0))
        errors.append(str(caught.value))
    assert errors[0] == errors[1]
    assert "return tf.while_loop" in errors[0]


def test_gradients_of_loops_keep_what_they_need_on_a_stack() -> None:
    def gradient(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def of(x: Any) -> Any:
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = function(x)
            return tape.gradient(y, x)

        return of

    def loop(x: Any) -> Any:
        def turn(i: Any, a: Any) -> Any:
            return i + 1, tf.cond(tf.reduce_sum(a) > 1.0, lambda: tf.sin(a) * x, lambda: tf.exp(a) - x)

        return tf.while_loop(lambda i, a: i < 5, turn, (0, x))[1]

    x = np.float32([0.5, 0.7])
    assert_same(trace(gradient(loop), [2]), x)
    assert_same(trace(gradient(gradient(loop)), [2]), x)


def test_numbers_give_the_same_bits_with_operators() -> None:
    ops = [
        tf.add, tf.subtract, tf.multiply, tf.divide, tf.less, tf.less_equal, tf.greater, tf.greater_equal, tf.equal,
        tf.not_equal,
    ]  # fmt: skip
    for dtype in ("float32", "float64", "float16", "int8", "int32", "uint8"):
        given = [op for op in ops if op is not tf.divide or dtype.startswith("float")]
        graph = trace(lambda x, y, given=given: [op(x, y) for op in given] + [x + 1], [], [], dtype=dtype)
        for values in ((1, 3), (100, 100), (0, 0)):
            x, y = (np.dtype(dtype).type(v) for v in values)
            with np.errstate(all="ignore"):
                assert_same(graph, x, y)
                assert_same(graph, np.array(x), np.array(y))


def test_integers_wrap_without_a_warning() -> None:
    assert_same(trace(lambda x: [x + x, x * x], [], dtype="int32"), np.int32(2**31 - 1))
