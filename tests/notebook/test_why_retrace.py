"""%why_retrace: the reasons of all traces, in words and as a page."""

from __future__ import annotations

import pytest

from eagernb.errors import MagicOptionError
from tests.notebook.page import read


@pytest.fixture(autouse=True)
def names(run):
    assert run("@tf.function\ndef f(x, n=1):\n    return x * n\nx = tf.constant([1.0])").error is None


def test_words_and_page_name_argument_and_remedy(run, shell):
    run("f(x)\nf(x, 2)\nf(tf.constant([1, 2]), 2)")
    outcome = run("%why_retrace -o report f")
    assert outcome.error is None
    assert outcome.text.splitlines()[:4] == [
        "f was traced 3 times.",
        "Trace 1: It was the first.",
        "Trace 2: The Python value of 'n' changed from 1 to 2.",
        "  Pass a tensor, tf.constant(2), to use one trace for all values.",
    ]
    rows = read(outcome.html).all("tbody")[0].all("tr")
    assert [row.one("th").text for row in rows] == ["1", "2", "3"]
    assert "int32" in rows[2].text
    assert "<script" not in outcome.html
    assert len(shell.user_ns["report"].traces) == 3


def test_a_function_without_traces(run):
    assert "not been traced yet" in run("%why_retrace f").text


def test_methods_and_expressions(run):
    run("class Model:\n    @tf.function\n    def call(self, v):\n        return v\nmodel = Model()\nmodel.call(x)")
    assert "call was traced once." in run("%why_retrace model.call").text


@pytest.mark.parametrize(("line", "message"), [("len", "decorate it"), ("x", "needs what tf.function made")])
def test_anything_else_is_a_clear_error(run, line, message):
    error = run(f"%why_retrace {line}").error
    assert isinstance(error, TypeError)
    assert message in str(error)
    assert "What tf.function made here: f." in str(error)


def test_unknown_names_and_options(run):
    assert isinstance(run("%why_retrace nothing").error, NameError)
    assert isinstance(run("%why_retrace --all f").error, MagicOptionError)
