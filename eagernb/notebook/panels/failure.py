"""The banner of a cell that failed."""

from __future__ import annotations

from eagernb.notebook.graph_run import GraphRun
from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import element, text
from eagernb.notebook.recording import Recording

_LONGEST = 600


def banner(result: Recording | GraphRun, kept: str) -> str:
    """Return what stopped the cell, in which line, and what is shown all the same; empty where nothing did."""
    if not result.error:
        return ""
    lines = result.source.splitlines()
    number = result.error_line
    where = say("Stopped in line {number}.", number=number) if number else say("Stopped.")
    source = lines[number - 1].strip() if number and 0 < number <= len(lines) else ""
    message = result.error if len(result.error) <= _LONGEST else f"{result.error[:_LONGEST]}…"
    return element(
        "div",
        element("strong", text(where)),
        f" {element('code', text(source))}" if source else "",
        element("p", text(message)),
        element("p", text(kept), class_="enb-quiet"),
        class_="enb-banner",
    )
