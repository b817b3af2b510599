"""Broadcasting and its reverse, indexing and reductions, on shapes and values that Hypothesis picks."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import eagernb as tf
from eagernb.autodiff.check import check_gradients
from eagernb.core.shape import broadcast_dims

shapes = hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, min_side=0, max_side=3)
floats = st.floats(-2, 2, width=32)
anything = st.floats(width=32)


@given(shapes)
def test_broadcast_shape_is_numpys(pair: Any) -> None:
    assert broadcast_dims(*pair.input_shapes) == pair.result_shape


@given(st.lists(hnp.array_shapes(min_dims=0, max_dims=3, max_side=3), min_size=1, max_size=3))
def test_shapes_broadcast_where_numpys_do(dims: list[tuple[int, ...]]) -> None:
    try:
        expected = np.broadcast_shapes(*dims)
    except ValueError:
        with pytest.raises(ValueError, match="cannot broadcast"):
            broadcast_dims(*dims)
    else:
        assert broadcast_dims(*dims) == expected


@given(shapes, st.data())
@settings(deadline=None)
def test_gradient_has_the_shape_of_what_was_broadcast(pair: Any, data: st.DataObject) -> None:
    x, y = (data.draw(hnp.arrays(np.float64, s, elements=floats)) for s in pair.input_shapes)
    check_gradients(lambda a, b: a * b - a, x, y, tolerance=1e-5)


@given(shapes, st.data())
def test_special_values_are_numpys(pair: Any, data: st.DataObject) -> None:
    x, y = (data.draw(hnp.arrays(np.float32, s, elements=anything)) for s in pair.input_shapes)
    pairs = [(tf.add, np.add), (tf.multiply, np.multiply), (tf.maximum, np.maximum), (tf.less, np.less)]
    with np.errstate(all="ignore"):
        for ours, numpys in pairs:
            np.testing.assert_array_equal(ours(x, y).numpy(), numpys(x, y))
            got, want = np.signbit(ours(x, y).numpy()), np.signbit(numpys(x, y))
            assert (got == want).all() or np.isnan(numpys(x, y)).any()


@given(st.data())
def test_slices_are_numpys(data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4))
    key = data.draw(hnp.basic_indices(shape, allow_newaxis=True))
    x = np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
    np.testing.assert_array_equal(tf.constant(x)[key].numpy(), x[key])
    traced = tf.function(lambda t: t[key])(x)
    np.testing.assert_array_equal(traced.numpy(), x[key])


@given(st.data())
@settings(deadline=None)
def test_gradient_of_a_slice_marks_what_was_taken(data: st.DataObject) -> None:
    shape = data.draw(hnp.array_shapes(min_dims=1, max_dims=3, max_side=3))
    key = data.draw(hnp.basic_indices(shape, allow_newaxis=True))
    x = tf.zeros(shape)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x[key]
    marks = np.zeros(shape, np.float32)
    marks[key] = 1
    np.testing.assert_array_equal(tape.gradient(y, x).numpy(), marks)


REDUCTIONS = [
    (tf.reduce_sum, np.sum), (tf.reduce_mean, np.mean), (tf.reduce_max, np.max), (tf.reduce_min, np.min),
    (tf.reduce_prod, np.prod),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "numpys"), REDUCTIONS)
@given(st.data())
@settings(max_examples=40, deadline=None)
def test_reductions_are_numpys(ours: Any, numpys: Any, data: st.DataObject) -> None:
    x = data.draw(hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_dims=4, max_side=3), elements=floats))
    axes = data.draw(st.none() | st.lists(st.integers(0, max(x.ndim - 1, 0)), unique=True, max_size=x.ndim).map(tuple))
    keep = data.draw(st.booleans())
    if axes:
        axes = tuple(a - x.ndim if data.draw(st.booleans()) else a for a in axes)
    want = np.asarray(numpys(x, axis=axes, keepdims=keep))
    got = ours(x, axis=axes, keepdims=keep)
    assert got.shape == want.shape
    np.testing.assert_allclose(got.numpy(), want, rtol=1e-12, atol=1e-12)
    # No two elements alike, since a maximum has no derivative at a tie; and all near 1, since finite differences lose
    # the small products of a sum behind the large ones.
    apart = 0.5 + np.random.default_rng(0).permutation(x.size).reshape(x.shape) / max(x.size, 1)
    check_gradients(lambda t: ours(t, axis=axes, keepdims=keep), apart, tolerance=1e-4)


@pytest.mark.parametrize(
    ("reduce", "answer"),
    [(tf.reduce_sum, 0.0), (tf.reduce_prod, 1.0), (tf.reduce_max, -np.inf), (tf.reduce_min, np.inf)],
)
def test_reducing_nothing_gives_the_neutral_element(reduce: Any, answer: float) -> None:
    assert reduce(tf.zeros([0, 2]), axis=0).numpy().tolist() == [answer] * 2


def test_mean_of_nothing_is_nan() -> None:
    assert np.isnan(tf.reduce_mean(tf.zeros([0])).numpy())
