"""Every public function says in which file its op is declared, and shows its declaration as its source."""

from __future__ import annotations

import ast
import inspect
import sys
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import eagernb as tf

NAMESPACES = (tf, tf.math, tf.math.special, tf.nn, tf.linalg, tf.bitwise, tf.signal, tf.random, tf.debugging, tf.nest)


def _public() -> list[Any]:
    found: dict[Any, str] = {}
    for namespace in NAMESPACES:
        for name in dir(namespace):
            value = getattr(namespace, name)
            if isinstance(value, FunctionType) and not name.startswith("_"):
                found.setdefault(value, f"{namespace.__name__}.{name}")
    return [pytest.param(value, id=name) for value, name in found.items()]


@pytest.mark.parametrize("function", _public())
def test_its_module_is_the_one_that_has_it(function):
    module = sys.modules[function.__module__]
    assert function in vars(module).values()


@pytest.mark.parametrize("function", [p for p in _public() if hasattr(p.values[0], "op")])
def test_its_source_is_the_statement_that_declares_it(function):
    module = sys.modules[function.__module__]
    (statement,) = ast.parse(inspect.getsource(function)).body
    names = [name for name, value in vars(module).items() if value is function]
    assert isinstance(statement, ast.Assign)
    assert statement.targets[0].id in names
    assert inspect.getsource(function) in inspect.getsource(module)


def test_arguments_are_named_in_signature_and_call():
    assert list(inspect.signature(tf.atan2).parameters) == ["y", "x", "name"]
    assert float(tf.atan2(x=1.0, y=0.0)) == 0.0
    assert float(tf.nn.relu(features=-1.0)) == 0.0
    with pytest.raises(TypeError, match="unexpected keyword argument 'x'"):
        tf.nn.relu(x=-1.0)


def test_ipython_shows_the_declaration_and_its_place():
    from IPython.core.oinspect import find_file, getsource

    assert getsource(tf.exp).startswith('exp = elementwise("exp", np.exp, lambda g, out: g * conj(out)')
    path, _, line = find_file(tf.exp).rpartition(":")
    assert path.endswith("exponential.py")
    with open(path, encoding="utf-8") as file:
        assert file.readlines()[int(line) - 1].startswith("exp = ")


def test_an_error_is_that_of_the_function_that_runs():
    with pytest.raises(tf.errors.InvalidArgumentError) as caught:
        tf.exp(1)
    assert all(Path(entry.path).exists() for entry in caught.traceback)
