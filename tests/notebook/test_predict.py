"""%%predict: guesses are checked before the output is shown."""

from __future__ import annotations

import traceback

import pytest

import eagernb as tf
from eagernb.errors import MagicOptionError, TracingError
from eagernb.notebook.prediction import read_guesses, same, show
from tests.notebook.page import read

CELL = "print('hello')\ny = x * x\ntf.reduce_sum(y)"


@pytest.fixture(autouse=True)
def names(run):
    assert run("x = tf.constant([1.0, 2.0])\nw = tf.Variable([3.0, 4.0])").error is None


def judged(run, line, cell=CELL):
    outcome = run(f"%%predict -o kept {line}\n{cell}")
    assert outcome.error is None, outcome.error
    return outcome


def answers(shell):
    return {a.what: a.right for a in shell.user_ns["kept"].answers}


def test_right_guesses(run, shell):
    outcome = judged(
        run, "ops=2 prints=1 traces=0 result=5.0 y=[1, 4] x.grad=[2.0, 4.0] y.shape=(2,) y.dtype=tf.float32"
    )
    assert set(answers(shell).values()) == {True}
    assert outcome.text.startswith("All 8 guesses are right!")
    assert float(outcome.value) == 5.0
    assert outcome.printed.startswith("hello\n")


def test_wrong_guesses_show_the_truth(run, shell):
    outcome = judged(run, "ops=3 prints=2 traces=1 result=4.0 y=[1, 5] x.grad=[1.0, 1.0] y.shape=(3,)")
    assert set(answers(shell).values()) == {False}
    assert "✗ ops: you said 3, but it is 2." in outcome.text
    assert "✗ x.grad: you said [1.0, 1.0], but it is [2.0, 4.0]." in outcome.text
    rows = read(outcome.outputs[0].data["text/html"]).all("tbody")[0].all("tr")
    assert [row.all("td")[-1].text for row in rows] == ["✗ wrong"] * 7


def test_the_answers_come_before_the_output(run):
    outcome = judged(run, "ops=2")
    assert outcome.outputs[0].data["text/plain"].startswith("Right!")
    assert outcome.outputs[1].data["text/plain"].startswith("Eager: 2 operations")


def test_open_guesses_keep_output_and_truth_hidden(run, shell):
    outcome = judged(run, "ops=? prints=1")
    assert outcome.printed == ""
    assert outcome.value is None
    assert len(outcome.outputs) == 1
    assert "ops=?" in outcome.text
    assert "✓ prints" in outcome.text
    assert "2" not in outcome.text
    assert "y" in shell.user_ns, "the cell has run, so that later cells can"


def test_every_trace_is_counted(run, shell):
    judged(run, "traces=2", "f = tf.function(lambda a, n: a * n)\nf(x, 1)\nf(x, 2)\nf(x, 1)")
    assert answers(shell) == {"traces": True}


def test_prints_of_tensors_count(run, shell):
    judged(run, "prints=3", "tf.print(x)\nprint('a\\nb')")
    assert answers(shell) == {"prints": True}


@pytest.mark.parametrize(("magic", "ops"), [("%%eager", 3), ("%%graph", 2), ("%%graph -O0", 3), ("%%compare", 3)])
def test_the_magic_below_runs_the_cell(run, shell, magic, ops):
    outcome = judged(run, f"ops={ops}", f"{magic}\na = x * x\nb = x * x\nc = a + b")
    assert answers(shell) == {"ops": True}
    assert len(outcome.outputs) == 2
    assert [float(v) for v in shell.user_ns["c"]] == [2.0, 8.0]


def test_results_of_the_magic_below_are_kept(run, shell):
    judged(run, "ops=1", "\n%%graph -o inner\na = x + x")
    assert shell.user_ns["inner"] is shell.user_ns["kept"].result


def test_lines_are_those_of_the_visible_cell(run, shell):
    judged(run, "ops=1", "%%eager -o inner\na = x + x")
    assert shell.user_ns["inner"].ops[0].line == 3
    error = run("%%predict ops=1\n%%graph\nb = x @ x").error
    frame = traceback.extract_tb(error.__traceback__)[-1]
    assert (frame.lineno, frame.line) == (3, "b = x @ x")


def test_a_gradient_of_the_cells_own_is_guessed_by_its_name(run, shell):
    cell = "with tf.GradientTape() as tape:\n    loss = tf.reduce_sum(w * w)\ngrad = tape.gradient(loss, w)"
    outcome = judged(run, "grad=[6, 8] loss=25 w.grad=[6, 8]", cell)
    assert answers(shell) == {"grad": True, "loss": True, "w.grad": None}
    assert "the names that they have there" in outcome.text


def test_an_unconnected_gradient_is_none(run, shell):
    judged(run, "w.grad=None", "tf.reduce_sum(x)")
    assert answers(shell) == {"w.grad": True}


