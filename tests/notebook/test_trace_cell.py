"""What %%graph does to the namespace: concrete tensors everywhere, nothing lost, tapes across its boundary."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.tensor import Symbol

SETUP = "x = tf.constant([[1.0, 2.0], [3.0, 4.0]])\ni = tf.constant([1, 2, 3])"
FAILS = "z = i // tf.constant([0, 1, 1])"  # only when the graph runs


def test_a_tape_from_before_is_asked_inside_the_graph(run, shell):
    run(SETUP + "\nwith tf.GradientTape(persistent=True) as tape:\n    tape.watch(x)\n    y = x * x")
    outcome = run("%%graph\ng = tape.gradient(y, x)\ng")
    np.testing.assert_array_equal(outcome.value.numpy(), [[2.0, 4.0], [6.0, 8.0]])


def test_a_tape_from_the_graph_says_why_it_cannot_be_asked_afterwards(run):
    run(SETUP)
    run("%%graph\nwith tf.GradientTape(persistent=True) as tape:\n    tape.watch(x)\n    y = x * x")
    outcome = run("tape.gradient(y, x)")
    assert "symbol of a graph" in str(outcome.error)


def test_a_tape_that_is_open_outside_sees_what_the_graph_computes(run):
    run(SETUP + "\ntape = tf.GradientTape()\n_ = tape.__enter__()\ntape.watch(x)")
    run("%%graph\ny = x * x")
    outcome = run("tape.__exit__(None, None, None)\ntape.gradient(y, x)")
    np.testing.assert_array_equal(outcome.value.numpy(), [[2.0, 4.0], [6.0, 8.0]])


@pytest.mark.parametrize(
    ("setup", "body", "where"),
    [
        ("total = tf.constant(0.0)\ndef bump():\n    global total\n    total = total + 1.0", "bump()", "total"),
        ("", "match [x * 2]:\n    case [made]: pass", "made"),
        ("", "exec('made = x * 2')", "made"),
        ("history = []\ndef log(t):\n    history.append(t)\n    return t", "y = log(x * 2)", "history[0]"),
        ("", "_hidden = x * 2", "_hidden"),
        ("", "made = [y for y in [x * 2]]", "made[0]"),
    ],
)
def test_tensors_that_the_cell_does_not_name_come_back_too(run, shell, setup, body, where):
    run(f"{SETUP}\n{setup}")
    assert run(f"%%graph\n{body}").error is None
    value = eval(where, dict(shell.user_ns))
    assert isinstance(value, tf.Tensor)
    assert not isinstance(value, Symbol)
    value.numpy()


def test_a_name_that_was_not_reached_keeps_its_old_value(run, shell):
    run(f"{SETUP}\ny = 5\nh = [1]")
    assert run(f"%%graph\n{FAILS}\ny = x * 2\nh.append(y)").error is not None
    assert shell.user_ns["y"] == 5
    assert shell.user_ns["h"] == [1]


def test_an_interrupt_while_tracing_keeps_what_was_done(run, shell):
    run(f"{SETUP}\nv = tf.Variable(1.0)")
    outcome = run("%%graph\nfirst = x * 2\nv.assign_add(1.0)\nraise KeyboardInterrupt")
    assert isinstance(outcome.error, KeyboardInterrupt)
    np.testing.assert_array_equal(shell.user_ns["first"].numpy(), [[2.0, 4.0], [6.0, 8.0]])
    assert float(shell.user_ns["v"].numpy()) == 2.0


def test_an_input_that_is_given_back_is_the_same_object(run, shell):
    run(SETUP)
    run("%%graph\nsame = x")
    assert shell.user_ns["same"] is shell.user_ns["x"]


def test_maximum_keeps_the_sign_of_zero(run, shell):
    run("p = tf.constant([0.0]); m = tf.constant([-0.0, -0.0])[:1]")
    outcome = run("%%compare -o both\na = tf.maximum(p, m)\nb = tf.maximum(m, p)\nc = 1.0 / a\nd = 1.0 / b")
    assert outcome.error is None
    assert shell.user_ns["both"].equal


def test_the_cause_of_an_exception_is_kept(run):
    cell = "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('chained') from e"
    for magic in ("%%eager", "%%graph", "%%compare"):
        assert isinstance(run(f"{magic}\n{cell}").error.__cause__, ZeroDivisionError)


def test_a_magic_inside_a_graph_cell_is_refused(run):
    error = run("%%graph\nget_ipython().run_cell_magic('graph', '', 'a = 1')").error
    assert "cannot run while a graph is traced" in str(error)


def test_a_magic_called_from_a_function_leaves_the_calling_cells_source_alone(run):
    import linecache

    outcome = run("def go():\n    get_ipython().run_cell_magic('eager', '', 'a = 1')\ngo()\n1 / 0")
    last = outcome.error.__traceback__
    while last.tb_next is not None:
        last = last.tb_next
    assert linecache.getline(last.tb_frame.f_code.co_filename, last.tb_lineno).strip() == "1 / 0"


@pytest.mark.parametrize("body", ["x * 2  # c;", "x * 2  # ;"])
def test_a_semicolon_in_a_comment_hides_nothing(run, body):
    run(SETUP)
    assert run(f"%%graph\n{body}").value is not None


def test_a_keyword_is_no_name_for_a_result(run):
    assert "-o needs a Python name" in str(run("%%eager -o class\n1").error)


def test_an_array_of_eagernb_numpy_stays_one(run, shell):
    run("import eagernb.numpy as xp\na = xp.asarray([1.0, 2.0])\nb = xp.asarray([1, 2])\nt = tf.constant([1.0])")
    outcome = run("%%graph\nc = a * b\na[0] = 5.0\nd = tf.exp(a)\n[c, a, d, t]")
    kinds = ["EagerArray", "EagerArray", "EagerTensor", "EagerTensor"]
    assert [type(value).__name__ for value in outcome.value] == kinds
    assert [type(shell.user_ns[name]).__name__ for name in "cadt"] == kinds
    np.testing.assert_array_equal(np.asarray(shell.user_ns["c"]), [1.0, 4.0])
    np.testing.assert_array_equal(np.asarray(shell.user_ns["a"]), [5.0, 2.0])


@pytest.mark.parametrize(
    ("options", "ops"),
    [("-O0", 4), ("-O1", 3), ("-O2", 2), ("", 2), ("--passes cse", 3), ("--passes cse,dead_code", 2)],
)
def test_a_cell_is_optimised_as_much_as_asked(run, shell, options, ops):
    run(SETUP)
    outcome = run(f"%%graph {options} -o g\nunused = tf.exp(x)\ny = tf.sin(x) + tf.sin(x)\ndel unused\ny")
    np.testing.assert_array_equal(outcome.value.numpy(), shell.user_ns["y"].numpy())
    assert len(shell.user_ns["g"].ops) == ops


def test_the_code_of_a_cell_has_the_user_s_names(run, shell):
    run(SETUP)
    outcome = run("%%graph --code -o g\nh = tf.exp(x)\ny = h @ x")
    assert outcome.error is None
    code = shell.user_ns["g"].code
    rows = [row.partition("  #")[0] for row in code.splitlines()]
    assert rows == ["def cell(x):", "    h = np.exp(x)", "    y = np.matmul(h, x)", "    return [h, y]"]
    bundle = shell.user_ns["g"]._repr_mimebundle_()
    assert code in bundle["text/plain"]
    assert "    h = np.exp(x)" in bundle["text/html"]
    run("%%graph -o g\nh = tf.exp(x)")
    assert "np.exp" not in shell.user_ns["g"]._repr_mimebundle_()["text/plain"]


def test_a_variable_made_of_a_computed_value_has_it_after_the_cell(run, shell):
    run("x = tf.constant([1.0, 2.0])")
    assert run("%%graph\nv = tf.Variable(2.0 * x)\ny = v + x").error is None
    np.testing.assert_array_equal(shell.user_ns["v"].numpy(), [2.0, 4.0])
    np.testing.assert_array_equal(shell.user_ns["y"].numpy(), [3.0, 6.0])
    assert shell.user_ns["v"].is_initialized()
