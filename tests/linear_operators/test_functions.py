"""Operators go in and out of traced functions, of known and unknown sizes, in loops, and through XLA."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf

from .samples import OPERATORS, Draw

each_operator = pytest.mark.parametrize("name", OPERATORS)


def everything(operator, x):
    return (
        operator.matmul(x), operator.solve(x, adjoint=True), operator.determinant(), operator.log_abs_determinant(),
        operator.trace(), operator.diag_part(), operator.to_dense(), operator.H.matmul(x), operator.shape_tensor(),
        operator.domain_dimension_tensor(),
    )  # fmt: skip


def assert_equal_results(found, expected):
    for a, b in zip(found, expected, strict=True):
        assert (a.shape, a.dtype) == (b.shape, b.dtype)
        np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-12)


@each_operator
def test_a_function_takes_and_gives_an_operator(name):
    operator = OPERATORS[name](Draw(1, "float64", (2,), 3))
    x = tf.ones([2, operator.shape[-1], 2], tf.float64)
    traces = []

    @tf.function
    def function(operator, x):
        traces.append(operator)
        return operator, everything(operator, x)

    for seed in (1, 2):
        operator = OPERATORS[name](Draw(seed, "float64", (2,), 3))
        returned, found = function(operator, x)
        assert_equal_results(found, everything(operator, x))
        assert type(returned) is type(operator)
        np.testing.assert_array_equal(returned.to_dense(), operator.to_dense())
        assert (returned.is_self_adjoint, returned.name) == (operator.is_self_adjoint, operator.name)
    assert len(traces) == 1


@each_operator
@pytest.mark.parametrize("batch", [(), (2,)])
def test_sizes_that_are_known_when_it_runs(name, batch):
    operator = OPERATORS[name](Draw(4, "float64", batch, 3))
    spec, held = operator._type_spec, operator._components
    x = tf.ones([*batch, operator.shape[-1], 2], tf.float64)
    unknown = [tf.TensorSpec([None] * len(part.shape), part.dtype) for part in (*held, x)]

    @tf.function(input_signature=unknown)
    def function(*given):
        *parts, x = given
        return everything(spec._from_components(parts), x)

    assert_equal_results(function(*held, x), everything(operator, x))


@each_operator
def test_xla(name):
    pytest.importorskip("jax")
    operator = OPERATORS[name](Draw(6, "float64", (), 3))
    x = tf.ones([operator.shape[-1], 2], tf.float64)
    function = tf.function(lambda operator, x: (operator.matmul(x), operator.to_dense()), jit_compile=True)
    assert_equal_results(function(operator, x), (operator.matmul(x), operator.to_dense()))


@pytest.mark.parametrize(
    "kind", [tf.linalg.LinearOperatorIdentity, tf.linalg.LinearOperatorZeros, tf.linalg.LinearOperatorScaledIdentity]
)
def test_sizes_are_checked_when_it_runs_where_that_is_asked_for(kind):
    more = {"multiplier": 2.0} if kind is tf.linalg.LinearOperatorScaledIdentity else {}

    @tf.function(input_signature=[tf.TensorSpec([None, 1])])
    def product(x):
        return kind(2, assert_proper_shapes=True, **more).matmul(x)

    assert product(tf.ones([2, 1])).shape == [2, 1]
    with pytest.raises(tf.errors.InvalidArgumentError, match="as many rows"):
        product(tf.ones([3, 1]))


def test_in_a_branch_and_in_a_loop():
    @tf.function
    def function(operator, n):
        other = tf.cond(n > 2, lambda: operator, lambda: operator.inverse())
        for _ in tf.range(n):
            operator = operator @ operator
        return other, operator

    diagonal = tf.linalg.LinearOperatorDiag([2.0, 4.0])
    other, power = function(diagonal, tf.constant(2))
    np.testing.assert_array_equal(other.diag, [0.5, 0.25])
    np.testing.assert_array_equal(power.diag, [16.0, 256.0])


def test_an_operator_of_variables_is_read_at_each_call():
    v = tf.Variable([1.0, 2.0])
    operator = tf.linalg.LinearOperatorComposition([tf.linalg.LinearOperatorDiag(v), tf.linalg.LinearOperatorDiag(v)])
    assert [part is v for part in operator.trainable_variables] == [True]

    @tf.function
    def function(operator, x):
        return operator.matvec(x)

    np.testing.assert_array_equal(function(operator, tf.ones([2])), [1.0, 4.0])
    v.assign([3.0, 5.0])
    np.testing.assert_array_equal(function(operator, tf.ones([2])), [9.0, 25.0])


def test_what_an_operator_holds_can_be_replaced():
    operator = tf.linalg.LinearOperatorComposition(
        [tf.linalg.LinearOperatorDiag([1.0, 2.0]), tf.linalg.LinearOperatorFullMatrix([[1.0, 2.0], [3.0, 4.0]])]
    )
    operator._held = tuple(10.0 * part for part in operator._held)
    np.testing.assert_array_equal(operator.to_dense(), [[100.0, 200.0], [600.0, 800.0]])
    assert operator.operators[0].diag.numpy().tolist() == [10.0, 20.0]
