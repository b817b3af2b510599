"""Errors: TensorFlow's way to make them and ours."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest

import eagernb as tf


def test_made_of_a_message_or_as_in_tensorflow() -> None:
    ours = tf.errors.NotFoundError("no such file", "read")
    theirs = tf.errors.NotFoundError(None, None, "no such file")
    assert str(ours) == str(theirs) == ours.message == theirs.message == "no such file"
    assert (ours.op, theirs.op, theirs.node_def) == ("read", None, None)
    assert ours.error_code == theirs.error_code == tf.errors.NOT_FOUND
    assert tf.errors.InvalidArgumentError(node_def=None, op=None, message="m").message == "m"
    assert tf.errors.OpError(None, None, "m", tf.errors.DATA_LOSS).error_code == tf.errors.DATA_LOSS


def test_an_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(tf.errors.InvalidArgumentError(None, None, "m")))
    assert (type(error), error.message) == (tf.errors.InvalidArgumentError, "m")


def test_of_an_operation() -> None:
    with pytest.raises(tf.errors.OpError) as caught:
        tf.ones([2]) + tf.ones([3])
    assert caught.value.error_code == tf.errors.INVALID_ARGUMENT
    assert caught.value.op == "add"


@pytest.mark.parametrize(
    ("wrong", "error", "remedy"),
    [
        (lambda: tf.constant([1, 2]).__setitem__(0, 5), TypeError, "tensor_scatter_nd_update"),
        (lambda: tf.Variable([1, 2]).__setitem__(0, 5), TypeError, r"\.assign"),
        (lambda: tf.concat([], 0), ValueError, "at least one tensor"),
        (lambda: tf.scan(tf.add, tf.constant(1)), IndexError, "rank 1"),
        (lambda: tf.TensorArray(tf.int32, 2).unstack([1, 2]).gather([2]), IndexError, "gather: index 2"),
        (lambda: tf.function(lambda x: x)(1, 2), TypeError, "too many positional arguments.*<lambda>"),
    ],
)
def test_the_message_says_what_was_tried(wrong: Callable[[], Any], error: type[Exception], remedy: str) -> None:
    with pytest.raises(error, match=remedy):
        wrong()
