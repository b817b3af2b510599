"""Linear algebra and its gradients in graphs that were traced before the sizes were known."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf

rng = np.random.default_rng(6)
SQUARE, RHS = rng.normal(size=(3, 3)) + 3 * np.eye(3), rng.normal(size=(3, 2))
PAIRS: dict[str, Callable[..., Any]] = {
    "matmul": tf.matmul,
    "tensordot": lambda x, y: tf.tensordot(x, y, [[0], [0]]),
    "einsum": lambda x, y: tf.einsum("ij,jk->ik", x, y),
    "einsum_batch": lambda x, y: tf.einsum("ij,jk->jik", x, y),
    "einsum_ellipsis": lambda x, y: tf.einsum("...i,ij->...j", x, y),
    "solve": tf.linalg.solve,
    "triangular_solve": tf.linalg.triangular_solve,
    "cholesky_solve": tf.linalg.cholesky_solve,
}
SINGLES: dict[str, Callable[..., Any]] = {
    "inv": tf.linalg.inv,
    "det": tf.linalg.det,
    "slogdet": lambda x: tf.linalg.slogdet(x)[1],
    "cholesky": lambda x: tf.linalg.cholesky(x @ tf.transpose(x)),
    "eigh": lambda x: tf.linalg.eigh(x)[1] ** 2,
    "eigvalsh": tf.linalg.eigvalsh,
    "eigvals": lambda x: tf.math.real(tf.linalg.eigvals(x) ** 2),
    "singular_values": lambda x: tf.linalg.svd(x, compute_uv=False),
    "band_part": lambda x: tf.linalg.band_part(x, -1, 0),
    "norm": tf.norm,
    "spectral_norm": lambda x: tf.norm(x, ord=2, axis=[0, 1]),
    "adjoint": tf.linalg.adjoint,
}


def result_and_gradients(function: Callable[..., Any]) -> Callable[..., Any]:
    def both(*inputs: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            y = function(*inputs)
        return y, tape.gradient(y, list(inputs))

    return both


def compare(function: Callable[..., Any], signature: list[tf.TensorSpec], inputs: list[np.ndarray]) -> None:
    tensors = [tf.constant(x) for x in inputs]
    traced = tf.function(result_and_gradients(function), input_signature=signature)
    got, want = traced(*tensors), result_and_gradients(function)(*tensors)
    np.testing.assert_allclose(got[0], want[0], rtol=1e-12)
    for one, other in zip(got[1], want[1], strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


@pytest.mark.parametrize("dims", [([None, None], [None, None]), ([3, None], [None, 2]), ([3, 3], [None, None])])
@pytest.mark.parametrize("name", PAIRS)
def test_of_two_matrices(name: str, dims: Any) -> None:
    compare(PAIRS[name], [tf.TensorSpec(d, "float64") for d in dims], [SQUARE, RHS])


@pytest.mark.parametrize("known", [None, 3])
@pytest.mark.parametrize("name", SINGLES)
def test_of_one_matrix(name: str, known: int | None) -> None:
    compare(SINGLES[name], [tf.TensorSpec([None, known], "float64")], [SQUARE])
