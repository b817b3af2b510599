"""Fused groups: block by block where arrays are large, with the interpreter's bits for every kind of operand."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.large import LARGE
from eagernb.core.op import all_ops
from eagernb.executors.numpy_source import NumpySource, blocks
from eagernb.executors.numpy_source.blocks import in_blocks
from eagernb.graph.interpreter import Interpreter
from eagernb.passes.pipeline import optimize

from ..passes.graphs import trace

rng = np.random.default_rng(0)
ROWS, COLUMNS = 700, 601  # large, and neither is a multiple of a block
FINISHING = ["fuse_elementwise", "plan_memory"]


def full() -> np.ndarray:
    return rng.uniform(0.1, 0.9, (ROWS, COLUMNS)).astype(np.float32)


def group(x: Any, y: Any, z: Any) -> Any:
    a = tf.exp(x) * y
    b = tf.nn.relu(a - z) + tf.sigmoid(a)
    return b * b, a < b


def assert_same(function: Callable[..., Any], shapes: Any, arrays: Any) -> None:
    graph = trace(function, *shapes)
    after, _ = optimize(graph, FINISHING)
    run = NumpySource(after)
    kept = [a.copy() for a in arrays]
    want = Interpreter(graph).run(arrays)
    for _ in range(2):
        for got, expected in zip(run(arrays), want, strict=True):
            assert (got.dtype, got.shape, got.strides) == (expected.dtype, expected.shape, expected.strides)
            assert got.tobytes() == expected.tobytes()
    for a, b in zip(arrays, kept, strict=True):
        assert a.tobytes() == b.tobytes()


ROW, COLUMN, ONE = full()[0], full()[:, :1], full()[0, 0]
OPERANDS = {
    "all": (full(), full(), full()),
    "number": (full(), ONE, full()),
    "single element": (full(), ONE.reshape(1, 1), ONE.reshape(1)),
    "row": (full(), ROW, full()),
    "row of rank 2": (full(), ROW[None], full()),
    "column": (full(), COLUMN, full()),
    "row and column": (full(), COLUMN, ROW),
    "transposed": (full().reshape(COLUMNS, ROWS).T, full(), full()),
    "all transposed": tuple(full().reshape(COLUMNS, ROWS).T for _ in range(3)),
    "strided": (np.repeat(full(), 2, axis=1)[:, ::2], full(), full()),
    "backwards": (full()[::-1], full(), full()),
    "the same": (full(),) * 3,
}


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("operands", OPERANDS)
def test_every_kind_of_operand(operands: str, known: bool) -> None:
    arrays = OPERANDS[operands]
    shapes = [a.shape if known else (None,) * a.ndim for a in arrays]
    assert_same(group, shapes, arrays)


@pytest.mark.parametrize("operands", OPERANDS)
def test_a_single_large_operation_runs_on_all_cores(operands: str) -> None:
    arrays = OPERANDS[operands]
    shapes = [a.shape for a in arrays]
    assert_same(lambda x, y, z: x - y, shapes, arrays)
    text = NumpySource(trace(lambda x, y, z: x - y, *shapes)).source
    assert "ops.in_parts(np.subtract, x, y, dtype='float32')" in text


@pytest.mark.parametrize("shapes", [([None], [None], [None]), ([None, 3], [3], [None, 3]), ([None, 2], [1], [])])
@pytest.mark.parametrize("size", [1, 2, LARGE])
def test_sizes_known_at_run_time_only(shapes: Any, size: int) -> None:
    arrays = [rng.random([size if d is None else d for d in shape], np.float32) for shape in shapes]
    assert_same(group, shapes, arrays)


def test_a_size_of_one_that_grows_at_run_time() -> None:
    assert_same(group, ([None], [None], [None]), [np.ones(1, np.float32), *rng.random((2, LARGE), np.float32)])
    assert_same(group, ([None], [None], [None]), [*rng.random((2, LARGE), np.float32), np.ones(1, np.float32)])


def test_three_axes_and_a_bias() -> None:
    x, bias = rng.random((50, 60, 70), np.float32), rng.random(70, np.float32)
    assert_same(lambda x, b: tf.nn.relu(x + b) * 2.0, [x.shape, bias.shape], [x, bias])


def test_results_of_an_earlier_call_stay() -> None:
    graph, _ = optimize(trace(lambda x: tf.exp(x) + 1.0, [LARGE]), FINISHING)
    run = NumpySource(graph)
    [first] = run([np.zeros(LARGE, np.float32)])
    [second] = run([np.ones(LARGE, np.float32)])
    assert first[0] == first[-1] == 2.0
    assert not np.shares_memory(first, second)


def test_a_group_is_written_where_an_operand_was_that_nothing_needs() -> None:
    def function(x: Any, y: Any) -> Any:
        z = tf.matmul(x, y)
        return tf.exp(z * 2.0) + 1.0

    graph, results = optimize(trace(function, [600, 600], [600, 600]), FINISHING)
    assert [c.sentence for c in results[-1].changes if "matmul" in c.sentence] == [
        "%fused writes into the memory of %matmul, which nothing needs any more: 1.44 MB less to allocate."
    ]
    run = NumpySource(graph)
    assert "fused = fused_block(matmul, constant, constant_1, out=matmul)" in run.source
    assert_same(function, [[600, 600], [600, 600]], list(rng.random((2, 600, 600), np.float32)))


def test_a_group_is_not_written_where_it_still_reads() -> None:
    def function(x: Any, y: Any) -> Any:
        z = tf.matmul(x, y)
        return (tf.exp(z) + 1.0) * z

    graph, _ = optimize(trace(function, [600, 600], [600, 600]), FINISHING)
    assert "out=matmul" not in NumpySource(graph).source
    assert_same(function, [[600, 600], [600, 600]], list(rng.random((2, 600, 600), np.float32)))


def test_an_error_in_a_block_names_the_users_line() -> None:
    graph, _ = optimize(trace(lambda x: (x // 0) + 1, [LARGE], dtype="int32"), FINISHING)
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"(?s)floordiv.*node %floordiv comes from line.*x // 0"):
        NumpySource(graph)([np.ones(LARGE, np.int32)])


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_any_number_of_threads(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "get_threads", lambda: threads)
    assert_same(group, [(ROWS, COLUMNS)] * 3, OPERANDS["all"])


def test_floating_point_warnings_are_as_the_caller_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "get_threads", lambda: 2)

    @in_blocks(full=(0,), gives=("float32",))
    def logarithm(x: Any, out: Any = None) -> Any:
        return np.log(x, out=out)

    x = np.zeros(LARGE, np.float32)
    with np.errstate(all="ignore"):
        assert logarithm(x)[-1] == -np.inf
    with np.errstate(all="raise"), pytest.raises(FloatingPointError):
        logarithm(x)


def test_after_an_interrupt_nobody_goes_on_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "get_threads", lambda: 2)
    running: list[str] = []
    begun = threading.Event()

    @in_blocks(full=(0,), gives=("float32",))
    def interrupted(x: Any, out: Any = None) -> Any:
        running.append(threading.current_thread().name)
        if threading.current_thread() is threading.main_thread():
            begun.set()
            raise KeyboardInterrupt
        begun.wait(30)

    with pytest.raises(KeyboardInterrupt):
        interrupted(np.ones(64 * LARGE, np.float32))
    done = len(running)
    assert done < 1024
    assert NumpySource(trace(lambda x: x + 1.0, [1]))([np.float32([1])])[0] == 2.0
    assert len(running) == done


# What is called elementwise must be: each element of a result may depend on the same element of the operands only.
ELEMENTWISE = [op for op in all_ops().values() if op.family == "elementwise" and op.fresh and not op.multiple]


def test_elementwise_ops_give_the_same_in_parts() -> None:
    from ..ops.test_contract import SAMPLES, arrays, bits

    seen = set()
    for op in ELEMENTWISE:
        for sample in SAMPLES.get(op.name, ()):
            given = [np.asarray(x) for x in arrays(sample)]
            shape = np.broadcast_shapes(*[x.shape for x in given])
            if not shape or any(x.dtype == object or x.dtype.name == "bfloat16" for x in given):
                continue
            given = [np.broadcast_to(x, shape).reshape(-1) for x in given]
            with np.errstate(all="ignore"):
                whole = op.kernel(*given, **sample.params)
                parts = [op.kernel(*[x[i : i + 1] for x in given], **sample.params) for i in range(given[0].size)]
            if parts:
                assert bits(np.concatenate(parts)) == bits(whole), op.name
                seen.add(op.name)
    assert len(seen) > 90
