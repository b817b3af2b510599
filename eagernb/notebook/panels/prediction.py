"""The page of %%predict: a row for each guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import text
from eagernb.notebook.panels.report import code, mark, report, table, verdict

if TYPE_CHECKING:
    from eagernb.notebook.prediction import Answer, Prediction


def prediction_bundle(prediction: Prediction) -> dict[str, str]:
    """Return the words and the page."""
    headings = (say("What"), say("Your guess"), say("It is"), say("Verdict"))
    page = report(
        say("Prediction"),
        verdict(prediction.verdict()),
        table(headings, map(_row, prediction.answers)),
    )
    return {"text/plain": repr(prediction), "text/html": page}


def _row(answer: Answer) -> tuple[str, ...]:
    from eagernb.notebook.prediction import BLANK

    if answer.guess == BLANK:
        return code(answer.what), code(BLANK), "", mark(None, say("not guessed yet"))
    if answer.right is None:
        return code(answer.what), code(answer.guess), text(answer.truth), mark(None, say("not checked"))
    judged = mark(answer.right, say("right") if answer.right else say("wrong"))
    return code(answer.what), code(answer.guess), code(answer.truth), judged
