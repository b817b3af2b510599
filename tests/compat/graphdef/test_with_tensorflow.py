"""Graphs that TensorFlow wrote are read and run, and what we write is what TensorFlow was seen to read and run."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import eagernb as tf

from .programs import PROGRAMS, RUNS
from .record import VALUES, array, text_file
from .running import NAMES, build, imported, run

RECORDED = json.loads(VALUES.read_text(encoding="utf-8"))["programs"]
every_program = pytest.mark.parametrize("name", NAMES)


def assert_same(found: dict[str, Any], recorded: dict[str, Any]) -> None:
    assert found.keys() == recorded.keys()
    for key, value in found.items():
        expected = array(recorded[key])
        if expected.dtype == object:
            assert np.array_equal(np.asarray(value, object), expected), key
        else:
            assert value.dtype == expected.dtype, key
            np.testing.assert_allclose(value, expected, rtol=2e-5, atol=1e-6, err_msg=key)


@every_program
def test_what_we_write_is_what_tensorflow_has_read(name):
    assert str(build(name, tf).as_graph_def()) == text_file("eagernb", name).read_text(encoding="utf-8"), (
        "Another text is written than the one that TensorFlow was given: record again (see record.py)."
    )


@every_program
def test_tensorflow_computes_the_same_from_our_graph_as_from_its_own(name):
    recorded = RECORDED[name]
    assert_same({key: array(value) for key, value in recorded["of eagernb's graph"].items()}, recorded["tensorflow"])


@pytest.mark.parametrize("name", PROGRAMS)
def test_we_compute_what_tensorflow_does(name):
    assert_same(run(name, build(name, tf), tf), RECORDED[name]["tensorflow"])


@pytest.mark.parametrize("name", [name for name in PROGRAMS if name not in RUNS])
def test_later_runs_which_are_optimised_give_the_same(name):
    assert_same(run(name, build(name, tf), tf, times=3), RECORDED[name]["tensorflow"])


@every_program
def test_we_read_what_tensorflow_writes(name):
    graph = imported(text_file("tensorflow", name).read_text(encoding="utf-8"), tf)
    assert_same(run(name, graph, tf), RECORDED[name]["tensorflow"])


@every_program
def test_we_read_what_we_write(name):
    graph = imported(text_file("eagernb", name).read_text(encoding="utf-8"), tf)
    assert_same(run(name, graph, tf), RECORDED[name]["tensorflow"])
