"""numpy_source: the interpreter's bits, from code that reads well."""

import gc
import linecache
import textwrap
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.spec import TensorSpec
from eagernb.executors import make_executable, register_executor
from eagernb.executors.numpy_source import NumpySource, to_source
from eagernb.executors.numpy_source.names import Names
from eagernb.graph import Graph, Tracer
from eagernb.graph.executable import executable
from eagernb.graph.interpreter import Interpreter
from eagernb.passes.fuse_elementwise import fuse_elementwise
from eagernb.passes.pipeline import optimize
from eagernb.passes.plan_memory import plan_memory

rng = np.random.default_rng(0)


def traced(function: Callable[..., Any], *specs: Any, names: Sequence[str] = "xyzw") -> Graph:
    tracer = Tracer("f")
    with tracer:
        given = [spec if isinstance(spec, TensorSpec) else TensorSpec(spec, "float32") for spec in specs]
        result = function(*[tracer.add_input(spec, name) for spec, name in zip(given, names, strict=False)])
    return tracer.graph(result if isinstance(result, (list, tuple)) else [result])


def code(graph: Graph) -> str:
    """The generated code without the comments that quote this file."""
    return "\n".join(row.partition("  # line")[0] for row in to_source(graph).splitlines())


def assert_same(graph: Graph, *inputs: Any) -> None:
    got, want = NumpySource(graph)(inputs), Interpreter(graph).run(inputs)
    assert [(a.dtype, a.shape, a.tobytes()) for a in got] == [(a.dtype, a.shape, a.tobytes()) for a in want]


def test_code_reads_like_numpy() -> None:
    w = tf.Variable([[1.0], [2.0]], name="w")

    def net(x: Any) -> Any:
        h = tf.nn.relu(x @ w) + 1.0
        return tf.reduce_mean(h), tf.transpose(h), tf.cast(tf.reduce_max(h, axis=0), tf.int32)

    assert code(traced(net, [3, 2])) == textwrap.dedent("""\
        # w: variable w:0, float32[2, 1]
        # constant: float32[] 1.0
        # float32_0: float32[] 0.0
        # float32_3: float32[] 3.0

        def f(x):
            read_variable = w._array
            matmul = np.matmul(x, read_variable)
            relu = np.maximum(matmul, float32_0)
            add = np.add(relu, constant)
            reduce_mean = np.true_divide(np.add.reduce(add, axis=None), float32_3)
            transpose = add.T
            reduce_max = np.maximum.reduce(add, axis=0, initial=-np.inf)
            cast = reduce_max.astype(np.int32)
            return [reduce_mean, transpose, cast]""")


def test_the_users_line_stands_beside_the_first_row_that_it_made() -> None:
    graph = traced(lambda x: tf.exp(x) + 1.0, [2])
    first, second = to_source(graph).splitlines()[3:5]
    line = graph.ops[0].line
    assert line is not None
    assert first == f"    exp = np.exp(x)  # line {line.number}: {line.text}"
    assert second == "    add = np.add(exp, constant)"


def test_large_values_are_let_go_after_their_last_use() -> None:
    assert code(traced(lambda x: tf.reduce_sum(tf.exp(x) @ x), [64, 64])) == textwrap.dedent("""\
        def f(x):
            exp = np.exp(x)
            matmul = np.matmul(exp, x); del exp
            reduce_sum = np.add.reduce(matmul, axis=None); del matmul
            return [reduce_sum]""")


def test_several_outputs_effects_and_static_arguments() -> None:
    v = tf.Variable(1.0, name="v")

    def function(x: Any) -> Any:
        first, second = tf.split(x, 2)
        v.assign(2.0)
        return first, tf.math.top_k(second, 1).values, v + 1.0

    graph = traced(function, [4])
    assert code(graph) == textwrap.dedent("""\
        # v: variable v:0, float32[]
        # constant: float32[] 2.0
        # constant_1: float32[] 1.0
        # int32: tf.int32

        def f(x):
            split_0, split_1 = ops.split(x, sizes=(2, 2), axis=0)
            ops.assign(v, constant)
            top_k_0, top_k_1 = ops.top_k(split_1, k=1, dtype=int32)
            read_variable = v._array
            add = read_variable + constant_1
            return [split_0, top_k_0, add]""")
    assert NumpySource(graph)([np.float32([1, 2, 3, 4])])[2] == 3.0
    assert v.numpy() == 2.0


