"""Control flow on tensors in %%graph cells: it becomes operations, and the names come back."""

from __future__ import annotations

import pytest

import eagernb as tf

SETUP = "x = tf.constant(3)\nn = tf.constant(4)\nv = tf.Variable(0)"


def ops(outcome_or_run):
    return [node.op.name for node in outcome_or_run.graph.nodes]


@pytest.mark.parametrize(("start", "expected"), [(3, 6), (-3, 3)])
def test_an_if_becomes_a_cond(run, shell, start, expected):
    run(SETUP)
    run(f"x = tf.constant({start})")
    outcome = run("%%graph -o r\nif x > 0:\n    y = x * 2\nelse:\n    y = -x\ny")
    assert outcome.error is None
    assert int(shell.user_ns["y"]) == int(outcome.value) == expected
    assert "cond" in ops(shell.user_ns["r"])


def test_loops_become_while_loops(run, shell):
    run(SETUP)
    outcome = run(
        "%%graph -o r\ntotal = 0\nfor i in tf.range(n):\n    if i == 2:\n        continue\n    total += i\n"
        "while total < 100:\n    total = total * 3\ntotal"
    )
    assert outcome.error is None
    assert int(shell.user_ns["total"]) == 108
    assert ops(shell.user_ns["r"]).count("while_loop") == 2


def test_python_values_stay_pythons(run, shell):
    run(SETUP)
    outcome = run(
        "%%graph -o r\nkinds = []\nfor k in range(3):\n    if k != 1 and k < 5:\n        kinds.append(k)\n"
        "        w = x * k\nassert kinds == [0, 2], 'no'"
    )
    assert outcome.error is None
    assert shell.user_ns["kinds"] == [0, 2]
    assert shell.user_ns["k"] == 2
    assert int(shell.user_ns["w"]) == 6
    assert "cond" not in ops(shell.user_ns["r"])


def test_functions_that_the_cell_calls_are_converted(run, shell):
    run(f"{SETUP}\ndef absolute(a):\n    if a > 0:\n        return a\n    return -a")
    assert run("%%graph\ny = absolute(x - 10)\nz = tf.map_fn(absolute, tf.constant([1, -2]))").error is None
    assert int(shell.user_ns["y"]) == 7
    assert shell.user_ns["z"].numpy().tolist() == [1, 2]


def test_functions_and_lambdas_of_a_cell_with_a_magic_can_be_converted(run, shell):
    run(SETUP)
    run("%%eager\nclass A:\n    def s(self, a):\n        return 1 if a > 0 else -1\nf = lambda a: a if a > 0 else -a")
    outcome = run("tf.function(f)(tf.constant(-2)), tf.function(A().s)(tf.constant(-2))")
    assert [int(value) for value in outcome.value] == [2, -1]
    outcome = run("%%graph\ng = lambda a: 10 if a > 0 else 20\ng(x) + f(-x)")
    assert int(outcome.value) == 13


def test_functions_of_a_plain_cell(run, shell):
    run(SETUP)
    outcome = run(
        "@tf.function\ndef f(a):\n    if a > 0:\n        return a\n    return -a\n"
        "f(-x), tf.function(lambda a: 1 if a > 0 else 2)(x)"
    )
    assert [int(value) for value in outcome.value] == [3, 1]


def test_names_of_one_branch_only(run, shell):
    run(SETUP)
    assert run("%%graph\nif x > 0:\n    t = x + 1\n    y = t * 2\nelse:\n    y = x").error is None
    assert int(shell.user_ns["y"]) == 8
    assert "t" not in shell.user_ns  # the graph would not have it otherwise

    error = run("%%graph\nif x > 0:\n    s = x + 1\ny = s").error
    assert isinstance(error, ValueError)
    assert "'s' must also be initialized in the else branch" in str(error)
    assert "s" not in shell.user_ns

    assert run("%%graph\nif tf.constant(2).shape == ():\n    s = x + 1\ny = s").error is None
    assert int(shell.user_ns["s"]) == 4


