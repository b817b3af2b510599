"""cond, case and switch_case in graphs: what runs, in which order, and what errors say."""

from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import current
from eagernb.errors import InaccessibleTensorError, InvalidArgumentError


def traced(function: Any) -> Any:
    return tf.function(function, autograph=False)


def test_only_the_taken_branch_runs(capfd: pytest.CaptureFixture[str]) -> None:
    def branch(name: str) -> Any:
        def run() -> Any:
            tf.print(name)
            return tf.constant(0)

        return run

    f = traced(lambda x: tf.cond(x > 0, branch("true"), branch("false")))
    g = traced(lambda i: tf.switch_case(i, [branch("zero"), branch("one"), branch("two")]))
    f(tf.constant(1)), f(tf.constant(-1)), g(tf.constant(1)), g(tf.constant(9))
    assert capfd.readouterr().err.split() == ["true", "false", "one", "two"]


def test_the_gradient_runs_the_taken_branch_only(capfd: pytest.CaptureFixture[str]) -> None:
    def branch(name: str, x: Any) -> Any:
        @tf.custom_gradient
        def run(x: Any) -> Any:
            def grad(g: Any) -> Any:
                tf.print(name)
                return g

            return x * 1.0, grad

        return lambda: run(x)

    f = traced(lambda x: tf.cond(x > 0, branch("true", x), branch("false", x)))
    x = tf.constant(-1.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    capfd.readouterr()
    tape.gradient(y, x)
    assert capfd.readouterr().err.split() == ["false"]


def test_effects_keep_their_order_around_and_inside(capfd: pytest.CaptureFixture[str]) -> None:
    v = tf.Variable(1)

    @traced
    def f(x):
        tf.print("before", v)
        tf.cond(x > 0, lambda: tf.print("inside", v.assign_add(1)), lambda: tf.print("other"))
        tf.print("after", v)
        v.assign_add(10)
        tf.cond(x > 0, lambda: tf.print("again", v), lambda: None)

    f(tf.constant(1))
    assert capfd.readouterr().err.splitlines() == ["before 1", "inside 2", "after 2", "again 12"]


def test_an_error_in_a_branch_names_the_line_of_the_operation() -> None:
    def fails(x: Any) -> Any:
        return tf.gather([1, 2], x)

    f = traced(lambda x: tf.cond(x > 0, lambda: tf.cond(x > 1, lambda: fails(x), lambda: 0), lambda: 0))
    with pytest.raises(InvalidArgumentError, match=r"return tf.gather\(\[1, 2\], x\)"):
        f(tf.constant(7))
    assert int(f(tf.constant(0))) == 0


@pytest.mark.parametrize(
    ("other", "error"),
    [
        (lambda x: (x, x), TypeError),
        (lambda x: [x, x, x], TypeError),
        (lambda x: tf.cast(x, tf.int32), TypeError),
        (lambda x: [][0], IndexError),
    ],
)
def test_a_branch_that_does_not_fit_leaves_no_handler_active(other: Any, error: type[Exception]) -> None:
    f = traced(lambda x: tf.cond(x > 0, lambda: x, lambda: other(x)))
    with pytest.raises(error):
        f(tf.constant(1.0))
    assert current() is None
    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
    assert float(tape.gradient(y, x)) == 4.0


def test_a_symbol_that_leaves_its_branch_says_so_when_it_is_used() -> None:
    kept: list[Any] = []

    @traced
    def f(x):
        tf.cond(x > 0.0, lambda: kept.append(x * 2.0), lambda: None)
        return kept[0] + 1.0

    with pytest.raises(InaccessibleTensorError, match="another graph"):
        f(tf.constant(1.0))
    with pytest.raises(InaccessibleTensorError):
        kept[0] + 1.0


def test_what_both_branches_take_from_outside_is_one_input() -> None:
    v = tf.Variable(2.0)
    f = traced(lambda x: tf.cond(x > 0.0, lambda: x * v, lambda: v - x))
    graph = f.get_concrete_function(tf.constant(1.0)).graph
    [node] = [node for node in graph.ops if node.op.name == "cond"]
    assert {value.node.name for value in node.inputs} == {"greater", "x", v.name.partition(":")[0]}
    assert all(len(branch.inputs) == 2 for branch in node.graphs)


def test_exclusive_cases_are_checked_when_the_graph_runs() -> None:
    f = traced(lambda x: tf.case([(x > 0, lambda: 1), (x > 5, lambda: 2)], default=lambda: 3, exclusive=True))
    assert [int(f(tf.constant(x))) for x in (-1, 3)] == [3, 1]
    with pytest.raises(InvalidArgumentError, match="more than 1"):
        f(tf.constant(7))


def test_a_tape_inside_watches_the_variables_that_branches_read_but_not_those_that_they_assign() -> None:
    read, assigned = tf.Variable(3.0), tf.Variable(0.0)
    watched: list[Any] = []

    @traced
    def f(x):
        with tf.GradientTape() as tape:
            y = tf.cond(x > 0.0, lambda: (assigned.assign(x), x * read)[1], lambda: x)
        watched.extend(tape.watched_variables())
        return tape.gradient(y, read)

    assert float(f(tf.constant(2.0))) == 2.0
    assert [variable.ref() for variable in watched] == [read.ref()]


def test_vectorized_map_runs_for_each_example_the_branch_that_it_takes() -> None:
    def function(x: Any) -> Any:
        return tf.cond(x > 0.0, lambda: tf.sqrt(x), lambda: x)

    def gradient(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = function(x)
        return tape.gradient(y, x)

    x = tf.constant([4.0, -1.0])
    np.testing.assert_array_equal(tf.vectorized_map(function, x).numpy(), [2.0, -1.0])
    np.testing.assert_array_equal(tf.vectorized_map(gradient, x).numpy(), [0.25, 1.0])
    np.testing.assert_array_equal(traced(lambda x: tf.vectorized_map(gradient, x))(x).numpy(), [0.25, 1.0])
