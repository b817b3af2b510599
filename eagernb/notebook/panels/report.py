"""Outputs of words and tables only: no picture, no script, so that they show the same everywhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from eagernb.notebook.enumeration import join
from eagernb.notebook.language import language_code
from eagernb.notebook.panels.markup import element, text, timeless


def report(label: str, *content: str) -> str:
    """Return the content as an element that stands in a page as it is; its id is a hash of it, times apart."""
    body = "".join(content)
    name = "enb-" + hashlib.sha256(timeless(f"{label}\n{body}").encode()).hexdigest()[:10]
    style = element("style", _style().replace(".enb-report", f"#{name}"))
    classes = "enb-report mathjax_ignore tex2jax_ignore"  # dollars in a user's text are not formulas
    return element("div", style, body, id=name, class_=classes, role="group", aria_label=label, lang=language_code())


def verdict(said: str) -> str:
    """Return the sentence that says it all."""
    return element("p", text(said), class_="enb-verdict")


def paragraph(said: str, quiet: bool = False) -> str:
    """Return a sentence."""
    return element("p", text(said), class_="enb-quiet" if quiet else None)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells of markup, the first in each row its heading; arrow keys move what is too wide."""
    head = element("tr", *(element("th", text(heading), scope="col") for heading in headings))
    body = (
        element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:])) for row in rows
    )
    whole = element("table", element("thead", head), element("tbody", *body))
    return element("div", whole, class_="enb-table", tabindex=0, role="group", aria_label=join(headings))


def mark(good: bool | None, words: str) -> str:
    """Return a sign with a word for it, so that its colour does not stand alone; None is neither good nor bad."""
    sign, kind = {True: ("✓", "enb-good"), False: ("✗", "enb-bad"), None: ("–", "enb-quiet")}[good]
    return element("span", f"{sign} ", text(words), class_=kind)


def code(value: str) -> str:
    """Return a text as code."""
    return element("code", text(value))


@cache
def _style() -> str:
    source = files("eagernb.notebook").joinpath("assets", "report.css").read_text(encoding="utf-8")
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return re.sub(r"(?<=[{};:,])\s+|\s+(?=[{}])", "", source).strip()
