"""Sparse tensors against dense ones: what holds for the one holds for the other."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import eagernb as tf

SIZES = st.lists(st.integers(1, 4), min_size=2, max_size=3).map(tuple)
NUMBERS = st.sampled_from([0.0, 0.0, 0.0, 1.0, -2.0, 3.5, 0.25])  # sums of them are exact


def arrays(shape: Any) -> Any:
    return hnp.arrays(np.float32, shape, elements=NUMBERS)


MATRICES = SIZES.flatmap(arrays)
PAIRS = SIZES.flatmap(lambda shape: st.tuples(arrays(shape), arrays(shape)))


def dense(x: Any) -> Any:
    return tf.sparse.to_dense(x).numpy()


@settings(deadline=None)
@given(MATRICES)
def test_a_dense_tensor_comes_back_from_its_sparse_one(a: Any) -> None:
    x = tf.sparse.from_dense(a)
    assert len(x.values) == np.count_nonzero(a)
    np.testing.assert_array_equal(dense(x), a)


@settings(deadline=None)
@given(MATRICES, st.randoms())
def test_elements_in_any_order_are_put_into_order(a: Any, random: Any) -> None:
    x = tf.sparse.from_dense(a)
    order = list(range(len(x.values)))
    random.shuffle(order)
    mixed = tf.SparseTensor(x.indices.numpy()[order], x.values.numpy()[order], x.dense_shape)
    ordered = tf.sparse.reorder(mixed)
    np.testing.assert_array_equal(ordered.indices, x.indices)
    np.testing.assert_array_equal(ordered.values, x.values)


@settings(deadline=None)
@given(PAIRS)
def test_sums_and_extremes_are_those_of_the_dense_tensors(pair: Any) -> None:
    a, b = pair
    x, y = map(tf.sparse.from_dense, pair)
    np.testing.assert_array_equal(dense(tf.sparse.add(x, y)), a + b)
    np.testing.assert_array_equal(tf.sparse.add(x, b), a + b)
    np.testing.assert_array_equal(dense(tf.sparse.maximum(x, y)), np.maximum(a, b))
    np.testing.assert_array_equal(dense(tf.sparse.minimum(x, y)), np.minimum(a, b))
    np.testing.assert_array_equal(dense(x * b), a * b)


@settings(deadline=None)
@given(MATRICES, st.data())
def test_what_is_moved_is_where_it_is_in_the_dense_tensor(a: Any, data: Any) -> None:
    x = tf.sparse.from_dense(a)
    axis = data.draw(st.integers(0, a.ndim - 1))
    perm = data.draw(st.permutations(range(a.ndim)))
    np.testing.assert_array_equal(dense(tf.sparse.transpose(x, perm)), a.transpose(perm))
    np.testing.assert_array_equal(dense(tf.sparse.reshape(x, [-1])), a.ravel())
    np.testing.assert_array_equal(dense(tf.sparse.reshape(x, a.shape[::-1])), a.reshape(a.shape[::-1]))
    np.testing.assert_array_equal(dense(tf.sparse.expand_dims(x, axis)), np.expand_dims(a, axis))
    np.testing.assert_array_equal(dense(tf.sparse.concat(axis, [x, x])), np.concatenate([a, a], axis))
    parts = tf.sparse.split(sp_input=x, num_split=data.draw(st.integers(1, a.shape[axis])), axis=axis)
    for part, wanted in zip(parts, np.array_split(a, len(parts), axis), strict=True):
        np.testing.assert_array_equal(dense(part), wanted)
    start = [data.draw(st.integers(0, n)) for n in a.shape]
    size = [data.draw(st.integers(0, n)) for n in a.shape]
    block = a[tuple(slice(b, b + n) for b, n in zip(start, size, strict=True))]
    np.testing.assert_array_equal(dense(tf.sparse.slice(x, start, size)), block)


@settings(deadline=None)
@given(MATRICES, st.data())
def test_reductions_are_those_of_the_dense_tensor(a: Any, data: Any) -> None:
    x = tf.sparse.from_dense(a)
    axis = data.draw(st.sampled_from([None, 0, -1, list(range(a.ndim)), [0, a.ndim - 1]]))
    axes, keepdims = tuple(axis) if isinstance(axis, list) else axis, data.draw(st.booleans())
    wanted = a.sum(axes, keepdims=keepdims)
    np.testing.assert_array_equal(tf.sparse.reduce_sum(x, axis, keepdims), wanted)
    sparse = tf.sparse.reduce_sum(x, axis, keepdims, output_is_sparse=True)
    np.testing.assert_array_equal(dense(sparse) if wanted.ndim else sum(sparse.values), wanted)
    held = np.where(a == 0, -np.inf, a).max(axes, keepdims=keepdims)
    np.testing.assert_array_equal(tf.sparse.reduce_max(x, axis, keepdims), np.where(held == -np.inf, 0, held))


@settings(deadline=None)
@given(MATRICES)
def test_softmax_is_that_of_the_elements_that_are_held(a: Any) -> None:
    shares = np.where(a == 0, 0, np.exp(a))
    total = shares.sum(-1, keepdims=True)
    wanted = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    np.testing.assert_allclose(dense(tf.sparse.softmax(tf.sparse.from_dense(a))), wanted, rtol=1e-5)


@settings(deadline=None)
@given(st.tuples(*[st.integers(1, 4)] * 3).flatmap(lambda n: st.tuples(arrays(n[:2]), arrays(n[1:]))))
def test_products_and_their_gradients_are_those_of_the_dense_matrices(pair: Any) -> None:
    a, b = pair
    x, right = tf.sparse.from_dense(a), tf.constant(b)
    whole = tf.constant(a)
    with tf.GradientTape() as tape, tf.GradientTape() as plain:
        tape.watch([x, right])
        plain.watch([whole, right])
        y, z = tf.sparse.sparse_dense_matmul(x, right), whole @ right
        square, wanted = tf.square(y), tf.square(z)
    np.testing.assert_array_equal(y, z)
    found, expected = tape.gradient(square, [x.values, right]), plain.gradient(wanted, [whole, right])
    np.testing.assert_allclose(found[0], tf.gather_nd(expected[0], x.indices), rtol=1e-5)
    np.testing.assert_allclose(found[1], expected[1], rtol=1e-5)
    np.testing.assert_array_equal(tf.sparse.sparse_dense_matmul(right, x, True, True), b.T @ a.T)


@settings(deadline=None, max_examples=30)
@given(MATRICES)
def test_a_traced_function_of_open_sizes_gives_the_same(a: Any) -> None:
    x = tf.sparse.from_dense(a)

    def several(x: Any) -> Any:
        flat = tf.sparse.reshape(x, [-1, x.dense_shape[-1]])
        return tf.sparse.concat(0, [flat, flat]), tf.sparse.reduce_sum(x, -1), tf.sparse.transpose(x)

    open_sizes = tf.SparseTensorSpec([None] * a.ndim)
    traced = tf.function(several, input_signature=[open_sizes], autograph=False)
    for found, wanted in zip(traced(x), several(x), strict=True):
        if isinstance(wanted, tf.SparseTensor):
            found, wanted = dense(found), dense(wanted)
        np.testing.assert_array_equal(found, wanted)


@settings(deadline=None, max_examples=30)
@given(MATRICES, st.integers(1, 5))
def test_slices_in_batches_are_the_rows(a: Any, size: int) -> None:
    rows = tf.data.Dataset.from_tensor_slices(tf.sparse.from_dense(a))
    for batch, wanted in zip(rows.batch(size), range(0, len(a), size), strict=True):
        np.testing.assert_array_equal(dense(batch), a[wanted : wanted + size])
    np.testing.assert_array_equal(list(rows.batch(size).unbatch().as_numpy_iterator()), a)
    np.testing.assert_array_equal(list(rows.batch(size).rebatch(2).unbatch().as_numpy_iterator()), a)


def test_an_error_names_the_line_and_what_to_do() -> None:
    x = tf.SparseTensor([[1, 0], [0, 0]], [1.0, 2.0], [2, 3])
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"out of order. Use tf\.sparse\.reorder first"):
        tf.sparse.to_dense(x)
    with pytest.raises(TypeError, match=r"not EagerTensor: tf\.sparse\.from_dense makes one"):
        tf.sparse.reorder(tf.ones([2]))


def test_open_sizes_that_differ_are_found_out_when_the_graph_runs() -> None:
    specs = [tf.SparseTensorSpec([None, 3]), tf.SparseTensorSpec([None, 3])]
    add = tf.function(tf.sparse.add, input_signature=specs)
    x, y = tf.sparse.from_dense([[1.0, 0.0, 2.0]]), tf.sparse.from_dense([[1.0, 0.0, 2.0]] * 2)
    np.testing.assert_array_equal(dense(add(x, x)), [[2, 0, 4]])
    with pytest.raises(tf.errors.InvalidArgumentError, match="shapes do not match"):
        add(x, y)


def test_xla_computes_with_sparse_tensors() -> None:
    pytest.importorskip("jax")
    x, b = tf.sparse.from_dense([[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]]), tf.reshape(tf.range(6.0), [3, 2])
    compiled = tf.function(lambda x, b: (tf.sparse.sparse_dense_matmul(x, b), tf.sparse.to_dense(x)), jit_compile=True)
    product, matrix = compiled(x, b)
    np.testing.assert_allclose(product, matrix.numpy() @ b.numpy())
