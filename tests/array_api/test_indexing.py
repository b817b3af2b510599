"""x[key] and x[key] = value."""

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

import eagernb as tf
import eagernb.numpy as xp
from eagernb.autodiff.check import check_gradients

from .comparing import ALL, assert_same, random

SHAPES = nps.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


def array(shape: tuple[int, ...]) -> np.ndarray:
    return np.arange(np.prod(shape, dtype=int), dtype=np.float64).reshape(shape)


@st.composite
def keys(draw: st.DrawFn, shape: tuple[int, ...]) -> Any:
    """Numbers, slices, ``...`` and None; a mask; or an integer array for each axis, with numbers among them."""
    kind = draw(st.sampled_from(["basic", "mask", "arrays"]))
    if kind == "mask":
        return draw(nps.arrays(bool, shape))
    if kind == "arrays" and shape and all(shape):
        dims = draw(nps.array_shapes(min_dims=1, max_dims=2, max_side=3))
        parts = [
            draw(st.one_of(st.integers(-n, n - 1), nps.arrays(np.int64, dims, elements=st.integers(-n, n - 1))))
            for n in shape
        ]
        return tuple(parts)
    return draw(nps.basic_indices(shape, allow_newaxis=True, allow_ellipsis=True))


def lifted(key: Any) -> Any:
    parts = key if isinstance(key, tuple) else (key,)
    ours = tuple(xp.asarray(part) if isinstance(part, np.ndarray) else part for part in parts)
    return ours if isinstance(key, tuple) else ours[0]


@given(st.data())
def test_the_elements_are_numpys(data: st.DataObject) -> None:
    x = array(data.draw(SHAPES))
    key = data.draw(keys(x.shape))
    assert_same(xp.asarray(x)[lifted(key)], x[key])


@given(st.data())
def test_assignment_is_numpys(data: st.DataObject) -> None:
    x = array(data.draw(SHAPES))
    key = data.draw(keys(x.shape))
    ours = before = xp.asarray(x)
    tensor = tf.convert_to_tensor(before)
    value: Any = -1.5
    if data.draw(st.booleans()):
        value = -1.0 - array(np.shape(x[key]))
    repeated = isinstance(key, tuple) and any(isinstance(part, np.ndarray) for part in key)
    if repeated:
        value = -1.5  # which of several values for one element wins is not said
    ours[lifted(key)] = xp.asarray(value) if isinstance(value, np.ndarray) else value
    want = x.copy()
    want[key] = value
    assert_same(ours, want)
    assert ours is before
    np.testing.assert_array_equal(tensor.numpy(), x)  # the tensor that it stood for is as it was


@pytest.mark.parametrize("dtype", ALL)
def test_a_value_takes_the_dtype_of_the_array(dtype: str) -> None:
    x = xp.zeros(3, dtype=getattr(xp, dtype))
    x[1] = 1
    x[2:] = xp.ones(1, dtype=xp.bool)
    assert_same(x, np.array([0, 1, 1]).astype(dtype))


@pytest.mark.parametrize(
    ("key", "value"),
    [(..., 7.0), (slice(None), [[1.0], [2.0]]), (0, [1.0, 2.0, 3.0]), ((slice(None), 1), [5.0, 6.0]), ((1, 2), 9.0)],
)
def test_values_are_broadcast(key: Any, value: Any) -> None:
    x = random("float64", 2, 3)
    ours = xp.asarray(x)
    ours[key] = xp.asarray(value)
    x[key] = value
    assert_same(ours, x)


def test_the_gradient_of_an_assignment() -> None:
    def assigned(x: Any, value: Any) -> Any:
        y = xp.asarray(x**2, copy=True)
        y[0, :] = value
        y[y > 3] = 0.5
        return y * y

    check_gradients(assigned, np.array([[1.0, 2.0], [1.5, -1.2]]), np.array([0.3, -0.7]))


