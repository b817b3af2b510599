"""What both modes keep in memory, step by step: one scale of bytes and one of steps for both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from eagernb.notebook import quantities
from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import element, nbytes, share, text
from eagernb.notebook.panels.time_axis import pieces_of

if TYPE_CHECKING:
    from eagernb.notebook.comparison import Comparison


class _Step(NamedTuple):
    name: str
    line: int | None
    alive: int


def memory_axis(comparison: Comparison) -> str:
    """Return a lane of bars for each mode, as high as the bytes after each step; empty where nothing was computed.

    The step at which most was in memory is marked, and named below its lane.
    """
    most = max(comparison.peaks.values(), default=0)
    sides = {side: _steps(comparison, side) for side in ("eager", "graph")}
    longest = max(map(len, sides.values()))
    if not most or not longest:
        return ""
    lanes = [
        _lane(name, side, sides[side], comparison.peaks.get(side, 0), most, longest)
        for name, side in ((say("Eager"), "eager"), (say("Graph"), "graph"))
        if sides[side]
    ]
    aside = element("small", text(say("bytes of computed values after each step; both modes to one scale")))
    return element(
        "div",
        element("div", text(say("What is in memory")), aside, class_="enb-heading"),
        element("table", element("tbody", *lanes), class_="enb-lanes"),
        class_="enb-axis",
    )


def _steps(comparison: Comparison, side: str) -> list[_Step]:
    """The steps of a mode with the bytes that were alive after each; none where that was not watched."""
    if side == "eager":
        return [_Step(op.name, op.line, op.alive) for op in comparison.eager.ops]
    runs = comparison.graph.runs
    return [_Step(ran.node.name, ran.node.line.number if ran.node.line else None, ran.alive) for ran in runs]


def _lane(name: str, side: str, steps: Sequence[_Step], peak: int, most: int, longest: int) -> str:
    highest = max(range(len(steps)), key=lambda index: steps[index].alive)
    bars = []
    for start, size in pieces_of(len(steps)):
        part = range(start, start + size)
        bar = element(
            "i",
            class_="enb-peak" if highest in part else None,
            style=share(max(steps[index].alive for index in part), most),
        )
        grouped = size if size > 1 else None
        bars.append(element("span", bar, class_="enb-held", data_n=grouped, style=f"--n:{size}" if grouped else None))
    step = steps[highest]
    where = say(", line {n}", n=step.line) if step.line else ""
    said = say("▲ most at step {n} of {all}: {name}{where}", n=highest + 1, all=len(steps), name=step.name, where=where)
    lane = element("div", *bars, class_="enb-lane enb-high", data_lane=side, style=f"--w:{100 / longest:.3g}%")
    return element(
        "tr",
        element("th", text(name), " ", element("small", text(quantities.count(len(steps), "step"))), scope="row"),
        element("td", nbytes(peak), class_="enb-n"),
        element("td", lane, element("small", text(said))),
    )
