"""Texts of the user's that mean something in HTML, SVG, DOT or JSON, in every magic and every export: they stay texts.

A text may change no page's structure: the elements and their attributes are those of the same cell with a plain word.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from eagernb.viz.layout import lay_out
from tests.notebook.page import read
from tests.viz.test_dot import HOSTILE

TEXTS = [
    " ".join(HOSTILE),
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "</style></time></svg>]]><!--",
    "x\" onmouseover=\"alert(1)' onfocus='alert(1)",
    "\u202eright to left\u2066",
    "$\\frac{1}{2}$ \\(x\\) `code` {0} {n} %s %%eager",
    "nul \x00 escape \x1b[31m",
    "two\nlines\r\n\tand a tab",
    "x" * 1_000_000,
]
IDS = [ascii(text)[:30] for text in TEXTS]
SETUP = """x = tf.constant([1.0, 2.0])
box = {evil: x}
named = lambda a, b=None: tf.stack([a * 2.0, a])
named.__name__ = evil.replace("\\0", "")
class Odd(Exception): pass
Odd.__name__ = evil.replace("\\0", "")"""
CELL = """
v = tf.Variable([1.0, 2.0], name="v")
with tf.GradientTape() as tape:
    y = box[evil] * v
    z = tf.reduce_sum(named(y))
g = tape.gradient(z, v)
words = tf.constant([evil, "b"])
both = tf.stack([words, words])
held = {evil: tf.exp(g)}
"""
PRINTS = "print(evil)\ntf.print(evil, y)\n"


def structure(html: str) -> Counter[Any]:
    """How often each element occurs with the same attributes; those inside of pictures too."""
    root = read(html)
    found: Counter[Any] = Counter()
    for element in root.walk():
        # A text that a box has no room for gets a title.
        # What begins with % in a pass's sentence is set as the name of a value.
        if element.tag != "code":
            found[element.tag, tuple(sorted(set(element.attributes) - {"title"}))] += 1
        if "enb-picture" in element.classes:
            ElementTree.fromstring(unquote(element.attributes["src"].partition(",")[2]))
        if element.attributes.get("type") == "application/json":
            json.loads(element.text)
    return found


def differences(run: Any, shell: Any, text: str, cell: str) -> Any:
    """How the page of a cell with a text is made differently from that with a plain word; and the run with the text."""
    pages = []
    for evil in ("plain", text):
        shell.user_ns["evil"] = evil
        assert run(SETUP).error is None
        outcome = run(cell)
        pages.append(structure(outcome.html))
    assert sum(pages[0].values()) > 5, outcome.error
    plain, other = pages
    return {key: (plain[key], other[key]) for key in plain | other if plain[key] != other[key]}, outcome


@pytest.mark.parametrize("text", TEXTS, ids=IDS)
@pytest.mark.parametrize(
    "magic",
    ["%%eager -o kept", "%%graph -o kept", "%%graph --code -o kept", "%%compare -o kept", "%%predict -o kept ops=9"],
)
def test_no_text_becomes_markup(run, shell, tmp_path, magic, text):
    changed, outcome = differences(run, shell, text, f"{magic}\n{CELL}")
    assert outcome.error is None, outcome.error
    assert changed == {}
    assert len(outcome.html) < 300_000
    kept = shell.user_ns["kept"]
    if magic.startswith("%%predict"):
        return
    svg = kept.save(tmp_path / "x.svg").read_bytes()
    assert not [e for e in ElementTree.fromstring(svg).iter() if e.tag.endswith(("script", "foreignObject", "image"))]
    lay_out(kept.save(tmp_path / "x.dot").read_text())
    assert len(kept.save(tmp_path / "x.png").read_bytes()) > 1000
    structure(kept.save(tmp_path / "x.html").read_text())
    for name in ("x.json", "x.trace.json"):
        json.loads(kept.save(tmp_path / name).read_text())
    assert len(kept.to_pandas()) == len(kept.to_pandas().to_csv().splitlines()) - 1


@pytest.mark.parametrize("text", TEXTS, ids=IDS)
@pytest.mark.parametrize("magic", ["%%eager", "%%graph", "%%compare", "%%predict prints=1"])
def test_what_is_printed_and_raised_is_text(run, shell, magic, text):
    changed, outcome = differences(run, shell, text, f"{magic}\ny = x * 2.0\n{PRINTS}raise Odd(evil)")
    assert str(outcome.error) == text
    assert changed == {}


@pytest.mark.parametrize("text", TEXTS, ids=IDS)
@pytest.mark.parametrize(
    "cell",
    [
        "%eager tf.stack([evil, evil])",
        "%graph named(x)",
        "%compare named(x)",
        "%gradcheck named(x)",
        "f = tf.function(named)\nf(x, evil)\n%why_retrace f",
        "%%predict result='a'\nevil",
    ],
)
def test_line_magics(run, shell, cell, text):
    shell.user_ns["evil"] = text
    changed, outcome = differences(run, shell, text, cell)
    assert changed == {}
    assert outcome.error is None, outcome.error
