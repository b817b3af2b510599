"""Outside of static graphs, what graphs need changes nothing."""

from __future__ import annotations

import pytest

import eagernb as tf

v1 = tf.compat.v1


def test_functions_without_a_graph_give_none():
    assert tf.no_op() is None
    assert tf.group(tf.constant(1.0)) is None
    assert v1.global_variables_initializer() is None


def test_a_function_traced_inside_of_a_graph_is_not_part_of_it():
    with tf.Graph().as_default() as graph:

        @tf.function
        def f(x):
            return x + tf.constant(1.0)

        before = graph.version
        f.get_concrete_function(tf.TensorSpec([], tf.float32))
        assert graph.version == before


def test_get_variable_makes_a_new_one_each_time():
    a, b = v1.get_variable("v", [2]), v1.get_variable("v", [2])
    assert a is not b
    assert a.name == "v:0"


def test_optimizers_take_functions():
    w = tf.Variable(3.0)
    v1.train.GradientDescentOptimizer(0.1).minimize(lambda: w * w)
    assert w.numpy() == pytest.approx(2.4)


def test_a_timestamp_under_a_tape():
    with tf.GradientTape():
        assert float(tf.timestamp()) > 0.0


def test_leaving_a_graph_restores_the_name_scope():
    with tf.name_scope("outer"):
        with tf.Graph().as_default():
            assert tf.constant(1.0).name == "Const:0"
        assert tf.Variable(1.0, name="v").name == "outer/v:0"


def test_tensorflow_2_names_are_found_in_v1():
    assert v1.matmul is tf.matmul
    assert v1.log is tf.math.log
    with pytest.raises(AttributeError, match="no attribute 'nothing_of_the_kind'"):
        v1.nothing_of_the_kind  # noqa: B018
