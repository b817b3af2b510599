"""The panel of %%graph: the graph before and after optimising, what was done to it, and how it ran."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from eagernb.notebook import words
from eagernb.notebook.graph_pictures import boxes_of, graph_diagram, value_names
from eagernb.notebook.graph_sketch import TOP, node_box, path_inside, row_name
from eagernb.notebook.language import noted, say, translated
from eagernb.notebook.panels.effects import effect_badges
from eagernb.notebook.panels.failure import banner
from eagernb.notebook.panels.markup import duration, element, nbytes, text
from eagernb.notebook.panels.op_table import Row, op_table
from eagernb.notebook.panels.picture import Picture, legend
from eagernb.notebook.panels.program import program, python_program
from eagernb.notebook.panels.root import panel
from eagernb.notebook.panels.source import plain_listing
from eagernb.notebook.panels.steps import walk
from eagernb.notebook.panels.strip import time_strip
from eagernb.notebook.recording import BACKWARD, FORWARD

if TYPE_CHECKING:
    from eagernb.graph import Node, Value
    from eagernb.notebook.graph_run import GraphRun
    from eagernb.notebook.watch import NodeRun


def graph_bundle(run: GraphRun) -> dict[str, str]:
    """Return the words, the page and the picture (of the optimised graph) of a graph run."""
    pictures = graph_pictures(run)
    bundle = {
        "text/plain": words.describe_graph_run(run),
        "text/html": panel(
            say("Graph"), graph_part(run, pictures), [diagram for picture in pictures for diagram in picture.diagrams]
        ),
    }
    optimized = pictures[1].svg
    return bundle | ({"image/svg+xml": optimized} if optimized and run.graph.ops else {})


def graph_pictures(run: GraphRun) -> tuple[Picture, Picture]:
    """Return the graph as traced and as optimised, drawn."""
    return Picture(graph_diagram(run, "traced")), Picture(graph_diagram(run, "optimized"))


def graph_part(run: GraphRun, pictures: tuple[Picture, Picture]) -> str:
    """Return the panel's content, which is also a part of a comparison's."""
    failed = banner(run, say("What was traced before is shown below.") if run.graph.ops else "")
    if not run.graph.ops:
        return element("div", failed, element("p", say(_NOTHING), class_="enb-lead"), class_="enb-part")
    rows = list(_rows(run))
    return element(
        "div",
        failed,
        _lead(run),
        walk(run, pictures),
        legend(*pictures),
        plain_listing(run.source, effect_badges(run), run.error_line if run.error else None),
        python_program(say("The optimised graph as Python over NumPy"), run.code) if run.shows_code else "",
        time_strip([row for row in rows if not row.depth]),
        op_table(rows, say("Operations of the optimised graph, in the order in which they ran"), "run.runs")
        if rows
        else "",
        *(program(translated(title), source) for title, source in run.programs.items()),
        class_="enb-part",
    )


_NOTHING = noted(
    "No tensor operation was traced in this cell. Operations on eagernb's tensors become a graph; plain Python runs "
    "while tracing."
)


def _lead(run: GraphRun) -> str:
    before, after = run.cost["traced"].ops, run.cost["optimized"].ops
    made = say(
        "The cell became a graph of {operations}",
        operations=f"{words.count(before, 'operation')}{words.inside_words(run.graph)}",
    )
    left = f"{after:,}{words.inside_words(run.optimized)}"
    same = (before, words.all_ops(run.graph)) == (after, words.all_ops(run.optimized))
    kept = say("; optimising found none to take away.") if same else say("; optimising left {left}.", left=left)
    running = (
        say("running it once")
        if run.executor == "interpreter"
        else text(say("running it once by {executor}", executor=run.executor))
    )
    steps = [(say("Tracing took"), "trace"), (say("optimising"), "optimize"), (running, "run")]
    times = say(", ").join(f"{word} {duration(run.timings.get(key, 0))}" for word, key in steps)
    peak = f" {words.alive_at_once(nbytes(run.peak))}" if run.runs else ""
    return element("p", element("strong", text(made)), text(kept), f" {times}", say("."), peak, class_="enb-lead")


def _rows(run: GraphRun) -> Iterator[Row]:
    names = value_names(run)
    for number, ran in enumerate(run.runs, 1):
        yield from _node_rows(ran, names, TOP, str(number))
    if run.failed is not None:
        box = boxes_of(run.optimized).get(run.failed, node_box(run.failed))
        yield _row(run.failed, names, "", box=box, number=str(len(run.runs) + 1), error=run.error)


def _node_rows(
    ran: NodeRun, names: dict[Value, str], path: str, number: str, depth: int = 0, part: str = ""
) -> Iterator[Row]:
    """The row of a node, and those of its sub-graphs below it."""
    node = ran.node
    times = words.count(ran.times, "time") if ran.times > 1 else ""
    yield _row(
        node, names, "; ".join(ran.previews), box=node_box(node, path), number=number, start=ran.start,
        took=ran.duration, size=ran.nbytes, depth=depth, aside=", ".join(filter(None, (part, times))),
    )  # fmt: skip
    place = 0
    for index, (name, inside) in enumerate(zip(words.graph_names(node), ran.inside, strict=False)):
        for inner in inside.runs:
            place += 1
            yield from _node_rows(inner, {}, path_inside(node, path, index), f"{number}.{place}", depth + 1, name)


def _row(
    node: Node, names: dict[Value, str], shown: str, *, box: str, number: str, start: int = 0, took: int = 0,
    size: int = 0, error: str = "", depth: int = 0, aside: str = "",
) -> Row:  # fmt: skip
    _, symbol = words.operation_text(node.op.name, node.op.label)
    return Row(
        box,
        row_name(node),
        symbol,
        tuple((names.get(value, ""), words.type_text(value.spec)) for value in node.values),
        shown,
        node.line.number if node.line else None,
        node.line.text if node.line else "",
        FORWARD if node.scope == FORWARD else BACKWARD,
        start,
        took,
        size,
        error,
        number,
        depth,
        aside,
    )
