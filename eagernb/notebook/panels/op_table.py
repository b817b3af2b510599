"""The table of operations: one row each, in the order in which they ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eagernb.notebook.language import noted, say
from eagernb.notebook.panels.markup import duration, element, nbytes, text, timed_share
from eagernb.notebook.recording import BACKWARD, FORWARD, UPDATE

MOST_ROWS = 1000
_LONGEST_VALUE = 44
_LONGEST_SOURCE = 60


@dataclass(frozen=True)
class Row:
    """One operation: what the table says of it, and the box of the picture that is lit with it.

    ``spread`` is its value's histogram in characters, ``alive`` the bytes in memory after it, ``of`` the number of the
    row that it is the gradient of, ``of_line`` that one's line. Where the source and the strip of times are shown too
    (``has_source``), a row does not repeat them; it says in ``memory`` until when its result is there and why,
    ``until`` being the last such step. One of a sub-graph has a ``depth`` of 1 or more, a ``number`` below that of the
    operation that runs it, and says ``aside`` what part it belongs to and how often it ran.
    """

    box: str
    name: str
    symbol: str
    results: tuple[tuple[str, str], ...]
    value: str
    line: int | None
    source: str
    phase: str
    start: int
    duration: int
    nbytes: int
    error: str = ""
    number: str = ""
    depth: int = 0
    aside: str = ""
    spread: str = ""
    alive: int = 0
    of: int | None = None
    of_line: int | None = None
    has_source: bool = False
    memory: str = ""
    until: int | None = None


def op_table(rows: Sequence[Row], caption: str, everything: str, total: int = 0) -> str:
    """Return the table; ``everything`` is the code that gives all operations, named where not all are listed."""
    longest = max((row.duration for row in rows), default=0)
    listed = rows[:MOST_ROWS]
    phased = any(row.phase != FORWARD for row in rows)
    has_source = any(row.has_source for row in rows)
    left_out = {"Phase": not phased, "Start": has_source, "In memory": not has_source}
    columns = [column for column in _COLUMNS if not left_out.get(column[0])]
    body = [_row(row.number or str(index), row, longest, phased) for index, row in enumerate(listed, 1)]
    table = element(
        "table",
        element("caption", text(caption)),
        element("thead", element("tr", *(element("th", text(say(t)), scope="col", **extra) for t, extra in columns))),
        element("tbody", *body),
    )
    frame = element("div", table, class_="enb-frame enb-ops", tabindex=0, role="group", aria_label=say("Operations"))
    total = max(total, len(rows))
    if len(listed) == total:
        return frame
    note = say(
        "The first {listed} of {all} operations are listed; {everything} has them all.",
        listed=f"{len(listed):,}",
        all=f"{total:,}",
        everything=everything,
    )
    return frame + element("p", text(note), class_="enb-note")


_RIGHT = "enb-n"
_COLUMNS: tuple[tuple[str, dict[str, str]], ...] = (
    ("#", {"class_": _RIGHT, "data_sort": "n"}),
    (noted("Operation"), {}),
    (noted("Result"), {}),
    (noted("Value"), {}),
    (noted("Line"), {"data_sort": "l"}),
    (noted("Phase"), {}),
    (noted("Start"), {"class_": "enb-n enb-s"}),
    (noted("Time"), {"class_": _RIGHT, "data_sort": "t"}),
    (noted("Bytes"), {"class_": _RIGHT, "data_sort": "b"}),
    (noted("In memory"), {}),
)


def _row(number: str, row: Row, longest: int, phased: bool) -> str:
    symbol = f" {element('i', text(_cut(row.symbol, _LONGEST_VALUE)))}" if row.symbol else ""
    aside = element("small", text(row.aside)) if row.aside else ""
    results = "<br>".join(
        (f"{element('b', text(_cut(name, _LONGEST_VALUE)))} " if name else "") + text(type_)
        for name, type_ in row.results
    )
    spread = f"{element('i', row.spread, aria_hidden='true')} " if row.spread else ""
    shown = text(_cut(row.error or row.value, _LONGEST_VALUE))
    value = element("td", spread, shown, class_=None if row.has_source else "enb-v")
    backward = row.phase.startswith(BACKWARD)
    update = row.phase == UPDATE
    source = str(row.line or "")
    if row.line and not backward and not row.has_source:  # every gradient comes from the one line that asks for it
        source += f" {element('code', text(_cut(row.source, _LONGEST_SOURCE)))}"
    return element(
        "tr",
        element("td", number),
        element(
            "th",
            text(_cut(row.name, _LONGEST_SOURCE)),
            symbol,
            aside,
            scope="row",
            style=f"--d:{row.depth}" if row.depth else None,
        ),
        element("td", results),
        value,
        element(
            "td",
            source,
            class_=None if row.has_source else "enb-v",
            data_v=None if row.line and row.has_source else row.line or 0,
        ),
        element("td", text(_phase(row))) if phased else "",
        "" if row.has_source else element("td", duration(row.start), class_="enb-s"),
        element("td", duration(row.duration), class_="enb-t", style=timed_share(row.duration, longest)),
        element("td", nbytes(row.nbytes), data_v=row.nbytes),
        element("td", text(row.memory)) if row.has_source else "",
        data_box=row.box,
        data_of=row.of,
        data_until=row.until,
        class_="enb-bad" if row.error else "enb-back" if backward else "enb-up" if update else None,
    )


def _phase(row: Row) -> str:
    if row.of is not None and row.of_line:
        return say("backward of {n}, line {line}", n=row.of, line=row.of_line)
    if row.of is not None:
        return say("backward of {n}", n=row.of)
    return say(row.phase)


def _cut(value: str, most: int) -> str:
    value = " ".join(value[: 4 * most].split())
    return value if len(value) <= most else f"{value[:most]}…"
