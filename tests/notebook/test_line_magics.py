"""%eager, %graph and %compare: the code on the magic's own line."""

from __future__ import annotations

import traceback

import numpy as np
import pytest

from eagernb.errors import MagicOptionError, ShapeError, TracingError

SETUP = "x = tf.constant([1.0, 2.0])\nw = tf.Variable([3.0, 4.0])"


@pytest.fixture(autouse=True)
def names(run):
    assert run(SETUP).error is None


def test_eager_records_one_expression_and_gives_its_value(run, shell):
    outcome = run("y = %eager -o tape tf.reduce_sum(x * w)")
    assert outcome.error is None
    assert float(shell.user_ns["y"]) == 11.0
    assert [op.name for op in shell.user_ns["tape"].ops] == ["read_variable", "multiply", "reduce_sum"]
    assert len(outcome.outputs) == 1


@pytest.mark.parametrize(
    ("line", "value"),
    [("-x", [-1.0, -2.0]), ("-- -x", [-1.0, -2.0]), ("x[-1:]", [2.0]), ("'a b' and x", [1.0, 2.0])],
)
def test_code_that_looks_like_an_option_is_code(run, line, value):
    np.testing.assert_array_equal(run(f"%eager {line}").value.numpy(), value)


def test_braces_and_dollars_are_the_users(run):
    assert run("%eager {'a': x}['a'] + 0.0").value is not None


@pytest.mark.parametrize("magic", ["eager", "graph", "compare"])
def test_an_error_names_its_line_among_others(run, magic):
    error = run(f"a = 1\nb = 2\n%{magic} -o r x @ x\nc = 3").error
    assert isinstance(error, ShapeError)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    assert (frame.lineno, frame.line) == (3, f"%{magic} -o r x @ x")


def test_the_recorded_line_is_that_of_the_cell(run, shell):
    run("a = 1\n%eager -o r x + x")
    assert shell.user_ns["r"].ops[0].line == 2
    assert shell.user_ns["r"].ops[0].source == "%eager -o r x + x"


def test_functions_of_a_cell_with_line_magics_can_still_be_traced(run):
    cell = (
        "%eager x + 1.0\n@tf.function\ndef f(v):\n    if tf.reduce_sum(v) > 0.0:\n        return v\n    return -v\n"
        "%eager f(x)\nresult = f(-x)"
    )
    assert run(cell).error is None
    np.testing.assert_array_equal(run("result").value.numpy(), [1.0, 2.0])


def test_lambdas_on_the_line_can_be_traced(run):
    outcome = run("q = 0\n%eager tf.function(lambda v: v * 2.0 if tf.reduce_sum(v) > 0.0 else v)(x)")
    np.testing.assert_array_equal(outcome.value.numpy(), [2.0, 4.0])


@pytest.mark.parametrize("magic", ["%eager", "%graph", "%compare", "%gradcheck", "%why_retrace"])
def test_no_code_is_an_error_and_syntax_errors_are_the_users(run, magic):
    assert isinstance(run(magic).error, MagicOptionError)
    error = run(f"a = 1\n{magic} (x +").error
    assert isinstance(error, SyntaxError)
    assert error.lineno == 2


def test_a_typo_knows_its_near_miss(run):
    assert "Did you mean --widget?" in str(run("%eager --widgt x").error)
    assert "did you mean numpy_source?" in str(run("%graph --executor numpy x").error)


def test_graph_of_a_traced_function_has_its_arguments_as_inputs(run, shell):
    run("@tf.function\ndef f(a, times=2):\n    for _ in range(times):\n        a = a * a\n    return {'out': a}")
    outcome = run("%graph -o g f(x + 1.0, times=2)")
    assert outcome.error is None
    np.testing.assert_array_equal(outcome.value["out"].numpy(), [16.0, 81.0])
    graph = shell.user_ns["g"]
    assert graph.graph.count_ops() == {"multiply": 2}
    assert [node.name for node in graph.graph.inputs] == ["a"]
    assert len(graph.runs) == len(graph.optimized.ops)
    assert shell.user_ns["f"].experimental_get_tracing_count() == 1


def test_graph_uses_the_trace_that_there_is(run, shell):
    run("f = tf.function(lambda a: a + 1.0)\nf(x)")
    run("%graph f(x)")
    assert shell.user_ns["f"].experimental_get_tracing_count() == 1


def test_graph_of_a_plain_function_a_method_and_a_variable_argument(run, shell):
    run("class Layer:\n    def call(self, v, k):\n        return v * k\nlayer = Layer()")
    np.testing.assert_array_equal(run("%graph -o g layer.call(w, 2.0)").value.numpy(), [6.0, 8.0])
    assert "multiply" in shell.user_ns["g"].graph.count_ops()


def test_graph_of_any_other_expression_is_traced_whole(run, shell):
    run("%graph -O0 -o g tf.reduce_sum(x * x) + 1.0")
    assert shell.user_ns["g"].graph.count_ops() == {"multiply": 1, "reduce_sum": 1, "add": 1}


