"""A tensor never changes, whatever is done to what it was made from or what was made from it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf


@pytest.mark.parametrize("make", [tf.constant, tf.convert_to_tensor, tf.identity, lambda a: tf.reshape(a, [-1])])
def test_tensor_copies_its_numpy_source(make: Callable[[Any], Any]) -> None:
    source = np.array([1.0, 2.0], np.float32)
    x = make(source)
    source[0] = 99.0
    assert x.numpy().tolist() == [1.0, 2.0]


VIEWS = [
    tf.identity,
    tf.transpose,
    tf.stop_gradient,
    lambda x: tf.reshape(x, [4]),
    lambda x: tf.broadcast_to(x, [3, 2, 2]),
    lambda x: x[0],
    lambda x: x[::-1],
    lambda x: tf.expand_dims(x, 0),
    lambda x: tf.unstack(x)[0],
    lambda x: tf.split(x, 2)[1],
    lambda x: tf.add_n([x]),
    lambda x: tf.round(x),
]


@pytest.mark.parametrize("view", VIEWS)
def test_numpy_gives_an_array_of_its_own(view: Callable[[Any], Any]) -> None:
    x = tf.constant([[1, 2], [3, 4]])
    y = view(x)
    before = y.numpy().tolist()
    y.numpy()[...] = 99
    assert y.numpy().tolist() == before
    assert x.numpy().tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize("view", VIEWS)
def test_asarray_gives_a_view_that_cannot_be_written(view: Callable[[Any], Any]) -> None:
    array = np.asarray(view(tf.constant([[1, 2], [3, 4]])))
    with pytest.raises(ValueError, match="read-only"):
        array[...] = 99


def test_array_with_copy_can_be_written() -> None:
    x = tf.constant([1, 2])
    array = np.array(x)
    array[0] = 99
    assert x.numpy().tolist() == [1, 2]


def test_asarray_of_another_dtype_can_be_written() -> None:
    array = np.asarray(tf.constant([1.0, 2.0]), np.float64)  # scikit-learn centres its data in there
    array -= 1.0
    assert array.tolist() == [0.0, 1.0]


def test_asarray_without_a_copy_is_refused_where_it_needs_one() -> None:
    x = tf.constant([1.5, 2.5])
    assert np.asarray(x, copy=False).tolist() == [1.5, 2.5]
    assert np.asarray(tf.reduce_sum(x), copy=False) == 4.0
    for needs_one in (lambda: np.asarray(x, np.int32, copy=False), lambda: np.asarray(tf.Variable(x), copy=False)):
        with pytest.raises(ValueError, match="copy"):
            needs_one()


@pytest.mark.parametrize("view", [*VIEWS, lambda x: x])
@pytest.mark.parametrize(
    "change", [lambda v: v.assign(v * 10), lambda v: v.assign_add(v), lambda v: v.assign_sub(v), lambda v: v.assign(v)]
)
def test_assigning_does_not_change_what_was_read(view: Callable[[Any], Any], change: Callable[[Any], Any]) -> None:
    v = tf.Variable([[1, 2], [3, 4]])
    read = view(v.read_value())
    before = read.numpy().tolist()
    change(v)
    assert read.numpy().tolist() == before


def test_variables_do_not_share_after_assigning_one_to_another() -> None:
    a, b = tf.Variable([1.0, 2.0]), tf.Variable([3.0, 4.0])
    a.assign(b)
    b.assign_add([10.0, 10.0])
    assert a.numpy().tolist() == [3.0, 4.0]
    a.assign_add([1.0, 1.0])
    assert b.numpy().tolist() == [13.0, 14.0]


def test_variable_copies_its_first_value() -> None:
    source = np.array([1.0, 2.0])
    v = tf.Variable(source)
    twin = tf.Variable(v)
    source[0] = 99.0
    v.assign([5.0, 6.0])
    assert twin.numpy().tolist() == [1.0, 2.0]


def test_variable_of_a_broadcast_view_takes_an_assignment() -> None:
    v = tf.Variable(tf.broadcast_to(1.0, [2, 2]))
    v.assign(tf.broadcast_to(2.0, [2, 2]))
    assert v.assign_add([[1.0, 0.0], [0.0, 0.0]]).numpy().tolist() == [[3.0, 2.0], [2.0, 2.0]]


def test_writing_into_a_variables_numpy_does_nothing_to_it() -> None:
    v = tf.Variable([1.0, 2.0])
    v.numpy()[0] = 99.0
    np.asarray(v)[1] = 99.0  # a copy, as in TensorFlow
    assert v.numpy().tolist() == [1.0, 2.0]


def test_input_returned_by_a_function_is_not_written_through() -> None:
    f = tf.function(lambda x: (x, tf.reshape(x, [-1])))
    x = tf.constant([[1.0, 2.0]])
    for y in f(x):
        y.numpy()[...] = 99.0
    assert x.numpy().tolist() == [[1.0, 2.0]]
