"""while_loop in graphs: how much work it is, what it keeps, and what errors say."""

import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import current
from eagernb.errors import InaccessibleTensorError, InvalidArgumentError
from eagernb.graph.ir import Graph


def traced(function: Any) -> Any:
    return tf.function(function, autograph=False)


def chain(turns: int) -> Any:
    return traced(lambda x: tf.while_loop(lambda k, _: k < turns, lambda k, y: (k + 1, tf.sin(y * x)), (0, x))[1])


def gradient(f: Any, x: Any) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x)


def calls_of(function: Callable[[], Any]) -> int:
    """How many calls of functions it takes, Python's and C's."""
    count = 0

    def counted(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def test_a_gradient_over_many_turns_neither_recurses_nor_takes_more_than_its_share() -> None:
    x = tf.constant(1.1)
    short, long = chain(200), chain(400)
    gradient(short, x), gradient(long, x)  # traced and compiled
    assert calls_of(lambda: gradient(long, x)) < 2.1 * calls_of(lambda: gradient(short, x))
    assert np.isfinite(gradient(chain(100_000), x).numpy())


def size(graph: Graph) -> int:
    return len(graph.nodes) + sum(size(inner) for node in graph.nodes for inner in node.graphs)


def test_gradients_of_nested_loops_do_not_multiply_the_graph() -> None:
    """Each level may add a forward and a backward graph, of first and second order: not those of all levels inside."""

    def nested(depth: int, x: Any) -> Any:
        if not depth:
            return tf.sin(x)
        return tf.while_loop(lambda k, _: k < 2, lambda k, y: (k + 1, nested(depth - 1, y * x)), (0, x))[1]

    sizes = []
    for depth in (1, 2, 3):
        f = traced(lambda x, depth=depth: gradient(lambda x: nested(depth, x), x))
        sizes.append(size(f.get_concrete_function(tf.constant(1.0)).graph))
    assert sizes[2] < 4 * sizes[1]
    assert sizes[1] < 4 * sizes[0]


def test_what_every_turn_has_alike_is_not_kept_for_each() -> None:
    weights = tf.ones([4, 4])

    @traced
    def f(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.while_loop(lambda k, _: k < 3, lambda k, y: (k + 1, tf.tanh(y @ weights)), (0, x))[1]
        return tape.gradient(y, x)

    loops = [node for node in f.get_concrete_function(tf.ones([1, 4])).graph.ops if node.op.name == "while_loop"]
    [push] = [node for node in loops[0].params["body"].ops if node.op.name == "stack_push"]
    # Of a turn, the result of tanh: not the weights, nor what only their gradient would need.
    assert [value.node.op.name for value in push.inputs[1:]] == ["tanh"]


def test_an_error_in_the_body_names_the_line_of_the_operation() -> None:
    def fails(k: Any) -> Any:
        return tf.gather([1, 2], k)

    f = traced(lambda k: tf.while_loop(lambda k: k < 9, lambda k: (k + fails(k),), (k,)))
    with pytest.raises(InvalidArgumentError, match=r"return tf.gather\(\[1, 2\], k\)"):
        f(tf.constant(0))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (lambda k, y: (k + 1, tf.cast(y, tf.int32)), TypeError),
        (lambda k, y: (k + 1, [y]), ValueError),
        (lambda k, y: (k + 1,), ValueError),
        (lambda k, y: (k + 1, None), ValueError),
        (lambda k, y: [][0], IndexError),
    ],
)
def test_a_body_that_does_not_fit_leaves_no_handler_active(body: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        traced(lambda x: tf.while_loop(lambda k, y: k < 3, body, (0, x)))(tf.constant(1.0))
    assert current() is None
    assert float(gradient(lambda x: x * x, tf.constant(2.0))) == 4.0


def test_an_error_while_it_runs_leaves_the_function_usable() -> None:
    f = traced(lambda n: tf.while_loop(lambda k: k < n, lambda k: (k + tf.gather([1, 1, 1], k),), (0,))[0])
    with pytest.raises(InvalidArgumentError):
        f(tf.constant(9))
    assert int(f(tf.constant(3))) == 3


def test_a_symbol_that_leaves_the_body_says_so_when_it_is_used() -> None:
    kept: list[Any] = []

    @traced
    def f(x):
        tf.while_loop(lambda y: y < 9.0, lambda y: (kept.append(y), (y + 1.0,))[1], (x,))
        return kept[0] + 1.0

    with pytest.raises(InaccessibleTensorError, match="another graph"):
        f(tf.constant(1.0))


def test_effects_of_the_turns_are_in_order(capfd: pytest.CaptureFixture[str]) -> None:
    v = tf.Variable(0)

    def body(k: Any) -> Any:
        tf.print("turn", k, v)
        v.assign_add(k)
        tf.cond(k > 1, lambda: tf.print("late", v), lambda: None)
        return k + 1

    traced(lambda k: tf.while_loop(lambda k: k < 3, body, [k]))(tf.constant(0))
    assert capfd.readouterr().err.splitlines() == ["turn 0 0", "turn 1 0", "turn 2 1", "late 3"]


def test_forward_mode_sees_every_turn() -> None:
    x = tf.constant(1.1, tf.float64)
    f = chain(5)
    with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0, tf.float64)) as accumulator:
        y = f(x)
    np.testing.assert_allclose(accumulator.jvp(y).numpy(), gradient(f, x).numpy(), rtol=1e-12)


