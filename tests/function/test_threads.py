"""Functions called from several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import eagernb as tf


def test_threads_that_call_first_at_once_share_one_trace() -> None:
    runs = []

    @tf.function
    def total(x):
        runs.append(1)
        for _ in range(200):
            x = x + 1.0
        return x

    barrier = Barrier(4)

    def call(_):
        barrier.wait()
        return float(total(tf.constant(1.0)))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(call, range(4))) == [201.0] * 4
    assert len(runs) == total.experimental_get_tracing_count() == 1


def test_a_trace_that_fails_lets_other_threads_trace() -> None:
    @tf.function
    def fails(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails(tf.constant(1.0))
    with ThreadPoolExecutor(1) as pool:
        assert float(pool.submit(lambda: tf.function(lambda x: x + 1.0)(tf.constant(1.0))).result()) == 2.0
