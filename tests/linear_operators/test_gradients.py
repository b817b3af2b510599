"""Gradients with respect to what an operator holds: those of the operations that it is composed of."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf
from eagernb.autodiff.check import check_gradients

from .samples import OPERATORS, Draw

X = np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 1.0], [1.5, -1.0], [0.25, 2.5], [1.0, 1.0]])
METHODS = {
    "matmul": lambda operator, x: operator.matmul(x),
    "matmul_adjoint": lambda operator, x: operator.matmul(x, adjoint=True),
    "solve": lambda operator, x: operator.solve(x),
    "solve_adjoint": lambda operator, x: operator.solve(x, adjoint=True),
    "log_abs_determinant": lambda operator, x: operator.log_abs_determinant(),
    "determinant": lambda operator, x: operator.determinant(),
    "trace": lambda operator, x: operator.trace(),
    "diag_part": lambda operator, x: operator.diag_part(),
    "to_dense": lambda operator, x: operator.to_dense(),
}
# A permutation has nothing to differentiate; of a matrix that is said to be symmetric, only half can be moved.
WITHOUT = {"identity", "permutation", "definite"}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", [name for name in OPERATORS if name not in WITHOUT])
def test_agree_with_finite_differences(name, method):
    operator = OPERATORS[name](Draw(5, "float64", (), 3))
    spec, x = operator._type_spec, X[: operator.shape[-1]]
    check_gradients(lambda *held: METHODS[method](spec._from_components(held), x), *operator._components)


def test_with_respect_to_an_operator_of_a_variable():
    v = tf.Variable([1.0, 2.0])
    operator = tf.linalg.LinearOperatorDiag(v)
    with tf.GradientTape(persistent=True) as tape:
        y = tf.reduce_sum(operator.matvec([3.0, 5.0]))
    np.testing.assert_array_equal(tape.gradient(y, operator).diag, [3.0, 5.0])
    np.testing.assert_array_equal(tape.gradient(y, operator.trainable_variables)[0], [3.0, 5.0])


def test_inside_of_a_function():
    @tf.function
    def gradient(operator):
        with tf.GradientTape() as tape:
            tape.watch(operator)
            y = operator.log_abs_determinant()
        return tape.gradient(y, operator)

    found = gradient(tf.linalg.LinearOperatorDiag([2.0, 4.0]))
    np.testing.assert_array_equal(found.diag, [0.5, 0.25])


def test_of_what_an_operator_does_not_hold_is_none():
    operator = tf.linalg.LinearOperatorIdentity(2)
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(operator.matvec([3.0, 5.0]))
    assert tape.gradient(y, operator) is None


def test_a_sparse_tensor_is_no_source():
    sparse = tf.SparseTensor([[0]], [1.0], [2])
    with tf.GradientTape() as tape:
        tape.watch(sparse)
        y = tf.reduce_sum(sparse.values)
    with pytest.raises(ValueError, match="SparseTensor"):
        tape.gradient(y, [tf.linalg.LinearOperatorDiag([1.0]), sparse])
