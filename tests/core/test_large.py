"""Elementwise operations on large arrays: the same bits as NumPy's, in memory that nothing else refers to."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from inspect import signature

import numpy as np
import pytest

import eagernb as tf
from eagernb.core import large
from eagernb.core.dispatch import Handler
from eagernb.core.dtypes import FLOATS
from eagernb.core.large import SHARED, Memory, in_parts, in_steps
from eagernb.core.op import Op, all_ops

N = SHARED + 7  # numbers: shared among threads even as bools, and not a multiple of any vector's length
rng = np.random.default_rng(0)
A, B = rng.uniform(0.1, 0.9, (2, N)).astype(np.float32)


@pytest.fixture(autouse=True, params=["compiled", "Python's threads"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test both with the part that is compiled and as it is without."""
    if request.param == "Python's threads":
        monkeypatch.setattr(large, "all_cores", None)
    elif large.all_cores is None:
        pytest.skip("there was no C compiler")


UFUNCS = sorted(
    name
    for name, op in all_ops().items()
    if isinstance(op.kernel, np.ufunc) and op.family == "elementwise" and np.dtype(np.float32) in op.dtypes & FLOATS
)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # arccosh below 1
@pytest.mark.parametrize("name", UFUNCS)
def test_parts_give_the_bits_of_the_whole(name: str) -> None:
    op = all_ops()[name]
    arrays = (A, B)[: len(op.inputs)]
    got = in_parts(op.kernel, arrays, A.shape, op.kernel(*[a[:1] for a in arrays]).dtype)
    want = op.kernel(*arrays)
    assert got.dtype == want.dtype
    assert got.tobytes() == want.tobytes()


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (A, B[0]),
        (B[0], A),
        (np.tile(A, (2, 1)), B),
        (np.tile(A, (2, 1)), B[:2, None]),
        (np.tile(A, (2, 1)).T, np.tile(B, (2, 1)).T),
        (np.tile(A, (2, 1))[:, ::2], B[: (N + 1) // 2]),
    ],
    ids=["number right", "number left", "row", "column", "transposed", "strided"],
)
def test_all_kinds_of_operands(x: np.ndarray, y: np.ndarray) -> None:
    np.testing.assert_array_equal(tf.constant(x) + tf.constant(y), x + y)
    np.testing.assert_array_equal(tf.constant(x) < tf.constant(y), x < y)


