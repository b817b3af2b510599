"""GraphRun: a cell traced into a graph, optimised and run."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from eagernb.executors.numpy_source import to_source
from eagernb.graph import Graph, Node, Value
from eagernb.graph.cost import Cost, graph_cost
from eagernb.graph.printer import to_text
from eagernb.notebook.effects import Effect
from eagernb.notebook.exportable import Exportable
from eagernb.notebook.recording import MAX_NODES
from eagernb.notebook.watch import NodeRun
from eagernb.passes import PassResult
from eagernb.viz import Diagram, to_dot


@dataclass
class GraphRun(Exportable):
    """What ``%%graph`` did: the ``graph`` as traced, ``optimized``, the ``passes`` in between, the nodes' ``runs``.

    ``timings`` holds nanoseconds for "trace", "optimize" and "run"; ``peak`` is in bytes; ``names`` maps the
    values of the traced graph to the user's names; ``programs`` holds texts of what executors made of the graph, by
    title; ``effects`` are the side effects by line, and ``calls`` how often the graph has run. A picture of more than
    ``max_nodes`` boxes draws what repeats once. It displays itself.
    """

    PICTURES = ("stage", ("optimized", "traced"))

    source: str
    graph: Graph
    optimized: Graph
    passes: tuple[PassResult, ...] = ()
    runs: list[NodeRun] = field(default_factory=list)
    timings: dict[str, int] = field(default_factory=dict)
    peak: int = 0
    names: dict[Value, str] = field(default_factory=dict)
    programs: dict[str, str] = field(default_factory=dict)
    executor: str = "interpreter"
    error: str = ""
    error_line: int | None = None
    failed: Node | None = None
    shows_code: bool = False
    effects: list[Effect] = field(default_factory=list)
    calls: int = 1
    max_nodes: int = MAX_NODES
    _costs: dict[Graph, Cost] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The optimised graph as Python over NumPy, in the user's names."""
        from eagernb.notebook.graph_pictures import value_names

        names = {value: name.partition(",")[0] for value, name in value_names(self).items()}
        return to_source(self.optimized, names)

    @property
    def ops(self) -> tuple[Node, ...]:
        """The operations of the optimised graph, in the order in which they ran."""
        return self.optimized.ops

    @property
    def cost(self) -> dict[str, Cost]:
        """Operations, arithmetic and bytes of the graph as "traced" and as "optimized"."""
        for graph in (self.graph, self.optimized):
            if graph not in self._costs:
                self._costs[graph] = graph_cost(graph)
        return {"traced": self._costs[self.graph], "optimized": self._costs[self.optimized]}

    def count_ops(self) -> Counter[str]:
        """How often each operation occurs in the optimised graph."""
        return self.optimized.count_ops()

    def to_dict(self) -> dict[str, Any]:
        """All of it as dicts, lists, strings and numbers, ready for JSON."""
        return {
            "kind": "graph_run",
            "source": self.source,
            "graph": _graph_dict(self.graph),
            "optimized": _graph_dict(self.optimized),
            "passes": [
                {
                    "name": p.name,
                    "changes": [c.sentence for c in p.changes],
                    "nanoseconds": p.nanoseconds,
                    "ops_before": len(p.before.ops),
                    "ops_after": len(p.after.ops),
                }
                for p in self.passes
            ],
            "runs": list(map(_run_dict, self.runs)),
            "timings": dict(self.timings),
            "peak_bytes": self.peak,
            "programs": dict(self.programs),
            "executor": self.executor,
            "effects": list(map(asdict, self.effects)),
            "calls": self.calls,
            "error": self.error,
            "error_line": self.error_line,
        }

    def diagram(self, which: str = "optimized") -> Diagram:
        """The picture of the "traced" or the "optimized" graph, as boxes and edges."""
        from eagernb.notebook.graph_pictures import graph_diagram

        return graph_diagram(self, which)

    def to_dot(self, stage: str = "optimized") -> str:
        """The picture of the "traced" or the "optimized" graph in Graphviz's language."""
        return to_dot(self.diagram(stage))

    def __repr__(self) -> str:
        from eagernb.notebook.words import describe_graph_run

        return describe_graph_run(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from eagernb.notebook.panels import graph_bundle

        return graph_bundle(self)


def _graph_dict(graph: Graph) -> dict[str, Any]:
    return {
        "text": to_text(graph),
        "inputs": [node.name for node in graph.inputs],
        "outputs": [repr(value) for value in graph.outputs],
        "nodes": list(map(_node_dict, graph.nodes)),
    }


def _node_dict(node: Node) -> dict[str, Any]:
    inside = {"graphs": list(map(_graph_dict, node.graphs))} if node.graphs else {}
    return {
        "name": node.name,
        "op": node.op.name,
        "inputs": [repr(value) for value in node.inputs],
        "outputs": [spec.brief for spec in node.specs],
        "line": node.line.number if node.line else None,
        "scope": node.scope,
    } | inside


def _run_dict(run: NodeRun) -> dict[str, Any]:
    inside = [{"times": part.times, "runs": list(map(_run_dict, part.runs))} for part in run.inside]
    return {
        "node": run.node.name,
        "start": run.start,
        "duration": run.duration,
        "nbytes": run.nbytes,
        "alive": run.alive,
        "times": run.times,
    } | ({"graphs": inside} if inside else {})
