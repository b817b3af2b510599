"""What operators say: errors name the operator, shapes and dtypes; a detour through the dense matrix is warned of."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf

DIAG = tf.linalg.LinearOperatorDiag([1.0, 2.0])


@pytest.mark.parametrize(
    ("attempt", "error", "words"),
    [
        (lambda: DIAG.matmul(tf.ones([3, 1])), ValueError, ("LinearOperatorDiag", "2 and 3", "(2, 2)", "(3, 1)")),
        (lambda: DIAG.matmul([1.0, 2.0]), IndexError, ("(2,)", "matvec")),
        (lambda: DIAG.solvevec(np.ones(2)), TypeError, ("float32", "float64", "tf.cast")),
        (
            lambda: DIAG @ tf.linalg.LinearOperatorIdentity(3),
            ValueError,
            ("LinearOperatorIdentity", "2 rows", "(3, 3)"),
        ),
        (lambda: tf.linalg.solve(tf.eye(2), DIAG), ValueError, ("to_dense()",)),
        (lambda: tf.matmul(DIAG, [[1.0], [1.0]], transpose_a=True), ValueError, ("adjoint_a",)),
        (lambda: tf.linalg.LinearOperatorPermutation([0, 2]), ValueError, ("from 0 to 1", "[0, 2]")),
        (
            lambda: tf.linalg.LinearOperatorLowRankUpdate(DIAG, tf.ones([3, 1])),
            ValueError,
            ("base_operator (2, 2)", "u (3, 1)"),
        ),
        (
            lambda: tf.linalg.LinearOperatorComposition([DIAG, tf.linalg.LinearOperatorDiag([1j, 1j])]),
            TypeError,
            ("float32", "complex128"),
        ),
        (
            lambda: tf.linalg.LinearOperatorComposition([DIAG, tf.linalg.LinearOperatorIdentity(3)]).shape,
            ValueError,
            ("2 and 3", "LinearOperatorIdentity on its right"),
        ),
        (
            lambda: tf.linalg.LinearOperatorBlockLowerTriangular([[DIAG], [DIAG, tf.linalg.LinearOperatorIdentity(3)]]),
            ValueError,
            ("operators[1][0]", "(3)", "(2)"),
        ),
    ],
)
def test_errors_name_what_was_tried(attempt, error, words):
    with pytest.raises(error) as caught:
        attempt()
    for word in words:
        assert word in str(caught.value)


def test_an_assertion_in_a_function_fails_when_it_runs():
    @tf.function
    def solve(diagonal, b):
        operator = tf.linalg.LinearOperatorDiag(diagonal)
        operator.assert_non_singular()
        return operator.solvevec(b)

    np.testing.assert_array_equal(solve(tf.constant([2.0, 4.0]), tf.ones([2])), [0.5, 0.25])
    with pytest.raises(tf.errors.InvalidArgumentError, match="Diagonal contained zero values"):
        solve(tf.constant([2.0, 0.0]), tf.ones([2]))


def test_real_kernels_have_hermitian_spectra():
    real = np.fft.fft([1.0, 2.0, 3.0])
    tf.linalg.LinearOperatorCirculant(real, tf.complex128).assert_hermitian_spectrum()
    with pytest.raises(tf.errors.InvalidArgumentError, match="not Hermitian"):
        tf.linalg.LinearOperatorCirculant(real + np.array([0, 1j, 0]), tf.complex128).assert_hermitian_spectrum()


def test_the_dense_way_is_warned_of(caplog):
    toeplitz = tf.linalg.LinearOperatorToeplitz([2.0, 1.0], [2.0, 1.0])
    toeplitz.matvec([1.0, 1.0])
    assert not caplog.text
    toeplitz.solvevec([1.0, 1.0])
    assert "LinearOperatorToeplitz" in caplog.text
    assert "default implementation of solve" in caplog.text


def test_the_dense_way_of_a_dense_matrix_is_not(caplog):
    tf.linalg.LinearOperatorFullMatrix([[1.0, 2.0], [3.0, 4.0]]).determinant()
    assert not caplog.text


def test_every_kind_is_listed_and_loaded_when_it_is_asked_for():
    kinds = [name for name in dir(tf.linalg) if name.startswith("LinearOperator")]
    assert len(kinds) == 21
    assert all(issubclass(getattr(tf.linalg, name), tf.linalg.LinearOperator) for name in kinds)
    assert all(issubclass(getattr(tf.linalg, name), tf.Module) for name in kinds)
    assert "conjugate_gradient" in dir(tf.linalg.experimental)
    with pytest.raises(AttributeError, match="LinearOperatorOf"):
        tf.linalg.LinearOperatorOf  # noqa: B018
