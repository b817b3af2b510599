"""Saver: what is in its files, and what a failing restore leaves. Its answers are compared in tests/parity."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf

v1 = tf.compat.v1


def saved(path, **values):
    """A graph with these variables, a session in which they have their first values, and where they were saved."""
    with tf.Graph().as_default():
        variables = {name: tf.Variable(value, name=name) for name, value in values.items()}
        session = v1.Session()
        session.run(v1.global_variables_initializer())
        return variables, session, v1.train.Saver().save(session, path / "model")


def test_every_dtype_comes_back_as_it_was(tmp_path):
    values = {
        "file": tf.constant([1.5, -2.0], tf.bfloat16), "text": tf.constant(["a", "bcd"]), "truth": tf.constant(True),
        "whole": tf.constant([[1, 2]], tf.int64), "empty": tf.zeros([0, 3]), "complex": tf.constant(1 + 2j),
    }  # fmt: skip
    variables, session, path = saved(tmp_path, **values)
    before = session.run(list(variables.values()))
    with variables["file"].graph.as_default():
        other = v1.Session()
        v1.train.Saver().restore(other, path)
        for x, y in zip(before, other.run(list(variables.values())), strict=True):
            assert np.asarray(x).dtype == np.asarray(y).dtype
            assert np.array_equal(x, y)


def test_a_restore_that_fails_changes_nothing(tmp_path):
    _, _, path = saved(tmp_path, a=1.0, b=[1.0, 2.0])
    (tmp_path / "other").mkdir()
    variables, session, _ = saved(tmp_path / "other", a=5.0, b=6.0)
    with (
        variables["a"].graph.as_default(),
        pytest.raises(tf.errors.InvalidArgumentError, match=r"b is float32 of shape \(\), but float32 of shape \[2\]"),
    ):
        v1.train.Saver().restore(session, path)
    assert session.run([variables["a"], variables["b"]]) == [5.0, 6.0]


def test_a_later_run_sees_what_was_restored(tmp_path):
    variables, session, path = saved(tmp_path, v=1.0)
    v = variables["v"]
    with v.graph.as_default():
        more, saver = v.assign_add(1.0), v1.train.Saver()
        assert [session.run(more) for _ in range(3)] == [2.0, 3.0, 4.0]
        saver.restore(session, path)
        assert session.run(more) == 2.0
