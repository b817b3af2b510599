"""Lists of tensors that never change, against Python's lists, and what their gradients cost."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import eagernb as tf
from eagernb.core.dispatch import dispatch
from eagernb.core.tensor_list import SparseList, TensorList
from eagernb.errors import InvalidArgumentError
from eagernb.ops import tensor_list

# What is done to a version of the list (its number, taken modulo how many there are), and with which number.
_WHAT = st.sampled_from(["set", "add", "zeros", "grow", "pop"])
CHANGES = st.lists(st.tuples(_WHAT, st.integers(0, 50), st.integers(0, 50)), max_size=25)


@given(CHANGES)
def test_every_version_holds_what_it_held(changes: list[tuple[str, int, int]]) -> None:
    versions: list[TensorList] = [TensorList([None] * 3).zeros()]  # type: ignore[list-item]
    expected: list[list[Any]] = [[None] * 3]
    for number, (what, version, other) in enumerate(changes):
        at = version % len(versions)
        values, model = versions[at], expected[at]
        if what == "zeros":
            new, result = values.zeros(), [None] * len(model)
        elif what == "pop" and model:
            new, result = values.without_last(), model[:-1]
        elif what == "add":
            fitting = [i for i, one in enumerate(expected) if len(one) == len(model)]
            chosen = fitting[other % len(fitting)]
            new = values.plus(versions[chosen])
            result = [y if x is None else x if y is None else x + y
                      for x, y in zip(model, expected[chosen], strict=True)]  # fmt: skip
        else:
            place = len(model) if what != "set" or not model else other % len(model)
            new = values.with_element(place, np.float64(number))
            result = [*model[:place], float(number), *model[place + 1 :]]
        versions.append(new)
        expected.append(result)
    for values, model in zip(versions, expected, strict=True):
        assert values.count == len(model)
        assert [None if x is None else float(x) for x in values.elements()] == model


def traced(function: Any, *arguments: Any) -> Any:
    return tf.function(function, autograph=False)(*arguments)


def test_older_arrays_hold_what_they_held_though_newer_ones_were_made() -> None:
    def function(i: Any) -> Any:
        array = tf.TensorArray(tf.float32, 2, element_shape=[]).write(i, 1.0)
        changed = array.write(i, 5.0)
        return array.stack(), changed.stack(), array.stack()

    old, new, again = traced(function, tf.constant(1))
    assert (old.numpy().tolist(), new.numpy().tolist(), again.numpy().tolist()) == ([0.0, 1.0], [0.0, 5.0], [0.0, 1.0])


def test_errors_say_which_position_of_how_many() -> None:
    with pytest.raises(InvalidArgumentError, match=r"index 5 is not in \[0, 3\)"):
        traced(lambda i: tf.TensorArray(tf.float32, 3).unstack([1.0, 2.0, 3.0]).read(i), tf.constant(5))
    with pytest.raises(InvalidArgumentError, match="must not be negative"):
        traced(lambda n: tf.TensorArray(tf.float32, n).size(), tf.constant(-1))


def test_reading_all_elements_in_a_loop_makes_no_list_for_each_on_the_way_back(monkeypatch: Any) -> None:
    """The gradient of a read is a list with one element: n lists of n elements would be quadratic."""
    made: list[int] = []
    elements = TensorList.elements
    sparse = SparseList.elements

    def counted(self: Any) -> Any:
        made.append(self.count if self.is_sparse else 0)
        return sparse(self)

    monkeypatch.setattr(SparseList, "elements", counted)
    assert TensorList.elements is elements

    @tf.function(autograph=False)
    def f(x):
        return tf.foldl(lambda total, element: total * 0.5 + element * element, x)

    totals = []
    for n in (50, 100):
        made.clear()
        x = tf.ones([n])
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        tape.gradient(y, x)
        totals.append(sum(made))
    assert totals[1] <= 2.1 * totals[0]


def test_gradients_of_elements_of_several_shapes() -> None:
    def total(x: Any, n: Any) -> Any:
        array = tf.TensorArray(tf.float32, size=n, infer_shape=False, element_shape=[None])
        _, array = tf.while_loop(lambda i, _: i < n, lambda i, a: (i + 1, a.write(i, x[: i + 1] ** 2)), (0, array))
        return tf.reduce_sum(array.read(1))

    x = tf.constant([1.0, 2.0, 3.0])
    f = tf.function(total, autograph=False)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x, tf.constant(3))
    np.testing.assert_array_equal(tape.gradient(y, x).numpy(), [2.0, 4.0, 0.0])


def test_the_last_element_is_taken_with_its_gradient() -> None:
    spec = tf.TensorSpec([2])

    def f(x: Any) -> Any:
        values = tensor_list.of_tensors([x, x * x], spec)
        values, last = dispatch(tensor_list.POP, [values], {"spec": spec})
        first = dispatch(tensor_list.POP, [values], {"spec": spec})[1]
        return 3.0 * first + last

    x = tf.constant([2.0, 5.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.function(f, autograph=False)(x)
    assert y.numpy().tolist() == [10.0, 40.0]
    assert tape.gradient(y, x).numpy().tolist() == [7.0, 13.0]


def test_there_is_nothing_to_take_from_an_empty_list() -> None:
    with pytest.raises(InvalidArgumentError, match="empty"):
        traced(
            lambda: dispatch(
                tensor_list.POP, [tensor_list.of_tensors([], tf.TensorSpec([]))], {"spec": tf.TensorSpec([])}
            )[1]
        )
