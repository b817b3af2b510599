"""Custom gradients: what is kept for them, and how they live on in graphs. (What they compute: tests/parity.)"""

import weakref

import numpy as np
import pytest

import eagernb as tf
from eagernb.autodiff.program import Program
from eagernb.errors import InaccessibleTensorError

from .test_tape import freed_without_collector


def test_recomputing_keeps_the_arguments_only() -> None:
    inside = []

    @tf.recompute_grad
    def layer(x):  # type: ignore[no-untyped-def]
        middle = tf.exp(x)
        inside.append(weakref.ref(middle))
        return middle * middle

    x = tf.Variable([0.0, 1.0])
    with tf.GradientTape() as tape:
        y = layer(x * 2.0)
    assert inside[0]() is None
    # y = e^(4x)
    np.testing.assert_allclose(tape.gradient(y, x), 4 * np.exp([0.0, 4.0]), rtol=1e-6)
    assert len(inside) == 2


def test_recomputed_function_has_a_second_derivative() -> None:
    layer = tf.recompute_grad(lambda x: x**3)
    x = tf.Variable(2.0)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = layer(x)
        first = inner.gradient(y, x)
    assert (float(first), float(outer.gradient(first, x))) == (12.0, 12.0)


def test_dropped_tape_frees_what_a_gradient_function_closes_over() -> None:
    def make():  # type: ignore[no-untyped-def]
        references = []

        @tf.custom_gradient
        def f(x):  # type: ignore[no-untyped-def]
            middle = tf.exp(x)
            references.append(weakref.ref(middle))
            return middle + 1.0, lambda g: g * middle

        x = tf.Variable(1.0)
        with tf.GradientTape():
            f(x)
        return references

    freed_without_collector(make)


def test_graph_of_a_custom_gradient_reads_the_same_each_time() -> None:
    @tf.custom_gradient
    def twice(x):  # type: ignore[no-untyped-def]
        return x + x, lambda g: g * 3.0

    texts = {
        str(tf.function(lambda x: twice(x)).get_concrete_function(tf.TensorSpec([2])).graph).partition(":\n")[2]
        for _ in range(2)
    }
    assert len(texts) == 1
    assert "program_gradient(%x, %add, gradients=twice" in texts.pop()


def test_gradient_function_in_a_graph_knows_static_shapes() -> None:
    @tf.custom_gradient
    def f(x):  # type: ignore[no-untyped-def]
        return x * 2.0, lambda g: g + tf.ones(tf.shape(x)) * tf.cast(tf.size(g), tf.float32)

    x = tf.constant([1.0, 2.0, 3.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.function(lambda x: f(x))(x)
    assert tape.gradient(y, x).numpy().tolist() == [4.0, 4.0, 4.0]


def test_gradient_function_in_a_graph_draws_anew_each_time() -> None:
    @tf.custom_gradient
    def noisy(x):  # type: ignore[no-untyped-def]
        return x * 1.0, lambda g: g + tf.random.normal([])

    traced = tf.function(lambda x: noisy(x))
    found = set()
    for _ in range(3):
        x = tf.constant(0.0)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = traced(x)
        found.add(float(tape.gradient(y, x)))
    assert len(found) == 3


def test_gradient_function_in_a_graph_may_branch_over_several_outputs() -> None:
    @tf.custom_gradient
    def f(x, z):  # type: ignore[no-untyped-def]
        parts = tf.split(x, 2)
        return (parts[0] * z, parts[1]), lambda a, b: (tf.concat([a * z, b * 10.0], 0), None)

    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        first, second = tf.function(lambda x: f(x, tf.constant(5.0)))(x)
        y = first + second
    assert tape.gradient(y, x).numpy().tolist() == [5.0, 10.0]


def test_program_captures_what_it_uses_from_around() -> None:
    outer = Program("outer", lambda x: [x * 2.0], [tf.constant(0.0)])
    assert outer.captured == []
    inner = []

    def f(x):  # type: ignore[no-untyped-def]
        y = tf.exp(x)
        inner.append(Program("inner", lambda z: [z * y + x, y * y], [x]))
        return [y]

    Program("around", f, [tf.constant(0.0)])
    assert len(inner[0].captured) == 2
    given = [tf.constant(v) for v in (3.0, 10.0, 100.0)]
    assert [float(v) for v in inner[0].run(given[:1], given[1:])] == [130.0, 100.0]


def test_symbol_of_a_program_says_that_it_has_no_value() -> None:
    leaked = []
    Program("f", lambda x: leaked.append(x) or [x], [tf.constant([1.0])])
    with pytest.raises(InaccessibleTensorError, match="program:0"):
        leaked[0] + 1.0
