"""tf.function: when it traces, what it leaves behind, how errors come out."""

import gc
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import current


def counted(function: Any) -> tuple[Any, list[int]]:
    """A tf.function, and a list that grows at each trace."""
    traces: list[int] = []

    def traced(*args: Any) -> Any:
        traces.append(len(traces))
        return function(*args)

    return tf.function(traced), traces


def test_one_trace_for_each_shape_and_dtype() -> None:
    f, traces = counted(lambda x: x + x)
    for value in (1.0, 2.0, [1.0], [2.0], 3):
        f(tf.constant(value))
    assert len(traces) == 3
    assert f.experimental_get_tracing_count() == 3


def test_numpy_arrays_do_not_retrace_and_are_not_frozen() -> None:
    f, traces = counted(lambda x: x * 2)
    assert [f(np.float32(i)).numpy() for i in range(3)] == [0.0, 2.0, 4.0]
    assert len(traces) == 1


def test_python_numbers_are_part_of_the_signature() -> None:
    f, traces = counted(lambda x, n: x * n)
    assert [f(tf.constant(3), n).numpy() for n in (1, 2, 1)] == [3, 6, 3]
    assert len(traces) == 2


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_error_while_tracing_leaves_nothing_behind(error: type[BaseException]) -> None:
    fail = [True]

    @tf.function
    def f(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x * x
            if fail:
                raise error("stop")
        return tape.gradient(y, x)

    with pytest.raises(error, match="stop"):
        f(tf.constant(3.0))
    assert current() is None
    assert f.experimental_get_tracing_count() == 0
    fail.clear()
    assert f(tf.constant(3.0)).numpy() == 6.0
    assert f.experimental_get_tracing_count() == 1


def test_error_when_running_names_op_and_line() -> None:
    @tf.function
    def f(x: Any) -> Any:
        return 7 // x

    assert f(tf.constant(2)).numpy() == 3
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"(?s)floordiv.*by zero.*return 7 // x"):
        f(tf.constant(0))
    assert current() is None


def test_function_inside_function_and_tape() -> None:
    @tf.function
    def square(x: Any) -> Any:
        return x * x

    @tf.function
    def f(x: Any) -> Any:
        return square(x) + square(2.0 * x)

    x = tf.Variable(3.0)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = f(x.read_value())
        g = inner.gradient(y, x)
    assert y.numpy() == 45.0
    assert g.numpy() == 30.0
    assert outer.gradient(g, x).numpy() == 10.0


def test_variables_are_live_and_closures_frozen() -> None:
    v, scale = tf.Variable(1.0), [10.0]

    @tf.function
    def f() -> Any:
        return v * scale[0]

    assert f().numpy() == 10.0
    v.assign(2.0)
    scale[0] = 99.0
    assert f().numpy() == 20.0


def test_effects_run_in_order_at_every_call() -> None:
    v = tf.Variable(1.0)

    @tf.function
    def f() -> Any:
        before = v.read_value()
        v.assign_add(1.0)
        between = v.read_value()
        v.assign(v * 10.0)
        return before, between, v

    assert [x.numpy() for x in f()] == [1.0, 2.0, 20.0]
    assert [x.numpy() for x in f()] == [20.0, 21.0, 210.0]


def test_result_keeps_its_structure() -> None:
    f = tf.function(lambda x: {"a": [x, None], "b": (x + 1, 5)})
    result = f(tf.constant(1))
    assert result["a"][0].numpy() == 1
    assert result["a"][1] is None
    assert [x.numpy() for x in result["b"]] == [2, 5]


def test_result_that_is_no_tensor_is_refused() -> None:
    with pytest.raises(TypeError, match=r"must return zero or more Tensors.*object"):
        tf.function(object)()


