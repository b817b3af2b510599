"""The page of %why_retrace: a row for each trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import element, text
from eagernb.notebook.panels.report import report, table, verdict
from eagernb.notebook.retracing_view import reason, remedies

if TYPE_CHECKING:
    from eagernb.notebook.retracing_view import RetracingView


def retracing_bundle(view: RetracingView) -> dict[str, str]:
    """Return the words and the page."""
    rows = [
        (str(trace.number), text(reason(trace)), "<br>".join(map(text, remedies(trace))) or element("span", "–"))
        for trace in view.traces
    ]
    headings = (say("Trace"), say("Why"), say("What to do"))
    page = report(say("Why it was traced again"), verdict(view.summary()), table(headings, rows) if rows else "")
    return {"text/plain": str(view), "text/html": page}
