"""Whatever an operator does, its dense matrix does too: structure saves work, and changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eagernb as tf

from .samples import OPERATORS, Draw

DTYPES = ("float64", "complex128")
drawn = given(
    seed=st.integers(0, 2**32),
    dtype=st.sampled_from(DTYPES),
    batch=st.sampled_from([(), (2,), (1, 2)]),
    n=st.integers(1, 4),
)
each_operator = pytest.mark.parametrize("name", OPERATORS)
few = settings(max_examples=12, deadline=None)


def close(found, expected):
    found = np.asarray(found)
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-9)


def adjoint_of(array):
    return np.conj(np.swapaxes(array, -1, -2))


def made(name, seed, dtype, batch, n):
    draw = Draw(seed, dtype, batch, n)
    operator = OPERATORS[name](draw)
    dense = operator.to_dense().numpy()
    assert dense.shape == tuple(operator.shape) == tuple(operator.shape_tensor().numpy())
    assert dense.dtype == dtype == operator.dtype.name
    return draw, operator, dense


@each_operator
@drawn
@few
def test_products(name, seed, dtype, batch, n):
    draw, operator, dense = made(name, seed, dtype, batch, n)
    size = dense.shape[-1]
    x = draw.array(size, 3)
    close(operator.matmul(x), dense @ x)
    close(operator.matmul(x, adjoint=True), adjoint_of(dense) @ x)
    close(operator.matmul(adjoint_of(x), adjoint_arg=True), dense @ x)
    close(operator @ tf.constant(x), dense @ x)
    close(tf.constant(adjoint_of(x)) @ operator, adjoint_of(x) @ dense)
    v = draw.array(size)
    close(operator.matvec(v), (dense @ v[..., None])[..., 0])
    close(operator.matvec(v, adjoint=True), (adjoint_of(dense) @ v[..., None])[..., 0])
    close(operator.H.to_dense(), adjoint_of(dense))
    more = np.stack([x, 2 * x])  # another axis of the batch
    close(operator.matmul(more), dense @ more)
    alone = np.ones((size, 2), dtype)  # no batch
    close(operator.matmul(alone), dense @ alone)


@each_operator
@drawn
@few
def test_solutions(name, seed, dtype, batch, n):
    draw, operator, dense = made(name, seed, dtype, batch, n)
    size = dense.shape[-1]
    b = draw.array(size, 3)
    close(operator.solve(b), np.linalg.solve(dense, b))
    close(operator.solve(b, adjoint=True), np.linalg.solve(adjoint_of(dense), b))
    close(operator.solve(adjoint_of(b), adjoint_arg=True), np.linalg.solve(dense, b))
    close(tf.linalg.solve(operator, b), np.linalg.solve(dense, b))
    v = draw.array(size)
    close(operator.solvevec(v), np.linalg.solve(dense, v[..., None])[..., 0])
    close(operator.solvevec(v, adjoint=True), np.linalg.solve(adjoint_of(dense), v[..., None])[..., 0])
    close(operator.inverse().to_dense(), np.linalg.inv(dense))
    more = np.stack([b, 2 * b])
    close(operator.solve(more), np.linalg.solve(dense, more))
    alone = np.ones((size, 2), dtype)
    close(operator.solve(alone), np.linalg.solve(dense, alone))


@each_operator
@drawn
@few
def test_numbers(name, seed, dtype, batch, n):
    draw, operator, dense = made(name, seed, dtype, batch, n)
    close(operator.determinant(), np.linalg.det(dense))
    close(np.real(operator.log_abs_determinant()), np.linalg.slogdet(dense)[1])
    close(operator.trace(), np.trace(dense, axis1=-2, axis2=-1))
    close(operator.diag_part(), np.diagonal(dense, axis1=-2, axis2=-1))
    close(np.broadcast_to(operator.cond(), dense.shape[:-2]), np.linalg.cond(dense))
    x = draw.array(*dense.shape[-2:])
    close(operator.add_to_tensor(x), dense + x)
    alone = np.ones(dense.shape[-2:], dtype)
    close(operator.add_to_tensor(alone), dense + alone)
    if operator.is_self_adjoint:
        close(dense, adjoint_of(dense))
        close(np.sort(np.real(operator.eigvals()), axis=-1), np.linalg.eigvalsh(dense))
    if operator.is_self_adjoint and operator.is_positive_definite:
        lower = operator.cholesky().to_dense().numpy()
        close(lower, np.linalg.cholesky(dense))
        operator.assert_positive_definite()
    operator.assert_non_singular()


@pytest.mark.parametrize("right", OPERATORS)
@pytest.mark.parametrize("left", OPERATORS)
def test_products_and_quotients_of_two(left, right):
    """Of all pairs, those of equal size; some give a structure of their own, the others a composition."""
    sizes = {"circulant_2d": 1, "circulant_3d": 1, "kronecker": 1}  # 2 x 2, as the others with n = 2
    draw = Draw(7, "float64", (2,), 2)
    a, b = (OPERATORS[name](Draw(seed, "float64", (2,), sizes.get(name, 2))) for seed, name in ((1, left), (2, right)))
    if a.shape[-1] != b.shape[-2]:
        with pytest.raises(ValueError, match="incompatible"):
            a @ b
        return
    x = draw.array(a.shape[-1], 2)
    expected = a.to_dense().numpy() @ b.to_dense().numpy()
    close((a @ b).to_dense(), expected)
    close((a @ b).matmul(x), expected @ x)
    close(tf.linalg.matmul(a, b, adjoint_a=True).to_dense(), adjoint_of(a.to_dense().numpy()) @ b.to_dense().numpy())
    close(a.solve(b).to_dense(), np.linalg.solve(a.to_dense(), b.to_dense()))


@each_operator
def test_parts_of_a_batch(name):
    operator = OPERATORS[name](Draw(3, "float64", (2, 3), 2))
    dense = operator.to_dense().numpy()
    assert dense.shape[:2] == (2, 3)
    close(operator[1].to_dense(), dense[1])
    close(operator[..., 1:].to_dense(), dense[:, 1:])
    close(operator[0, tf.newaxis, ::2].to_dense(), dense[0, None, ::2])
    assert type(operator[0]) is type(operator)


def test_a_part_of_a_batch_that_is_broadcast():
    col, row = np.arange(1.0, 7).reshape(3, 1, 2), np.array([1.0, 5.0])
    operator = tf.linalg.LinearOperatorToeplitz(col, row)
    close(operator[1].to_dense(), operator.to_dense().numpy()[1])
    low_rank = tf.linalg.LinearOperatorLowRankUpdate(
        tf.linalg.LinearOperatorIdentity(2), np.ones((3, 2, 1), np.float32)
    )
    assert low_rank[1:].shape == (2, 2, 2)
