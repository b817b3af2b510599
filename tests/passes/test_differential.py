"""Random programs: eager, traced, after each pass and after all passes, to the same bits."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import eagernb as tf
from eagernb.graph import verify
from eagernb.graph.interpreter import interpret
from eagernb.passes.pipeline import PASSES, optimize

from .graphs import trace

UNARY = [
    tf.negative, tf.abs, tf.square, tf.exp, tf.tanh, tf.sigmoid, tf.nn.relu, tf.transpose, tf.identity, tf.sqrt,
    lambda x: tf.reduce_sum(x, axis=0, keepdims=True) + x * 0.0,
    lambda x: tf.reshape(tf.reshape(x, [-1]), [3, 3]),
    lambda x: tf.reverse(x, [0]),
    lambda x: x[::-1, ::-1],
    lambda x: tf.concat(tf.split(x, 3, axis=1)[::-1], axis=1),
    lambda x: x * 1.0, lambda x: x + 0.0, lambda x: x - 0.0, lambda x: x * -0.0, lambda x: x**2,
    lambda x: x * tf.cast(tf.shape(x)[0], tf.float32),
]  # fmt: skip
BINARY = [tf.add, tf.subtract, tf.multiply, tf.divide, tf.maximum, tf.minimum, tf.matmul,
          lambda x, y: tf.where(x > y, x, y)]  # fmt: skip
CONSTANTS = [0.0, -0.0, 1.0, -1.0, float("inf"), float("nan"), 3.0]
ELEMENTS = st.sampled_from([0.0, -0.0, 1.0, -1.5, 2.25, 1e30, float("inf"), float("-inf"), float("nan")])

steps = st.lists(
    st.one_of(
        st.tuples(st.just("unary"), st.integers(0, len(UNARY) - 1), st.integers(0, 99), st.just(0)),
        st.tuples(st.just("binary"), st.integers(0, len(BINARY) - 1), st.integers(0, 99), st.integers(0, 99)),
        st.tuples(st.just("constant"), st.integers(0, len(CONSTANTS) - 1), st.just(0), st.just(0)),
    ),
    min_size=1,
    max_size=12,
)


def program(steps: list[tuple[str, int, int, int]], x: Any, y: Any) -> list[Any]:
    """Each step adds a value, computed from earlier ones; the last three values are the result."""
    values = [x, y]
    for kind, which, first, second in steps:
        a, b = values[first % len(values)], values[second % len(values)]
        if kind == "unary":
            values.append(UNARY[which](a))
        elif kind == "binary":
            values.append(BINARY[which](a, b))
        else:
            values.append(tf.fill([3, 3], CONSTANTS[which]))
    return values[-3:]


def bits(results: Any) -> list[tuple[Any, ...]]:
    # All NaNs count as one: which of two NaN operands a sum passes on is the processor's choice.
    arrays = [np.where(np.isnan(r.numpy()), np.float32(np.nan), r.numpy()) for r in results]
    return [(a.dtype, a.shape, a.tobytes()) for a in arrays]


@given(steps, st.lists(ELEMENTS, min_size=18, max_size=18))
@settings(max_examples=150, deadline=None)
def test_random_programs_mean_the_same_in_every_form(steps: Any, elements: list[float]) -> None:
    x, y = tf.constant(np.array(elements, np.float32).reshape(2, 3, 3)[0]), tf.constant(elements[9:], shape=[3, 3])
    want = bits(program(steps, x, y))
    graph = trace(lambda x, y: program(steps, x, y), [3, 3], [3, 3])
    verify(graph)
    assert bits(interpret(graph, [x, y])) == want
    for entry in PASSES.values():
        after, _ = entry.run(graph)
        verify(after)
        assert bits(interpret(after, [x, y])) == want
    optimized, _ = optimize(graph)
    verify(optimized)
    assert bits(interpret(optimized, [x, y])) == want
    assert bits(tf.function(lambda x, y: program(steps, x, y))(x, y)) == want


@given(steps)
@settings(max_examples=50, deadline=None)
def test_gradients_of_random_programs_are_the_same_traced(steps: Any) -> None:
    def gradients(x: Any, y: Any) -> list[Any]:
        with tf.GradientTape() as tape:
            tape.watch([x, y])
            target = program(steps, x, y)
        return tape.gradient(target, [x, y], unconnected_gradients="zero")

    x = tf.constant(np.linspace(0.1, 0.9, 9, dtype=np.float32).reshape(3, 3))
    y = tf.constant(np.linspace(0.8, -0.7, 9, dtype=np.float32).reshape(3, 3))
    assert bits(tf.function(gradients)(x, y)) == bits(gradients(x, y))
