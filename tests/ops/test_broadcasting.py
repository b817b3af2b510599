"""Broadcasting and its reverse, and slices, on shapes and values that Hypothesis picks."""

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
