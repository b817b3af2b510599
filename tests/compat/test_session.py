"""Sessions: what is planned and run, beyond what TensorFlow's answers show."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import eagernb as tf

v1 = tf.compat.v1


def test_a_plan_is_made_once_for_the_same_fetches_and_feeds():
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [])
        y = x * 2.0
        session = v1.Session()
        assert [session.run(y, {x: value}) for value in (1.0, 2.0)] == [2.0, 4.0]
        assert len(session._plans) == 1
        session.run([y, x], {x: 1.0})
        assert len(session._plans) == 2


def test_what_a_feed_replaces_does_not_run():
    seen = []
    with tf.Graph().as_default():
        noisy = tf.py_function(lambda: seen.append(1) or 1.0, [], tf.float32)
        y = noisy + 1.0
        session = v1.Session()
        assert session.run(y, {noisy: 5.0}) == 6.0
        assert seen == []
        session.run(y)
        assert seen == [1]


def test_effects_run_in_the_order_in_which_they_were_written():
    with tf.Graph().as_default():
        v = tf.Variable(1.0)
        doubled = v.assign(v * 2.0)
        added = v.assign_add(3.0)
        session = v1.Session()
        session.run(v.initializer)
        assert session.run([added, doubled]) == [5.0, 2.0]
        assert session.run(v) == 5.0


def test_only_effects_that_are_asked_for_run(capsys):
    with tf.Graph().as_default():
        tf.print("never")
        with tf.control_dependencies([tf.print("shown")]):
            y = tf.constant(1.0)
        assert v1.Session().run(y) == 1.0
    assert capsys.readouterr().err == "shown\n"


def test_a_control_dependency_of_a_control_dependency_runs_too():
    with tf.Graph().as_default():
        v = tf.Variable(0.0)
        with tf.control_dependencies([v.assign(1.0)]):
            w = tf.no_op()
        with tf.control_dependencies([w]):
            y = v.read_value()
        session = v1.Session()
        assert session.run(y) == 1.0


def test_what_is_fetched_can_be_changed_without_changing_a_variable_or_constant():
    with tf.Graph().as_default():
        v, c = tf.Variable([1.0, 2.0]), tf.constant([1.0, 2.0])
        session = v1.Session()
        session.run(v.initializer)
        for fetch in (v, c):
            session.run(fetch)[0] = 99.0
            assert session.run(fetch).tolist() == [1.0, 2.0]


def test_the_graph_may_grow_between_runs():
    with tf.Graph().as_default():
        x = tf.constant(1.0)
        session = v1.Session()
        assert session.run(x) == 1.0
        assert session.run(x + 1.0) == 2.0


def test_a_session_is_the_default_of_its_own_thread_only():
    found = []
    with tf.Graph().as_default(), v1.Session():
        thread = threading.Thread(target=lambda: found.append(v1.get_default_session()))
        thread.start()
        thread.join()
    assert found == [None]


def test_a_failing_run_leaves_everything_as_it_was():
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2, None])
        with v1.Session() as session:
            with pytest.raises(tf.errors.InvalidArgumentError, match=r"matmul of .*test_session|line \d+"):
                session.run(tf.matmul(x, x), {x: np.ones([2, 3])})
            assert v1.get_default_session() is session
            assert not tf.executing_eagerly()
    assert tf.executing_eagerly()


def test_deep_graphs_run_without_recursion():
    with tf.Graph().as_default():
        x = start = tf.constant(0.0)
        for _ in range(3000):
            x = x + 1.0
        assert v1.Session().run(x) == 3000.0
        assert v1.Session().run(tf.gradients(x, start)) == [1.0]


@pytest.mark.parametrize("fetch", [np.float32(1.0), {"a": 3}, [None]])
def test_a_fetch_of_no_kind_is_named(fetch):
    with tf.Graph().as_default():
        tf.constant(1.0)
        with pytest.raises(TypeError, match="fetch"):
            v1.Session().run(fetch)


def test_a_missing_feed_says_how_to_feed():
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [None], name="x")
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"placeholder tensor 'x'.*feed_dict=\{"):
            v1.Session().run(x + 1.0)


def test_an_operation_that_needs_the_rank_says_so():
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32)
        with pytest.raises(tf.errors.InvalidArgumentError, match="Give its TensorSpec or placeholder a shape"):
            tf.split(x, 2)


def test_control_flow_of_python_on_a_tensor_points_at_sessions():
    with tf.Graph().as_default():
        x = tf.constant(1.0)
        with pytest.raises(tf.errors.OperatorNotAllowedInGraphError, match=r"Session\(\)\.run"):
            bool(x > 0.0)


def test_outside_of_its_graph_a_variable_can_neither_be_read_nor_assigned_to():
    with tf.Graph().as_default():
        v = tf.Variable(1.0)
    with pytest.raises(RuntimeError, match="in a session only"):
        v + 1.0
    with pytest.raises(RuntimeError, match="in a session only"):
        v.assign(2.0)
