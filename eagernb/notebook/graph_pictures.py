"""Pictures of a graph, as traced and as optimised: boxes and edges, sub-graphs in frames."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from eagernb.graph import Graph, Node, Value
from eagernb.graph.ir import CONSTANT
from eagernb.notebook.graph_once import Once
from eagernb.notebook.graph_sketch import TOP, GraphSketch, Scope, node_box, path_inside
from eagernb.notebook.history import History, all_nodes
from eagernb.notebook.language import say
from eagernb.notebook.nested_pictures import draw_nested
from eagernb.notebook.tensor_words import type_text
from eagernb.viz import Box, Diagram

if TYPE_CHECKING:
    from eagernb.notebook.graph_run import GraphRun


@dataclass
class GraphPicture:
    """The picture of a graph, and for each box the one that it is drawn as, where some stand for many."""

    diagram: Diagram
    drawn_as: dict[str, str] = field(default_factory=dict)


def graph_diagram(run: GraphRun, stage: Literal["traced", "optimized"] | str) -> Diagram:
    """Return the picture of the graph as "traced" or as "optimized".

    As traced, what the passes took away is a ghost whose tooltip says why; optimised, a badge marks the value that
    was worked out in advance, and the operation that serves for several. Raises ValueError for another stage.
    """
    return graph_picture(run, stage).diagram


def graph_picture(
    run: GraphRun, stage: Literal["traced", "optimized"] | str, history: History | None = None
) -> GraphPicture:
    """Draw a stage of a graph; what it does several times once, where the run's ``max_nodes`` boxes do not suffice.

    ``history`` spares looking for it again. Raises ValueError for another stage than "traced" and "optimized".
    """
    if stage not in ("traced", "optimized"):
        raise ValueError(f"stage={stage!r}; a graph is drawn as 'traced' or 'optimized'")
    history = history or History(run)
    graph = run.graph if stage == "traced" else run.optimized
    if sum(not node.is_source for node in all_nodes(graph)) <= run.max_nodes:
        return GraphPicture(_draw(run, stage, history))
    for once in (Once(), Once(by_line=True)):
        diagram, drawn_as = once.drawn(_draw(run, stage, history, once))
        if len(diagram.boxes) <= run.max_nodes:
            break
    return GraphPicture(diagram, drawn_as)


def _draw(run: GraphRun, stage: str, history: History, once: Once | None = None) -> Diagram:
    if stage == "traced":
        graph, names, title = run.graph, run.names, say("Graph as traced")
        description = say("What the cell's code asks for; struck out is what optimising takes away.")
    else:
        graph, names, title = run.optimized, value_names(run), say("Optimised graph")
        description = say("What is run.")
    sketch = GraphSketch(run, stage, history, draw_nested, once)
    drawing = sketch.drawing
    top = Scope(graph, names, {r.node: r for r in run.runs})
    sketch.draw_nodes(top)
    for index, (value, traced) in enumerate(zip(graph.outputs, run.graph.outputs, strict=True)):
        # A result with a name shows it on the box that gives it, unless that is drawn as another one.
        hidden = once is not None and once.drawn_as(node_box(value.node))
        if hidden or traced not in run.names or value.node.op is CONSTANT:
            name = run.names.get(traced, say("result"))
            box = Box(f"out{index}", name, (), "output", f"{name}: {type_text(value.spec)}")
            drawing.add(box, [top.token(value)], ())
    used = {value for node in graph.nodes for value in node.inputs}
    drawing.draw_unused(top.tokens(node.values[0] for node in graph.constants if node.values[0] not in used))
    return drawing.diagram(title, description)


def value_names(run: GraphRun) -> dict[Value, str]:
    """Return the user's names for values of the optimised graph, where one that serves for several has all theirs."""
    renewed: dict[Value, list[str]] = defaultdict(list)
    for new, old in zip(run.optimized.outputs, run.graph.outputs, strict=True):
        if old in run.names:
            renewed[new].append(run.names[old])
    return run.names | {value: ", ".join(dict.fromkeys(found)) for value, found in renewed.items()}


def boxes_of(graph: Graph, path: str = TOP) -> dict[Node, str]:
    """Return the ids of the boxes of all nodes, those in sub-graphs too."""
    found: dict[Node, str] = {}
    for node in graph.nodes:
        found.setdefault(node, node_box(node, path))
        for index, inside in enumerate(node.graphs):
            found = boxes_of(inside, path_inside(node, path, index)) | found
    return found
