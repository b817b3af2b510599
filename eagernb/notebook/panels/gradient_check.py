"""The page of %gradcheck: the verdict, and a row for each argument with its worst element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook import gradient_check_words as words
from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import text, timed
from eagernb.notebook.panels.report import code, mark, paragraph, report, table
from eagernb.notebook.panels.report import verdict as lead

if TYPE_CHECKING:
    from eagernb.notebook.gradient_check import CheckedArgument, GradientCheck


def gradient_check_bundle(check: GradientCheck) -> dict[str, str]:
    """Return the words and the page."""
    headings = ("Argument", "Type", "Gradient", "Worst element", "By the tape", "By differences", "Apart", "Allowed")
    page = report(
        say("Gradient check"),
        lead(words.verdict(check)),
        table([say(heading) for heading in headings], map(_row, check.arguments)),
        # The table says what is wrong by how much.
        *(paragraph(said) for argument in check.arguments for said in words.argument_sentences(argument, True)),
        *(paragraph(note, quiet=True) for note in words.notes(check)),
    )
    return {"text/plain": words.describe(check), "text/html": page}


def _row(argument: CheckedArgument) -> tuple[str, ...]:
    type_ = text(f"{'×'.join(map(str, argument.shape)) or 'scalar'} {argument.dtype}")
    judged = mark(False, say("wrong")) if argument.wrong else mark(True, say("right"))
    worst = argument.worst
    if worst is None:
        return code(argument.name), type_, mark(None, say("empty")), "", "", "", "", ""
    # Which one is worst and by how much is rounding where all is well: it differs between machines, as times do.
    place = words.place(argument, worst)
    return (
        code(argument.name),
        type_,
        judged,
        f"<code>{timed(place) if not argument.wrong else text(place)}</code>",
        timed(f"{worst.tape:.6g}"),
        timed(f"{worst.numeric:.6g}"),
        timed(f"{worst.difference:.1e}"),
        timed(f"{worst.allowed:.1e}"),
    )
