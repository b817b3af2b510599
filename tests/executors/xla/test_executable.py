"""What a program compiled by XLA does besides arithmetic: variables, random numbers, sizes, errors."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.dispatch import spec_of
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor
from eagernb.errors import InvalidArgumentError
from eagernb.executors import make_executable
from eagernb.executors.xla import XlaExecutable
from eagernb.graph import Tracer
from eagernb.graph.lift import lifted


def traced(function: Callable[..., Any], *inputs: Any) -> XlaExecutable:
    """The function's graph, compiled; an input is a tensor or a spec."""
    tracer = Tracer("f")
    with tracer:
        symbols = [tracer.add_input(x if isinstance(x, TensorSpec) else spec_of(x), "x") for x in inputs]
        result = function(*symbols)
        graph = tracer.graph(result if isinstance(result, (list, tuple)) else [result])
    return make_executable(graph, "xla")  # type: ignore[return-value]


def call(function: Callable[..., Any], *inputs: Any) -> Any:
    (result,) = traced(function, *inputs)([tf.constant(x)._array for x in inputs])
    return result


def test_float64_and_int64_keep_their_bits_and_jax_its_own_setting() -> None:
    import jax

    x = tf.constant([1 / 3], tf.float64)
    assert abs(call(lambda x: x * 3 - 1, x)[0]) < 1e-16  # float32 would be off by 1e-8
    assert call(lambda n: n + 1, tf.constant(2**40)) == 2**40 + 1
    assert jax.numpy.ones(2).dtype == "float32"


def test_one_executable_serves_every_shape() -> None:
    program = traced(lambda x: tf.reduce_sum(x) / tf.cast(tf.size(x), tf.float32), TensorSpec([None], "float32"))
    assert program([np.ones(4, np.float32)]) == [1.0]
    assert program([np.full(9, 2, np.float32)]) == [2.0]


def test_variables_are_read_at_the_call_and_written_at_its_end() -> None:
    v, seen = tf.Variable([1.0, 2.0]), []
    before = v.read_value()

    def step(x: Any) -> Any:
        first = v.assign_add(x).read_value()
        v.assign(v * 10)
        return [first, v[1:].assign([7.0]).read_value()]

    program = traced(step, tf.constant([1.0, 1.0]))
    for _ in range(2):
        seen.append([array.tolist() for array in program([np.ones(2, np.float32)])])
    assert seen == [[[2, 3], [20, 7]], [[21, 8], [210, 7]]]
    assert v.numpy().tolist() == [210, 7]
    assert before.numpy().tolist() == [1, 2]


def test_a_failing_call_leaves_variables_as_they_were() -> None:
    v = tf.Variable(1.0)
    program = traced(lambda x: [v.assign_add(1.0), tf.unique(x)[0]], tf.constant([1.0]))
    with pytest.raises(InvalidArgumentError):
        program([np.ones(1, np.float32)])
    assert v.numpy() == 1.0


def test_random_numbers_are_those_of_eager_mode_in_the_same_order() -> None:
    def draw(x: Any) -> list[Any]:
        return [
            tf.random.normal([2]),
            tf.random.uniform([2], seed=3),
            tf.random.gamma([2], x),  # depends on what the program computes
            tf.random.uniform([1]),
            tf.random.stateless_uniform([2], tf.cast(x, tf.int32) * tf.constant([1, 2])),
        ]

    x = tf.constant(2.0)
    program = traced(draw, x)
    tf.random.set_seed(5)
    want = [draw(x), draw(x)]
    tf.random.set_seed(5)
    for wanted in want:
        for a, b in zip(program([x._array]), wanted, strict=True):
            assert a.tolist() == b.numpy().tolist()


def test_a_generator_goes_on_where_the_program_left_it() -> None:
    ours, eager = (tf.random.Generator.from_seed(3) for _ in range(2))
    program = traced(lambda: [ours.normal([2]), ours.normal([3])])
    for _ in range(2):
        for a, n in zip(program([]), (2, 3), strict=True):
            assert a.tolist() == eager.normal([n]).numpy().tolist()
    assert ours.state.numpy().tolist() == eager.state.numpy().tolist()


def test_sizes_may_be_inputs_and_are_compiled_for_each_value() -> None:
    program = traced(lambda n, x: [tf.range(n), x[:n], tf.zeros([n, 2])], tf.constant(2), tf.constant([1.0, 2, 3]))
    x = np.array([1, 2, 3], np.float32)
    for n in (2, 3, 2):
        numbers, part, zeros = program([np.array(n, np.int32), x])
        assert (numbers.tolist(), part.tolist(), zeros.shape) == (list(range(n)), [1, 2, 3][:n], (n, 2))


