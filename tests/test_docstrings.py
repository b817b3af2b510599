"""Every public function and class says what it is for, with an example that the doctests run."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import eagernb as tf

NAMESPACES = (
    tf, tf.math, tf.math.special, tf.linalg, tf.nn, tf.nn.experimental, tf.random, tf.random.experimental, tf.image,
    tf.signal, tf.bitwise, tf.debugging, tf.dtypes, tf.nest, tf.autodiff, tf.autograph, tf.data,
    tf.sparse, tf.train, tf.io,
)  # fmt: skip


def _public() -> list[Any]:
    found: dict[Any, str] = {}
    for namespace in NAMESPACES:
        for name in dir(namespace):
            value = getattr(namespace, name)
            if not name.startswith("_") and (inspect.isfunction(value) or inspect.isclass(value)):
                found.setdefault(value, f"{namespace.__name__}.{name}")
    return [pytest.param(value, id=name) for value, name in found.items()]


@pytest.mark.parametrize("value", _public())
def test_it_has_a_docstring_with_an_example(value):
    text = vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__
    assert text, "there is no docstring"
    assert ">>> " in text, "the docstring has no example that could be run"
    assert text.strip().splitlines()[0].rstrip().endswith((".", ":", "?")), "the first line is no sentence"
    # Also where a family puts it together, as no linter sees.
    assert max(map(len, text.splitlines())) <= 120, "a line is too long for help()"


CLASSES = (
    tf.Tensor, tf.Variable, tf.TensorShape, tf.TensorSpec, tf.DType, tf.IndexedSlices, tf.TensorArray, tf.Module,
    tf.random.Generator, tf.data.Dataset, tf.sparse.SparseTensor, tf.train.Checkpoint, tf.train.CheckpointManager,
    *(getattr(tf.linalg, name) for name in dir(tf.linalg) if name.startswith("LinearOperator")),
)  # fmt: skip


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_method_and_property_of_it_has_a_docstring(kind):
    members = {name: inspect.getattr_static(kind, name) for name in dir(kind) if not name.startswith("_")}
    functions = {
        name: value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        for name, value in members.items()
    }
    assert [name for name, f in functions.items() if inspect.isfunction(f) and not f.__doc__] == []
