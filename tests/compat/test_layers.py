"""tf.compat.v1.layers: the formulas, and the names that variables get."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf

v1 = tf.compat.v1
rng = np.random.default_rng(0)


def run(session, *fetches, **feeds):
    session.run([v1.global_variables_initializer()])
    return session.run(list(fetches), feeds)


@pytest.fixture
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.mark.parametrize("shape", [(4, 3), (2, 5, 3)])
def test_dense(graph, shape):
    x = rng.standard_normal(shape).astype(np.float32)
    y = v1.layers.dense(x, 2, activation=tf.nn.relu, bias_initializer=v1.constant_initializer(0.5))
    kernel, _ = v1.trainable_variables()
    got, w = run(v1.Session(), y, kernel)
    np.testing.assert_allclose(got, np.maximum(x @ w + 0.5, 0), rtol=1e-5, atol=1e-6)


def test_names_are_numbered_and_reused(graph):
    x = tf.zeros([1, 3])
    v1.layers.dense(x, 2)
    v1.layers.dense(x, 2, use_bias=False)
    v1.layers.dense(x, 2, name="out")
    v1.layers.dense(x, 2, name="out", reuse=True)
    v1.layers.conv2d(tf.zeros([1, 4, 4, 1]), 2, 3)
    with v1.variable_scope("tower"):
        v1.layers.batch_normalization(x)
    assert [v.op.name for v in v1.global_variables()] == [
        "dense/kernel", "dense/bias", "dense_1/kernel", "out/kernel", "out/bias", "conv2d/kernel", "conv2d/bias",
        "tower/batch_normalization/gamma", "tower/batch_normalization/beta",
        "tower/batch_normalization/moving_mean", "tower/batch_normalization/moving_variance",
    ]  # fmt: skip


def test_conv2d_and_pooling(graph):
    image = rng.standard_normal((1, 5, 5, 2)).astype(np.float32)
    y = v1.layers.conv2d(image, 3, [2, 2], strides=2, padding="same")
    pooled = v1.layers.max_pooling2d(image, 2, 2)
    mean = v1.layers.average_pooling2d(image, [2, 2], [2, 2])
    kernel = v1.trainable_variables()[0]
    got, largest, average, w = run(v1.Session(), y, pooled, mean, kernel)
    corner = image[0, :2, :2]
    np.testing.assert_allclose(got[0, 0, 0], np.einsum("ijc,ijcf->f", corner, w), rtol=1e-5)
    np.testing.assert_allclose(largest[0, 0, 0], corner.max((0, 1)))
    np.testing.assert_allclose(average[0, 0, 0], corner.mean((0, 1)), rtol=1e-6)


def test_flatten_keeps_the_batch(graph):
    x = v1.placeholder(tf.float32, [None, 2, 3])
    y = v1.layers.flatten(x)
    assert y.shape.as_list() == [None, 6]
    assert v1.Session().run(y, {x: np.ones([4, 2, 3])}).shape == (4, 6)
    with pytest.raises(ValueError, match="should be defined"):
        v1.layers.flatten(v1.placeholder(tf.float32, [None, None]))


def test_dropout_listens_to_a_placeholder(graph):
    training = v1.placeholder_with_default(False, [])
    y = v1.layers.dropout(tf.ones([1000]), 0.25, training=training, seed=1)
    session = v1.Session()
    assert session.run(y).tolist() == [1.0] * 1000
    dropped = session.run(y, {training: True})
    assert set(np.unique(dropped).tolist()) == {0.0, float(np.float32(4 / 3))}
    assert 650 < np.count_nonzero(dropped) < 850


def test_batch_normalization_moves_only_when_its_updates_run(graph):
    x = np.float32([[1.0, 10.0], [3.0, 30.0]])
    training = v1.placeholder(tf.bool, [])
    y = v1.layers.batch_normalization(x, momentum=0.5, epsilon=0.0, training=training)
    moving = [v for v in v1.global_variables() if "moving" in v.name]
    updates = v1.get_collection(v1.GraphKeys.UPDATE_OPS)
    assert len(updates) == 2
    session = v1.Session()
    session.run(v1.global_variables_initializer())
    np.testing.assert_allclose(session.run(y, {training: True}), [[-1.0, -1.0], [1.0, 1.0]])
    np.testing.assert_allclose(session.run(y, {training: False}), x)
    session.run(updates, {training: False})
    assert [value.tolist() for value in session.run(moving)] == [[0.0, 0.0], [1.0, 1.0]]
    session.run(updates, {training: True})
    assert [value.tolist() for value in session.run(moving)] == [[1.0, 10.0], [1.0, 50.5]]


def test_a_small_network_learns(graph):
    image = v1.placeholder(tf.float32, [None, 4, 4, 1])
    label = v1.placeholder(tf.int32, [None])
    h = v1.layers.conv2d(image, 4, 3, activation=tf.nn.relu)
    h = v1.layers.batch_normalization(h, training=True)
    logits = v1.layers.dense(v1.layers.flatten(h), 2)
    loss = v1.losses.sparse_softmax_cross_entropy(label, logits)
    with tf.control_dependencies(v1.get_collection(v1.GraphKeys.UPDATE_OPS)):
        step = v1.train.AdamOptimizer(0.05).minimize(loss)
    x = rng.standard_normal((16, 4, 4, 1)).astype(np.float32)
    feeds = {image: x, label: (x[:, 0, 0, 0] > 0).astype(np.int32)}
    session = v1.Session()
    session.run(v1.global_variables_initializer())
    losses = [session.run([loss, step], feeds)[0] for _ in range(40)]
    assert losses[-1] < 0.1 * losses[0]
