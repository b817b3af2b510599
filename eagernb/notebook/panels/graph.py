"""The panel of %%graph: the graph before and after optimising, what was done to it, and how it ran."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from eagernb.graph.ir import CONSTANT
from eagernb.notebook import quantities, words
from eagernb.notebook.box_words import operation_text
from eagernb.notebook.graph_pictures import boxes_of, graph_picture, value_names
from eagernb.notebook.graph_sketch import TOP, node_box, path_inside, row_name
from eagernb.notebook.history import History
from eagernb.notebook.language import noted, say, translated
from eagernb.notebook.nested_words import all_ops, graph_names, inside_words
from eagernb.notebook.panels.effects import effect_badges
from eagernb.notebook.panels.failure import banner
from eagernb.notebook.panels.markup import duration, element, nbytes, text
from eagernb.notebook.panels.op_table import MOST_ROWS, Row, op_table
from eagernb.notebook.panels.picture import Picture, legend
from eagernb.notebook.panels.program import program, python_program
from eagernb.notebook.panels.root import panel
from eagernb.notebook.panels.source import plain_listing
from eagernb.notebook.panels.steps import walk
from eagernb.notebook.panels.strip import longest, time_strip
from eagernb.notebook.tensor_words import spread_text, type_text
from eagernb.notebook.watch import phase_of

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
    history = History(run)
    traced, optimized = (graph_picture(run, stage, history) for stage in ("traced", "optimized"))
    # Where there is a walk, its script makes the tooltips.
    tooltips = not any(result.changed or result.changes for result in run.passes)
    return (
        Picture(traced.diagram, tooltips, traced.drawn_as),
        Picture(optimized.diagram, tooltips, optimized.drawn_as),
    )


def graph_part(run: GraphRun, pictures: tuple[Picture, Picture]) -> str:
    """Return the panel's content, which is also a part of a comparison's."""
    failed = banner(run, say("What was traced before is shown below.") if run.graph.ops else "")
    if not run.graph.ops:
        return element("div", failed, element("p", say(_NOTHING), class_="enb-lead"), class_="enb-part")
    rows = list(islice(_rows(run, pictures[1].drawn_as), MOST_ROWS))
    once = any(picture.drawn_as for picture in pictures)
    return element(
        "div",
        failed,
        _lead(run),
        walk(run, pictures),
        element("p", text(say(_ONCE)), class_="enb-note") if once else "",
        legend(*pictures, also=["constant"] if any(node.op is CONSTANT for node in run.graph.nodes) else []),
        plain_listing(run.source, effect_badges(run), run.error_line if run.error else None),
        python_program(say("The optimised graph as Python over NumPy"), run.code) if run.shows_code else "",
        time_strip(run.runs),
        element("p", text(say(_HOW)), class_="enb-note") if len(run.runs) > 1 else "",
        op_table(rows, say(_CAPTION), "run.runs", _number(run.runs)) if rows else "",
        *(program(translated(title), source) for title, source in run.programs.items()),
        class_="enb-part",
    )


_NOTHING = noted(
    "No tensor operation was traced in this cell. Operations on eagernb's tensors become a graph; plain Python runs "
    "while tracing."
)


_CAPTION = noted("Operations of the optimised graph, in the order in which they ran")
_ONCE = noted("What the graph does several times in a row is drawn once.")
_HOW = noted(
    "Timed one by one in the interpreter, which can show each value. A tf.function runs the same graph as generated "
    "Python, with less between the operations."
)


def _number(runs: Iterable[NodeRun]) -> int:
    """How many nodes ran, those inside of others as well."""
    return sum(1 + sum(_number(inside.runs) for inside in ran.inside) for ran in runs)


def _lead(run: GraphRun) -> str:
    before, after = run.cost["traced"].ops, run.cost["optimized"].ops
    made = say(
        "The cell became a graph of {operations}",
        operations=f"{quantities.count(before, 'operation')}{inside_words(run.graph)}",
    )
    left = f"{after:,}{inside_words(run.optimized)}"
    same = (before, all_ops(run.graph)) == (after, all_ops(run.optimized))
    kept = say("; optimising found none to take away.") if same else say("; optimising left {left}.", left=left)
    running = (
        say("running it once")
        if run.executor == "interpreter"
        else text(say("running it once by {executor}", executor=run.executor))
    )
    steps = [(say("Tracing took"), "trace"), (say("optimising"), "optimize"), (running, "run")]
    times = say(", ").join(f"{word} {duration(run.timings.get(key, 0))}" for word, key in steps)
    peak = f" {words.alive_at_once(nbytes(run.peak))}" if run.runs else ""
    return element(
        "p", element("strong", text(made)), text(kept), f" {times}", say("."), _longest(run), peak, class_="enb-lead"
    )


def _longest(run: GraphRun) -> str:
    if len(run.runs) < 2:
        return ""
    step = max(range(len(run.runs)), key=lambda i: run.runs[i].duration)
    node = run.runs[step].node
    return " " + longest(run.runs, row_name(node), node.line.number if node.line else None, step)


def _rows(run: GraphRun, drawn_as: Mapping[str, str]) -> Iterator[Row]:
    """The rows of all nodes that ran, each with the box that it is drawn as."""
    names = value_names(run)
    for number, ran in enumerate(run.runs, 1):
        for row in _node_rows(ran, names, TOP, str(number)):
            yield replace(row, box=drawn_as.get(row.box, row.box)) if drawn_as else row
    if run.failed is not None:
        box = boxes_of(run.optimized).get(run.failed, node_box(run.failed))
        yield _row(run.failed, names, "", box=box, number=str(len(run.runs) + 1), error=run.error)


def _node_rows(
    ran: NodeRun, names: dict[Value, str], path: str, number: str, depth: int = 0, part: str = ""
) -> Iterator[Row]:
    """The row of a node, and those of its sub-graphs below it."""
    node = ran.node
    times = quantities.count(ran.times, "time") if ran.times > 1 else ""
    yield _row(
        node, names, "; ".join(ran.values), box=node_box(node, path), number=number, start=ran.start,
        took=ran.duration, size=ran.nbytes, depth=depth, aside=", ".join(filter(None, (part, times))),
        spread=spread_text(ran.glances[0]) if len(ran.glances) == 1 else "",
        memory=say("{size} in all", size=quantities.nbytes(ran.alive)),
    )  # fmt: skip
    place = 0
    for index, (name, inside) in enumerate(zip(graph_names(node), ran.inside, strict=False)):
        for inner in inside.runs:
            place += 1
            yield from _node_rows(inner, {}, path_inside(node, path, index), f"{number}.{place}", depth + 1, name)


def _row(
    node: Node, names: dict[Value, str], shown: str, *, box: str, number: str, start: int = 0, took: int = 0,
    size: int = 0, error: str = "", depth: int = 0, aside: str = "", spread: str = "",
    memory: str = "",
) -> Row:  # fmt: skip
    _, symbol = operation_text(node.op.name, node.op.label)
    return Row(
        box,
        row_name(node),
        symbol,
        tuple((names.get(value, ""), type_text(value.spec)) for value in node.values),
        shown,
        node.line.number if node.line else None,
        node.line.text if node.line else "",
        phase_of(node),
        start,
        took,
        size,
        error,
        number,
        depth,
        aside,
        spread,
        has_source=True,
        memory=memory,
    )
