"""What the docstrings promise: a structured operator never makes the n x n matrix, and computes less than it would."""

from __future__ import annotations

import pytest

import eagernb as tf
from eagernb.graph.cost import graph_cost, node_bytes

from .samples import OPERATORS, Draw

N = 256
# What each kind does without the dense matrix.
PRODUCTS = (
    "identity", "scaled_identity", "diag", "tridiag_compact", "tridiag_sequence", "toeplitz", "circulant",
    "circulant_2d", "circulant_3d", "householder", "permutation", "kronecker", "low_rank", "low_rank_v", "block_diag",
)  # fmt: skip
SOLUTIONS = tuple(name for name in PRODUCTS if name != "toeplitz")
DETERMINANTS = tuple(name for name in SOLUTIONS if not name.startswith(("tridiag", "permutation")))


def largest_and_flops(function, operator, *arguments):
    """The number of numbers in the largest result of an operation, and the arithmetic."""
    graph = tf.function(function).get_concrete_function(operator, *arguments).graph
    return max((node_bytes(node) // 8 for node in graph.ops), default=0), graph_cost(graph).flops


def given(name):
    operator = OPERATORS[name](Draw(2, "float64", (), N))
    n = operator.shape[-1]
    return operator, n, tf.ones([n, 1], tf.float64)


@pytest.mark.parametrize("name", PRODUCTS)
def test_products(name):
    operator, n, x = given(name)
    for adjoint in (False, True):
        largest, flops = largest_and_flops(lambda o, x, a=adjoint: o.matmul(x, adjoint=a), operator, x)
        assert largest < n * n / 4
        assert flops < 2 * n * n


@pytest.mark.parametrize("name", SOLUTIONS)
def test_solutions(name):
    operator, n, x = given(name)
    largest, flops = largest_and_flops(lambda o, x: o.solve(x), operator, x)
    assert largest < n * n / 4
    assert flops < 2 * n * n


@pytest.mark.parametrize("name", DETERMINANTS)
def test_determinants(name):
    operator, n, _ = given(name)
    largest, flops = largest_and_flops(lambda o: o.log_abs_determinant(), operator)
    assert largest < n * n / 4
    assert flops < 2 * n * n


def test_a_triangular_system_is_not_factorized():
    operator, n, x = given("lower_triangular")
    dense = tf.linalg.LinearOperatorFullMatrix(operator.to_dense())
    _, by_substitution = largest_and_flops(lambda o, x: o.solve(x), operator, x)
    _, by_factorization = largest_and_flops(lambda o, x: o.solve(x), dense, x)
    assert by_substitution * 10 < by_factorization
    assert by_substitution < 4 * n * n


def test_one_matrix_for_a_batch_is_factorized_once():
    operator, n, x = given("full_matrix")
    _, once = largest_and_flops(lambda o, x: o.solve(x), operator, x)
    _, ten_times = largest_and_flops(lambda o, x: o.solve(x), operator, tf.ones([10, n, 1], tf.float64))
    assert ten_times < 1.5 * once
