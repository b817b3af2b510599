"""Handlers: who sees an operation, and that the careful way explains what failed."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import eagernb as tf
from eagernb.core.dispatch import Handler, active_handlers, current, suspended
from eagernb.core.op import Op


class Spy(Handler):
    def __init__(self) -> None:
        self.seen: list[str] = []

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        self.seen.append(op.name)
        return self.pass_on(op, inputs, params)

    def __enter__(self) -> "Spy":
        self.activate()
        return self

    def __exit__(self, *_: object) -> None:
        self.deactivate()


def test_every_handler_sees_an_operation_from_the_inside_out() -> None:
    with Spy() as outer:
        with Spy() as inner:
            assert list(active_handlers()) == [inner, outer]
            assert (tf.constant(2) + 3).numpy() == 5
        tf.exp(1.0)
    assert inner.seen == ["add"]
    assert outer.seen == ["add", "exp"]
    assert current() is None


def test_suspended_hides_every_handler() -> None:
    with Spy() as spy:
        with suspended():
            tf.exp(1.0)
        assert current() is spy
    assert spy.seen == []


def test_variable_made_inside_a_callable_is_not_traced() -> None:
    with Spy() as spy:
        v = tf.Variable(lambda: tf.ones([2]) + 1.0)
    assert spy.seen == []
    assert v.numpy().tolist() == [2.0, 2.0]


def test_threads_start_without_handlers() -> None:
    with Spy() as spy, ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda i: (current(), (tf.constant(i) + 1).numpy()), range(20)))
    assert results == [(None, i + 1) for i in range(20)]
    assert spy.seen == []


def test_error_is_the_same_with_and_without_handlers() -> None:
    messages = set()
    for handler in (None, Spy(), tf.GradientTape()):
        if handler:
            handler.activate()
        with pytest.raises(tf.errors.InvalidArgumentError) as caught:
            tf.ones([2, 3]) + tf.ones([4])
        messages.add(str(caught.value))
        if handler:
            handler.deactivate()
    [message] = messages
    assert "add of float32[2, 3], float32[4]: cannot broadcast [2, 3] with [4]" in message
    assert "tf.reshape can line them up" in message


def test_remedy_about_shapes_stays_with_shapes() -> None:
    with pytest.raises(TypeError) as caught:
        tf.constant(1.0) + tf.constant(1)
    assert "tf.cast" in str(caught.value)
    assert "Two dimensions" not in str(caught.value)


@pytest.mark.parametrize(
    ("attempt", "classes"),
    [
        (lambda: tf.ones([2]) + tf.ones([3]), (ValueError, tf.errors.InvalidArgumentError)),
        (lambda: tf.ones([2]) + tf.constant([1, 2]), (TypeError, tf.errors.InvalidArgumentError)),
        (lambda: tf.gather([1, 2], [0.5]), (TypeError, tf.errors.InvalidArgumentError)),
        (lambda: tf.zeros([-1]), (ValueError, tf.errors.InvalidArgumentError)),
    ],
)
def test_shape_and_dtype_errors_are_caught_by_either_name(attempt: Any, classes: Any) -> None:
    for cls in classes:
        with pytest.raises(cls):
            attempt()
