"""Sessions: what is planned and run, beyond what TensorFlow's answers show."""

from __future__ import annotations

import threading
from collections import namedtuple

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


@pytest.fixture
def regression():
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, [None, 3], name="x")
        w = tf.Variable([[0.5], [-1.0], [2.0]], name="w")
        error = tf.subtract(tf.matmul(x, w), 1.0, name="error")
        loss = tf.reduce_mean(tf.square(error), name="loss")
        v1.train.GradientDescentOptimizer(0.25).minimize(loss, name="train")
        w.initializer.run(session=(session := v1.Session(graph=graph)))
    return session


def test_repeated_training_steps_give_what_the_formula_says(regression):
    x = np.float32([[1, 2, 3], [0, 1, -1]])
    w = np.float32([[0.5], [-1.0], [2.0]])
    for _ in range(4):
        error = x @ w - 1
        found = regression.run(["loss:0", "error:0", "train"], {"x:0": x})
        np.testing.assert_allclose(found[0], np.mean(error**2), rtol=1e-5)
        np.testing.assert_allclose(found[1], error, rtol=1e-5)
        w = w - 0.25 * x.T @ error
        np.testing.assert_allclose(regression.run("w:0"), w, rtol=1e-5)


def test_more_shapes_than_get_code_of_their_own_are_right_too(regression):
    for rows in [*range(1, 14), *range(1, 14)]:
        assert regression.run("error:0", {"x:0": np.ones([rows, 3])}).tolist() == [[0.5]] * rows
    (plan,) = (plan for plan in regression._plans.values() if plan.executables)
    assert len(plan.executables) < 13


def test_a_tensor_inside_of_what_is_fused_can_be_fed_and_fetched_by_name(regression):
    x = np.ones([1, 3], np.float32)
    for _ in range(3):
        assert regression.run("loss:0", {"error:0": [[3.0], [5.0]]}) == 17.0
        assert regression.run(["MatMul:0", "loss:0"], {"x:0": x}) == [[[1.5]], 0.25]


def test_what_fails_in_later_runs_names_the_operation_and_line_as_well():
    with tf.Graph().as_default():
        x, y = (v1.placeholder(tf.float32, [None]) for _ in "xy")
        z = x + y
        v = tf.Variable(1.0)
        session = v1.Session()
        for _ in range(3):
            session.run(z, {x: [1, 2], y: [1, 2]})
            with pytest.raises(tf.errors.InvalidArgumentError, match=r"add.*\n.*%add comes from line \d+: z = x \+ y"):
                session.run(z, {x: [1, 2], y: [1, 2, 3]})
            with pytest.raises(tf.errors.FailedPreconditionError, match="Variable: it is uninitialized"):
                session.run(v + 1.0)


def test_what_later_runs_give_is_the_callers_own():
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [2])
        v = tf.Variable([1.0, 2.0])
        same, flat = tf.identity(x), tf.reshape(x, [1, 2])
        session = v1.Session()
        session.run(v.initializer)
        fed = np.float32([3, 4])
        for _ in range(4):
            for array in session.run([x, same, flat, v, v.read_value(), same], {x: fed}):
                assert 99.0 not in array
                array[:] = 99.0
        assert fed.tolist() == [3.0, 4.0]


def test_an_operation_that_is_fetched_runs_though_nobody_wants_its_value():
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [None])
        sum_ = tf.add(x, [1.0, 2.0])
        session = v1.Session()
        for _ in range(3):
            assert session.run(sum_.op, {x: [1.0]}) is None
            with pytest.raises(tf.errors.InvalidArgumentError):
                session.run(sum_.op, {x: [1.0, 2.0, 3.0]})


def test_a_shape_that_was_set_is_held_to():
    with tf.Graph().as_default():
        y = tf.numpy_function(lambda: np.ones([2, 3], np.float32), [], tf.float32)
        y.set_shape([2, 3])
        z = tf.matmul(y, tf.ones([3, 1]))
        assert z.shape == [2, 1]
        session = v1.Session()
        for _ in range(3):
            assert session.run(z).tolist() == [[3.0], [3.0]]


def test_each_session_has_values_of_its_own_in_later_runs_too():
    with tf.Graph().as_default():
        v = tf.Variable(0.0)
        once = v.assign_add(1.0)
        one, other = v1.Session(), v1.Session()
        for session in (one, other):
            session.run(v.initializer)
        assert [one.run(once) for _ in range(4)] == [1.0, 2.0, 3.0, 4.0]
        assert [other.run(once) for _ in range(4)] == [1.0, 2.0, 3.0, 4.0]


def test_a_variable_that_branches_and_python_functions_use_is_the_sessions():
    with tf.Graph().as_default():
        x, v = v1.placeholder(tf.float32, []), tf.Variable(1.0)
        y = tf.cond(x > 0.0, lambda: v.assign_add(x), lambda: v * 10.0)
        with tf.control_dependencies([y]):
            seen = tf.py_function(lambda value: value * 2.0, [v.read_value()], tf.float32)
        session = v1.Session()
        session.run(v.initializer)
        assert [session.run([y, seen], {x: x_}) for x_ in (1.0, -1.0, 2.0, 1.0)] == [
            [2.0, 4.0], [20.0, 4.0], [4.0, 8.0], [5.0, 10.0]
        ]  # fmt: skip


def test_structures_that_are_equal_but_of_another_kind_are_told_apart():
    Pair = namedtuple("Pair", "a b")
    with tf.Graph().as_default():
        x, y = tf.constant(1.0), tf.constant(2.0)
        session = v1.Session()
        for _ in range(2):
            assert type(session.run((x, y))) is tuple
            assert type(session.run(Pair(x, y))) is Pair
            assert type(session.run([Pair(x, y)])[0]) is Pair
            assert type(session.run([(x, y)])[0]) is tuple
            assert session.run({"a": [x], "b": y}) == {"a": [1.0], "b": 2.0}


def test_a_variable_starts_without_waiting_for_what_is_around_it():
    with tf.Graph().as_default():
        x = v1.placeholder(tf.float32, [])
        with tf.control_dependencies([tf.identity(x)]):
            v = tf.Variable(1.0)
            step = v1.train.AdamOptimizer(0.5).minimize(v * v)
        session = v1.Session()
        session.run(v1.global_variables_initializer())
        assert session.run(v) == 1.0
        with pytest.raises(tf.errors.InvalidArgumentError, match="must feed"):
            session.run(step)