def test_what_was_computed_before_keeps_its_gradient() -> None:
    x = xp.asarray([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(start := tf.convert_to_tensor(x))
        y = xp.sum(x**2)
        x[0] = 10.0
        z = xp.sum(x**2)
    gradients = tape.gradient([y, z], start)
    np.testing.assert_array_equal(gradients.numpy(), [2.0, 8.0])


def test_assignment_in_a_graph() -> None:
    @tf.function
    def assigned(x: Any, mask: Any) -> Any:
        y = xp.asarray(x)
        y[1:] = 5.0
        y[mask] = -1.0
        return y

    got = assigned(tf.constant([1.0, 2.0, 3.0]), tf.constant([False, False, True]))
    assert got.numpy().tolist() == [1.0, 5.0, -1.0]


def test_a_part_cannot_be_assigned_to() -> None:
    x = xp.asarray([[1.0, 2.0], [3.0, 4.0]])
    for part in (x[0], x[:, 1:], x.T, x.mT):
        with pytest.raises(ValueError, match="taken out of another"):
            part[0] = 9.0
    copied = xp.asarray(x[0], copy=True)
    copied[0] = 9.0
    x[0, 0] += 1.0
    assert np.asarray(x).tolist() == [[2.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda x: xp.asarray(x, copy=True), lambda x: xp.astype(x, x.dtype)]
)
def test_a_copy_is_assigned_to_by_itself(copied: Any) -> None:
    x = xp.asarray([1.0, 2.0])
    y = copied(x)
    y[0] = 9.0
    assert (np.asarray(x).tolist(), np.asarray(y).tolist()) == ([1.0, 2.0], [9.0, 2.0])


@pytest.mark.parametrize("copy", [None, False])
def test_asarray_gives_the_array_itself(copy: Any) -> None:
    x = xp.asarray([1.0, 2.0])
    assert xp.asarray(x, copy=copy) is x
    assert xp.asarray(x, dtype=xp.float64, copy=copy) is x
    assert xp.astype(x, xp.float64, copy=False) is x
    assert xp.astype(x, xp.float64) is not x


def test_in_place_operators_make_a_new_array() -> None:
    x = y = xp.asarray([1, 2])
    x += 1
    assert (np.asarray(x).tolist(), np.asarray(y).tolist()) == ([2, 3], [1, 2])


def test_indexing_in_a_graph() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])

    @tf.function
    def chosen(x: Any, mask: Any, rows: Any) -> Any:
        x = xp.asarray(x)
        return x[mask], x[rows], x[xp.asarray([0, -1]), 1], x[1, ...]

    got = chosen(x, tf.constant([True, False, True]), tf.constant([-1, 0]))
    want = [[[1, 2], [5, 6]], [[5, 6], [1, 2]], [2, 6], [3, 4]]
    assert [part.numpy().tolist() for part in got] == want


@pytest.mark.parametrize(
    "use",
    [lambda x, i: x[i, 0], lambda x, i: x.__setitem__(i, 1.0)],
    ids=["get", "set"],
)
def test_what_a_graph_cannot_index_with(use: Any) -> None:
    @tf.function
    def function(x: Any, i: Any) -> Any:
        return use(xp.asarray(x), i)

    with pytest.raises(TypeError, match="graph is traced"):
        function(tf.zeros([2, 2]), tf.constant([1, 0]))


def test_a_graph_does_not_assign_to_an_array_from_outside() -> None:
    x = xp.zeros(2)

    @tf.function
    def function(value: Any) -> None:
        x[0] = value

    with pytest.raises(TypeError, match="from outside"):
        function(tf.constant(1.0))


def test_a_list_is_an_array_of_positions() -> None:
    x = array((3, 2))
    assert_same(xp.asarray(x)[[2, 0]], x[[2, 0]])
    assert_same(xp.asarray(x)[:, [True, False]], x[:, [True, False]])


@pytest.mark.parametrize("key", [5, (0, 0, 0), "a", 1.0])
def test_wrong_keys(key: Any) -> None:
    with pytest.raises((IndexError, TypeError, ValueError)):
        xp.zeros((2, 2))[key]


@pytest.mark.parametrize("dtype", ["int8", "int16", "int64", "uint8", "uint16", "uint32", "uint64"])
def test_positions_may_be_of_every_integer_dtype(dtype: str) -> None:
    x, positions = xp.asarray([[3, 4, 5], [6, 7, 8]]), np.array([2, 0], dtype)
    assert np.asarray(xp.take(x, xp.asarray(positions), axis=1)).tolist() == [[5, 3], [8, 6]]
    each = xp.take_along_axis(x, xp.asarray(positions[:, None]), axis=1)
    assert np.asarray(each).tolist() == [[5], [6]]
    assert np.asarray(x[xp.asarray(positions[1:])]).tolist() == [[3, 4, 5]]
    long = xp.arange(300)
    assert int(xp.take(long, xp.asarray(positions))[0]) == 2  # also where the axis is longer than the dtype can say
