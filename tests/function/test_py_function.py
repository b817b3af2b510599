"""Python functions in graphs: when they run, what of them is kept, where their errors point."""

import gc
import weakref

import numpy as np
import pytest

import eagernb as tf


def test_runs_once_a_call_whether_or_not_its_gradient_is_asked_for() -> None:
    calls: list[float] = []

    @tf.function
    def f(x: tf.Tensor) -> tf.Tensor:
        return tf.py_function(lambda v: calls.append(float(v)) or v * v, [x], tf.float32)

    x = tf.constant(3.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = f(x)
    assert [float(tape.gradient(y, x)) for _ in range(2)] == [6.0, 6.0]
    assert calls == [3.0]


def test_two_calls_have_gradients_of_their_own() -> None:
    @tf.function
    def f(x: tf.Tensor) -> tf.Tensor:
        square = tf.py_function(lambda v: v * v, [x], tf.TensorSpec([], tf.float32))
        return tf.py_function(lambda v: v * v, [square], tf.TensorSpec([], tf.float32))

    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    assert float(tape.gradient(y, x)) == 4 * 27.0


def test_integer_arguments_and_results_have_no_gradient() -> None:
    x, n = tf.constant([2.0, 3.0]), tf.constant(2)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y, m = tf.py_function(lambda v, k: (v ** float(k), k + 1), [x, n], [tf.float32, tf.int32])
    assert tape.gradient(y, [x, n])[0].numpy().tolist() == [4.0, 6.0]
    assert int(m) == 3


def test_what_a_call_computed_is_let_go_with_its_results() -> None:
    big = []

    def remember(v: tf.Tensor) -> tf.Tensor:
        inner = v * 2.0
        big.append(weakref.ref(inner))
        return inner * inner

    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.py_function(remember, [x], tf.float32)
    gc.collect()
    assert big[0]() is not None
    assert float(tape.gradient(y, x)) == 24.0
    del tape
    gc.collect()
    assert big[0]() is None


def test_error_names_the_exception_and_keeps_its_traceback() -> None:
    def broken(v: tf.Tensor) -> tf.Tensor:
        raise KeyError("no such word")

    with pytest.raises(tf.errors.UnknownError, match="KeyError: 'no such word'") as caught:
        tf.py_function(broken, [1.0], tf.float32)
    assert isinstance(caught.value.__cause__, KeyError)


def test_shape_of_the_spec_is_held() -> None:
    f = tf.function(lambda x: tf.py_function(lambda v: v, [x], tf.TensorSpec([3], tf.float32)) * 2.0)
    assert f(tf.ones([3])).shape == (3,)
    with pytest.raises(tf.errors.InvalidArgumentError, match="Tout says"):
        f(tf.ones([2]))


def test_numpy_function_gets_arrays_that_it_may_change() -> None:
    def change(v: np.ndarray) -> np.ndarray:
        v += 1
        return v

    x = tf.constant([1.0, 2.0])
    f = tf.function(lambda t: tf.numpy_function(change, [t], tf.float32))
    assert f(x).numpy().tolist() == [2.0, 3.0]
    assert x.numpy().tolist() == [1.0, 2.0]


def test_order_of_effects_is_kept() -> None:
    v, seen = tf.Variable(0), []

    @tf.function
    def f() -> None:
        v.assign(1)
        tf.py_function(lambda: seen.append(int(v.numpy())), [], [])
        v.assign(2)
        tf.numpy_function(lambda: seen.append(int(v.numpy())), [], [])

    f()
    assert seen == [1, 2]


def test_time_goes_on_between_runs_of_a_graph() -> None:
    now = tf.function(tf.timestamp)
    assert float(now()) <= float(now())
    assert abs(float(now()) - float(tf.timestamp())) < 10
