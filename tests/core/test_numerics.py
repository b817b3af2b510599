"""check_numerics everywhere: the first operation that makes a NaN is named, with its line."""

from collections.abc import Iterator

import pytest

import eagernb as tf
from eagernb.core.dispatch import current


@pytest.fixture(autouse=True)
def _checked() -> Iterator[None]:
    tf.debugging.enable_check_numerics()
    yield
    tf.debugging.disable_check_numerics()
    assert current() is None


def message(function) -> str:
    with pytest.raises(tf.errors.InvalidArgumentError) as caught:
        function()
    return str(caught.value)


def test_names_operation_line_and_inputs() -> None:
    x = tf.constant([[1.0, 0.0]])
    text = message(lambda: tf.exp(x) / x)
    assert text.startswith("divide gave 1 +Inf in float32[1, 2], at line ")
    assert f"{__file__}: text = message(lambda: tf.exp(x) / x)" in text
    assert "its input: tf.Tensor([[1. 0.]], shape=(1, 2), dtype=float32)" in text


def test_counts_each_kind() -> None:
    zero = tf.constant([0.0, 0.0, 0.0])
    assert message(lambda: tf.constant([1.0, -2.0, 0.0]) / zero).startswith("divide gave 1 -Inf and 1 +Inf and 1 NaN")
    assert message(lambda: tf.complex(1.0, 0.0) / tf.complex(0.0, 0.0)).startswith("divide gave 1 ")


def test_moving_elements_and_reading_variables_are_not_to_blame() -> None:
    x = tf.Variable([float("nan"), 1.0])
    assert tf.reshape(x[::-1], [2, 1]).shape == (2, 1)
    assert message(lambda: tf.reshape(x, [2, 1]) * 2.0).startswith("multiply gave 1 NaN")


def test_gradient_names_the_operation_that_is_differentiated() -> None:
    x = tf.Variable([0.0, 4.0])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.sqrt(x) * 2.0)
    text = message(lambda: tape.gradient(y, x))
    assert "+Inf" in text.splitlines()[0]
    assert "in the gradient of sqrt, at line " in text
    assert "y = tf.reduce_sum(tf.sqrt(x) * 2.0)" in text


def test_graph_names_the_line_inside_the_function() -> None:
    @tf.function
    def f(x: tf.Tensor) -> tf.Tensor:
        shifted = x - 1.0
        return tf.math.log(shifted) + 1.0

    assert float(f(tf.constant(2.0))) == 1.0
    text = message(lambda: f(tf.constant(1.0)))
    assert text.startswith("log gave 1 -Inf")
    assert "return tf.math.log(shifted) + 1.0" in text


def test_bfloat16_and_ints() -> None:
    assert message(lambda: tf.math.log(tf.constant([0.0], tf.bfloat16))).startswith("log gave 1 -Inf in bfloat16[1]")
    assert int(tf.constant(3) + 4) == 7


def test_with_a_tape_around_it_and_after_it() -> None:
    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        tf.debugging.disable_check_numerics()
        tf.debugging.enable_check_numerics()  # now inside of the tape
        y = x * x
    assert float(tape.gradient(y, x)) == 4.0
    assert "log gave" in message(lambda: tf.math.log(0.0))


def test_enabled_twice_is_disabled_once() -> None:
    tf.debugging.enable_check_numerics()
    tf.debugging.disable_check_numerics()
    assert float(tf.math.log(0.0)) == float("-inf")


def test_what_is_summed_while_it_is_scattered_is_looked_at() -> None:
    large = tf.constant([3e38, 3e38])
    assert message(lambda: tf.scatter_nd([[0], [0]], large, [1])).startswith("scatter_nd gave 1 +Inf in float32[1]")


def test_an_operation_inside_a_dataset_is_named() -> None:
    logs = tf.data.Dataset.from_tensor_slices([1.0, 0.0]).map(lambda x: tf.math.log(x) + 1.0)
    text = message(lambda: list(logs))
    assert text.startswith("log gave 1 -Inf in float32[]")
    assert "tf.math.log(x) + 1.0" in text
    ratios = tf.data.Dataset.from_tensor_slices([4.0, 0.0])
    assert message(lambda: ratios.reduce(1.0, lambda total, x: total / x)).startswith("divide gave 1 +Inf")
    tf.debugging.disable_check_numerics()
    assert [float(x) for x in logs] == [1.0, float("-inf")]
