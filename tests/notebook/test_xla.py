"""%%graph --hlo shows XLA's programs; %%graph --executor has another than the interpreter run the graph."""

from __future__ import annotations

import numpy as np
import pytest

from eagernb.errors import InvalidArgumentError, MagicOptionError

SETUP = "x = tf.constant([[1.0, 2.0], [3.0, 4.0]])\nv = tf.Variable(1.0)"


def test_hlo_is_in_the_panel_as_text_and_kept(run, shell):
    run(SETUP)
    outcome = run("%%graph --hlo -o g\ny = tf.nn.relu(x @ x) + v")
    programs = shell.user_ns["g"].programs
    assert list(programs) == ["The graph in StableHLO", "What XLA made of it"]
    assert "stablehlo.dot_general" in programs["The graph in StableHLO"]
    assert programs["What XLA made of it"].startswith("HloModule")
    assert "func.func public @main(%arg0: tensor&lt;2x2xf32&gt;" in outcome.html
    assert "Its programs are in .programs: The graph in StableHLO and What XLA made of it." in outcome.text
    assert shell.user_ns["g"].to_dict()["programs"] == programs
    np.testing.assert_array_equal(shell.user_ns["y"].numpy(), [[8.0, 11.0], [16.0, 23.0]])


def test_without_hlo_there_are_no_programs(run, shell):
    run(SETUP)
    outcome = run("%%graph -o g\ny = x + x")
    assert shell.user_ns["g"].programs == {}
    assert "enb-program" not in outcome.html.partition("<style>")[0]


def test_hlo_of_what_xla_cannot_take_says_why_and_the_cell_runs(run, shell):
    run(SETUP)
    outcome = run("%%graph --hlo -o g\nplaces = tf.where(x > 2.0)")
    assert outcome.error is None
    assert "XLA cannot compile this" in shell.user_ns["g"].programs["XLA's program"]
    assert shell.user_ns["places"].shape == (2, 2)


@pytest.mark.parametrize("executor", ["numpy_source", "xla"])
def test_an_executor_runs_the_whole_graph(run, shell, executor):
    run(SETUP)
    outcome = run(f"%%graph --executor {executor} -o g\ny = tf.reduce_sum(x @ x) * v\nv.assign_add(1.0)")
    assert shell.user_ns["y"].numpy() == 54.0
    assert shell.user_ns["v"].numpy() == 2.0
    assert shell.user_ns["g"].runs == []
    assert f"Run by {executor}." in outcome.text
    assert run("y + 1.0").error is None


def test_what_xla_cannot_take_stops_the_cell_and_names_the_line(run):
    run(SETUP)
    error = run("%%graph --executor xla\ny = x * 2.0\nplaces = tf.where(y > 2.0)").error
    assert isinstance(error, InvalidArgumentError)
    assert "line 3: places = tf.where(y > 2.0)" in str(error)


def test_an_executor_that_there_is_not_is_refused(run):
    error = run("%%graph --executor quantum\n1").error
    assert isinstance(error, MagicOptionError)
    assert "--executor quantum: there are only interpreter, numpy_source, xla" in str(error)
    assert "--executor xxl: did you mean xla?" in str(run("%%graph --executor xxl\n1").error)


def test_the_widget_times_any_executor(run):
    outcome = run("%%graph --executor xla --widget\na = tf.constant([1.0]) + 1.0")
    assert outcome.error is None
    assert sum("application/vnd.jupyter.widget-view+json" in output.data for output in outcome.outputs) == 1