@pytest.mark.parametrize("dtype", [np.float32, np.int32])
def test_one_number_of_any_rank_goes_with_all(dtype: type) -> None:
    x = np.full((2, N // 2, 1), 3, dtype)
    for one in np.full((1, 1), 2, dtype), np.full((1, 1, 1, 1), 2, dtype):
        np.testing.assert_array_equal(tf.constant(x) - tf.constant(one), x - one)


def test_more_threads_than_cache_lines() -> None:
    large.set_threads(N)
    try:
        np.testing.assert_array_equal(tf.constant(A) + tf.constant(B), A + B)
    finally:
        large.set_threads(0)


def test_scipys_errors_arrive_in_the_calling_thread() -> None:
    from scipy import special

    with special.errstate(all="raise"), pytest.raises(special.SpecialFunctionError):
        tf.math.lgamma(tf.fill([N], -1.0))
    assert np.all(np.isinf(tf.math.lgamma(tf.fill([N], -1.0))))


def test_shapes_that_do_not_fit_raise_as_small_ones_do() -> None:
    with pytest.raises(tf.errors.InvalidArgumentError, match="add of float32"):
        tf.constant(A) + tf.constant(B[:-1])


def _needs_no_params(op: Op) -> bool:
    return all(
        p.default is not p.empty or p.name in {*op.inputs, "arrays"} for p in signature(op.kernel).parameters.values()
    )


COMPOSED = sorted(
    name
    for name, op in all_ops().items()
    if op.family == "elementwise" and np.dtype(np.float32) in op.dtypes and not isinstance(op.kernel, np.ufunc)
    if op.inputs[0][0] != "*" and len(op.inputs) in (1, 2) and _needs_no_params(op)
)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", COMPOSED)
def test_kernels_of_several_ufuncs_give_the_bits_that_small_arrays_have(name: str) -> None:
    op = all_ops()[name]
    arrays = (A[: 2**17] * 8 - 4, B[: 2**17])[: len(op.inputs)]
    got = op.kernel(*arrays)
    parts = [op.kernel(*[a[start : start + 2**14] for a in arrays]) for start in range(0, 2**17, 2**14)]
    assert got.dtype == parts[0].dtype
    assert got.tobytes() == np.concatenate(parts).tobytes()


def test_steps_that_raise_leave_what_they_were_given() -> None:
    x = np.full(N, -1000, np.float32)
    with np.errstate(over="raise"), pytest.raises(FloatingPointError, match="overflow"):
        in_steps(x, (np.negative,), (np.exp,))
    with np.errstate(over="ignore"):
        assert np.all(in_steps(x, (np.negative,), (np.exp,), (np.reciprocal,)) == 0)
    np.testing.assert_array_equal(tf.sigmoid(x), np.zeros(N, np.float32))
    assert np.all(x == -1000)


def test_a_handler_that_carries_operations_out_takes_the_same_way() -> None:
    class Handled(Handler):
        pass

    handler = Handled()
    handler.activate()
    try:
        results = [tf.sqrt(A), tf.constant(A) + tf.constant(B), tf.constant(A) < B[0]]
    finally:
        handler.deactivate()
    for got, want in zip(results, [np.sqrt(A), A + B, B[0] > A], strict=True):
        np.testing.assert_array_equal(got, want)
        assert got._array.ctypes.data % 64 == 0


def test_memory_is_used_again_once_nothing_refers_to_it() -> None:
    memory = Memory(kept=1000)
    first = memory.take((10,), np.dtype(np.float64))
    address = first.ctypes.data
    view = first[3:]
    del first
    second = memory.take((10,), np.dtype(np.float64))
    assert second.ctypes.data != address
    del view
    assert memory.take((10,), np.dtype(np.float64)).ctypes.data == address


def test_large_tensors_begin_at_a_cache_line() -> None:
    shifted = np.empty(N * 4 + 4, np.uint8)[4:].view(np.float32)
    shifted[:] = A
    x = tf.constant(shifted)
    assert [t._array.ctypes.data % 64 for t in (x, x + x, tf.ones([N]) * x)] == [0, 0, 0]


def test_large_constants_are_copies_of_what_they_were() -> None:
    a = np.asfortranarray(np.arange(2.0 * N).reshape(2, N))
    x = tf.constant(a, tf.float32)
    a[:] = 0
    np.testing.assert_array_equal(x, np.arange(2.0 * N, dtype=np.float32).reshape(2, N))
    names = np.array(["a", "bc"] * N)
    assert tf.constant(names)[-1] == b"bc"


def test_memory_that_is_kept_is_bounded() -> None:
    memory = Memory(kept=1000)
    arrays = [memory.take((10,), np.dtype(np.float64)) for _ in range(50)]
    assert len({a.ctypes.data for a in arrays}) == 50
    assert sum(block.nbytes for block, _ in memory._blocks) <= 1000


def test_a_block_that_is_too_large_to_be_kept_takes_nobodys_place() -> None:
    memory = Memory(kept=1000)
    kept = memory.take((10,), np.dtype(np.float64)).ctypes.data
    assert memory.take((1000,), np.dtype(np.float64)).shape == (1000,)
    assert memory.take((10,), np.dtype(np.float64)).ctypes.data == kept


def test_a_result_never_changes_later() -> None:
    x = tf.constant(A)
    kept = [x + 1.0, (x + 2.0)[5:10], (x + 3.0).numpy()]
    for _ in range(20):
        x * 0.0
    np.testing.assert_array_equal(kept[0], A + np.float32(1))
    np.testing.assert_array_equal(kept[1], A[5:10] + np.float32(2))
    np.testing.assert_array_equal(kept[2], A + np.float32(3))


def test_several_threads_at_once() -> None:
    def work(i: int) -> bool:
        x = tf.constant(A) * float(i)
        for _ in range(10):
            x = x + 1.0
        return bool(np.array_equal(x.numpy(), _ten_times_one_more(A * np.float32(i))))

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(work, range(8)))


def _ten_times_one_more(x: np.ndarray) -> np.ndarray:
    for _ in range(10):
        x = x + np.float32(1)
    return x


FORK = """
import multiprocessing, warnings
import eagernb as tf

warnings.filterwarnings("ignore", message=".*fork", category=DeprecationWarning)
a = tf.ones([1_000_000])

def child(queue):
    queue.put(float(tf.reduce_max(a * 2.0)))

a * 2.0  # the parent's threads exist now
context = multiprocessing.get_context("fork")
queue = context.Queue()
process = context.Process(target=child, args=(queue,))
process.start()
print(queue.get(timeout=60))
process.join(60)
assert process.exitcode == 0
"""


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork")
def test_a_forked_process_has_threads_of_its_own() -> None:
    # In a process of its own: here other libraries may have threads that do not outlive a fork.
    done = subprocess.run([sys.executable, "-c", FORK], capture_output=True, text=True, timeout=120)
    assert done.stdout == "2.0\n", done.stderr
