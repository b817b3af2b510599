"""Hypothesis knows the standard: its strategies make arrays of the namespace."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.array_api import make_strategies_namespace

import eagernb.numpy as xp

xps = make_strategies_namespace(xp, api_version="2024.12")


@given(st.data())
def test_arrays_of_every_dtype_and_shape(data: st.DataObject) -> None:
    dtype = data.draw(xps.scalar_dtypes() | xps.complex_dtypes())
    shape = data.draw(xps.array_shapes(min_dims=0, min_side=0, max_dims=3))
    x = data.draw(xps.arrays(dtype, shape))
    assert isinstance(x, xp.Array)
    assert (x.dtype, x.shape) == (dtype, shape)
    same = xp.reshape(xp.asarray(np.asarray(x).tolist(), dtype=dtype), shape)
    assert xp.all((same == x) | ((same != same) & (x != x)))


@given(st.data())
def test_indices(data: st.DataObject) -> None:
    x = data.draw(xps.arrays(xp.float64, xps.array_shapes()))
    key = data.draw(xps.indices(x.shape, allow_newaxis=True))
    np.testing.assert_array_equal(np.asarray(x[key]), np.asarray(x)[key], strict=True)


@given(st.data())
def test_broadcasting(data: st.DataObject) -> None:
    shapes = data.draw(xps.mutually_broadcastable_shapes(3))
    arrays: list[Any] = [xp.zeros(shape) for shape in shapes.input_shapes]
    assert (arrays[0] + arrays[1] * arrays[2]).shape == shapes.result_shape
    assert all(x.shape == shapes.result_shape for x in xp.broadcast_arrays(*arrays))
