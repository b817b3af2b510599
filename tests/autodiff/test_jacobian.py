"""Jacobians against matrices worked out by hand."""

import numpy as np
import pytest

import eagernb as tf


def test_jacobian_of_matrix_product_is_the_matrix() -> None:
    matrix = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], np.float32)
    x = tf.Variable([1.0, -1.0, 2.0])
    with tf.GradientTape() as tape:
        y = tf.linalg.matvec(matrix, x)
    np.testing.assert_array_equal(tape.jacobian(y, x).numpy(), matrix)


def test_jacobian_mirrors_the_structure_of_the_sources() -> None:
    x, z, apart = tf.Variable([1.0, 2.0]), tf.Variable(3.0), tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = x * z
    found = tape.jacobian(y, {"x": x, "rest": [z, apart]})
    assert found["x"].numpy().tolist() == [[3.0, 0.0], [0.0, 3.0]]
    assert found["rest"][0].numpy().tolist() == [1.0, 2.0]
    assert found["rest"][1] is None


def test_batch_jacobian_is_the_diagonal_of_the_jacobian() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = tf.stack([x[:, 0] * x[:, 1], x[:, 0] ** 2, tf.exp(x[:, 1])], axis=1)
    full = tape.jacobian(y, x).numpy()
    batch = tape.batch_jacobian(y, x).numpy()
    assert batch.shape == (3, 3, 2)
    np.testing.assert_array_equal(batch, full[np.arange(3), :, np.arange(3)])
    assert batch[1].tolist() == [[4.0, 3.0], [6.0, 0.0], [0.0, np.exp(np.float32(4.0))]]


def test_batch_jacobian_wants_one_batch() -> None:
    x = tf.Variable([[1.0], [2.0]])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(x, axis=0)
    with pytest.raises(ValueError, match="first axes"):
        tape.batch_jacobian(y, x)


def test_hessian_by_two_tapes() -> None:
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = x[0] ** 2 * x[1]
        g = inner.gradient(y, x)
    # d²/dx² (x0² x1) = [[2 x1, 2 x0], [2 x0, 0]]
    assert outer.jacobian(g, x).numpy().tolist() == [[4.0, 2.0], [2.0, 0.0]]
