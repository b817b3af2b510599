"""Variables: identity, shape, what assigning gives."""

import pytest

import eagernb as tf


def test_assigning_returns_the_variable_under_another_name() -> None:
    v = tf.Variable([1.0], name="v")
    same = v.assign([2.0])
    same.assign_add([1.0])
    assert v.numpy().tolist() == same.numpy().tolist() == [3.0]
    assert (v.name, same.name) == ("v:0", "UnreadVariable")
    assert same.trainable
    assert same.shape == (1,)


def test_assigned_inside_a_function_it_is_one_variable_of_the_graph() -> None:
    v = tf.Variable(1.0)
    f = tf.function(lambda: v.assign_add(1.0).assign_add(10.0) + v)
    assert f().numpy() == 24.0
    assert len(f.get_concrete_function().graph.variables) == 1


def test_variable_with_open_dimension_changes_its_size() -> None:
    v = tf.Variable([1.0], shape=[None])
    assert v.shape.as_list() == [None]
    v.assign([1.0, 2.0])
    assert (v * 2.0).numpy().tolist() == [2.0, 4.0]
    total = tf.function(lambda: tf.reduce_sum(v))
    assert total().numpy() == 3.0
    v.assign([1.0, 2.0, 3.0])
    assert total().numpy() == 6.0
    with pytest.raises(ValueError, match="incompatible"):
        v.assign([[1.0]])


@pytest.mark.parametrize("value", [[1.0], [[1.0, 2.0]], 3.0])
def test_wrong_shape_leaves_the_value(value: object) -> None:
    v = tf.Variable([1.0, 2.0])
    with pytest.raises(ValueError, match="shape"):
        v.assign(value)
    assert v.numpy().tolist() == [1.0, 2.0]


def test_variables_are_told_apart_by_reference_not_by_value() -> None:
    a, b = tf.Variable(1.0), tf.Variable(1.0)
    assert bool(a == b)
    assert a.ref() != b.ref()
    assert a.ref() == a.ref()
    assert {a.ref(): 1}[a.ref()] == 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(a)


def test_augmented_assignment_says_what_to_write_instead() -> None:
    v = tf.Variable(1.0)
    with pytest.raises(RuntimeError, match="assign_add"):
        v += 1.0
