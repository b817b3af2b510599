"""What a tape gave for each source: a line each, which finds its step."""

from __future__ import annotations

from eagernb.notebook.gradient_words import gradient_sentence
from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import element, text
from eagernb.notebook.recording import Recording
from eagernb.notebook.tape_names import SourceGradient, TapeNames

_MOST = 12


def gradient_list(recording: Recording) -> str:
    """Return the gradients that the cell asked for, and why one is None or 0; empty where it asked for none."""
    answers = [answer for answer in TapeNames(recording).answers() if answer.source]
    if not answers:
        return ""
    items = [_item(answer) for answer in answers[:_MOST]]
    left = len(answers) - len(items)
    return element(
        "section",
        element("div", text(say("Gradients")), class_="enb-heading"),
        element("ul", *items, class_="enb-gradients"),
        element("p", text(say("and {n} more", n=f"{left:,}")), class_="enb-note") if left else "",
    )


def _item(answer: SourceGradient) -> str:
    source, _, rest = gradient_sentence(answer).partition(answer.source)
    step = None if answer.op is None else answer.op.index + 1
    return element("li", text(source), element("b", text(answer.source)), text(rest), data_n=step)