@pytest.mark.parametrize("name", ["x/kernel:0", "lambda", "np", "ops", "1st", "é", "class_", ""])
def test_any_name_can_be_written(name: str) -> None:
    graph = traced(lambda x, y: x * 2.0 + y, [2], [2], names=(name, f"{name}_"))
    assert_same(graph, np.float32([1, 2]), np.float32([3, 4]))


def test_names_are_told_apart() -> None:
    names = Names()
    outer = names.begin_function()
    assert (names.local("a"), names.local("a"), names.shared("a"), names.local("a/b")) == ("a", "a_1", "a_2", "a_b")
    names.end_function(outer)
    assert (names.local("a"), names.local("a_2"), names.shared("a_b")) == ("a", "a_3", "a_b_1")


def test_an_error_names_the_node_and_the_users_line_as_the_interpreter_does() -> None:
    def function(x: Any, y: Any) -> Any:
        return tf.gather(x, tf.cast(y, tf.int32)) * 2.0

    graph = traced(function, [None], [2])
    inputs = [np.float32([1, 2, 3]), np.float32([0, 7])]
    errors = []
    for run in (Interpreter(graph).run, NumpySource(graph)):
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"gather.*index 7") as caught:
            run(inputs)
        errors.append(caught.value)
    assert str(errors[0]) == str(errors[1])
    assert "return tf.gather" in str(errors[1])
    assert errors[0].op == errors[1].op == "gather"


def test_shapes_that_turn_out_not_to_fit() -> None:
    graph = traced(lambda x, y: tf.exp(x + y), [None], [None])
    run = NumpySource(graph)
    for _ in range(2):  # a failure leaves nothing behind
        with pytest.raises(tf.errors.InvalidArgumentError, match=r"(?s)add of float32.*\(2,\) \(3,\).*node %add"):
            run([np.float32([1, 2]), np.float32([1, 2, 3])])
        assert run([np.float32([0]), np.float32([0])])[0] == 1.0


def test_an_interrupt_passes_through_and_leaves_nothing_behind() -> None:
    calls = []

    def interrupt(x: Any) -> Any:
        calls.append(x)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return x

    graph = traced(lambda x: tf.numpy_function(interrupt, [x * 2.0], tf.float32), [2])
    run = NumpySource(graph)
    with pytest.raises(KeyboardInterrupt):
        run([np.float32([1, 2])])
    assert run([np.float32([1, 2])])[0].tolist() == [2.0, 4.0]


def test_scalars_are_what_the_interpreter_gives() -> None:
    graph = traced(lambda x: [x + 1.0, tf.reduce_sum(x), tf.reshape(x + 1.0, [1]), -x], [])
    for x in (np.float32(2), np.array(2, np.float32)):
        assert_same(graph, x)


def test_bfloat16_is_widened_and_rounded_once() -> None:
    graph = traced(lambda x: tf.reduce_sum(tf.exp(x) * x + x), TensorSpec([100], "bfloat16"))
    assert_same(graph, tf.cast(rng.random(100), "bfloat16").numpy())


def test_transposed_inputs_are_summed_in_the_same_order() -> None:
    graph = traced(
        lambda x, y: [tf.reduce_sum(x * x + y), tf.reduce_sum(tf.transpose(x) * 2.0, axis=0)], [60, 70], [70]
    )
    assert_same(graph, rng.random((70, 60), np.float32).T, rng.random(70, np.float32))


def test_outputs_share_memory_only_where_the_interpreters_do() -> None:
    v = tf.Variable([1.0, 2.0])
    constant = tf.constant([5.0, 6.0])
    graph = traced(lambda x: [x, tf.reshape(x, [2, 1]), x + 1.0, v.read_value(), constant, -(x + 1.0)], [2])
    x = np.float32([1, 2])
    run = NumpySource(graph)
    got, want = run([x]), Interpreter(graph).run([x])
    outside = [x, v._array, constant._array]
    for a, b in zip(got, want, strict=True):
        for other in outside:
            assert np.shares_memory(a, other) <= np.shares_memory(b, other)
    kept = [a.copy() for a in got]
    v.assign([7.0, 8.0])
    run([np.float32([3, 4])])
    for a, b in zip(got, kept, strict=True):
        assert a.tolist() == b.tolist()


