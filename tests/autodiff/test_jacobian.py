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
    with pytest.raises(ValueError, match="rank at least 2"):
        tape.batch_jacobian(y, x)


def test_hessian_by_two_tapes() -> None:
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = x[0] ** 2 * x[1]
        g = inner.gradient(y, x)
    # d²/dx² (x0² x1) = [[2 x1, 2 x0], [2 x0, 0]]
    assert outer.jacobian(g, x).numpy().tolist() == [[4.0, 2.0], [2.0, 0.0]]


def test_number_of_operations_does_not_grow_with_the_target() -> None:
    def operations(size: int, **options: bool) -> int:
        w = tf.constant(np.random.default_rng(0).normal(size=(size, size)))
        x = tf.constant(np.linspace(-1.0, 1.0, size))
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = tf.nn.softmax(tf.tanh(tf.linalg.matvec(w, x)) * x[::-1])
        counted = tf.GradientTape()
        counted.note = lambda *_: seen.append(1)  # type: ignore[method-assign]
        seen: list[int] = []
        with counted:
            tape.jacobian(y, x, **options)
        return len(seen)

    assert operations(3) == operations(50)
    assert operations(50, experimental_use_pfor=False) > 10 * operations(50)


@pytest.mark.parametrize("at_once", [1, 2, 5, 100])
def test_parallel_iterations_change_nothing(at_once: int) -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = tf.exp(x) @ x
    want = tape.jacobian(y, x).numpy()
    np.testing.assert_array_equal(tape.jacobian(y, x, parallel_iterations=at_once), want)
    batch = tape.batch_jacobian(y, x, parallel_iterations=at_once).numpy()
    np.testing.assert_array_equal(batch, tape.batch_jacobian(y, x).numpy())


@pytest.mark.parametrize("vectorized", [True, False])
def test_jacobian_of_no_elements_is_empty(vectorized: bool) -> None:
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape(persistent=True) as tape:
        y = x[:0] * 2.0
    assert tape.jacobian(y, x, experimental_use_pfor=vectorized).shape == [0, 3]


def test_jacobian_in_a_graph() -> None:
    @tf.function
    def f(x):  # type: ignore[no-untyped-def]
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.cumsum(x * x)
        return tape.jacobian(y, x)

    assert f(tf.constant([1.0, 2.0])).numpy().tolist() == [[2.0, 0.0], [2.0, 4.0]]
