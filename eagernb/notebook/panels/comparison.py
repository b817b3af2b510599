"""The panel of %%compare: are the results equal, what does each mode cost, and both panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook import quantities, words
from eagernb.notebook.language import say, translated
from eagernb.notebook.panels.effects import effect_badges
from eagernb.notebook.panels.graph import graph_part, graph_pictures
from eagernb.notebook.panels.markup import element, text, timed
from eagernb.notebook.panels.memory_axis import memory_axis
from eagernb.notebook.panels.picture import Picture
from eagernb.notebook.panels.recording import recording_part
from eagernb.notebook.panels.root import panel
from eagernb.notebook.panels.source import plain_listing
from eagernb.notebook.panels.time_axis import calls_table, costs_table, time_axis
from eagernb.notebook.pictures import tape_picture

if TYPE_CHECKING:
    from eagernb.notebook.comparison import Comparison, ResultComparison


def comparison_bundle(comparison: Comparison) -> dict[str, str]:
    """Return the words, the page and the picture (of the optimised graph) of a comparison."""
    tape, graphs = tape_picture(comparison.eager), graph_pictures(comparison.graph)
    picture = Picture(tape.diagram, tooltips=False)
    before, after = comparison.graph.cost["traced"].ops, comparison.graph.cost["optimized"].ops
    body = [
        _verdict(comparison),
        _race(comparison),
        calls_table(comparison),
        _results(comparison.results),
        *(element("p", text(translated(note)), class_="enb-note") for note in comparison.notes),
        _details(
            say("Eager"),
            quantities.count(len(comparison.eager.ops), "operation"),
            recording_part(comparison.eager, tape, picture),
        ),
        _details(
            say("Graph"),
            say("{before} → {after} operations", before=f"{before:,}", after=f"{after:,}"),
            graph_part(comparison.graph, graphs),
        ),
    ]
    diagrams = [diagram for drawn in (picture, *graphs) for diagram in drawn.diagrams]
    bundle = {
        "text/plain": words.describe_comparison(comparison),
        "text/html": panel(say("Eager and graph compared"), "".join(body), diagrams),
    }
    optimized = graphs[1].svg
    return bundle | ({"image/svg+xml": optimized} if optimized and comparison.graph.graph.ops else {})


def _verdict(comparison: Comparison) -> str:
    different = sum(not result.equal for result in comparison.results)
    total = len(comparison.results)
    if not total:
        said, mark = say("Nothing to compare: the cell leaves no tensors behind."), None
    elif not different:
        said, mark = say("Equal results, to the last bit."), "enb-good"
    else:
        said, mark = say("Different results: {n} of {all}.", n=different, all=total), "enb-odd"
    told = f" {timed(_faster(comparison))} {timed(_pays(comparison))}"
    return element("p", element("strong", text(said), class_=mark), told, class_="enb-lead")


def _faster(comparison: Comparison) -> str:
    """Which mode's call takes less time, and of what."""
    eager, graph = comparison.timings["eager"], comparison.timings["graph"]
    said = say(
        "A call takes {eager} eagerly and {graph} as a graph",
        eager=quantities.duration(eager),
        graph=quantities.duration(graph),
    )
    ratio = max(eager, graph) / (min(eager, graph) or 1)
    if ratio < _SAME:
        return said + say(": about the same") + say(".")
    if graph < eager:
        said += say(": {times} times as fast", times=f"{ratio:.2g}")
    else:
        said += say(": {times} times as slow", times=f"{ratio:.2g}")
    costs = comparison.costs
    if "eager" in costs and "graph" in costs:
        kernel = costs["eager"].kernel - costs["graph"].kernel
        said += say(
            ", with {python} and {kernel}",
            python=_less(eager - graph - kernel, say("Python and dispatch")),
            kernel=_less(kernel, say("arithmetic")),
        )
    return said + say(".")


# Nearer to one another, two times are about the same.
_SAME = 1.1


def _less(saved: int, what: str) -> str:
    if saved < 0:
        return say("{time} more {what}", time=quantities.duration(-saved), what=what)
    return say("{time} less {what}", time=quantities.duration(saved), what=what)


def _pays(comparison: Comparison) -> str:
    calls = comparison.break_even
    if calls is None:
        return say("Tracing never pays for itself here: a run of the graph is not faster than the cell run eagerly.")
    if calls == 0:
        return say("Tracing has paid for itself at once.")
    return say("After {calls}, tracing has paid for itself.", calls=quantities.count(calls, "call"))


def _race(comparison: Comparison) -> str:
    """Both modes on one axis; what is lit there is lit in the source and in the table below it."""
    listing, table = plain_listing(comparison.eager.source, effect_badges(comparison.graph)), costs_table(comparison)
    return element(
        "section", time_axis(comparison), memory_axis(comparison), listing, table, class_="enb-race",
        aria_label=say("Both modes on one time axis"),
    )  # fmt: skip


def _results(results: list[ResultComparison]) -> str:
    if not results:
        return ""
    head = [element("th", text(t), scope="col") for t in (say("Result"), say("Eager and graph"), say("Detail"))]
    body = [
        element(
            "tr",
            element("th", element("code", text(translated(result.name))), scope="row"),
            _equality(result.equal),
            element("td", text(" ".join(filter(None, (translated(result.detail), result.reason))))),
        )
        for result in results
    ]
    table = element("table", element("thead", element("tr", *head)), element("tbody", *body), class_="enb-small")
    different = sum(not result.equal for result in results)
    equal = say("{n} equal", n=f"{len(results) - different:,}")
    aside = say("{n} different, {equal}", n=f"{different:,}", equal=equal) if different else equal
    return _details(say("Results, name by name"), aside, table, opened=bool(different))


def _equality(equal: bool) -> str:
    return (
        element("td", say("= equal"), class_="enb-good")
        if equal
        else element("td", say("≠ different"), class_="enb-odd")
    )


def _details(title: str, aside: str, content: str, *, opened: bool = False) -> str:
    summary = element("summary", text(title), " ", element("small", text(aside)), class_="enb-heading")
    return element("details", summary, content, class_="enb-mode", open="" if opened else None)
