"""The sweep over sizes: what is resized, what is left out, and where dispatch stops to matter."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import current
from eagernb.notebook.recorder import Recorder
from eagernb.notebook.sweep import SizePoint, Sweep, common_dimension, sweep
from eagernb.notebook.timing import Spread, recorded_calls


def calls_of(function):
    recorder = Recorder("", keep_calls=True)
    with recorder:
        function()
    return recorded_calls(recorder.recording, recorder.calls)


def step():
    x, w = tf.random.normal([8, 4]), tf.Variable(tf.ones([4, 3]))
    labels = tf.constant([0, 1, 2, 0, 1, 2, 0, 1])
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, tf.nn.relu(x @ w)))
    w.assign_sub(tape.gradient(loss, w))


def point(size, kernel, dispatch):
    return SizePoint(size, Spread(kernel, kernel, kernel), Spread(dispatch, dispatch, dispatch))


def test_the_batch_is_resized_and_effects_are_left_out():
    calls = calls_of(step)
    assert common_dimension(calls) == 8
    found = sweep(calls, [1, 8, 64], rounds=2)
    assert [p.size for p in found.points] == [1, 8, 64]
    assert found.dimension == 8
    assert {"assign_sub", "read_variable"} <= set(found.left_out)
    assert "matmul" not in found.left_out
    assert "broadcast_to" not in found.left_out, "the shape among its params goes along"


def test_scalars_become_vectors():
    found = sweep(calls_of(lambda: tf.exp(tf.constant(1.0)) * 2.0), [1, 4], rounds=1)
    assert found.dimension is None
    assert found.timed == 2
    assert len(found.points) == 2


def test_what_cannot_be_resized_is_named():
    found = sweep(calls_of(lambda: tf.reshape(tf.ones([6]), [2, 3]) + tf.ones([2, 3])), [1, 5], rounds=1)
    assert "reshape" in found.left_out
    nothing = sweep(calls_of(lambda: tf.print("x")), [1, 5], rounds=1)
    assert nothing.points == ()
    assert nothing.enough is None


def test_kernels_grow_with_the_size():
    found = sweep(calls_of(lambda: tf.exp(tf.ones([4]))), [4, 4**9], rounds=5)
    small, large = found.points
    assert large.kernel.median > 10 * small.kernel.median
    assert large.share < small.share


def test_where_dispatch_is_not_noticed_any_more():
    # Shares of 1/2, 1/5, 1/20: it crosses 1/10 half way between 10 and 1,000 on a logarithmic scale.
    found = Sweep((point(1, 1, 1), point(10, 4, 1), point(1000, 19, 1)), 1, 1, ())
    assert found.enough == 100
    assert Sweep((point(1, 1, 1), point(10, 4, 1)), 1, 1, ()).enough is None
    assert Sweep((point(1, 99, 1), point(10, 999, 1)), 1, 1, ()).enough == 1


def test_a_share_that_comes_back_counts_from_the_last_crossing():
    found = Sweep((point(1, 99, 1), point(10, 4, 1), point(1000, 19, 1)), 1, 1, ())
    assert found.enough == 100


@pytest.mark.parametrize("sizes", [[], [0], [-1], [2.5], [True]])
def test_sizes_that_make_no_sense(sizes):
    with pytest.raises(ValueError, match="whole numbers above 0"):
        sweep([], sizes)


def test_tensors_and_variables_stay_as_they_are():
    v = tf.Variable([1.0, 2.0])
    calls = calls_of(lambda: tf.exp(v) * v)
    sweep(calls, [1, 16], rounds=1)
    np.testing.assert_array_equal(v.numpy(), [1.0, 2.0])
    assert current() is None
