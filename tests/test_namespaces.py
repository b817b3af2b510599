"""What Tab shows of public modules and objects: TensorFlow's names there, those that are ours on purpose, no others."""

from __future__ import annotations

import json
import subprocess
import sys
from types import ModuleType

import pytest

import eagernb as tf
from tests.parity.record_names import NAMES, OBJECTS

THEIRS = {path: set(names) for path, names in json.loads(NAMES.read_text(encoding="utf-8")).items()}
OURS = {
    "": {
        "executors", "explain_retracing", "graph", "load_ipython_extension", "numpy", "passes",
        "unload_ipython_extension", "why_no_gradient",
    },
    "errors": {
        "DTypeError", "GradientStopsWarning", "InaccessibleTensorError", "MagicOptionError", "MissingExtraError",
        "NotATensorError", "ShapeError", "TracingError",
    },
    "compat.v1": {"TensorProto", "TensorShapeProto", "VersionDef"},
    "compat.v1.sparse": {"map_values"},
}  # fmt: skip
OURS_OF_OBJECTS = {
    "tf.SparseTensor([[0]], [1.0], [1])": {"sizes"},
    "tf.TensorSpec([1])": {"brief", "dims", "nbytes", "size"},
    "tf.float32": {"highest", "is_differentiable", "lowest", "numpy", "type"},
    "tf.function(tf.square)": {"explain_retracing"},
    "tf.function(tf.square).get_concrete_function(1.0)": {"compiler_ir", "executor", "optimized", "passes"},
}
# TensorFlow has the last one, too, but only beside an old Keras.
WHOLLY_OURS = {"executors", "graph", "numpy", "numpy.fft", "numpy.linalg", "passes", "compat.v1.layers"}
# What TensorFlow 2 has is found under TensorFlow 1's names as well.
ALSO = {"compat.v1": "", "compat.v1.nn": "nn"}


def shown(value):
    return [name for name in dir(value) if not name.startswith("_")]


def namespaces() -> dict[str, ModuleType]:
    """Every public module, by the shortest of its names: what comes after `tf.`."""
    found = [("", tf)]
    for path, module in found:  # which grows
        for name in dir(module):
            value = getattr(module, name)
            is_ours = isinstance(value, ModuleType) and value.__name__.startswith("eagernb")
            if is_ours and value not in dict(found).values():
                found.append((f"{path}.{name}".strip("."), value))
    return dict(found)


PUBLIC = namespaces()


@pytest.mark.parametrize("path", PUBLIC)
def test_every_name_is_there_and_listed_once(path):
    names = dir(PUBLIC[path])
    assert len(names) == len(set(names))
    assert [name for name in names if not hasattr(PUBLIC[path], name)] == []


@pytest.mark.parametrize("path", PUBLIC)
def test_a_star_import_gives_what_tab_shows(path):
    names, listed = set(shown(PUBLIC[path])), set(PUBLIC[path].__all__)
    assert listed <= names
    assert listed == names or path in ALSO


@pytest.mark.parametrize("path", sorted(set(PUBLIC) - WHOLLY_OURS))
def test_no_name_is_shown_that_is_neither_tensorflows_nor_ours(path):
    assert path in THEIRS, "a new module: add it to tests/parity/record_names.py and record"
    known = THEIRS[path] | OURS.get(path, set())
    if path in ALSO:
        known |= THEIRS[ALSO[path]] | OURS.get(ALSO[path], set())
    assert set(shown(PUBLIC[path])) - known == set()


def test_of_a_tensor_what_it_has_is_shown():
    x, of_graphs = tf.constant(1.0), {"graph", "name", "op", "value_index"}
    symbols = []
    tf.function(symbols.append)(x)
    assert of_graphs <= {*shown(symbols[0])}
    assert "numpy" not in shown(symbols[0])
    assert "numpy" in shown(x)
    assert of_graphs.isdisjoint(shown(x))
    assert all(hasattr(tensor, name) for tensor in (x, *symbols) for name in shown(tensor))


def test_options_of_datasets_are_shown_though_none_is_set():
    options = tf.data.Options()
    assert {"deterministic", "threading", "experimental_slack"} <= {*shown(options)}
    assert all(hasattr(options, name) for name in shown(options))


@pytest.mark.parametrize("source", OBJECTS)
def test_of_an_object_nothing_is_shown_that_is_neither_tensorflows_nor_ours(source):
    names = set(shown(eval(source)))
    assert names - THEIRS[source] == OURS_OF_OBJECTS.get(source, set())


def test_what_is_loaded_in_between_is_not_shown():
    code = """
import eagernb as tf
def shown(path):
    module = tf
    for part in path.split("."):
        module = getattr(module, part) if part else module
    return dir(module)
before = {path: shown(path) for path in PATHS}
from importlib import import_module
from pkgutil import walk_packages
for file in walk_packages(tf.__path__, "eagernb."):
    if not file.name.startswith("eagernb.executors.xla"):
        import_module(file.name)
print([path for path in PATHS if shown(path) != before[path]])
"""
    run = subprocess.run(
        [sys.executable, "-c", f"PATHS = {list(PUBLIC)}\n{code}"], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["[]"]