def test_many_threads_may_run_it_at_once() -> None:
    graph = traced(lambda x: tf.reduce_sum(tf.exp(x * 2.0) - x), [1000])
    run = NumpySource(graph)
    inputs = [rng.random(1000, np.float32) for _ in range(50)]
    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda x: run([x])[0], inputs))
    assert got == [Interpreter(graph).run([x])[0] for x in inputs]


def test_ten_thousand_nodes() -> None:
    def function(x: Any) -> Any:
        for _ in range(5000):
            x = x * 2.0 - 1.0
        return x

    assert_same(traced(function, []), np.float32(1))


def test_the_text_is_in_linecache_as_long_as_the_code_lives() -> None:
    run = NumpySource(traced(lambda x: x + 1.0, [2]))
    name = run._filename
    assert "".join(linecache.getlines(name)) == run.source + "\n"
    del run
    gc.collect()
    assert name not in linecache.cache


def test_executors_are_found_by_name() -> None:
    graph = traced(lambda x: x + 1.0, [])
    assert make_executable(graph, "interpreter")([np.float32(1)]) == make_executable(graph)([np.float32(1)]) == [2.0]
    with pytest.raises(ValueError, match="no executor 'abacus', only interpreter, numpy_source"):
        make_executable(graph, "abacus")
    with pytest.raises(ValueError, match="already"):
        register_executor("interpreter", NumpySource)


def test_code_that_nobody_needs_goes_with_its_graph() -> None:
    graph = traced(lambda x: x + 1.0, [])
    assert executable(graph, "numpy_source")([np.float32(1)]) == [2.0]
    seen = weakref.ref(graph)
    del graph
    gc.collect()
    assert seen() is None


@pytest.mark.parametrize("dims", [[100, 100], [None, None]])
def test_memory_is_let_go_under_all_the_names_that_it_had(dims: Any) -> None:
    alive: list[weakref.ref[Any]] = []

    class Watched(np.ndarray):
        def __array_finalize__(self, obj: Any) -> None:
            alive.append(weakref.ref(self))

    def look(x: Any) -> Any:
        return np.float32(sum(r() is not None for r in alive))

    def function(x: Any) -> Any:
        y = tf.reverse(tf.exp(tf.exp(x * 2.0) + 1.0) * 3.0, [0])
        z = tf.reduce_sum(tf.reverse(y, [0]))
        return z, tf.numpy_function(look, [z], tf.float32)

    graph = traced(function, dims)
    x = np.zeros((100, 100), np.float32).view(Watched)
    for stage in (graph, plan_memory(graph)[0], plan_memory(fuse_elementwise(graph, at_least=0)[0])[0]):
        alive[:] = [weakref.ref(x)]
        assert NumpySource(stage)([x])[1] <= 2  # x itself, and the sum


def test_values_of_unknown_rank() -> None:
    v = tf.Variable(np.ones((2, 2), np.float32), shape=tf.TensorShape(None), name="v")

    def function(x: Any) -> Any:
        y = tf.exp(x)
        v.assign(y)
        return y, tf.cast(y, tf.int32), tf.nn.relu(-y), tf.identity(tf.sigmoid(y)), v.read_value()

    graph = traced(function, TensorSpec(None))
    assert "# v: variable v:0, float32[...]" in to_source(graph)
    for stage in (graph, optimize(graph)[0]):
        for shape in ((), (2,), (2, 3)):
            assert_same(stage, np.ones(shape, np.float32))


def test_a_comment_on_a_value_stays_on_its_line() -> None:
    graph = traced(lambda x: tf.constant("one\ntwo" * 100) + x, TensorSpec([], "string"))
    run = NumpySource(graph)
    assert len(run.source.splitlines()) == len(run._module.rows) + len(run._module.shared) + 1
    assert all(len(row) < 130 for row in run.source.splitlines() if row.startswith("#"))


def test_an_argument_may_be_called_underscore() -> None:
    f = tf.function(lambda _: tf.while_loop(lambda i: i < 5, lambda i: i + _, [0], maximum_iterations=3)[0])
    assert int(f(tf.constant(1))) == 3
    assert int(f(tf.constant(2))) == 6
