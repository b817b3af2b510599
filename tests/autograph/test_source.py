from __future__ import annotations

import ast
import linecache
import logging

import pytest

from eagernb.autograph.convert import convert
from eagernb.autograph.source import SourceUnavailableError, definition


def text_of(function):
    return ast.unparse(definition(function))


def from_text(text, filename, name="f", **namespace):
    """A function defined by a text that only linecache knows, as in a notebook's cell."""
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    body = "\n" + text.partition("\n")[2] if text.startswith("%%") else text
    exec(compile(body, filename, "exec"), namespace)
    return namespace[name]


def test_lambdas_on_one_line_are_told_apart():
    pair = (lambda x: x + 1, lambda x: x - 1)
    assert [text_of(f) for f in pair] == ["lambda x: x + 1", "lambda x: x - 1"]


def test_a_lambda_in_a_lambda():
    outer = lambda x: lambda x: x * 2  # noqa: E731
    assert text_of(outer) == "lambda x: lambda x: x * 2"
    assert text_of(outer(1)) == "lambda x: x * 2"


def test_a_lambda_on_several_lines():
    f = lambda x, *more: (  # noqa: E731
        x,
        more,
    )
    assert text_of(f) == "lambda x, *more: (x, more)"


def test_equal_lambdas_stay_apart_by_their_place():
    first, second = (lambda: 1 if FLAG else 2), (lambda: 1 if FLAG else 2)
    assert definition(first).col_offset < definition(second).col_offset


FLAG = True


def test_a_function_in_a_cell():
    f = from_text("def f(x):\n    return 1 if x else 2\n", "<cell 1>")
    assert text_of(f).startswith("def f(x):")
    assert convert(f)(0) == 2


def test_a_function_in_a_cell_that_begins_with_a_magic():
    body = "class A:\n    def f(self, x):\n        return '''\ntext''' if x else 2\n\nf = A().f.__func__\n"
    text = f"%%eager --depth 2\n{body}"
    f = from_text(text, "<cell 2>")
    assert definition(f).lineno == 3
    assert convert(f)(None, 1) == "\ntext"


def test_an_edited_file_is_read_again():
    first = from_text("def f(x):\n    return 1 if x else 2\n", "<cell 3>")
    assert convert(first)(1) == 1
    second = from_text("def f(x):\n    return 3 if x else 4\n", "<cell 3>")
    assert convert(second)(1) == 3


def test_without_a_source():
    namespace: dict = {}
    exec("def f(x):\n    return 1 if x else 2", namespace)
    with pytest.raises(SourceUnavailableError, match="<string>"):
        definition(namespace["f"])


def test_a_function_without_a_source_runs_as_it_is_and_says_so_once(caplog):
    namespace: dict = {}
    exec("def unseen(x):\n    return 1 if x else 2", namespace)
    with caplog.at_level(logging.WARNING, "eagernb"):
        assert [convert(namespace["unseen"])(x) for x in (1, 0)] == [1, 2]
    assert len(caplog.records) == 1
    assert "unseen" in caplog.text
    assert "do_not_convert" in caplog.text
    assert "the text of <string>" in caplog.text