def test_a_cell_that_fails_is_not_checked_and_its_error_is_an_error(run, shell):
    outcome = run("%%predict -o kept ops=1 later=2\ny = x * x\nprint('so far')\n1 / 0\nlater = 2")
    assert isinstance(outcome.error, ZeroDivisionError)
    assert answers(shell) == {"ops": None, "later": None}
    assert "could not be checked" in outcome.text
    assert "so far" in outcome.printed
    assert "Eager: 1 operation." in outcome.text


def test_a_name_that_never_came_is_not_checked(run, shell):
    judged(run, "z=1", "if False:\n    z = 1")
    assert answers(shell) == {"z": None}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("op=3", "Did you mean ops?"),
        ("print=3", "Did you mean prints?"),
        ("trace=3", "Did you mean traces?"),
        ("ops", "WHAT=VALUE"),
        ("", "needs guesses"),
        ("ops=-1", "number of things"),
        ("ops=1.5", "number of things"),
        ("ops=unknown", "NameError"),
        ("ops=1 --withn 3", "WHAT=VALUE"),
        ("--withn 3 ops=1", "Did you mean --within?"),
        ("z.grad=1", "from a cell before"),
        ("y..=1", "neither a name nor an expression"),
    ],
)
def test_bad_guesses_are_errors_before_anything_runs(run, shell, line, message):
    error = run(f"%%predict {line}\nran = True\ny = x").error
    assert isinstance(error, MagicOptionError)
    assert message in str(error)
    assert "ran" not in shell.user_ns
    assert traceback.extract_tb(error.__traceback__)[-1].lineno == 1


def test_gradients_are_for_eager_cells(run):
    assert "eagerly" in str(run("%%predict x.grad=1\n%%graph\nx * x").error)


def test_options_of_the_magic_below_are_checked(run):
    error = run("%%predict ops=1\n%%graph -O9\ny = x").error
    assert isinstance(error, MagicOptionError)
    assert traceback.extract_tb(error.__traceback__)[-1].lineno == 2


def test_without_a_cell_it_says_where_it_belongs(run):
    assert "%%predict at the top of the cell" in str(run("x\n%predict ops=1").error)


def test_tolerance(run, shell):
    judged(run, "q=0.33", "q = tf.constant(1.0) / 3.0")
    assert answers(shell) == {"q": True}
    judged(run, "--within 0.001 q=0.33", "q = tf.constant(1.0) / 3.0")
    assert answers(shell) == {"q": False}


def test_the_same_cell_shows_the_same_words(run):
    assert judged(run, "ops=1 y=[1, 2]").text == judged(run, "ops=1 y=[1, 2]").text


def test_user_text_is_escaped_and_there_is_no_script(run):
    html = run("%%predict label='<script>alert(1)</script>'\nlabel = '<img onerror=x>'").outputs[0].data["text/html"]
    assert "<script" not in html
    assert "<img" not in html


def test_it_cannot_run_while_tracing(run):
    run("get = get_ipython()")
    assert isinstance(run("%%graph\nget.run_cell_magic('predict', 'ops=1', 'x')").error, TracingError)


def test_an_interrupt_goes_through(run, shell):
    outcome = run("%%predict ops=1\nraise KeyboardInterrupt")
    assert isinstance(outcome.error, KeyboardInterrupt)
    assert run("print('still here')").printed == "still here\n"


def test_await_is_fine(run, shell):
    run("import asyncio")
    judged(run, "ops=1", "await asyncio.sleep(0)\nx + x")
    assert answers(shell) == {"ops": True}


def test_guesses_are_cut_at_blanks_and_commas_outside_of_brackets():
    line = "ops = 4, y=[1, 2] z=(1, [2, 3]), s='a, b' t={'k': 1} q=f(1, 2)==3"
    found = read_guesses(line, {"f": lambda a, b: a + b})
    assert [(g.what, g.value) for g in found] == [
        ("ops", 4), ("y", [1, 2]), ("z", (1, [2, 3])), ("s", "a, b"), ("t", {"k": 1}), ("q", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("guess", "truth", "right"),
    [
        (2, tf.constant(2), True),
        (2, tf.constant(3), False),
        (2.001, tf.constant(2.0), True),
        (2.1, tf.constant(2.0), False),
        ([2.0], tf.constant(2.0), False),
        (0, tf.constant(1e-9), True),
        (float("nan"), tf.constant(float("nan")), True),
        (True, tf.constant(True), True),
        (False, tf.constant([True]), False),
        ([[1], [2]], tf.constant([[1], [2]]), True),
        ([[1.0], [2, 3]], [tf.constant([1.0]), tf.constant([2.0, 3.0])], True),
        ({"a": 1}, {"a": tf.constant(1)}, True),
        ({"a": 1}, {"b": tf.constant(1)}, False),
        ("float32", tf.float32, True),
        (None, None, True),
        (None, tf.constant(0.0), False),
        (0.0, None, False),
        ("a", "a", True),
        (1, "a", False),
    ],
)
def test_what_is_right(guess, truth, right):
    assert same(guess, truth, 0.01) is right


def test_large_values_are_shown_short():
    assert len(show(tf.range(100_000))) < 100
    assert len(show("x" * 10_000)) < 200
