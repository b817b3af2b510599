"""Second derivatives of linear algebra: the gradient rules are made of operations that have rules themselves.

A gradient is compared with finite differences of the function elsewhere; here the gradient's gradient with finite
differences of the gradient.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.autodiff.check import check_gradients

rng = np.random.default_rng(5)
SQUARE = rng.normal(size=(2, 3, 3)) + 3 * np.eye(3)
TALL = rng.normal(size=(3, 2))
RHS = rng.normal(size=(2, 3, 2))
THREE = rng.normal(size=(3, 4)) + 4 * np.array([[0], [1], [0]])


def hermitian(x: Any) -> Any:
    return x @ tf.linalg.adjoint(x) + tf.eye(x.shape[-1], dtype=x.dtype)


def size_of_elements(x: Any) -> Any:
    return tf.math.real(x * tf.math.conj(x))


FUNCTIONS: dict[str, tuple[Callable[..., Any], Any]] = {
    "inv": (tf.linalg.inv, [SQUARE]),
    "inv_adjoint": (lambda x: tf.linalg.inv(x, adjoint=True), [SQUARE]),
    "det": (tf.linalg.det, [SQUARE]),
    "slogdet": (lambda x: tf.linalg.slogdet(x)[1], [SQUARE]),
    "logdet": (lambda x: tf.linalg.logdet(hermitian(x)), [SQUARE]),
    "solve": (tf.linalg.solve, [SQUARE, RHS]),
    "solve_adjoint": (lambda a, b: tf.linalg.solve(a, b, adjoint=True), [SQUARE, RHS]),
    "triangular_solve": (lambda a, b: tf.linalg.triangular_solve(a, b, adjoint=True), [SQUARE, RHS[0]]),
    "tridiagonal_solve": (tf.linalg.tridiagonal_solve, [THREE, THREE.T]),
    "lstsq": (tf.linalg.lstsq, [TALL, RHS[0]]),
    "pinv": (tf.linalg.pinv, [TALL]),
    "cholesky": (lambda x: tf.linalg.cholesky(hermitian(x)), [SQUARE]),
    "lu": (lambda x: tf.linalg.lu(x).lu, [SQUARE]),
    "qr": (lambda x: size_of_elements(tf.linalg.qr(x).q), [TALL]),
    "qr_wide": (lambda x: size_of_elements(tf.linalg.qr(x).r), [TALL.T]),
    "svd": (lambda x: size_of_elements(tf.linalg.svd(x)[1]), [TALL]),
    "svd_full": (lambda x: size_of_elements(tf.linalg.svd(x, full_matrices=True)[2]), [TALL.T]),
    "singular_values": (lambda x: tf.linalg.svd(x, compute_uv=False), [TALL]),
    "eigh": (lambda x: size_of_elements(tf.linalg.eigh(hermitian(x))[1]), [SQUARE]),
    "eigvalsh": (lambda x: tf.math.real(tf.linalg.eigvalsh(hermitian(x))), [SQUARE]),
    "eig": (lambda x: size_of_elements(tf.linalg.eig(hermitian(x))[1]), [SQUARE[0]]),
    "eigvals": (lambda x: tf.math.real(tf.linalg.eigvals(x) ** 2), [SQUARE]),
    "expm": (tf.linalg.expm, [SQUARE[0] / 4]),
    "sqrtm": (lambda x: tf.linalg.sqrtm(hermitian(x)), [SQUARE]),
    "einsum": (lambda x, y: tf.einsum("bii,bij,bij->j", x, y, y), [SQUARE, RHS]),
    "norm": (lambda x: tf.norm(x, axis=[-2, -1]), [SQUARE]),
    "spectral_norm": (lambda x: tf.norm(x, ord=2, axis=[-2, -1]), [SQUARE]),
}
COMPLEX_TOO = sorted(set(FUNCTIONS) - {"pinv"})  # which is of real matrices, as in TensorFlow


def compare(function: Callable[..., Any], values: list[np.ndarray]) -> None:
    def gradients(*xs: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(xs)
            loss = tf.reduce_sum(size_of_elements(function(*xs)))
        return tape.gradient(loss, list(xs))

    check_gradients(gradients, *values, tolerance=2e-5)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_second_derivative(name: str) -> None:
    compare(*FUNCTIONS[name])


@pytest.mark.parametrize("name", COMPLEX_TOO)
def test_second_derivative_of_complex_matrices(name: str) -> None:
    function, values = FUNCTIONS[name]
    compare(function, [x + 0.3j * rng.normal(size=x.shape) for x in values])


def test_jacobian_of_an_inverse_is_a_kronecker_product() -> None:
    x = tf.constant(SQUARE[0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.linalg.inv(x)
    jacobian = tape.jacobian(y, x).numpy().reshape(9, 9)
    inverse = np.linalg.inv(SQUARE[0])
    np.testing.assert_allclose(jacobian, -np.kron(inverse, inverse.T), rtol=1e-10)
