"""Where the time went: one bar, a piece for each operation."""

from __future__ import annotations

from collections.abc import Sequence

from eagernb.notebook.panels.markup import element, timed_share
from eagernb.notebook.panels.op_table import Row
from eagernb.notebook.recording import BACKWARD

# More pieces than this cannot be told apart.
_MOST_PIECES = 200


def strip(rows: Sequence[Row]) -> str:
    """Return the bar; empty for a single operation, or for too many."""
    if not 1 < len(rows) <= _MOST_PIECES:
        return ""
    total = sum(row.duration for row in rows)
    pieces = (
        element(
            "span",
            class_="enb-back" if row.phase.startswith(BACKWARD) else None,
            title=row.name,
            data_box=row.box,
            style=timed_share(row.duration, total),
        )
        for row in rows
    )
    # The table says the same in words.
    bar = element("div", *pieces, class_="enb-strip")
    return element("div", element("div", "Where the time went", class_="enb-heading"), bar, aria_hidden="true")
