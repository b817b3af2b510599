"""The cell's source with its line numbers, and how many operations each line ran."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from eagernb.notebook.language import say, say_count
from eagernb.notebook.panels.markup import element, text
from eagernb.notebook.recording import BACKWARD, FORWARD, UPDATE, Recording, cause_line

_MOST_LINES = 400
_LONGEST_LINE = 200


def source_listing(recording: Recording) -> str:
    """Return the source, each line marked with the operations that it caused, and the gradients that it asked for."""
    caused = Counter((cause_line(op, recording.ops), op.phase) for op in recording.ops)
    asked = Counter(op.line for op in recording.backward)
    notes = {
        number: element("small", text(" + ".join(said)))
        for number in range(1, _MOST_LINES + 1)
        if (said := _caused(caused[number, FORWARD], caused[number, BACKWARD], caused[number, UPDATE], asked[number]))
    }
    return plain_listing(recording.source, notes, recording.error_line if recording.error else None)


def plain_listing(source: str, notes: Mapping[int, str] | None = None, failed: int | None = None) -> str:
    """Return a source with its line numbers; ``notes`` are markup beside lines, ``failed`` is a line to be marked."""
    lines = source.rstrip().splitlines()
    items = [
        _line(line, (notes or {}).get(number, ""), number == failed)
        for number, line in enumerate(lines[:_MOST_LINES], 1)
    ]
    left = len(lines) - len(items)
    return element(
        "section",
        element("div", text(say("The cell")), class_="enb-heading"),
        element(
            "div", element("ol", *items), class_="enb-frame enb-source", tabindex=0, role="group",
            aria_label=say("Source of the cell"),
        ),
        element("p", text(_left(left)), class_="enb-note") if left else "",
    )  # fmt: skip


def _left(number: int) -> str:
    return say_count(number, "And {n} line more.", "And {n} lines more.")


def _caused(forward: int, backward: int, updates: int, asked: int) -> list[str]:
    said = [say_count(forward, "{n} op", "{n} ops")] if forward else []
    said += [say_count(backward, "{n} gradient op", "{n} gradient ops")] if backward else []
    said += [say_count(asked, "asks for {n} gradient op", "asks for {n} gradient ops")] if asked else []
    return said + ([say_count(updates, "{n} update op", "{n} update ops")] if updates else [])


def _line(line: str, note: str, failed: bool) -> str:
    shown = line[:_LONGEST_LINE] + "…" * (len(line) > _LONGEST_LINE)
    code = shown.lstrip(" ")
    # What takes styles away must not take the indentation too.
    indent = "\N{NO-BREAK SPACE}" * (len(shown) - len(code))
    return element("li", element("code", indent, text(code)), note, class_="enb-bad" if failed else None)