def test_forward_mode_inside_of_a_function_goes_along_with_the_loop() -> None:
    def along(f: Any, x: Any) -> Any:
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
            y = f(x)
        return accumulator.jvp(y)

    x = tf.constant(1.1, tf.float64)
    forward = traced(lambda x: along(chain(5), x))
    np.testing.assert_allclose(forward(x).numpy(), gradient(chain(5), x).numpy(), rtol=1e-12)
    over_reverse = traced(lambda x: along(lambda x: gradient(chain(5), x), x))
    twice = gradient(lambda x: gradient(chain(5), x), x)
    np.testing.assert_allclose(over_reverse(x).numpy(), twice.numpy(), rtol=1e-12)


def test_forward_mode_inside_refuses_to_run_effects_twice() -> None:
    v = tf.Variable(0.0)

    @traced
    def f(x):
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
            y = tf.while_loop(lambda y: y < 9.0, lambda y: (y * x + v.assign_add(1.0),), (x,))[0]
        return accumulator.jvp(y)

    with pytest.raises(NotImplementedError, match="side effects"):
        f(tf.constant(2.0))


@pytest.mark.parametrize(
    "function",
    [
        lambda x: tf.while_loop(lambda k, _: k < 3, lambda k, y: (k + 1, tf.math.log(y - y)), (0, x)),
        lambda x: tf.map_fn(lambda e: tf.math.log(e - e), tf.stack([x, x])),
        lambda x: tf.cond(x > 0.0, lambda: tf.math.log(x - x), lambda: x),
    ],
)
def test_checked_numerics_see_inside_of_control_flow(function: Any) -> None:
    f = traced(function)
    f(tf.constant(1.0))
    tf.debugging.enable_check_numerics()
    try:
        with pytest.raises(InvalidArgumentError, match="Inf"):
            f(tf.constant(1.0))
    finally:
        tf.debugging.disable_check_numerics()


def test_vectorized_map_lets_each_example_take_its_turns() -> None:
    def function(x: Any) -> Any:
        return tf.while_loop(lambda y: y < 50.0, lambda y: (y * x + 1.0,), (x,))[0]

    x = tf.constant([2.0, 3.0, 60.0])
    alone = [gradient(function, tf.constant(value)) for value in (2.0, 3.0, 60.0)]
    for batched in (tf.vectorized_map, traced(tf.vectorized_map)):
        np.testing.assert_array_equal(batched(lambda x: gradient(function, x), x).numpy(), np.stack(alone))


def test_a_bound_that_is_a_tensor_needs_no_trace_of_its_own() -> None:
    traces: Counter[str] = Counter()

    @traced
    def f(n):
        traces["f"] += 1
        return tf.while_loop(lambda k: True, lambda k: (k + 2,), (0,), maximum_iterations=n)[0]

    assert [int(f(tf.constant(n))) for n in (0, 3, 5)] == [0, 6, 10]
    assert traces["f"] == 1