def test_input_signature_serves_all_lengths_with_one_trace() -> None:
    shapes = []

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def f(x: Any) -> Any:
        shapes.append(x.shape.as_list())
        return tf.reduce_sum(x)

    assert [f(tf.ones([n])).numpy() for n in (1, 5)] == [1.0, 5.0]
    assert f([1.0, 2.0]).numpy() == 3.0
    assert shapes == [[None]]
    with pytest.raises(TypeError, match=r"(?s)Can not cast TensorSpec.*has to fit its input_signature"):
        f(tf.ones([2, 2]))


def test_variable_is_made_once_with_the_method_of_a_class() -> None:
    class Model:
        def __init__(self) -> None:
            self.w: Any = None

        @tf.function
        def __call__(self, x: Any) -> Any:
            if self.w is None:
                self.w = tf.Variable(lambda: tf.random.normal([2]))
            return x * self.w

    one, other = Model(), Model()
    x = tf.ones([2])
    assert (one(x).numpy() == one.w.numpy()).all()
    assert (one(x).numpy() != other(x).numpy()).any()


def test_ten_thousand_operations_do_not_recurse() -> None:
    @tf.function
    def f(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = x
            for _ in range(5_000):
                y = tf.sin(y) + 1.0
        return y, tape.gradient(y, x)

    y, g = f(tf.constant(0.5))
    with tf.GradientTape() as tape:
        x = tf.Variable(0.5)
        again, _ = f(x.read_value())
    assert again.numpy() == y.numpy()
    assert np.isfinite(tape.gradient(again, x).numpy())
    assert np.isfinite(g.numpy())


def test_traces_do_not_keep_their_arguments() -> None:
    import gc
    import weakref

    f = tf.function(lambda x: x + 1.0)
    x = tf.ones([100])
    reference = weakref.ref(x)
    f(x)
    del x
    gc.collect()
    assert reference() is None


UNKNOWN_SIZES = [
    lambda x: tf.reduce_mean(x, axis=0, keepdims=True) * x,
    lambda x: x * tf.reduce_max(x) + x[:1] * x[0],  # what was broadcast shows only when the graph runs
    lambda x: tf.reshape(x, [tf.shape(x)[0] * 2, -1])[1:],
    lambda x: tf.transpose(tf.tile(x, [2, tf.shape(x)[0]])),
    lambda x: tf.concat([x, tf.square(x[:, :1])], axis=1),
    lambda x: tf.boolean_mask(x, x[:, 0] > 0) ** 2,
    lambda x: tf.gather(x, tf.range(tf.shape(x)[0] - 1, -1, -1)) * x,
    lambda x: x * tf.cast(tf.range(tf.shape(x)[0]), tf.float32)[:, None],
    lambda x: tf.pad(x, [[0, tf.shape(x)[0]], [1, 0]]) ** 2,
    lambda x: tf.pad(x, [[1, 0], [0, 1]], "REFLECT") ** 2,
    lambda x: tf.split(x, [tf.shape(x)[0] - 1, 1])[0] ** 2,
    lambda x: tf.stack(tf.split(x, 2, axis=1)) ** 2,
    lambda x: tf.broadcast_to(x[0], tf.shape(x)) * tf.zeros_like(x) + tf.ones_like(x) * x,
    lambda x: tf.slice(x, [0, 1], [tf.shape(x)[0] - 1, -1]) ** 2,
    lambda x: tf.sort(x, axis=0) * tf.math.top_k(x, k=1).values,
    lambda x: tf.math.unsorted_segment_sum(x, tf.cast(x[:, 0] > 0, tf.int32), tf.shape(x)[0]) ** 2,
    lambda x: tf.tensor_scatter_nd_update(x, [[0]], x[1:2] * 2) ** 2,
    lambda x: tf.linspace(x[0], x[1], tf.shape(x)[0]) ** 2,
    lambda x: tf.nn.softmax(x) @ tf.transpose(x),
]  # fmt: skip


@pytest.mark.parametrize("function", UNKNOWN_SIZES)
def test_sizes_that_are_unknown_while_tracing_give_the_same_gradient(function: Any) -> None:
    def f(x: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = function(x)
        return y, tape.gradient(y, x)

    x = tf.constant([[1.0, -2.0], [-3.0, 4.0], [5.0, 6.0]])
    for shape in ([None, 2], [None, None]):
        traced = tf.function(f, input_signature=[tf.TensorSpec(shape)])
        for got, want in zip(traced(x), f(x), strict=True):
            np.testing.assert_array_equal(got.numpy(), want.numpy())


def test_every_call_gives_the_same_structure_and_takes_defaults() -> None:
    two = tf.constant(2.0)

    @tf.function
    def f(x: Any, y: Any = two) -> Any:
        return {"sum": x + y, "both": (x, [y, None])}

    @tf.function
    def pair(*xs: Any) -> Any:
        return xs[1], xs[0] * 2.0

    for x in (1.0, 5.0, 7.0):
        found = f(tf.constant(x))
        assert float(found["sum"]) == x + 2.0
        assert float(found["both"][0]) == x
        assert float(found["both"][1][0]) == 2.0
        assert found["both"][1][1] is None
        assert float(f(tf.constant(x), tf.constant(x))["sum"]) == 2 * x
        got = pair(tf.constant(x), tf.constant(3.0))
        assert type(got) is tuple
        assert [float(a) for a in got] == [3.0, 2 * x]


def test_a_classmethod_may_be_a_function() -> None:
    class Scale:
        factor = 2.0

        @classmethod
        @tf.function
        def apply(cls, x):
            return x * cls.factor

    class Larger(Scale):
        factor = 3.0

    x = tf.constant(1.0)
    assert [float(f(x)) for f in (Scale.apply, Larger.apply, Scale().apply)] == [2.0, 3.0, 2.0]


def test_a_first_call_that_failed_gives_variables_their_first_values_when_it_is_repeated() -> None:
    kept: list[tf.Variable] = []

    @tf.function
    def f(x: tf.Tensor) -> tf.Tensor:
        if not kept:
            tf.debugging.assert_positive(x)
            kept.append(tf.Variable(2.0 * x))
        return kept[0] + x

    with pytest.raises(tf.errors.InvalidArgumentError):
        f(tf.constant(-1.0))
    assert not kept[0].is_initialized()
    with pytest.raises(tf.errors.FailedPreconditionError, match="first values"):
        f(tf.constant([1.0]))
    assert [f(tf.constant(x)).numpy() for x in (2.0, 3.0)] == [6.0, 7.0]
    assert kept[0].is_initialized()


def test_recursion_over_tensors_says_which_function_has_no_end() -> None:
    def factorial(n: tf.Tensor) -> tf.Tensor:
        if n <= 1:
            return tf.constant(1)
        return n * factorial(n - 1)

    with pytest.raises(RecursionError, match=r"Tracing f came to no end, in which factorial calls itself.*Python int"):
        tf.function(lambda n: factorial(n), autograph=True, name="f")(tf.constant(5))
    assert tf.executing_eagerly()
    assert tf.function(lambda x: x + 1)(tf.constant(1)).numpy() == 2


def test_objects_that_are_gone_leave_no_traces_behind() -> None:
    class Config:
        pass

    f = tf.function(lambda config, x: x + 1)
    for _ in range(5):
        f(Config(), tf.constant(1))
        gc.collect()
    assert f.experimental_get_tracing_count() == 5
    assert f.pretty_printed_concrete_signatures().count("Input Parameters") <= 2


def test_a_trace_for_any_size_serves_all_sizes() -> None:
    f = tf.function(lambda x: tf.reduce_sum(x))
    f.get_concrete_function(tf.TensorSpec([None]))
    assert [f(tf.ones([n])).numpy() for n in (1, 2, 3)] == [1.0, 2.0, 3.0]
    assert f.experimental_get_tracing_count() == 1
    assert f.pretty_printed_concrete_signatures().count("Input Parameters") == 1
