"""Random programs: generated code gives the interpreter's bits, whatever passes have run."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eagernb.executors import NumpySource
from eagernb.graph import verify
from eagernb.graph.interpreter import Interpreter
from eagernb.passes.fuse_elementwise import fuse_elementwise
from eagernb.passes.pipeline import optimize
from eagernb.passes.plan_memory import plan_memory

from ..passes.graphs import trace
from ..passes.test_differential import ELEMENTS, bits, program, steps


class Result:
    def __init__(self, array: Any) -> None:
        self.numpy = lambda: array


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("dims", [(3, 3), (None, None)])
@given(steps, st.lists(ELEMENTS, min_size=18, max_size=18), st.booleans())
@settings(max_examples=100, deadline=None)
def test_random_programs(dims: Any, steps: Any, elements: list[float], transposed: bool) -> None:
    x, y = np.array(elements, np.float32).reshape(2, 3, 3)
    if transposed:
        x = x.T
    graph = trace(lambda x, y: program(steps, x, y), dims, dims)
    want = bits(map(Result, Interpreter(graph).run([x, y])))
    fused = fuse_elementwise(graph, at_least=0)[0]
    finishing = [fused, plan_memory(graph)[0], plan_memory(fused)[0]]
    kept = (x.copy(), y.copy())
    for stage in [graph, *finishing, optimize(graph)[0]]:
        verify(stage)
        run = NumpySource(stage)
        assert bits(map(Result, run([x, y]))) == want
        assert bits(map(Result, Interpreter(stage).run([x, y]))) == want
    assert (x.tobytes(), y.tobytes()) == (kept[0].tobytes(), kept[1].tobytes())