def test_an_index_may_be_computed() -> None:
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    v = tf.Variable([3.0, 1.0])
    for i in (1.0, 0.0):
        row, part, gradient, _ = traced(
            lambda x, i: [
                x[tf.cast(i, tf.int32), -1],
                tf.slice(x, [tf.cast(i, tf.int32), 0], [1, 2]),
                tf.gradients(x[tf.cast(i, tf.int32), ::-1] * [1.0, 2.0], x)[0],
                v[tf.cast(i, tf.int32)].assign(i * 10).read_value(),
            ],
            x, tf.constant(i),
        )([x._array, np.float32(i)])  # fmt: skip
        assert row == x[int(i), -1]
        assert part.tolist() == [x[int(i)].numpy().tolist()]
        assert gradient[int(i)].tolist() == [2, 1]
        assert gradient.sum() == 3
    assert v.numpy().tolist() == [0, 10]


def test_a_size_that_is_computed_from_data_is_refused() -> None:
    with pytest.raises(InvalidArgumentError, match=r"computed from x \(float32\[100\]\)"):
        call(lambda x: tf.range(tf.cast(tf.reduce_sum(x), tf.int32)), tf.ones(100))
    v = tf.Variable(3)
    with pytest.raises(InvalidArgumentError, match="must be known while XLA compiles"):
        traced(lambda: tf.range(v))([])


def test_what_is_refused_names_the_line_and_what_to_do() -> None:
    with pytest.raises(InvalidArgumentError) as error:
        call(lambda x: tf.where(x > 0), tf.ones(3))  # this line
    text = str(error.value)
    assert "where_true: XLA cannot compile this" in text
    assert "this line" in text
    assert "set_jit('autoclustering')" in text
    assert error.value.op == "where_true"


def test_text_that_is_known_while_compiling_needs_no_xla() -> None:
    words, doubled = traced(lambda x: [tf.constant(["a"]) + tf.constant(["b"]), x + x], tf.constant(1.0))(
        [np.float32(1)]
    )
    assert words.tolist() == [b"ab"]
    assert doubled == 2.0


def test_what_a_program_gives_is_fed_again_without_a_copy() -> None:
    program = traced(lambda x: x * 2.0, tf.ones(1000))
    (once,) = program([np.ones(1000, np.float32)])
    assert isinstance(once.base, memoryview)
    (twice,) = program([once])
    assert twice[0] == 4
    with pytest.raises(ValueError, match="read-only"):
        once[0] = 5


def test_a_part_of_a_result_is_fed_as_what_it_is() -> None:
    (pairs,) = traced(lambda x: tf.reshape(x, [2, 2]), tf.ones(4))([np.arange(4, dtype=np.float32)])
    assert traced(lambda x: x + 0.0, tf.ones(2))([pairs[1]])[0].tolist() == [2, 3]
    assert traced(lambda x: x + 0.0, tf.ones(2))([pairs[:, 0]])[0].tolist() == [0, 2]
    assert traced(lambda x: x + 0.0, tf.ones([2, 2]))([pairs.T])[0].tolist() == [[0, 2], [1, 3]]


def test_an_array_that_is_fed_again_stays_on_the_device_only_as_long_as_it_lives() -> None:
    program = traced(lambda x: x + 1.0, tf.ones(3))
    array = np.ones(3, np.float32)
    for _ in range(3):
        assert program([array])[0].tolist() == [2, 2, 2]
    gone = weakref.ref(array)
    del array
    gc.collect()
    assert gone() is None
    assert program([np.full(3, 5, np.float32)])[0].tolist() == [6, 6, 6]


def test_bfloat16_rounds_once_as_in_eager_mode() -> None:
    x = tf.cast([1.0, 3.0, 1.0], tf.bfloat16)
    result = EagerTensor._of(call(lambda x: tf.reduce_sum(x) / tf.cast(3, tf.bfloat16), x))
    assert result.dtype == tf.bfloat16
    assert float(result) == float(tf.reduce_sum(x) / tf.cast(3, tf.bfloat16))


def test_the_programs_text_is_shown_at_every_stage() -> None:
    program = traced(lambda x: tf.nn.relu(x) + 1.0, tf.ones(3))
    arrays = [np.ones(3, np.float32)]
    assert "stablehlo.maximum" in program.text(arrays, "stablehlo")
    assert program.text(arrays, "hlo").startswith("HloModule jit_f")
    assert "fusion" in program.text(arrays)
    with pytest.raises(ValueError, match="Invalid stage selected: 'foo'"):
        program.text(arrays, "foo")


def test_a_variable_may_be_an_input_of_the_graph() -> None:
    v, w = tf.Variable(1.0), tf.Variable(5.0)
    program = traced(lambda: [v.assign_add(2.0).read_value(), v * 1.0])
    program = XlaExecutable(lifted(program.graph))
    assert program([v])[1] == 3.0
    assert program([w])[1] == 7.0
    assert program([v])[1] == 5.0
    assert (v.numpy(), w.numpy()) == (5.0, 7.0)
