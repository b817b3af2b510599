"""The compiled part: a ufunc's own loop on several threads gives NumPy's bits, or declines and touches nothing."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eagernb as tf
from eagernb.core import large

all_cores = pytest.importorskip("eagernb.core.all_cores", reason="it was not compiled: there was no C compiler")

N = 100_003  # several blocks, the last of them short
rng = np.random.default_rng(0)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([np.add, np.divide, np.maximum, np.less, np.isnan, np.sqrt, np.exp]),
    st.sampled_from(["float16", "float32", "float64"]),
    st.integers(0, N),
    st.integers(1, 9),
    st.integers(0, 1),
)
def test_any_number_of_threads_gives_the_bits_of_one(
    ufunc: np.ufunc, dtype: str, size: int, threads: int, one: int
) -> None:
    numbers = np.random.default_rng(size).normal(size=size + 1).astype(dtype)  # the same when hypothesis tries it again
    inputs = [numbers[1:], numbers[:1]][: ufunc.nin]
    if ufunc.nin == 2 and one == 0:
        inputs.reverse()
    with np.errstate(all="ignore"):
        want = ufunc(*inputs)
    out = np.full_like(want, 77)
    assert all_cores.run(ufunc, threads, *inputs, out) is not None
    assert out.tobytes() == want.tobytes()


def test_threads_that_have_fallen_asleep_wake_up() -> None:
    x = rng.random(N, np.float32)
    for _ in range(5):
        out = np.zeros_like(x)
        all_cores.run(np.negative, 3, x, out)
        assert out.tobytes() == (-x).tobytes()
        time.sleep(0.02)


def test_several_callers_at_once() -> None:
    def work(seed: int) -> bool:
        x = np.random.default_rng(seed).random(N, np.float32)
        out = np.empty_like(x)
        right = True
        for _ in range(50):
            all_cores.run(np.add, 3, x, x, out)
            right &= out.tobytes() == (x + x).tobytes()
        return right

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(work, range(4)))


X = rng.random((4, 6), np.float32)


@pytest.mark.parametrize(
    ("ufunc", "arrays"),
    [
        pytest.param(np.add, (X[:, ::2], X[:, ::2], np.zeros((4, 3), np.float32)), id="strided"),
        pytest.param(np.add, (X.T, X.T, np.zeros((6, 4), np.float32)), id="transposed"),
        pytest.param(np.add, (X, X[0], np.zeros_like(X)), id="row"),
        pytest.param(np.add, (X, X, np.zeros((6, 4), np.float32).T), id="output transposed"),
        pytest.param(np.add, (X, X.astype(np.float64), np.zeros((4, 6))), id="mixed"),
        pytest.param(np.add, (X, X, np.zeros((4, 6))), id="widened output"),
        pytest.param(np.add, (X.astype(">f4"), X.astype(">f4"), np.zeros_like(X)), id="swapped bytes"),
        pytest.param(
            np.add,
            (np.frombuffer(bytes(49), np.float32, 12, 1), np.ones(12, np.float32), np.zeros(12, np.float32)),
            id="unaligned",
        ),
        pytest.param(np.power, (np.full(3, 2), np.full(3, -1), np.zeros(3, int)), id="integers"),
        pytest.param(np.add, (X.astype(object), X.astype(object), np.zeros(X.shape, object)), id="objects"),
        pytest.param(np.modf, (X, np.zeros_like(X), np.zeros_like(X)), id="two outputs"),
        pytest.param(np.matmul, (X[:, :4], X[:, :4], np.zeros((4, 4), np.float32)), id="matrices"),
        pytest.param(np.add, (X, X), id="no output"),
        pytest.param(np.add, (X, 1.0, np.zeros_like(X)), id="a Python number"),
        pytest.param(len, (X, np.zeros_like(X)), id="no ufunc"),
    ],
)
def test_what_only_numpy_does_is_declined(ufunc: Any, arrays: tuple[Any, ...]) -> None:
    assert all_cores.run(ufunc, 2, *arrays) is None
    assert not np.any(arrays[-1]) or arrays[-1] is X


def test_an_output_that_must_not_be_written_is_declined() -> None:
    out = np.zeros_like(X)
    out.flags.writeable = False
    assert all_cores.run(np.add, 2, X, X, out) is None
    assert not out.any()


@pytest.mark.parametrize("arguments", [(), (np.add,), (np.add, "two", X, X, X)])
def test_a_call_without_its_arguments_is_an_error(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        all_cores.run(*arguments)


@pytest.mark.parametrize(
    ("ufunc", "value", "bit"),
    [(np.reciprocal, 0.0, 1), (np.exp, 1000.0, 2), (np.exp, -1000.0, 4), (np.sqrt, -1.0, 8), (np.sqrt, 4.0, 0)],
)
@pytest.mark.parametrize("at", [0, N - 1])
def test_floating_point_exceptions_of_any_thread_are_told(ufunc: np.ufunc, value: float, bit: int, at: int) -> None:
    x = np.ones(N)
    x[at] = value
    assert all_cores.run(ufunc, 2, x, np.empty_like(x)) == bit


@pytest.mark.parametrize("size", [2 * large.LARGE, 2 * large.SHARED])
def test_large_operations_raise_and_warn_as_small_ones_do(size: int) -> None:
    x = tf.ones([size]) - tf.one_hot(7, size)
    with np.errstate(divide="raise"), pytest.raises(tf.errors.InvalidArgumentError, match="divide by zero"):
        1.0 / x
    with np.errstate(divide="warn"):
        assert float((1.0 / x)[7]) == np.inf
        for y in x, x[:10]:
            with pytest.warns(RuntimeWarning, match="^divide by zero encountered in divide$"):
                1.0 / y
    with np.errstate(all="ignore"):
        assert float((1.0 / x)[7]) == np.inf
    called: list[str] = []
    with np.errstate(divide="call", call=lambda kind, _: called.append(kind)):
        1.0 / x
    assert set(called) == {"divide by zero"}
