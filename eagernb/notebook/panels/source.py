"""The cell's source with its line numbers, and how many operations each line ran."""

from __future__ import annotations

from collections import Counter

from eagernb.notebook.language import say, say_count
from eagernb.notebook.panels.markup import element, text
from eagernb.notebook.recording import BACKWARD, Recording, cause_line

_MOST_LINES = 400
_LONGEST_LINE = 200


def source_listing(recording: Recording) -> str:
    """Return the source, each line marked with the operations that it caused, forward and backward."""
    lines = recording.source.rstrip().splitlines()
    caused = Counter((cause_line(op, recording.ops), op.phase == BACKWARD) for op in recording.ops)
    failed = recording.error_line if recording.error else None
    items = [
        _line(line, caused[number, False], caused[number, True], number == failed)
        for number, line in enumerate(lines[:_MOST_LINES], 1)
    ]
    left = len(lines) - len(items)
    return element(
        "section",
        element("div", text(say("The cell")), class_="enb-heading"),
        element(
            "div", element("ol", *items), class_="enb-frame enb-source", tabindex=0, role="region",
            aria_label=say("Source of the cell"),
        ),
        element("p", text(_left(left)), class_="enb-note") if left else "",
    )  # fmt: skip


def _left(number: int) -> str:
    return say_count(number, "And {n} line more.", "And {n} lines more.")


def _line(line: str, forward: int, backward: int, failed: bool) -> str:
    shown = line[:_LONGEST_LINE] + "…" * (len(line) > _LONGEST_LINE)
    code = shown.lstrip(" ")
    # What takes styles away must not take the indentation too.
    indent = "\N{NO-BREAK SPACE}" * (len(shown) - len(code))
    said = [say_count(forward, "{n} op", "{n} ops")] if forward else []
    said += [say_count(backward, "{n} gradient op", "{n} gradient ops")] if backward else []
    note = element("small", text(" + ".join(said))) if said else ""
    return element("li", element("code", indent, text(code)), note, class_="enb-bad" if failed else None)
