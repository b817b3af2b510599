"""The page of %eagernb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import text
from eagernb.notebook.panels.report import code, paragraph, report, table

if TYPE_CHECKING:
    from eagernb.notebook.overview import Overview


def overview_bundle(overview: Overview) -> dict[str, str]:
    """Return the words and the page."""
    rows = [("<br>".join(map(code, magic.usage)), text(magic.summary())) for magic in overview.magics]
    page = report(
        say("The magics of eagernb"), table((say("Magic"), say("What it does")), rows), paragraph(overview.hint())
    )
    return {"text/plain": repr(overview), "text/html": page}
