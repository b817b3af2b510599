"""Random programs: generated code gives the interpreter's bits, whatever passes have run."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import eagernb as tf
from eagernb.core.spec import TensorSpec
from eagernb.executors.numpy_source import NumpySource
from eagernb.graph import Tracer, verify
from eagernb.graph.interpreter import Interpreter
from eagernb.passes.fuse_elementwise import fuse_elementwise
from eagernb.passes.pipeline import optimize
from eagernb.passes.plan_memory import plan_memory

from ..passes import programs
from ..passes.test_differential import bits, program, seeds


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("known", [True, False], ids=["sizes known", "sizes unknown"])
@given(program, seeds, st.booleans())
@settings(max_examples=100, deadline=None)
def test_random_programs(known: bool, steps: list[int], seed: int, columns: bool) -> None:
    variable = tf.Variable(0.0, name="v")
    tracer = Tracer("program")
    with tracer:
        shapes = [
            (shape if known else (None,) * bool(shape) + shape[1:], dtype, name)
            for name, shape, dtype in programs.INPUTS
        ]
        inputs = [tracer.add_input(TensorSpec(shape, dtype), name) for shape, dtype, name in shapes]
        outputs = programs.run(steps, inputs, variable)
    graph = tracer.graph(outputs)
    arrays = programs.arrays(seed)
    if columns:  # in memory column by column
        arrays = [np.array(array, order="F") for array in arrays]

    def results(run: Any) -> Sequence[Any]:
        variable.assign(1.5)
        tf.random.set_seed(1)
        return bits(run(arrays))

    try:
        want = results(Interpreter(graph).run)
    except tf.errors.InvalidArgumentError:
        assume(known)  # what does not fit together shows when it runs
        raise
    kept = [array.tobytes() for array in arrays]
    fused = fuse_elementwise(graph, at_least=0)[0]
    stages = [graph, fused, plan_memory(graph)[0], plan_memory(fused)[0]]
    if not columns:  # simplify takes arguments to lie row by row: otherwise sums may add in another order
        stages.append(optimize(graph)[0])
    for stage in stages:
        verify(stage)
        assert results(NumpySource(stage)) == want
        assert results(Interpreter(stage).run) == want
    assert [array.tobytes() for array in arrays] == kept
