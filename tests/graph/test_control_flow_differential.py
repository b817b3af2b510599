"""Random programs with nested control flow: a traced function gives what the same Python code gives at once.

Values agree to the bit. Gradients of first and second order, by tapes around the function and inside of it, agree but
for rounding: a loop adds up the gradient of what it captures turn by turn, a tape over single operations in the order
in which they are used.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

import eagernb as tf
from eagernb.graph.ir import Graph
from eagernb.graph.verify import verify

SIZE = 3  # of the state: float64 scalars

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda x, y: tf.tanh(x + y),
    "subtract": lambda x, y: tf.tanh(x - y),
    "multiply": lambda x, y: x * y,
    "sine": lambda x, y: tf.sin(x) + 0.5 * y,
    "maximum": tf.maximum,
    "first": lambda x, y: x,
    "constant": lambda x, y: tf.constant(0.25, tf.float64),
}

Statement = tuple[Any, ...]
places = st.integers(0, SIZE - 1)
assignments = st.tuples(st.just("assign"), places, st.sampled_from(sorted(BINARY)), places, places)


def _blocks(inner: st.SearchStrategy[Statement]) -> st.SearchStrategy[Statement]:
    body = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.just("cond"), places, places, body, body),
        st.tuples(st.just("switch"), places, st.lists(body, min_size=1, max_size=3)),
        st.tuples(st.just("while"), places, st.integers(0, 4), body),
        st.tuples(st.just("map"), places, places, st.sampled_from(sorted(BINARY))),
        st.tuples(st.just("scan"), places, places, st.sampled_from(sorted(BINARY))),
    )


statements = st.recursive(assignments, _blocks, max_leaves=6)
programs = st.lists(statements, min_size=1, max_size=4)
values = st.lists(st.floats(-1.5, 1.5, width=32), min_size=SIZE, max_size=SIZE)


def run(program: Sequence[Statement], state: tuple[Any, ...]) -> tuple[Any, ...]:
    for kind, *rest in program:
        state = KINDS[kind](state, *rest)
    return state


def _with(state: tuple[Any, ...], place: int, value: Any) -> tuple[Any, ...]:
    return (*state[:place], value, *state[place + 1 :])


def _assign(state: Any, place: int, name: str, x: int, y: int) -> Any:
    return _with(state, place, BINARY[name](state[x], state[y]))


def _cond(state: Any, x: int, y: int, true: Any, false: Any) -> Any:
    return tf.cond(state[x] < state[y], lambda: run(true, state), lambda: run(false, state))


def _switch(state: Any, x: int, branches: Any) -> Any:
    index = tf.cast(tf.floor(state[x] * 2.0), tf.int32)
    return tf.switch_case(index, [lambda branch=branch: run(branch, state) for branch in branches])


def _while(state: Any, x: int, turns: int, body: Any) -> Any:
    def goes_on(turn: Any, *state: Any) -> Any:
        return (turn < turns) & (state[x] < 1.0)

    return tf.while_loop(goes_on, lambda turn, *state: (turn + 1, *run(body, state)), (0, *state))[1:]


def _map(state: Any, place: int, x: int, name: str) -> Any:
    mapped = tf.map_fn(lambda element: BINARY[name](element, state[x]), tf.stack(state))
    return _with(state, place, tf.reduce_mean(mapped))


def _scan(state: Any, place: int, x: int, name: str) -> Any:
    carried = tf.scan(BINARY[name], tf.stack(state), initializer=state[x])
    return _with(state, place, tf.reduce_mean(carried))


KINDS: dict[str, Callable[..., Any]] = {
    "assign": _assign, "cond": _cond, "switch": _switch, "while": _while, "map": _map, "scan": _scan,
}  # fmt: skip


def first(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The function's gradient."""

    def gradient(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = function(x)
        return tape.gradient(y, x, unconnected_gradients="zero")

    return gradient


def traced(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return tf.function(function, autograph=False)  # type: ignore[no-any-return]


def verify_all(graph: Graph) -> None:
    verify(graph)
    for node in graph.nodes:
        for inner in node.graphs:
            verify_all(inner)


@given(programs, values)
@settings(max_examples=40, deadline=None)
def test_a_traced_program_is_its_python_code(program: list[Statement], at: list[float]) -> None:
    x = tf.constant(at, tf.float64)

    def whole(x: Any) -> Any:
        return tf.stack(run(program, tuple(tf.unstack(x))))

    function = traced(whole)
    np.testing.assert_array_equal(function(x).numpy(), whole(x).numpy())
    verify_all(function.get_concrete_function(x).graph)


# Several outputs of one node are saved here, whose inputs in the graph of the way back must not share a name.
MANY_OUTPUTS: list[Statement] = [
    ("map", 2, 2, "sine"), ("map", 2, 2, "constant"), ("scan", 1, 1, "first"),
    ("switch", 0, [
        [("assign", 0, "multiply", 2, 2),
         ("cond", 0, 1, [("assign", 2, "constant", 1, 1)], [("assign", 0, "multiply", 0, 0)])],
        [("map", 1, 1, "first")],
        [("switch", 1, [[("assign", 0, "multiply", 1, 1), ("assign", 1, "sine", 1, 1)],
                        [("assign", 2, "constant", 1, 0)]])],
    ]),
]  # fmt: skip


@given(programs, values)
@example(MANY_OUTPUTS, [-0.7, -1.2, -1.3])
@settings(max_examples=10, deadline=None)
def test_gradients_of_a_traced_program_are_those_of_its_python_code(program: list[Statement], at: list[float]) -> None:
    x = tf.constant(at, tf.float64)

    def total(x: Any) -> Any:
        return tf.reduce_sum(tf.stack(run(program, tuple(tf.unstack(x)))) * [1.0, 2.0, 3.0])

    expected = first(total)(x).numpy()
    inside = traced(first(total))
    for gradient in (first(traced(total)), inside):
        np.testing.assert_allclose(gradient(x).numpy(), expected, rtol=1e-12, atol=1e-12)
    verify_all(inside.get_concrete_function(x).graph)

    def moved(function: Callable[[Any], Any], x: Any) -> Any:
        with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
            y = function(x)
        return accumulator.jvp(y, unconnected_gradients="zero")

    for forward in (moved(traced(total), x), traced(lambda x: moved(total, x))(x)):
        np.testing.assert_allclose(forward.numpy(), expected.sum(), rtol=1e-11, atol=1e-11)

    def second(gradient: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return first(lambda x: tf.reduce_sum(gradient(x) * [3.0, 5.0, 7.0]))

    expected = second(first(total))(x).numpy()
    for gradient in (second(first(traced(total))), second(inside), traced(second(first(total)))):
        np.testing.assert_allclose(gradient(x).numpy(), expected, rtol=1e-11, atol=1e-11)


@given(programs, st.lists(values, min_size=1, max_size=3))
@settings(max_examples=8, deadline=None)
def test_vectorized_map_of_a_program_is_the_program_for_each_example(
    program: list[Statement], at: list[list[float]]
) -> None:
    x = tf.constant(at, tf.float64)

    def total(x: Any) -> Any:
        return tf.reduce_sum(tf.stack(run(program, tuple(tf.unstack(x)))) * [1.0, 2.0, 3.0])

    for function in (total, traced(total), first(total)):
        expected = np.stack([function(row).numpy() for row in tf.unstack(x)])
        np.testing.assert_allclose(tf.vectorized_map(function, x).numpy(), expected, rtol=1e-12, atol=1e-12)
