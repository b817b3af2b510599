"""The magics in a real InteractiveShell: values, namespaces, options, loading and unloading."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.tensor import Symbol
from eagernb.notebook.comparison import Comparison
from eagernb.notebook.graph_run import GraphRun
from eagernb.notebook.magics import MAGICS, EagerNBMagics
from eagernb.notebook.recording import Recording

SETUP = """
tf.random.set_seed(3)
x = tf.random.normal([8, 4])
y = tf.constant([0, 1] * 4)
w1 = tf.Variable(tf.random.normal([4, 3])); b1 = tf.Variable(tf.zeros([3]))
w2 = tf.Variable(tf.random.normal([3, 2])); b2 = tf.Variable(tf.zeros([2]))
"""
STEP = """with tf.GradientTape() as tape:
    h = tf.nn.relu(x @ w1 + b1)
    logits = h @ w2 + b2
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
grads = tape.gradient(loss, [w1, b1, w2, b2])
for v, g in zip([w1, b1, w2, b2], grads):
    v.assign_sub(0.5 * g)
loss
"""
RESULTS = ["h", "logits", "loss", "w1", "b1", "w2", "b2"]


def results(shell):
    space = shell.user_ns
    values = {name: space[name].numpy() for name in RESULTS}
    return values | {f"grads[{i}]": g.numpy() for i, g in enumerate(space["grads"])}


def assert_same_bits(a, b):
    assert a.keys() == b.keys()
    for name in a:
        assert np.asarray(a[name]).tobytes() == np.asarray(b[name]).tobytes(), name


def test_training_step_gives_the_same_bits_plain_eager_and_as_a_graph(shell, run):
    outcomes = {}
    for magic in ("", "%%eager\n", "%%graph\n", "%%compare\n"):
        run(SETUP)
        outcome = run(magic + STEP)
        assert outcome.error is None
        outcomes[magic] = results(shell) | {"last": outcome.value.numpy()}
    for magic in ("%%eager\n", "%%graph\n", "%%compare\n"):
        assert_same_bits(outcomes[""], outcomes[magic])


def test_graph_leaves_concrete_tensors(shell, run):
    run(SETUP)
    run("%%graph\n" + STEP)
    for name in ("h", "loss"):
        assert isinstance(shell.user_ns[name], tf.Tensor)
        assert not isinstance(shell.user_ns[name], Symbol)
    assert run("float(loss) + 1").error is None


def test_eager_records_forward_and_backward(shell, run):
    run(SETUP)
    run("%%eager -o tape_of_cell\n" + STEP)
    recording = shell.user_ns["tape_of_cell"]
    assert isinstance(recording, Recording)
    forward = [op.name for op in recording.forward]
    assert forward[: forward.index("reduce_mean") + 1].count("matmul") == 2
    # each matmul but the first (x is not a source) has two gradients, the first has one
    assert [op.name for op in recording.backward].count("matmul") == 3
    relu = next(op for op in recording.ops if op.name == "relu")
    assert relu.line == 3
    assert relu.source == "h = tf.nn.relu(x @ w1 + b1)"
    assert [out.name for out in relu.outputs] == ["h"]
    assert relu.outputs[0].shape == (8, 3)
    assert relu.outputs[0].dtype == "float32"
    for op in recording.backward:
        assert op.of is not None
        assert recording.ops[op.of].phase == "forward"
    assert [op.index for op in recording.ops] == list(range(len(recording.ops)))
    starts = [op.start for op in recording.ops]
    assert starts == sorted(starts)
    assert all(op.duration > 0 for op in recording.ops)


def test_recorded_names_follow_lists(shell, run):
    run(SETUP)
    run("%%eager -o rec\n" + STEP.replace("for v, g in zip", "for v, _g in zip").replace("* g", "* _g"))
    named = {out.name for op in shell.user_ns["rec"].backward for out in op.outputs}
    assert {"grads[0]", "grads[1]", "grads[2]", "grads[3]"} <= named


def test_peak_memory_of_a_chain_counts_what_is_alive_together(shell, run):
    run("a = tf.zeros([1000])")  # not the cell's: it does not count
    run("%%eager -o rec\nb = a + 1.0\nc = tf.exp(b)\ndel b\nd = c + 1.0")
    # b and c are alive together, then c and d: 2 * 4000 bytes
    assert shell.user_ns["rec"].peak == 8000


def test_graph_frees_what_nobody_needs(shell, run):
    run("a = tf.zeros([1000])")
    run("%%graph -o kept\nb = a + 1.0\nc = tf.exp(b)\nd = c * 2.0")
    run("%%graph -o chained\nd = tf.exp(a + 1.0) * 2.0")
    assert shell.user_ns["kept"].peak == 12000  # b, c and d have names
    assert shell.user_ns["chained"].peak == 8000  # never more than two of them


def test_containers_come_back_concrete_and_are_the_same_objects(shell, run):
    run("x = tf.constant([1.0, 2.0])\nlog = []\nalias = log\nstate = {'n': 1}")
    outcome = run("%%graph\ny = x * 2.0\nlog.append(y)\nstate['y'] = (y, [y + 1.0])\npair = (y, 'text')\nlog")
    assert outcome.error is None
    space = shell.user_ns
    assert space["alias"] is space["log"]
    np.testing.assert_array_equal(space["alias"][0].numpy(), [2, 4])
    np.testing.assert_array_equal(space["state"]["y"][1][0].numpy(), [3, 5])
    assert space["pair"][1] == "text"
    np.testing.assert_array_equal(space["pair"][0].numpy(), [2, 4])
    np.testing.assert_array_equal(outcome.value[0].numpy(), [2, 4])


def test_graph_inputs_are_the_tensors_that_it_reads(shell, run):
    run("x = tf.constant([1.0]); unused = tf.constant([9.0]); n = 3")
    run("%%graph -o g\nz = x * n")
    run("%%graph -o again\nz = x * n")  # z holds a tensor now, but the cell does not read it
    for name in ("g", "again"):
        assert [node.name for node in shell.user_ns[name].graph.inputs] == ["x"]


def test_graph_runs_python_once_and_the_values_are_those_of_now(shell, run):
    run("calls = []\nx = tf.constant(1.0)\ndef f(t):\n    calls.append(1)\n    return t + 1.0")
    run("%%graph -o g\ny = f(x)")
    assert shell.user_ns["calls"] == [1]
    assert float(shell.user_ns["y"]) == 2.0


def test_graph_passes_say_what_they_did(shell, run):
    run("x = tf.constant([1.0, 2.0])")
    run("%%graph -o g\na = tf.exp(x) + tf.exp(x)\ndead = None\nb = tf.constant(2.0) * 3.0 * a")
    run_ = shell.user_ns["g"]
    assert isinstance(run_, GraphRun)
    assert run_.count_ops()["exp"] == 1
    sentences = " ".join(change.sentence for result in run_.passes for change in result.changes)
    assert "computes the same exp" in sentences
    assert "is always 6" in sentences
    assert len(run_.graph.ops) > len(run_.optimized.ops)


def test_compare_reports_equal_results_and_costs(shell, run):
    run(SETUP)
    outcome = run("%%compare -o both\n" + STEP)
    both = shell.user_ns["both"]
    assert isinstance(both, Comparison)
    assert both.equal
    assert {"h", "loss", "w1", "b2", "the last value"} <= {r.name for r in both.results}
    assert set(both.timings) == {"eager", "trace", "optimize", "graph", "interpreter"}
    assert all(ns > 0 for ns in both.timings.values())
    assert both.peaks["eager"] > 0
    assert "equal" in outcome.text


def test_compare_trains_once_only(shell, run):
    run(SETUP)
    run(STEP)
    once = results(shell)
    run(SETUP + "\nlog = []")
    run("%%compare\n" + STEP.rstrip() + "\nlog.append(loss)\n")
    assert_same_bits(once, results(shell))
    assert len(shell.user_ns["log"]) == 1


def test_compare_draws_the_same_random_numbers(shell, run):
    run("tf.random.set_seed(5)")
    run("%%compare -o both\nr = tf.random.normal([3]) + tf.random.uniform([3])")
    assert shell.user_ns["both"].equal
    run("tf.random.set_seed(5)")
    run("plain = tf.random.normal([3]) + tf.random.uniform([3])")
    np.testing.assert_array_equal(shell.user_ns["r"].numpy(), shell.user_ns["plain"].numpy())


def test_compare_says_what_differs_and_by_how_much(shell, run):
    run("x = tf.constant([1.0, 2.0])\nclass Box: n = 0.0\nbox = Box()")
    run("%%compare -o both\nbox.n += 1.0\nz = x * box.n")  # an attribute is not set back between the runs
    both = shell.user_ns["both"]
    assert not both.equal
    (different,) = [r for r in both.results if r.name == "z"]
    assert different.largest_difference > 0
    assert "differ" in different.detail


def test_break_even_is_the_first_call_count_that_pays():
    recording, graph_run = Recording(""), None
    comparison = Comparison(recording, graph_run, [], {"eager": 30, "trace": 70, "optimize": 21, "graph": 20}, {})
    # 9 calls save 90 < 91, 10 calls save 100
    assert comparison.break_even == 10
    slower = Comparison(recording, graph_run, [], {"eager": 20, "trace": 70, "optimize": 21, "graph": 20}, {})
    assert slower.break_even is None


def test_last_expression_is_the_value_unless_a_semicolon_ends_the_cell(run):
    for magic in ("%%eager", "%%graph", "%%compare"):
        assert float(run(f"{magic}\ntf.constant(1.0) + 1.0").value) == 2.0
        assert run(f"{magic}\ntf.constant(1.0) + 1.0;").value is None
        assert run(f"{magic}\nq = tf.constant(1.0) + 1.0").value is None


def test_multiline_strings_and_line_magics_survive(shell, run):
    run('%%eager\ntext = """one\n    two\n"""\nhere = %pwd\n')
    assert shell.user_ns["text"] == "one\n    two\n"
    assert isinstance(shell.user_ns["here"], str)


def test_functions_defined_in_a_cell_work_later(shell, run):
    run("%%graph\nk = tf.constant(2.0)\ndef double(t):\n    return t * k")
    outcome = run("double(tf.constant(4.0))")
    assert float(outcome.value) == 8.0


def test_a_traced_function_inside_a_cell_is_part_of_it(shell, run):
    run("@tf.function\ndef f(t):\n    return tf.exp(t) * 2.0\nx = tf.constant([0.0])")
    run("%%eager -o rec\ny = f(x)")
    run("%%graph -o g\nz = f(x)")
    assert [op.name for op in shell.user_ns["rec"].ops] == ["exp", "multiply"]
    assert shell.user_ns["g"].graph.count_ops() == {"call": 1}
    assert shell.user_ns["g"].count_ops() == {"exp": 1, "multiply": 1}
    assert float(shell.user_ns["y"][0]) == float(shell.user_ns["z"][0]) == 2.0


def test_a_later_tape_differentiates_what_graph_left(shell, run):
    run("w = tf.Variable(3.0)")
    run("%%graph\ny = w * w")
    outcome = run("with tf.GradientTape() as t:\n    z = w * w\nt.gradient(z, w)")
    assert float(outcome.value) == 6.0


@pytest.mark.parametrize("body", ["\n# nothing here\n", "\n\n   \n", "\n", ""])
@pytest.mark.parametrize("magic", ["%%eager", "%%graph", "%%compare", "%%predict ops=0"])
def test_an_empty_cell_or_one_of_comments_runs(run, magic, body):
    outcome = run(f"{magic}{body}")
    assert outcome.error is None
    assert outcome.text


@pytest.mark.parametrize("magic", ["%%eager", "%%graph", "%%compare"])
def test_results_are_one_bundle_of_three_forms(run, magic):
    outcome = run(f"{magic}\na = tf.constant([1.0]) + 1.0")
    (output,) = outcome.outputs
    assert {"text/plain", "text/html", "image/svg+xml"} <= set(output.data)


def state_of(shell):
    """All that an extension can add to a shell."""
    return {
        "line": set(shell.magics_manager.magics["line"]),
        "cell": set(shell.magics_manager.magics["cell"]),
        # IPython registers some of its own when they are first used.
        "registry": {k for k, v in shell.magics_manager.registry.items() if isinstance(v, EagerNBMagics)},
        "configurables": [c for c in map(type, shell.configurables) if c.__module__.startswith("eagernb")],
        "matchers": list(shell.Completer.custom_matchers),
        "events": {name: list(found) for name, found in shell.events.callbacks.items()},
        "transformers": [*shell.input_transformers_cleanup, *shell.input_transformers_post, *shell.ast_transformers],
        "hooks": set(vars(shell.hooks)),
    }


def test_unloading_removes_all_that_loading_added_twice_too(shell, run):
    loaded = state_of(shell)
    assert run("%load_ext eagernb").error is None
    assert state_of(shell) == loaded, "loading twice changes nothing"
    for _ in range(2):
        run("%config EagerNB.language = 'zh'")
        run("%unload_ext eagernb")
        bare = state_of(shell)
        assert not any(name in bare["cell"] | bare["line"] for name in ("eager", "graph", "compare", "predict"))
        assert not bare["configurables"]
        assert not bare["registry"]
        assert run("%%eager\n1").error is not None
        assert {name: bare[name] == loaded[name] for name in bare} == {
            "line": False, "cell": False, "registry": False, "configurables": False, "matchers": False,
            "transformers": False, "events": True, "hooks": True,
        }  # fmt: skip
        assert run("%load_ext eagernb").error is None
        outcome = run("%%eager\n1")
        assert outcome.error is None
        assert outcome.text.startswith("Eager"), "the language was set back"
    again = state_of(shell)
    assert len(again.pop("matchers")) == len(loaded.pop("matchers"))
    assert again == loaded


def test_defaults_of_the_users_configuration_file_outlast_unloading(shell, run):
    run("%unload_ext eagernb")
    shell.config.EagerNB.language = "zh"
    run("%load_ext eagernb\n%config EagerNB.language = 'en'\n%config EagerNB.code = True\n%unload_ext eagernb")
    run("%load_ext eagernb")
    config = next(c for c in shell.configurables if type(c).__name__ == "EagerNB")
    assert (config.language, config.code) == ("zh", False)
    assert run("%%eager\n1").text.startswith("即时执行")


def test_config_has_the_default_of_every_option(shell):
    from dataclasses import fields

    config = next(c for c in shell.configurables if type(c).__name__ == "EagerNB")
    for magic in MAGICS:
        for spec in fields(magic.options):
            if spec.name not in ("help", "output"):
                assert config.values()[spec.name] == spec.default, spec.name


def test_defaults_of_config_go_behind_the_line(shell, run):
    run("x = tf.constant([1.0])\n%config EagerNB.level = 0\n%config EagerNB.code = True")
    run("%%graph -o g\ny = x + 1.0")
    assert not shell.user_ns["g"].passes
    assert shell.user_ns["g"].shows_code
    run("%%graph --no-code -O1 -o g\ny = x + 1.0")
    assert shell.user_ns["g"].passes
    assert not shell.user_ns["g"].shows_code


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("executor = 'nump'", "Did you mean 'numpy_source'?"),
        ("level = 9", "There are: '0', '1', '2', '3'"),
        ("passes = 'cse,dead_cod'", "Did you mean dead_code?"),
        ("language = 'french'", "There are: 'en', 'zh'"),
        ("most = 0", "most"),
    ],
)
def test_config_refuses_what_makes_no_sense(shell, run, caplog, line, message):
    before = next(c for c in shell.configurables if type(c).__name__ == "EagerNB").values()
    run(f"%config EagerNB.{line}")
    assert message in caplog.text
    assert next(c for c in shell.configurables if type(c).__name__ == "EagerNB").values() == before


@pytest.mark.parametrize("magic", [usage for kind in MAGICS for usage in sorted({u.split()[0] for u in kind.usage})])
def test_help_by_question_mark_and_by_option(shell, run, magic):
    printed = run(f"{magic} --help").printed
    assert "--output NAME" in printed
    assert printed.splitlines()[0].endswith((".", "?", ","))
    assert printed.strip() in shell.object_inspect_text(magic).replace("\x1b", "")


def test_widget_option_and_config(shell, run):
    outcome = run("%%eager --widget\nu = tf.constant([1.0]) + 1.0")
    views = [o for o in outcome.outputs if "application/vnd.jupyter.widget-view+json" in o.data]
    assert len(views) == 1
    run("%config EagerNB.widget = True")
    outcome = run("%%graph\nu = tf.constant([1.0]) + 1.0")
    assert sum("application/vnd.jupyter.widget-view+json" in o.data for o in outcome.outputs) == 1
    run("%config EagerNB.widget = False")
    assert len(run("%%graph\nu = tf.constant([1.0]) + 1.0").outputs) == 1


def test_result_objects_answer_code(shell, run):
    run("x = tf.constant([1.0, 2.0])")
    run("%%eager -o rec\ns = tf.reduce_sum(x * x)")
    run("%%graph -o g\ns = tf.reduce_sum(x * x)")
    run("%%compare -o both\ns = tf.reduce_sum(x * x)")
    import json

    for name, kind in (("rec", "recording"), ("g", "graph_run"), ("both", "comparison")):
        result = shell.user_ns[name]
        assert json.loads(json.dumps(result.to_dict()))["kind"] == kind
        assert result.to_dot().startswith("digraph")
        assert result.timings
        assert len(result.ops) == 2
    assert shell.user_ns["g"].graph.count_ops() == {"multiply": 1, "reduce_sum": 1}
