"""The page of %eagernb doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import text
from eagernb.notebook.panels.report import code, mark, report, table, verdict

if TYPE_CHECKING:
    from eagernb.notebook.doctor import Diagnosis


def doctor_bundle(diagnosis: Diagnosis) -> dict[str, str]:
    """Return the words and the page."""
    said = {True: say("fine"), False: say("broken"), None: say("optional")}
    rows = [
        (text(f.name), mark(f.good, said[f.good]), text(f.state), code(f.remedy) if f.remedy else "")
        for f in diagnosis.findings
    ]
    headings = (say("Part"), say("State"), say("Found"), say("What to do"))
    page = report(say("eagernb doctor"), verdict(diagnosis.verdict()), table(headings, rows))
    return {"text/plain": repr(diagnosis), "text/html": page}
