"""The text of a program: what an executor made of a graph."""

from __future__ import annotations

import re

from eagernb.notebook import quantities
from eagernb.notebook.panels.markup import element, text

# Comments of generated Python: about constants, before the functions, and the user's line behind a statement.
_COMMENT = re.compile(r"(?m)^# .*$|(?<=  )# line \d+.*$")


def program(title: str, source: str) -> str:
    """Return a program to be unfolded; the script adds a button that copies it."""
    return _details(title, source, text(source), None)


def python_program(title: str, source: str) -> str:
    """Return generated Python, unfolded, its comments set apart from the statements."""
    parts, end = [], 0
    for comment in _COMMENT.finditer(source):
        parts += [text(source[end : comment.start()]), element("span", text(comment[0]), class_="enb-quiet")]
        end = comment.end()
    return _details(title, source, "".join(parts) + text(source[end:]), "")


def _details(title: str, source: str, shown: str, opened: str | None) -> str:
    lines = source.rstrip().count("\n") + 1
    summary = element("summary", element("b", text(title)), element("small", text(quantities.count(lines, "line"))))
    code = element("pre", shown, class_="enb-program", tabindex=0, role="group", aria_label=title)
    return element("details", summary, code, open=opened)
