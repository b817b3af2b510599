"""Strips: one bar with a piece for each operation, as wide as its time or as high as the memory after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from eagernb.notebook.box_words import cut_text
from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import duration, element, nbytes, text, timed, timed_share
from eagernb.notebook.recording import BACKWARD, FORWARD, UPDATE

# More pieces than this cannot be told apart: each stands for several operations then.
_MOST_PIECES = 200
_CLASSES = {FORWARD: None, BACKWARD: "enb-back", UPDATE: "enb-up"}


class Timed(Protocol):
    """An operation that ran: a row of the table, or a recorded one."""

    @property
    def duration(self) -> int: ...
    @property
    def alive(self) -> int: ...
    @property
    def phase(self) -> str: ...


def time_strip(rows: Sequence[Timed]) -> str:
    """Return the bar of times; empty for a single operation."""
    total = sum(row.duration for row in rows)
    pieces = [_piece(part, timed_share(sum(row.duration for row in part), total)) for part in _parts(rows)]
    aside = duration(total) + text(say(" in the operations themselves"))
    return _strip(text(say("Where the time went")), aside, pieces, "enb-time", _legend(rows))


def longest(rows: Sequence[Timed], name: str, line: int | None, step: int) -> str:
    """Return the sentence about the row at place ``step``, which took longest: its part of the time of all."""
    total = sum(row.duration for row in rows)
    return timed(
        say(
            "Longest: step {step}, {name}{where}, {percent}\u00a0% of the time.",
            step=step + 1,
            name=cut_text(name),
            where=say(", line {n}", n=line) if line else "",
            percent=f"{100 * rows[step].duration / total:.0f}" if total else "0",
        )
    )


def memory_strip(rows: Sequence[Timed], peak: int) -> str:
    """Return the bars of the bytes that were alive after each operation; empty where there never were any."""
    if not peak:
        return ""
    pieces = [
        # The peak may lie within an operation, so that none reaches the top.
        _piece(part, f"--h:{100 * max(row.alive for row in part) / peak:.0f}%")
        for part in _parts(rows)
    ]
    return _strip(text(say("What was in memory")), say("up to {size}", size=nbytes(peak)), pieces, "enb-memory")


def _legend(rows: Sequence[Timed]) -> str:
    """What the pieces' patterns mean; empty where all are the same."""
    keys = [
        element("li", element("i", class_=_CLASSES[phase]), text(say(phase)))
        for phase in (FORWARD, BACKWARD, UPDATE)
        if any(row.phase == phase for row in rows)
    ]
    return element("ul", *keys, class_="enb-legend") if len(keys) > 1 else ""


def _parts(rows: Sequence[Timed]) -> Iterator[Sequence[Timed]]:
    size = -(-len(rows) // _MOST_PIECES)
    return (rows[start : start + size] for start in range(0, len(rows), size or 1))


def _piece(part: Sequence[Timed], style: str) -> str:
    """One piece; the script finds its operations by its place, and by their number where it is not one."""
    number = len(part) if len(part) > 1 else None
    return element("i", class_=_CLASSES[part[0].phase], data_n=number, style=style)


def _strip(title: str, aside: str, pieces: Sequence[str], kind: str, legend: str = "") -> str:
    if len(pieces) < 2:
        return ""
    heading = element("div", title, element("small", aside) if aside else "", class_="enb-heading")
    # The table says the same in words.
    return element("div", heading, element("div", *pieces, class_=f"enb-strip {kind}"), legend, aria_hidden="true")
