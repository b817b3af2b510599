"""Random programs mean the same eagerly, traced, after every pass, at every level and in every executor.

In CI there are 5,000 of them. To try more, or other ones:

    EAGERNB_PROGRAMS=100000 pytest tests/passes/test_differential.py
"""

import os
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import eagernb as tf
from eagernb.core.spec import TensorSpec
from eagernb.executors import executors, make_executable
from eagernb.graph import Graph, Tracer, verify
from eagernb.passes import optimize
from eagernb.passes.pipeline import HIGHEST_LEVEL, PASSES, level_passes

from . import programs

EXACT_EXECUTORS = [name for name in executors() if name not in ("interpreter", "xla", "autoclustering")]
PROGRAMS = int(os.environ.get("EAGERNB_PROGRAMS", 5000 if os.environ.get("CI") else 500))

# A program, and what its inputs are drawn from.
program = st.lists(st.integers(0, 2**22 - 1), min_size=1, max_size=12)
seeds = st.integers(0, 2**16)


def bits(arrays: Any) -> list[tuple[Any, ...]]:
    """What has to be equal. All NaNs count as one: which of two a sum passes on is the processor's choice."""
    result = []
    for array in map(np.asarray, arrays):
        if array.dtype.kind == "c":
            parts = np.stack([array.real, array.imag])
            array = np.where(np.isnan(parts).any(0), np.float32("nan"), parts)
        elif array.dtype.kind not in "iub":
            array = np.where(np.isnan(array), np.array(np.nan, array.dtype), array)
        result.append((array.dtype, array.shape, array.tobytes()))
    return result


def traced(steps: list[int], variable: Any) -> Graph:
    tracer = Tracer("program")
    with tracer:
        inputs = [tracer.add_input(TensorSpec(shape, dtype), name) for name, shape, dtype in programs.INPUTS]
        outputs = programs.run(steps, inputs, variable)
    return tracer.graph(outputs)


class Trial:
    """A program with its inputs, run from the same state each time."""

    def __init__(self, steps: list[int], seed: int) -> None:
        self.arrays = programs.arrays(seed)
        self.variable = tf.Variable(0.0, name="v")
        self.graph = traced(steps, self.variable)
        self.want = self.of(lambda: [t.numpy() for t in programs.run(steps, self.tensors, self.variable)])

    @property
    def tensors(self) -> list[Any]:
        return [tf.constant(array) for array in self.arrays]

    def of(self, run: Any) -> list[tuple[Any, ...]]:
        self.variable.assign(1.5)
        tf.random.set_seed(1)
        return bits(run())

    def check(self, graph: Graph, name: str, executor: str = "interpreter") -> None:
        run = make_executable(graph, executor)
        got = self.of(lambda: run(self.arrays))
        assert got == self.want, f"{name} changes what the program means in {executor}:\n{self.graph}\n\n{graph}"


@given(program, seeds)
@settings(max_examples=PROGRAMS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_programs_mean_the_same_in_every_form(steps: list[int], seed: int) -> None:
    trial = Trial(steps, seed)
    verify(trial.graph)
    trial.check(trial.graph, "tracing")
    done = {trial.graph}
    stages = [(name, entry.run(trial.graph)[0]) for name, entry in PASSES.items()]
    stages += [(f"-O{level}", optimize(trial.graph, level_passes(level))[0]) for level in range(1, HIGHEST_LEVEL + 1)]
    for name, graph in stages:
        if graph not in done:
            verify(graph)
            trial.check(graph, name)
            done.add(graph)
    for executor in EXACT_EXECUTORS:
        trial.check(trial.graph, "tracing", executor)
        trial.check(stages[-1][1], stages[-1][0], executor)


def test_random_programs_mean_nearly_the_same_in_xla() -> None:
    """XLA fuses a product into a sum and has other exponentials, so that the last digits differ, and what is unbounded
    may: compared are programs without special values, as far as XLA takes them."""
    pytest.importorskip("jax")
    taken = 0
    for number in range(60):
        random = np.random.default_rng(number)
        steps = [int(step) for step in random.integers(0, 2**22, size=5) if step % 16 < 12]
        trial = Trial(steps, 2 * number)
        graph, _ = optimize(trial.graph, level_passes(2))
        try:
            run = make_executable(graph, "xla")
        except tf.errors.UnimplementedError:
            continue
        trial.variable.assign(1.5)
        tf.random.set_seed(1)
        want = [t.numpy() for t in programs.run(steps, trial.tensors, trial.variable)]
        trial.variable.assign(1.5)
        tf.random.set_seed(1)
        for got, exact in zip(map(np.asarray, run(trial.arrays)), want, strict=True):
            assert got.shape == exact.shape, graph
            if exact.dtype.kind in "fc" and np.isfinite(exact).all():
                assert np.allclose(got, exact, rtol=1e-2 if exact.dtype.itemsize < 4 else 1e-4, atol=1e-3), graph
        taken += 1
    assert taken > 20
