"""Both modes on one time axis: op after op, each split into Python with dispatch, and arithmetic; what tracing adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from eagernb.notebook import quantities
from eagernb.notebook.box_words import operation_text
from eagernb.notebook.call_cost import CallCost, OpCost
from eagernb.notebook.graph_sketch import row_name
from eagernb.notebook.language import noted, say
from eagernb.notebook.panels.markup import duration, element, nbytes, text, timed, timed_share
from eagernb.notebook.recording import BACKWARD

if TYPE_CHECKING:
    from eagernb.notebook.comparison import Comparison

# More pieces cannot be told apart: each stands for several operations then.
_MOST_PIECES = 150
_MOST_ROWS = 300
_ONCE = "enb-piece enb-once"
_COLUMNS = 7
_CALLS = (1, 10, 100, 1000)


def time_axis(comparison: Comparison) -> str:
    """Return a lane for each mode, one for what is done once, and the key to them."""
    timings = comparison.timings
    interpreted = timings.get("interpreter", timings["graph"])
    whole = max(timings["eager"], timings["graph"], interpreted)
    once = timings["trace"] + timings["optimize"]
    cut = max(once, whole)
    eager = _call(comparison.costs.get("eager"), timings["eager"], whole)
    graph = _call(comparison.costs.get("graph"), interpreted, whole)
    tracing = element("span", class_=_ONCE, title=say("Tracing"), style=timed_share(timings["trace"], cut))
    optimising = element(
        "span", class_=f"{_ONCE} enb-second", title=say("Optimising"), style=timed_share(timings["optimize"], cut)
    )
    lanes = [
        _lane(say("Eager"), say("each call"), timings["eager"], eager, side="eager"),
        _lane(say("Graph"), say("each call, op by op"), interpreted, graph, side="graph"),
        _lane(say("Graph"), say("each call, generated"), timings["graph"], _call(None, timings["graph"], whole)),
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
        element("p", text(say(_HOW)), class_="enb-note"),
        class_="enb-axis",
    )


_HOW = noted(
    "The graph is timed twice: op by op in the interpreter, and as generated Python, in which the operations cannot be "
    "told apart. A tf.function runs the generated Python, so that counts."
)


def _lane(name: str, when: str, took: int, pieces: str, said: str = "", side: str | None = None) -> str:
    bar = element("div", pieces, class_="enb-lane", data_lane=side)
    return element(
        "tr",
        element("th", text(name), " ", element("small", text(when)), scope="row"),
        element("td", duration(took), class_="enb-n"),
        element("td", bar, said),
    )


def _call(cost: CallCost | None, total: int, whole: int) -> str:
    """The pieces of a call; one, where it could not be divided."""
    if cost is None:
        return element("span", class_="enb-piece enb-undivided", style=timed_share(total, whole))
    parts = [cost.ops[start : start + size] for start, size in pieces_of(len(cost.ops))]
    rest = element(
        "span",
        class_="enb-piece enb-rest",
        title=say("Python after the last operation"),
        style=timed_share(cost.rest, whole),
    )
    return "".join(_piece(part, whole) for part in parts) + rest


def pieces_of(number: int) -> Iterator[tuple[int, int]]:
    """Return where each piece of a lane begins among so many operations, and how many it stands for."""
    size = -(-number // _MOST_PIECES) or 1
    for start in range(0, number, size):
        yield start, min(size, number - start)


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
    told = f"{say('tracing')} {quantities.duration(trace)}, {say('optimising')} {quantities.duration(optimize)}"
    if trace + optimize > whole > 0:
        times = f"{(trace + optimize) / whole:,.0f}"
        told += "; " + say("cut off here: it is {times} times as long as the axis", times=times)
    return element("small", timed(told))


def _key(has_backward: bool) -> str:
    items = [
        ("enb-way", say("Python and dispatch")),
        ("enb-work", say("Arithmetic in the kernel")),
        *([("enb-back", say("the same, in the backward pass"))] if has_backward else []),
        ("enb-undivided", say("both, not told apart")),
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
    head = (
        "#", say("Operation"), say("Line"), say("Python and dispatch"), say("Arithmetic in the kernel"),
        say("Together"), say("In memory"),
    )  # fmt: skip
    names = {
        "eager": [op.name for op in comparison.eager.ops],
        "graph": [row_name(node) for node in comparison.graph.ops],
    }
    alive = {
        "eager": [op.alive for op in comparison.eager.ops],
        "graph": [ran.alive for ran in comparison.graph.runs],
    }
    bodies = [
        _rows(name, costs[side], names[side], alive[side], comparison.peaks.get(side, 0), side)
        for name, side in ((say("Eager"), "eager"), (say("Graph"), "graph"))
        if side in costs
    ]
    heads = (
        element("th", text(title), scope="col", data_sort=None if index == 1 else "")
        for index, title in enumerate(head)
    )
    table = element(
        "table",
        element("caption", text(say("The operations of both modes"))),
        element("thead", element("tr", *heads)),
        *bodies,
    )
    name = say("The operations of both modes")
    return element("div", table, class_="enb-frame enb-costs", tabindex=0, role="region", aria_label=name)


def _rows(name: str, cost: CallCost, names: Sequence[str], alive: Sequence[int], peak: int, side: str) -> str:
    """A mode's operations, what comes after the last of them, and all together."""
    share = f"{100 * cost.python / cost.total:.0f}" if cost.total else "0"
    aside = element("small", timed(say("{share} % Python and dispatch", share=share)))
    title = element("th", text(name), " ", aside, colspan=_COLUMNS, scope="rowgroup")
    rows = [element("tr", title)]
    for number, (op, own, held) in enumerate(zip_longest(cost.ops, names, alive), 1):
        if op is None or number > _MOST_ROWS:
            break
        rows.append(_row(number, op, own or op.name, held))
    if len(cost.ops) > _MOST_ROWS:
        left = quantities.count(len(cost.ops) - _MOST_ROWS, "operation")
        more = element("td", text(say("and {left} more, in .costs", left=left)), colspan=_COLUMNS, class_="enb-quiet")
        rows.append(element("tr", more, class_="enb-end"))
    rows.append(_end(say("Python after the last operation"), "", duration(cost.rest), "", duration(cost.rest), ""))
    whole = (duration(cost.python), duration(cost.kernel), duration(cost.total), nbytes(peak) if peak else "")
    rows.append(_end(say("Total"), quantities.count(len(cost.ops), "operation"), *whole, class_="enb-end enb-total"))
    return element("tbody", *rows, data_side=side)


def _row(number: int, op: OpCost, name: str, alive: int | None) -> str:
    _, symbol = operation_text(op.name, op.label)
    cells = (
        str(op.line or ""),
        duration(op.python),
        duration(op.kernel),
        duration(op.python + op.kernel),
        "" if alive is None else nbytes(alive),
    )
    return element(
        "tr",
        element("td", str(number)),
        element("th", text(name), f" {element('i', text(symbol))}" if symbol else "", scope="row"),
        *(element("td", cell) for cell in cells),
        class_="enb-back" if op.phase.startswith(BACKWARD) else None,
    )


def _end(title: str, aside: str, *cells: str, class_: str = "enb-end") -> str:
    """A row below a mode's operations, which sorting leaves there."""
    small = f" {element('small', text(aside))}" if aside else ""
    head = element("th", text(title), small, colspan=3, scope="row")
    return element("tr", head, *(element("td", cell) for cell in cells), class_=class_)


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
