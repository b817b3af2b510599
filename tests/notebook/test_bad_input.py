"""What goes wrong in a cell: the visible line is named, the status is an error, nothing is lost or left behind."""

from __future__ import annotations

import traceback

import numpy as np
import pytest

from eagernb.errors import InvalidArgumentError, MagicOptionError, OperatorNotAllowedInGraphError

ALL = pytest.mark.parametrize("magic", ["%%eager", "%%graph", "%%compare"])


def last_line(error, text):
    """The number of the innermost frame's line, whose source must be the given text."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    assert frame.line == text
    return frame.lineno


@ALL
def test_unknown_option_is_an_error_that_knows_the_near_miss(run, shell, magic):
    outcome = run(f"{magic} --outptu name\nran = True")
    assert isinstance(outcome.error, MagicOptionError)
    assert "--output" in str(outcome.error)
    assert "ran" not in shell.user_ns


@pytest.mark.parametrize("line", ["-o", "-o 1abc", "-o 'x", "word"])
@ALL
def test_options_without_sense_are_errors(run, magic, line):
    assert isinstance(run(f"{magic} {line}\n1").error, MagicOptionError)


@ALL
def test_syntax_error_names_the_visible_line(run, magic):
    error = run(f"{magic}\na = 1\n\nb = (2").error
    assert isinstance(error, SyntaxError)
    assert error.lineno == 4
    assert error.text.strip() == "b = (2"


@ALL
def test_a_syntax_error_is_shown_as_that_of_any_cell(run, shell, magic):
    shown = run(f"{magic}\na = 1\n\nb = (2").printed
    assert "line 4" in shown
    assert "b = (2" in shown
    assert "site-packages" not in shown
    assert "magics" not in shown
    # One that running code raises is shown with the way there.
    run("def broken():\n    exec('c = (')")
    assert "in broken" in run("broken()").printed
    shell.run_cell("%unload_ext eagernb")
    assert shell.custom_exceptions == ()
    shell.run_cell("%load_ext eagernb")


@ALL
def test_exception_ends_at_the_visible_line_and_keeps_what_ran(run, shell, magic):
    outcome = run(f"{magic} -o r\nbefore = tf.constant([1.0]) + 1.0\nplain = 5\nraise KeyError('oh')\nafter = 1")
    assert isinstance(outcome.error, KeyError)
    assert last_line(outcome.error, "raise KeyError('oh')") == 4
    np.testing.assert_array_equal(shell.user_ns["before"].numpy(), [2.0])
    assert shell.user_ns["plain"] == 5
    assert "after" not in shell.user_ns
    assert outcome.outputs, "what ran before the failure is still drawn"
    assert shell.user_ns["r"].error_line == 4
    assert "KeyError" in outcome.text


@ALL
def test_wrong_shapes_name_shapes_line_and_remedy(run, magic):
    outcome = run(f"{magic}\na = tf.ones([2, 3])\nb = a @ a")
    assert isinstance(outcome.error, InvalidArgumentError)
    assert last_line(outcome.error, "b = a @ a") == 3
    assert "float32[2, 3]" in str(outcome.error)
    assert "transpose_b=True" in str(outcome.error)


def test_the_failed_operation_is_recorded(run, shell):
    run("%%eager -o r\na = tf.ones([2, 3])\nb = a * 2.0\nc = b @ b")
    recording = shell.user_ns["r"]
    assert [op.name for op in recording.ops] == ["multiply", "matmul"]
    assert not recording.ops[0].error
    assert "inner dimensions" in recording.ops[1].error


def test_a_failure_while_the_graph_runs_names_the_line(run, shell):
    run("i = tf.constant([7])")
    outcome = run("%%graph -o r\na = tf.constant([1.0, 2.0])\nb = a * 3.0\nc = tf.gather(a, i)\nd = b + 1.0")
    assert isinstance(outcome.error, InvalidArgumentError)
    assert last_line(outcome.error, "c = tf.gather(a, i)") == 4
    assert "7 is not in [0, 2)" in str(outcome.error)
    assert shell.user_ns["r"].failed.op.name == "gather"
    np.testing.assert_array_equal(shell.user_ns["b"].numpy(), [3.0, 6.0])
    assert "c" not in shell.user_ns
    assert "d" not in shell.user_ns


@pytest.mark.parametrize("line", ["%eager", "%graph", "%compare", "%gradcheck", "%why_retrace"])
def test_a_line_without_code_says_how_to_write_it(run, line):
    error = run(line).error
    assert isinstance(error, MagicOptionError)
    assert f"as in {line} " in str(error)


@pytest.mark.parametrize("magic", ["%%graph", "%%compare"])
def test_await_in_a_graph_ends_at_its_line(run, shell, magic):
    assert run("async def slow(v): return v\nx = tf.constant(1.0)").error is None
    error = run(f"{magic}\ny = x + 1.0\nz = await slow(y)").error
    assert "cannot trace `await`" in str(error)
    assert last_line(error, "z = await slow(y)") == 3


def test_effects_before_a_failure_have_happened_once_in_every_mode(run, shell):
    for magic in ("", "%%eager\n", "%%graph\n"):
        run("v = tf.Variable(1.0)")
        run(f"{magic}v.assign_add(1.0)\nraise ValueError('late')")
        assert float(shell.user_ns["v"].numpy()) == 2.0, magic


@pytest.mark.parametrize(
    ("body", "remedy"),
    [("max(x, 2.0)", "tf.cond"), ("complex(x)", "tf.cast"), ("x.numpy()", ".numpy()"), ("[1, 2][x]", "index")],
)
def test_asking_a_symbol_for_a_value_says_what_to_do(run, body, remedy):
    run("x = tf.constant(1.0)")
    error = run(f"%%graph\n{body}").error
    assert isinstance(error, (OperatorNotAllowedInGraphError, TypeError, AttributeError))
    assert remedy in str(error)


def test_a_symbol_that_escapes_raises_a_clear_error_when_used(run):
    run("class Box: pass\nbox = Box()\nx = tf.constant(1.0)")
    assert run("%%graph\nbox.value = x + 1.0").error is None
    error = run("box.value + 1.0").error
    assert error is not None
    assert "graph" in str(error)


@ALL
def test_an_interrupt_leaves_everything_usable(run, shell, magic):
    outcome = run(f"{magic} -o r\na = tf.constant([1.0]) + 1.0\nraise KeyboardInterrupt\n")
    assert isinstance(outcome.error, KeyboardInterrupt)
    assert outcome.outputs
    assert run("tf.constant(1.0) + 1.0").error is None  # recording is off again; conftest checks the handlers too
    assert len(run("%%eager\nb = tf.constant([1.0]) + 1.0").outputs) == 1


def test_names_keep_their_old_tensors_when_a_graph_cell_fails(run, shell):
    run("x = tf.constant([1.0, 2.0])")
    run("%%graph\ny = x + 1.0\nx = x @ x")
    np.testing.assert_array_equal(shell.user_ns["x"].numpy(), [1.0, 2.0])
    np.testing.assert_array_equal(shell.user_ns["y"].numpy(), [2.0, 3.0])


def test_the_second_mode_failing_shows_what_there_is(run, shell):
    run("x = tf.constant(2.0)")
    outcome = run("%%compare -o r\ny = x * 2.0\nz = complex(y)")  # eagerly fine, but not as a graph
    assert isinstance(outcome.error, TypeError)
    assert outcome.outputs


def test_errors_in_functions_of_other_cells_still_name_this_cells_line(run, shell):
    run("def bad(t):\n    return t @ t")
    outcome = run("%%eager -o r\na = tf.ones([3])\nb = bad(a)")
    assert last_line(outcome.error, "return t @ t") == 2
    assert shell.user_ns["r"].error_line == 3
    assert shell.user_ns["r"].ops[-1].via == "bad"
