"""%%graph --code: the graph as generated Python, shown, escaped, and the same text that can be run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.notebook.panels.program import program, python_program
from tests.notebook.page import read

BODY = "while x < 9.0:  # </pre><b>\n    x = x * 2.0"


def test_the_code_is_shown_as_it_is(result: Callable[..., Any]) -> None:
    run = result("graph --code", BODY, "x = tf.constant(3.0)")
    bundle = run._repr_mimebundle_()
    root = read(bundle["text/html"])
    code = root.one("pre", "enb-program")
    assert code.text == run.code
    assert "while x_1 < " in code.text
    assert "</pre><b>" in code.text, "the user's line, as text"
    assert run.code in bundle["text/plain"]
    assert not root.all("b", "enb-program")
    assert not root.all("button"), "the button to copy it comes with the script"


def test_without_the_option_there_is_no_code(result: Callable[..., Any]) -> None:
    html = result("graph", BODY, "x = tf.constant(3.0)")._repr_mimebundle_()["text/html"]
    assert not read(html).all("pre")


def test_comments_are_set_apart_and_nothing_else() -> None:
    source = "# a: float32[] 2.0\n\ndef cell(x):\n    y = f(x, '# no')  # line 2: y = '#' < x\n    return [y]\n"
    root = read(python_program("Code", source))
    assert [span.text for span in root.all("span")] == ["# a: float32[] 2.0", "# line 2: y = '#' < x"]
    assert root.one("pre").text == source
    assert "open" in root.one("details").attributes
    assert root.one("small").text == "5 lines"


def test_other_programs_are_unfolded_on_request() -> None:
    root = read(program("What XLA made of it", "ENTRY %main <x>"))
    assert "open" not in root.one("details").attributes
    assert root.one("pre").text == "ENTRY %main <x>"
