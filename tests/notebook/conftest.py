"""A real IPython shell for the tests of the magics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from eagernb.core.dispatch import current
from eagernb.core.tensor import Symbol


class Outcome:
    """What a cell did: the exception or None, the last value, the outputs it displayed, what it printed."""

    def __init__(self, result: Any, captured: Any) -> None:
        self.error = result.error_before_exec or result.error_in_exec
        self.value = result.result
        self.outputs = captured.outputs
        self.printed = captured.stdout
        self.text = "\n".join(output.data.get("text/plain", "") for output in captured.outputs)

    @property
    def html(self) -> str:
        return "\n".join(output.data.get("text/html", "") for output in self.outputs)


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """A fresh InteractiveShell with the extension loaded and `tf` imported; nothing may stay behind in it."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(colors="nocolor")
    shell.run_cell("%load_ext eagernb\nimport eagernb as tf\nimport numpy as np")
    yield shell
    assert current() is None, "a handler stayed active"
    left = {name for name, value in shell.user_ns.items() if isinstance(value, Symbol)}
    assert not left, f"symbols stayed in the namespace: {left}"
    shell.run_cell("%unload_ext eagernb")
    InteractiveShell.clear_instance()


@pytest.fixture
def run(shell: InteractiveShell) -> Callable[[str], Outcome]:
    """Run a cell and say what happened."""

    def run(source: str) -> Outcome:
        with capture_output() as captured:
            result = shell.run_cell(source, store_history=False)
        return Outcome(result, captured)

    return run


@pytest.fixture
def cell(run: Callable[[str], Outcome], request: pytest.FixtureRequest) -> Callable[[str], Outcome]:
    """Run a cell that must not fail, after the SETUP of the test's file."""
    assert run(request.module.SETUP).error is None

    def cell(source: str) -> Outcome:
        outcome = run(source)
        assert outcome.error is None, outcome.error
        return outcome

    return cell


SETUP = "x = tf.ones([4, 3])\nw = tf.Variable(tf.ones([3, 2]))"
STEP = """with tf.GradientTape() as tape:
    h = tf.nn.relu(x @ w)
    loss = tf.reduce_mean(h)
grad = tape.gradient(loss, w)
w.assign_sub(0.5 * grad)
"""


@pytest.fixture
def result(run: Callable[[str], Any], shell: Any) -> Callable[..., Any]:
    """The result object of a cell under a magic; `setup` runs before."""

    def result(magic: str, body: str = STEP, setup: str = SETUP) -> Any:
        assert run(setup).error is None
        run(f"%%{magic} -o kept\n{body}")
        return shell.user_ns.pop("kept")

    return result
