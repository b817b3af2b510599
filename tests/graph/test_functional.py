"""map_fn, foldl, foldr and scan while a graph is traced."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.graph.ir import Graph

FORMS: dict[str, Callable[[Any], Any]] = {
    "map_fn": lambda x: tf.map_fn(lambda e: e * e, x),
    "foldl": lambda x: tf.foldl(lambda a, e: a * 0.5 + e, x),
    "foldr": lambda x: tf.foldr(lambda a, e: a * 0.5 + e, x),
    "scan": lambda x: tf.scan(lambda a, e: a * 0.5 + e, x),
    "scan in reverse": lambda x: tf.scan(lambda a, e: a * 0.5 + e, x, reverse=True, initializer=1.0),
}


def size(graph: Graph) -> int:
    return len(graph.nodes) + sum(size(inner) for node in graph.nodes for inner in node.graphs)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_graph_does_not_grow_with_the_elements(form: Callable[[Any], Any]) -> None:
    f = tf.function(form, autograph=False)
    small, large = (f.get_concrete_function(tf.TensorSpec([n], tf.float32)).graph for n in (3, 3000))
    assert size(small) == size(large)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_nor_does_that_of_the_gradient(form: Callable[[Any], Any]) -> None:
    @tf.function(autograph=False)
    def gradient(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = form(x)
        return tape.gradient(y, x)

    small, large = (gradient.get_concrete_function(tf.TensorSpec([n], tf.float32)).graph for n in (3, 3000))
    assert size(small) == size(large)
    assert [value.spec.dims for value in large.outputs] == [(3000,)]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_lengths_that_are_not_known_give_what_python_gives(form: Callable[[Any], Any]) -> None:
    f = tf.function(form, input_signature=[tf.TensorSpec([None], tf.float32)], autograph=False)
    for values in ([1.0, 2.0, 3.0], [4.0]):
        x = tf.constant(values)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            traced, eager = f(x), form(x)
        np.testing.assert_array_equal(traced.numpy(), eager.numpy())
        np.testing.assert_allclose(tape.gradient(traced, x).numpy(), tape.gradient(eager, x).numpy(), rtol=1e-6)


def test_results_have_the_length_of_the_elements() -> None:
    f = tf.function(lambda x: tf.map_fn(tf.reduce_sum, x), autograph=False)
    [result] = f.get_concrete_function(tf.TensorSpec([5, None], tf.float32)).outputs
    assert result.shape == [5]


def test_inside_of_vectorized_map_they_go_over_each_example() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    batched = lambda x: tf.vectorized_map(lambda row: tf.scan(lambda a, e: a * e, row), x)  # noqa: E731
    for function in (batched, tf.function(batched, autograph=False)):
        np.testing.assert_array_equal(function(x).numpy(), [[1.0, 2.0], [3.0, 12.0]])


def test_vectorized_map_of_a_batch_of_unknown_size() -> None:
    f = tf.function(
        lambda x: tf.vectorized_map(lambda row: tf.reduce_sum(row[:1] * 2.0) + tf.linalg.norm(row), x),
        input_signature=[tf.TensorSpec([None, 2], tf.float32)], autograph=False,
    )  # fmt: skip
    for rows in (1, 3):
        x = tf.fill([rows, 2], 3.0)
        np.testing.assert_allclose(f(x).numpy(), [6.0 + np.sqrt(18.0)] * rows, rtol=1e-6)


def test_a_function_that_is_made_inside_of_vectorized_map_may_use_the_example() -> None:
    x = tf.constant([2.0, 3.0])
    result = tf.vectorized_map(lambda e: tf.function(lambda y: y * e, autograph=False)(e), x)
    np.testing.assert_array_equal(result.numpy(), [4.0, 9.0])
