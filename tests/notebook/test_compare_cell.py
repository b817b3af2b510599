"""%%compare: the same state for every run, honest differences, cells that cannot be repeated."""

from __future__ import annotations

import numpy as np

SETUP = "x = tf.constant([1.0, 2.0])\nv = tf.Variable(1.0)"


def test_common_mutable_objects_are_set_back_between_runs(run, shell):
    run(
        f"{SETUP}\nfrom collections import defaultdict, deque, OrderedDict\nimport random\n"
        "arr = np.zeros(2); st = set(); dd = defaultdict(int); oo = OrderedDict(a=0); dq = deque(); nested = [[0]]"
    )
    cell = (
        "arr += 1; st.add(len(st)); dd['k'] += 1; oo['a'] += 1; dq.append(1); nested[0].append(1)\n"
        "y = x * float(arr[0]) + random.random() + np.random.rand()"
    )
    run(f"%%compare -o both\n{cell}")
    space = shell.user_ns
    assert space["both"].equal, space["both"].results
    assert space["arr"].tolist() == [1, 1]
    assert space["st"] == {0}
    assert (space["dd"]["k"], space["oo"]["a"], len(space["dq"]), space["nested"]) == (1, 1, 1, [[0, 1]])


def test_strings_are_compared_by_value(run, shell):
    outcome = run("%%compare -o both\ns = tf.constant(['hello' + str(k) for k in range(3)])")
    assert outcome.error is None
    assert shell.user_ns["both"].equal


def test_a_variable_made_in_the_cell_is_compared_by_its_name(run, shell):
    run(SETUP)
    run("%%compare -o both\nu = tf.Variable(3.0)\nu.assign_add(v)\ny = u * 2")
    both = shell.user_ns["both"]
    assert both.equal
    assert {result.name for result in both.results} == {"u", "y"}


def test_a_cell_that_cannot_be_repeated_says_so(run, shell):
    run(f"{SETUP}\nfrom itertools import count\nit = iter([1.0, 2.0])")
    outcome = run("%%compare\ny = x * next(it)")
    # The first run takes one number, the next the other; then there is none left for the graph.
    assert isinstance(outcome.error, StopIteration)
    run(f"{SETUP}\nruns = iter([1, 1, 0, 1, 1, 1, 1])")
    outcome = run("%%compare -o both\ny = x / 1.0\nassert next(runs), 'not again'")
    assert outcome.error is None
    assert any("cannot be run again" in note and "not again" in note for note in shell.user_ns["both"].notes)


def test_displays_of_the_timing_runs_are_not_shown(run):
    run(SETUP)
    outcome = run("%%compare\nfrom IPython.display import display\ndisplay('D')\ny = x * 2")
    shown = [o for o in outcome.outputs if o.data.get("text/plain") == "'D'"]
    assert len(shown) == 2  # once eagerly, once while tracing


def test_the_sign_of_zero_is_called_by_its_name():
    from eagernb.notebook.compare_cell import _compare

    different = _compare("z", [np.float32([0.0, 1.0])], [np.float32([-0.0, 1.0])])
    assert not different.equal
    assert different.detail == "1 of 2 elements differ, in the sign of zero."
    assert _compare("n", [np.float32(np.nan)], [np.float32(-np.nan)]).equal


def test_arrays_of_eagernb_numpy_are_set_back(run, shell):
    run("import eagernb.numpy as xp\na = xp.asarray([1.0, 2.0])")
    outcome = run("%%compare -o both\na[0] += 1.0\nb = a * xp.asarray([1, 2])\nb")
    assert outcome.error is None
    np.testing.assert_array_equal(np.asarray(shell.user_ns["a"]), [2.0, 2.0])
    np.testing.assert_array_equal(np.asarray(shell.user_ns["b"]), [2.0, 4.0])
    assert shell.user_ns["both"].equal
