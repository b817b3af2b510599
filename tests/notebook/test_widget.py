"""The live widgets, as Python scripts them: their traits are what the page shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import traitlets
from ipywidgets.widgets.widget import _instances

import eagernb.notebook.widget as widgets
from eagernb.errors import InvalidArgumentError
from eagernb.executors import executors
from eagernb.notebook.timing import RESOLUTION, OpTiming, Spread
from eagernb.passes import DEFAULT

CELL = (
    "with tf.GradientTape() as tape:\n    h = tf.nn.relu(x @ w) * 1.0\n    loss = tf.reduce_mean(h)\n"
    "w.assign_sub(0.5 * tape.gradient(loss, w))\nsteps.assign_add(1.0)\nnoise = tf.random.normal([2])"
)


@pytest.fixture
def live(run, shell, monkeypatch):
    """The widget that a cell shows."""

    def live(magic, cell=CELL):
        made = []
        for module, name in (("eager", "recording_widget"), ("graph", "graph_widget")):
            make = getattr(widgets, name)
            monkeypatch.setattr(
                f"eagernb.notebook.magics.{module}.{name}", lambda run, make=make: made.append(make(run)) or made[-1]
            )
        setup = "tf.random.set_seed(1)\nx = tf.ones([8, 4])\nw = tf.Variable(tf.ones([4, 3]))\nsteps = tf.Variable(0.0)"
        assert run(setup).error is None
        outcome = run(f"%%{magic} --widget\n{cell}")
        assert outcome.error is None, outcome.error
        return made[0]

    return live


@pytest.mark.parametrize("magic", ["eager", "graph"])
def test_it_is_scripted_from_python(live, magic):
    w = live(magic)
    w.rounds = 5
    timings = w.run()
    assert len(timings) == len(w.rows) > 5
    assert w.progress == 1.0
    found = w.sweep([2, 8])
    assert [p["size"] for p in w.points] == [2, 8] == [p.size for p in found.points]
    assert w.enough == found.enough
    assert "assign_sub" in w.swept
    assert w.error == ""
    assert not w.running


def test_the_result_object_holds_it(run, shell):
    run("x = tf.ones([4])")
    for magic in ("eager", "graph"):
        assert run(f"%%{magic} --widget -o kept\ny = tf.exp(x)").error is None
        widget = shell.user_ns["kept"].widget
        widget.rounds = 4
        assert len(widget.run()) == 1
        assert run(f"%%{magic} -o kept\ny = tf.exp(x)").error is None
        assert shell.user_ns["kept"].widget is None


def test_buttons_and_numbers_of_the_page_are_its_own(live):
    w = live("eager", "y = tf.exp(x)")
    controls = w.panel
    controls.rounds.value = 7
    assert w.rounds == 7
    w.rounds = 2
    assert controls.rounds.value == 2
    w.rows = []
    controls.run.click()
    assert len(w.rows) == 1
    controls.sweep.click()
    assert w.points
    assert w.panel is controls


def test_the_controls_rest_while_it_measures(live):
    w = live("graph")
    controls = [c for row in w.panel.children for c in getattr(row, "children", ()) if hasattr(c, "disabled")]
    assert len(controls) == 3 + 1 + len(DEFAULT)
    seen = []
    w.observe(lambda change: seen.append({c.disabled for c in controls}), "running")
    w.run(2)
    assert seen == [{True}, {False}]
    w._calls = None
    with pytest.raises(TypeError):
        w.run(2)
    assert not any(c.disabled for c in controls), "after a failure too"


def test_boxes_and_menu_follow_the_traits_and_change_them(live):
    w = live("graph")
    boxes = w.panel.passes
    assert {name for name, box in boxes.items() if box.value} == set(DEFAULT)
    assert "computes once what is computed twice" in boxes["cse"].description
    boxes["cse"].value = False
    assert w.passes == [name for name in DEFAULT if name != "cse"]
    before = len(w.runs)
    w.passes = ["simplify", "cse"]
    assert [name for name, box in boxes.items() if box.value] == ["simplify", "cse"]
    assert len(w.runs) == before + 1, "one measurement, however many boxes changed"
    w.panel.executor.value = "numpy_source"
    assert w.runs[-1]["executor"] == w.executor == "numpy_source"
    w.executor = "interpreter"
    assert w.panel.executor.value == "interpreter"


def test_a_cell_that_runs_again_closes_the_widget_that_it_showed(run, shell, monkeypatch):
    run("x = tf.ones([4])")
    cell = {"metadata": {"cellId": "one"}}
    monkeypatch.setattr(shell, "get_parent", lambda: cell, raising=False)
    before = len(_instances)
    counts, shown = [], []
    for magic in ("%%eager", "%%graph", "%%graph"):
        assert run(f"{magic} --widget -o kept\ny = tf.exp(x)").error is None
        counts.append(len(_instances) - before)
        shown.append(shell.user_ns["kept"].widget)
    assert counts[1] == counts[2] > counts[0] > 0, "those of the last one only"
    assert [w.comm is None for w in shown] == [True, True, False]
    cell["metadata"]["cellId"] = "another"
    run("%%graph --widget\ny = tf.exp(x)")
    assert shown[-1].comm is not None
    assert len(shown[0].run(2)) == 1, "who still has a closed one can go on with it"


def test_what_is_displayed_is_the_panel_and_in_words_its_title(live):
    w = live("eager", "y = tf.exp(x)")
    bundle = w._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == w.panel.model_id
    assert bundle["text/plain"] == "The recorded operations, run again"


def test_passes_are_switched_and_the_results_kept_for_comparison(live):
    w = live("graph")
    everything = w.runs[-1]
    assert everything["passes"] == list(DEFAULT)
    w.passes = []
    assert w.runs[-1]["passes"] == []
    assert w.runs[-1]["ops"] > everything["ops"]
    assert len(w.rows) == w.runs[-1]["ops"]
    w.passes = ["dead_code", "simplify"]
    assert w.passes == ["simplify", "dead_code"], "in their usual order"
    assert [run["passes"] for run in w.runs] == [list(DEFAULT), [], ["simplify", "dead_code"]]
    w.passes = []
    assert [run["passes"] for run in w.runs] == [list(DEFAULT), ["simplify", "dead_code"], []], "measured again"


def test_executors_are_switched(live):
    w = live("graph")
    assert set(w.panel.executor.options) == set(executors())
    w.executor = "numpy_source"
    assert [run["executor"] for run in w.runs] == ["interpreter", "numpy_source"]
    low, median, high = w.runs[-1]["time"]
    assert 0 < low <= median <= high


def test_what_a_run_changes_is_set_back(live, shell):
    w = live("graph")
    names = shell.user_ns
    before = names["w"].numpy(), names["steps"].numpy()
    w.passes = ["cse"]
    w.executor = "numpy_source"
    w.run(3)
    np.testing.assert_array_equal(names["w"].numpy(), before[0])
    assert names["steps"].numpy() == before[1] == 1.0
    after = names["tf"].random.normal([3])
    names["tf"].random.set_seed(1)
    names["tf"].random.normal([2])
    np.testing.assert_array_equal(after.numpy(), names["tf"].random.normal([3]).numpy())


@pytest.mark.parametrize(
    ("trait", "value", "message"),
    [("passes", ["csee"], "Did you mean cse?"), ("executor", "gpu", "there are interpreter"), ("rounds", 0, "rounds")],
)
def test_values_that_make_no_sense_are_refused(live, trait, value, message):
    w = live("graph")
    before = getattr(w, trait)
    with pytest.raises(traitlets.TraitError, match=message.replace("?", r"\?")):
        setattr(w, trait, value)
    assert getattr(w, trait) == before


def test_an_executor_that_cannot_run_it_says_so_and_is_left_again(live):
    pytest.importorskip("jax")
    w = live("graph", "tf.print(x)\ny = x + 1.0")
    with pytest.raises(InvalidArgumentError, match="XLA cannot"):
        w.executor = "xla"
    assert w.executor == w.panel.executor.value == "interpreter"
    with pytest.raises(InvalidArgumentError, match="XLA cannot"):
        w.panel.executor.value = "xla"
    assert w.executor == w.panel.executor.value == "interpreter"
    assert "XLA cannot" in w.error
    assert not w.running
    assert len(w.run(2)) == 2


def test_times_below_the_clocks_resolution_are_marked():
    def timing(median):
        return OpTiming("x", "", None, Spread(median, median, median), Spread(1.0, 1.0, 1.0))

    assert timing(RESOLUTION).below_resolution
    assert not timing(100 * RESOLUTION + 100).below_resolution
    assert widgets._row(timing(RESOLUTION))["coarse"]


def test_it_speaks_the_language_of_the_notebook(live, run):
    run("%config EagerNB.language = 'zh'")
    w = live("graph")
    assert w.language == "zh"
    assert w.panel.run.description == "再运行"
    assert w.panel.passes["fold_constants"].description == "fold_constants: 预先算出不会改变的值"
    assert w.words["quartiles"] == "四分位数"
    w.sweep([1, 2])
    assert "规模" in w.swept


def test_its_script_is_small_and_needs_nothing():
    source = (Path(widgets.__file__).parent / "assets" / "widget.js").read_text()
    assert len(source) < 50_000
    assert "import " not in source
    assert "innerHTML" not in source
    assert "http" not in source.replace("http://www.w3.org/2000/svg", "")
