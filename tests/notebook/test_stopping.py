"""An interrupt or an exception in each phase of each magic: it comes out as it was, and the next cell works as ever."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import numpy as np
import pytest

from eagernb.passes.pipeline import PASSES

TRACING = "def step(v):\n    if not tf.executing_eagerly():\n        stop()\n    return v * 2.0"
RUNNING = "step = lambda v: tf.numpy_function(stop, [v], tf.float32)"
QUIET = "step = lambda v: v * 2.0"
CELL = "\nbefore = x + 1.0\ny = step(before)"
# What is run, in which phases it can be stopped.
CASES = {
    f"%%eager{CELL}": ("running", "drawing"),
    f"%%graph{CELL}": ("tracing", "optimizing", "running", "drawing"),
    f"%%compare{CELL}": ("tracing", "optimizing", "running", "drawing"),
    f"%%predict ops=2{CELL}": ("running", "drawing"),
    f"%%predict ops=2\n%%graph{CELL}": ("tracing", "optimizing", "running", "drawing"),
    f"%%eager --widget{CELL}": ("running", "measuring"),
    f"%%graph --widget{CELL}": ("tracing", "optimizing", "measuring"),
    "%eager step(x)": ("running", "drawing"),
    "%graph step(x)": ("tracing", "optimizing", "running", "drawing"),
    "%compare step(x)": ("tracing", "optimizing", "running", "drawing"),
    "%gradcheck step(x)": ("running",),
}


@pytest.fixture(params=[KeyboardInterrupt, RuntimeError], ids=lambda kind: kind.__name__)
def kind(request):
    return request.param


@pytest.mark.parametrize(("cell", "phase"), [(cell, phase) for cell, phases in CASES.items() for phase in phases])
def test_it_comes_out_and_nothing_stays(run, shell, monkeypatch, kind, cell, phase):
    def stop(*args, **kwargs):
        raise kind("stopped here")

    shell.user_ns["stop"] = stop
    run("x = tf.constant([1.0, 2.0])")
    assert run({"tracing": TRACING, "running": RUNNING}.get(phase, QUIET)).error is None
    out, err = sys.stdout, sys.stderr
    with monkeypatch.context() as patch:
        if phase == "optimizing":
            broken = replace(PASSES["simplify"])
            broken.__dict__["run"] = stop
            patch.setitem(PASSES, "simplify", broken)
        elif phase == "drawing":
            patch.setattr("eagernb.viz.svg.lay_out", stop)
        elif phase == "measuring":
            patch.setattr("eagernb.notebook.widget.time_calls", stop)
        outcome = run(cell)
    if phase == "drawing" and kind is RuntimeError:
        # The words are shown in any case: the cell has done what it should.
        assert outcome.error is None
        assert re.search("^(Eager|Graph)", outcome.text, re.MULTILINE)
    else:
        reasons = [outcome.error, outcome.error.__cause__, outcome.error.__context__]
        assert any(isinstance(reason, kind) for reason in reasons), outcome.error
        assert "stopped here" in str(outcome.error)
    assert (sys.stdout, sys.stderr) == (out, err)
    again = run(f"{QUIET}\nx * 3.0")
    np.testing.assert_array_equal(again.value.numpy(), [3.0, 6.0])
    outcome = run(cell)
    assert outcome.error is None, "and afterwards it works"
    assert outcome.outputs