def test_graph_runs_effects_once(run, shell):
    run("@tf.function\ndef step():\n    w.assign_add([1.0, 1.0])\n    return w")
    run("%graph step()")
    np.testing.assert_array_equal(shell.user_ns["w"].numpy(), [4.0, 5.0])


def test_a_tape_that_is_open_sees_the_call(run):
    run("@tf.function\ndef f(v):\n    return v * v")
    cell = "with tf.GradientTape() as tape:\n    tape.watch(x)\n    y = %graph f(x)\ngrad = tape.gradient(y, x)"
    assert run(cell).error is None
    np.testing.assert_array_equal(run("grad").value.numpy(), [2.0, 4.0])


@pytest.mark.parametrize("option", ["--executor numpy_source", "-O0", "--passes cse", "--code", "--fast-math"])
def test_graph_takes_the_options_of_the_cell_magic(run, option):
    run("def f(v):\n    return v * 2.0")
    outcome = run(f"%graph {option} f(x)")
    np.testing.assert_array_equal(outcome.value.numpy(), [2.0, 4.0])


def test_an_exception_in_the_function_is_the_users_and_nothing_stays(run, shell):
    run("def f(v):\n    raise KeyError('oh')")
    error = run("%graph f(x)").error
    assert isinstance(error, KeyError)
    assert traceback.extract_tb(error.__traceback__)[-1].line == "raise KeyError('oh')"
    assert run("%graph f").error is None


def test_compare_on_a_line(run, shell):
    assert run("%compare -o both x * w").error is None
    assert shell.user_ns["both"].equal


def test_line_magics_inside_of_traces_are_refused(run):
    run("get = get_ipython()")
    error = run("%%graph\nget.run_line_magic('eager', 'x + x')").error
    assert isinstance(error, TracingError)


def test_nested_line_magics(run, shell):
    outcome = run("%%eager -o outer\na = x + x\nb = %eager -o inner a * a")
    assert outcome.error is None
    assert [op.name for op in shell.user_ns["inner"].ops] == ["multiply"]
    assert [op.name for op in shell.user_ns["outer"].ops] == ["add", "multiply"]


@pytest.mark.parametrize("magic", ["%%eager -o r", "%%predict ops=1\n%%eager -o r"])
def test_threads_of_the_cell_run_beside_the_recording(run, shell, magic):
    cell = (
        f"{magic}\nimport threading\nfound = []\n"
        "thread = threading.Thread(target=lambda: found.append(x + x))\nthread.start()\nthread.join()\ny = x * x"
    )
    assert run(cell).error is None
    assert [op.name for op in shell.user_ns["r"].ops] == ["multiply"]
    np.testing.assert_array_equal(shell.user_ns["found"][0].numpy(), [2.0, 4.0])


@pytest.mark.parametrize("magic", ["%eager", "%graph", "%compare"])
def test_in_a_function_its_local_names_are_known(run, shell, magic):
    cell = f"def f(v, x):\n    k = 3.0\n    r = {magic} -o kept (lambda u: u * k)(v) + x\n    return r\nf(w, 1.0)"
    outcome = run(cell)
    assert outcome.error is None, outcome.error
    np.testing.assert_array_equal(outcome.value.numpy(), [10.0, 13.0])
    np.testing.assert_array_equal(shell.user_ns["x"].numpy(), [1.0, 2.0])
    assert "k" not in shell.user_ns
    assert "kept" in shell.user_ns


def test_other_line_magics_in_a_function(run):
    run("f = tf.function(lambda v: v * v)\nf(x)")
    outcome = run("def check(g, v):\n    %gradcheck g(v)\n    %why_retrace g\n    %graph g(v)\ncheck(f, x)")
    assert outcome.error is None, outcome.error
    assert "of g agrees" in outcome.text
    assert len(outcome.outputs) == 3


AWAIT = "import asyncio\nasync def later(v):\n    await asyncio.sleep(0)\n    return v * 2.0"


def test_await_in_a_cell_is_recorded(run, shell):
    run(AWAIT)
    outcome = run("%%eager -o r\ny = await later(x)\nawait later(y)")
    np.testing.assert_array_equal(outcome.value.numpy(), [4.0, 8.0])
    assert [op.line for op in shell.user_ns["r"].ops] == [2, 3]


def test_an_exception_while_waiting_ends_at_the_users_line(run, shell):
    run(AWAIT)
    error = run("%%eager\ny = await later(x)\nz = y @ y").error
    assert isinstance(error, ShapeError)
    assert traceback.extract_tb(error.__traceback__)[-1].line == "z = y @ y"


@pytest.mark.parametrize("magic", ["graph", "compare"])
def test_a_graph_cannot_wait(run, magic):
    run(AWAIT)
    error = run(f"%%{magic}\na = 1\ny = await later(x)").error
    assert isinstance(error, TracingError)
    assert "cell before" in str(error)
    assert traceback.extract_tb(error.__traceback__)[-1].lineno == 3
