"""Checkpoints: what a failing restore or save leaves, and what comes later. Answers are compared in tests/parity."""

from __future__ import annotations

import os

import pytest

import eagernb as tf


class Dense(tf.Module):
    def __init__(self) -> None:
        super().__init__()
        self.w = None

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        if self.w is None:
            self.w = tf.Variable(tf.ones([x.shape[-1], 1]))
        return x @ self.w


def test_a_restore_that_fails_changes_nothing(tmp_path):
    tf.train.Checkpoint(a=tf.Variable(1.0), b=tf.Variable([1.0, 2.0])).write(tmp_path / "c")
    a, b = tf.Variable(5.0), tf.Variable(6.0)
    checkpoint = tf.train.Checkpoint(a=a, b=b)
    with pytest.raises(ValueError, match=r"shape \(2,\) when attempting to restore variable with shape \(\)"):
        checkpoint.read(tmp_path / "c")
    checkpoint.c = tf.Variable(7.0)
    assert [float(v) for v in (a, b, checkpoint.c)] == [5.0, 6.0, 7.0]


def test_a_save_that_fails_counts_nothing(tmp_path):
    checkpoint = tf.train.Checkpoint(bad={3: tf.Variable(1.0)})
    with pytest.raises(ValueError, match="under a key that is not a string"):
        checkpoint.save(tmp_path / "c")
    assert int(checkpoint.save_counter) == 0
    assert os.listdir(tmp_path) == []


def test_a_checkpoint_is_not_written_while_a_function_is_traced(tmp_path):
    checkpoint = tf.train.Checkpoint(v=tf.Variable(1.0))

    @tf.function
    def step():
        checkpoint.v.assign_add(1.0)
        checkpoint.write(tmp_path / "c")

    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError, match="after the function was called"):
        step()


def test_what_is_awaited_is_taken_over_once(tmp_path):
    trained = Dense()
    trained(tf.ones([1, 2]))
    trained.w.assign([[3.0], [4.0]])
    tf.train.Checkpoint(model=trained).write(tmp_path / "c")

    model = Dense()
    tf.train.Checkpoint(model=model).read(tmp_path / "c")
    assert model(tf.ones([1, 2])).numpy() == 7.0
    model.w.assign([[0.0], [0.0]])
    assert model(tf.ones([1, 2])).numpy() == 0.0


def test_what_is_awaited_and_does_not_fit_says_so_on_the_line_that_sets_it(tmp_path):
    tf.train.Checkpoint(v=tf.Variable([1.0, 2.0])).write(tmp_path / "c")
    checkpoint = tf.train.Checkpoint()
    checkpoint.read(tmp_path / "c")
    with pytest.raises(ValueError, match="Build the object as it was"):
        checkpoint.v = tf.Variable(1.0)
    assert not hasattr(checkpoint, "v")


def test_a_root_and_what_is_set_on_the_checkpoint_are_saved_together(tmp_path):
    model = Dense()
    model(tf.ones([1, 2]))
    checkpoint = tf.train.Checkpoint(model, step=tf.Variable(4))
    checkpoint.save(tmp_path / "c")
    checkpoint.step.assign(9)
    model.w.assign([[9.0], [9.0]])
    checkpoint.restore(tmp_path / "c-1").assert_consumed()
    assert int(checkpoint.step) == 4
    assert model.w.numpy().tolist() == [[1.0], [1.0]]


def test_modules_that_hold_one_another_are_saved_once(tmp_path):
    a, b = tf.Module(name="a"), tf.Module(name="b")
    a.other, b.other, b.v = b, a, tf.Variable(1.0)
    path = tf.train.Checkpoint(a=a).write(tmp_path / "c")
    assert len(tf.train.list_variables(path)) == 2  # and the graph of the objects
    b.v.assign(2.0)
    tf.train.Checkpoint(a=a).read(path).assert_consumed()
    assert float(b.v) == 1.0


def test_what_the_saver_of_tensorflow_1_wrote_is_told_apart(tmp_path):
    v1 = tf.compat.v1
    with tf.Graph().as_default():
        v = tf.Variable(1.5, name="v")
        with v1.Session() as session:
            session.run(v.initializer)
            path = v1.train.Saver().save(session, str(tmp_path / "model"))
    assert tf.train.load_variable(path, "v") == 1.5
    with pytest.raises(ValueError, match="by their names, not by the objects"):
        tf.train.Checkpoint(v=tf.Variable(1.0)).read(path)


def test_every_so_many_hours_one_is_kept_for_ever(tmp_path):
    checkpoint = tf.train.Checkpoint(v=tf.Variable(1.0))
    manager = tf.train.CheckpointManager(checkpoint, tmp_path, 1, keep_checkpoint_every_n_hours=0.0)
    for _ in range(3):
        manager.save()
    assert [os.path.basename(path) for path in manager.checkpoints] == ["ckpt-3"]
    assert sum(name.endswith(".index") for name in os.listdir(tmp_path)) == 3


def test_the_iterator_over_checkpoints_ends_when_no_new_one_comes(tmp_path):
    checkpoint = tf.train.Checkpoint(v=tf.Variable(1.0))
    seen = []
    checkpoint.save(tmp_path / "c")
    for path in tf.train.checkpoints_iterator(tmp_path, timeout=0.01):
        seen.append(os.path.basename(path))
        if len(seen) < 3:
            checkpoint.save(tmp_path / "c")
    assert seen == ["c-1", "c-2", "c-3"]
