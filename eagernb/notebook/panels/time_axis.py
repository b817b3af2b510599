"""Both modes on one time axis: op after op, each split into Python with dispatch, and arithmetic; what tracing adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eagernb.notebook import words
from eagernb.notebook.call_cost import CallCost, OpCost
from eagernb.notebook.language import say
from eagernb.notebook.panels.markup import duration, element, text, timed, timed_share
from eagernb.notebook.recording import BACKWARD

if TYPE_CHECKING:
    from eagernb.notebook.comparison import Comparison

# More pieces cannot be told apart: each stands for several operations then.
_MOST_PIECES = 150
_MOST_ROWS = 300
_ONCE = "enb-piece enb-once"
_CALLS = (1, 10, 100, 1000)


def time_axis(comparison: Comparison) -> str:
    """Return a lane for each mode, one for what is done once, and the key to them."""
    timings = comparison.timings
    whole = max(timings["eager"], timings["graph"])
    once = timings["trace"] + timings["optimize"]
    cut = max(once, whole)
    eager, graph = (_call(comparison.costs.get(side), timings[side], whole) for side in ("eager", "graph"))
    tracing = element("span", class_=_ONCE, title=say("Tracing"), style=timed_share(timings["trace"], cut))
    optimising = element(
        "span", class_=f"{_ONCE} enb-second", title=say("Optimising"), style=timed_share(timings["optimize"], cut)
    )
    lanes = [
        _lane(say("Eager"), say("each call"), timings["eager"], eager),
        _lane(say("Graph"), say("each call"), timings["graph"], graph),
        _lane(
            say("Graph"), say("once, before"), once, tracing + optimising,
            _once(timings["trace"], timings["optimize"], whole),
        ),
    ]  # fmt: skip
    return element(
        "div",
        element("div", text(say("Where the time of a call goes")), class_="enb-heading"),
        element("table", element("tbody", *lanes), class_="enb-lanes"),
        _key(any(op.phase.startswith(BACKWARD) for cost in comparison.costs.values() for op in cost.ops)),
        class_="enb-axis",
    )


def _lane(name: str, when: str, took: int, pieces: str, said: str = "") -> str:
    bar = element("div", pieces, class_="enb-lane")
    return element(
        "tr",
        element("th", text(name), " ", element("small", text(when)), scope="row"),
        element("td", duration(took), class_="enb-n"),
        element("td", bar, said),
    )


def _call(cost: CallCost | None, total: int, whole: int) -> str:
    """The pieces of a call; one, where it could not be divided."""
    if cost is None:
        return element("span", class_="enb-piece", style=timed_share(total, whole))
    size = -(-len(cost.ops) // _MOST_PIECES) or 1
    parts = [cost.ops[start : start + size] for start in range(0, len(cost.ops), size)]
    rest = element(
        "span",
        class_="enb-piece enb-rest",
        title=say("Python after the last operation"),
        style=timed_share(cost.rest, whole),
    )
    return "".join(_piece(part, whole) for part in parts) + rest


def _piece(ops: Sequence[OpCost], whole: int) -> str:
    python, kernel = sum(op.python for op in ops), sum(op.kernel for op in ops)
    return element(
        "span",
        element("i", style=timed_share(python, python + kernel)),
        class_="enb-piece enb-back" if ops[0].phase.startswith(BACKWARD) else "enb-piece",
        data_n=len(ops) if len(ops) > 1 else None,
        style=timed_share(python + kernel, whole),
    )


def _once(trace: int, optimize: int, whole: int) -> str:
    """What the lane of what is done once says below it: it is rarely to scale."""
    told = f"{say('tracing')} {words.duration(trace)}, {say('optimising')} {words.duration(optimize)}"
    if trace + optimize > whole > 0:
        times = f"{(trace + optimize) / whole:,.0f}"
        told += "; " + say("cut off here: it is {times} times as long as the axis", times=times)
    return element("small", timed(told))


def _key(has_backward: bool) -> str:
    items = [
        ("enb-way", say("Python and dispatch")),
        ("enb-work", say("Arithmetic in the kernel")),
        *([("enb-back", say("the same, in the backward pass"))] if has_backward else []),
        ("enb-rest", say("Python after the last operation")),
        ("enb-once", say("tracing")),
        ("enb-once enb-second", say("optimising")),
    ]
    keys = [
        element("li", element("span", class_=f"enb-swatch {kind}", aria_hidden="true"), text(words_))
        for kind, words_ in items
    ]
    return element("ul", *keys, class_="enb-legend", aria_label=say("Legend"))


def costs_table(comparison: Comparison) -> str:
    """Return the operations of both modes in a table, with the time of each in its two parts."""
    costs = comparison.costs
    if not costs:
        return ""
    head = ("#", say("Operation"), say("Line"), say("Python and dispatch"), say("Arithmetic in the kernel"))
    bodies = [
        _rows(say("Eager") if side == "eager" else say("Graph"), side, costs[side])
        for side in ("eager", "graph")
        if side in costs
    ]
    table = element(
        "table",
        element("caption", text(say("The operations of both modes"))),
        element("thead", element("tr", *(element("th", text(title), scope="col") for title in head))),
        *bodies,
    )
    name = say("The operations of both modes")
    return element("div", table, class_="enb-frame enb-costs", tabindex=0, role="region", aria_label=name)


def _rows(name: str, side: str, cost: CallCost) -> str:
    share = f"{100 * cost.python / cost.total:.0f}" if cost.total else "0"
    aside = element("small", timed(say("{share} % Python and dispatch", share=share)))
    title = element("th", text(name), " ", aside, colspan=5, scope="rowgroup")
    rows = [element("tr", title)]
    rows += [_row(number, op) for number, op in enumerate(cost.ops[:_MOST_ROWS], 1)]
    if len(cost.ops) > _MOST_ROWS:
        left = words.count(len(cost.ops) - _MOST_ROWS, "operation")
        rows.append(
            element(
                "tr", element("td", text(say("and {left} more, in .costs", left=left)), colspan=5, class_="enb-quiet")
            )
        )
    return element("tbody", *rows, data_side=side)


def _row(number: int, op: OpCost) -> str:
    name, symbol = words.operation_text(op.name, op.label)
    return element(
        "tr",
        element("td", str(number), class_="enb-n"),
        element("th", text(name), f" {element('i', text(symbol))}" if symbol else "", scope="row"),
        element("td", str(op.line or ""), class_="enb-n"),
        element("td", duration(op.python), class_="enb-n"),
        element("td", duration(op.kernel), class_="enb-n"),
        class_="enb-back" if op.phase.startswith(BACKWARD) else None,
    )


def calls_table(comparison: Comparison) -> str:
    """Return what some numbers of calls cost in each mode, tracing and optimising included."""
    timings = comparison.timings
    once = timings["trace"] + timings["optimize"]
    head = [element("th", text(title), scope="col") for title in (say("Calls"), say("Eager"), say("Graph"))]
    rows = [
        element(
            "tr",
            element("th", f"{calls:,}", scope="row"),
            element("td", duration(calls * timings["eager"])),
            element("td", duration(once + calls * timings["graph"])),
        )
        for calls in _CALLS
    ]
    return element(
        "table",
        element("caption", text(say("What calls cost, tracing and optimising included"))),
        element("thead", element("tr", *head)),
        element("tbody", *rows),
        class_="enb-small enb-number",
    )