def test_a_training_loop(run, shell):
    run("w = tf.Variable(0.0)\nsteps = tf.constant(20)")
    outcome = run(
        "%%graph\nfor step in tf.range(steps):\n    with tf.GradientTape() as tape:\n        loss = (w - 3.0) ** 2\n"
        "    w.assign_sub(0.1 * tape.gradient(loss, w))"
    )
    assert outcome.error is None
    assert float(shell.user_ns["w"]) == pytest.approx(2.9654, abs=1e-4)
    assert float(shell.user_ns["loss"]) == pytest.approx(0.00187, abs=1e-5)
    assert int(shell.user_ns["step"]) == 19


def test_what_a_loop_defines_needs_a_step(run, shell):
    run("n = tf.constant(0)")
    error = run("%%graph\nfor i in tf.range(n):\n    last = i * 2").error
    assert isinstance(error, tf.errors.InvalidArgumentError)
    assert "must iterate at least once to initialize" in str(error)


def test_globals_that_functions_change_are_the_notebooks(run, shell):
    run(f"{SETUP}\ncalls = 0\ndef count(a):\n    global calls\n    calls += 1\n    return a")
    assert run("%%graph\nfor k in [1, 2]:\n    if k:\n        x = count(x) + calls").error is None
    assert shell.user_ns["calls"] == 2
    assert int(shell.user_ns["x"]) == 6


def test_errors_point_at_the_cells_line(run, shell):
    run(SETUP)
    error = run("%%graph -o r\ntotal = 0\nwhile total < n:\n    total += 1\n    z = tf.ones([2]) + tf.ones([3])").error
    assert isinstance(error, tf.errors.InvalidArgumentError)
    assert shell.user_ns["r"].error_line == 5
    error = run("%%graph -o r\nif x > 0:\n    y = 1\nelse:\n    y = 2.0").error
    assert "'y' has dtype int32 in the main branch, but dtype float32 in the else branch" in str(error)
    assert shell.user_ns["r"].error_line == 2


def test_nodes_inside_branches_know_their_line(run, shell):
    run(SETUP)
    run("%%graph -o r\nif x > 0:\n    y = x * 2\nelse:\n    y = -x")
    [node] = [node for node in shell.user_ns["r"].graph.nodes if node.op.name == "cond"]
    assert node.line.number == 2
    main, orelse = node.params["branches"]
    assert [n.line.number for n in main.nodes if n.op.name == "multiply"] == [3]
    assert [n.line.number for n in orelse.nodes if n.op.name == "negative"] == [5]


def test_assertions_run_with_the_graph(run):
    run(SETUP)
    assert run("%%graph\nassert x > 0, 'must be positive'").error is None
    error = run("%%graph\nassert x > 5, 'must be large'").error
    assert isinstance(error, tf.errors.InvalidArgumentError)
    assert "must be large" in str(error)


def test_what_cannot_be_converted_runs_as_it_is(run, shell, caplog):
    run(SETUP)
    assert run("%%graph\nmatch [x]:\n    case [a]:\n        y = a * 2").error is None
    assert int(shell.user_ns["y"]) == 6
    assert "`match` is not supported" in caplog.text


def test_compare_runs_both_ways(run, shell):
    run(SETUP)
    assert run("%%compare -o both\nif x > 0:\n    y = x * 2\nelse:\n    y = x").error is None
    assert shell.user_ns["both"].equal


def test_no_undefined_values_stay_behind(run, shell):
    from malt.operators.variables import Undefined

    run(SETUP)
    run("%%graph\nwhile x < 100:\n    x = x * 2\n    if x > 50:\n        break\nraise ValueError('late')")
    run("%%graph\nif x > 0:\n    undefined_one = 1 / 0")
    assert not [name for name, value in shell.user_ns.items() if isinstance(value, Undefined)]
