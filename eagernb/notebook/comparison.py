"""Comparison: one cell in both modes."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import Any

from eagernb.notebook.call_cost import CallCost
from eagernb.notebook.exportable import Exportable
from eagernb.notebook.graph_run import GraphRun
from eagernb.notebook.recording import Recording
from eagernb.viz import Diagram, to_dot


@dataclass(frozen=True)
class ResultComparison:
    """One name (or the last expression) in both modes: equal to the bit or not, how far apart if not, and why."""

    name: str
    equal: bool
    detail: str
    largest_difference: float | None = None
    reason: str = ""


@dataclass
class Comparison(Exportable):
    """What ``%%compare`` found: the ``eager`` Recording, the ``graph`` GraphRun, ``results`` name by name.

    ``timings`` holds nanoseconds: "eager" (the cell without the recorder), "trace", "optimize", "graph" (one run of the
    optimised graph as generated Python, which is what a tf.function runs), "interpreter" (one in the interpreter);
    ``peaks`` the bytes that were alive at most in "eager" and "graph"; ``costs`` what a call costs operation by
    operation, for "eager" and "graph" (in the interpreter) where that could be measured.
    """

    PICTURES = ("side", ("graph", "eager"))

    eager: Recording
    graph: GraphRun
    results: list[ResultComparison]
    timings: dict[str, int]
    peaks: dict[str, int]
    notes: list[str] = field(default_factory=list)
    costs: dict[str, CallCost] = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        """Whether all results are equal to the last bit."""
        return all(result.equal for result in self.results)

    @property
    def break_even(self) -> int | None:
        """After how many calls tracing has paid for itself; None if a run of the graph is not faster."""
        saved = self.timings["eager"] - self.timings["graph"]
        if saved <= 0:
            return None
        return math.ceil((self.timings["trace"] + self.timings["optimize"]) / saved)

    def to_dict(self) -> dict[str, Any]:
        """All of it as dicts, lists, strings and numbers, ready for JSON."""
        return {
            "kind": "comparison",
            "equal": self.equal,
            "results": [asdict(result) for result in self.results],
            "timings": dict(self.timings),
            "peak_bytes": dict(self.peaks),
            "break_even": self.break_even,
            "notes": list(self.notes),
            "costs": {side: asdict(cost) for side, cost in self.costs.items()},
            "eager": self.eager.to_dict(),
            "graph": self.graph.to_dict(),
        }

    def diagram(self, which: str = "graph") -> Diagram:
        """The picture of one side, "eager" or "graph", as boxes and edges; ValueError for another word."""
        if which not in self.PICTURES[1]:
            raise ValueError(f"side={which!r}; a comparison has the sides 'eager' and 'graph'")
        return self.eager.diagram() if which == "eager" else self.graph.diagram()

    def to_dot(self, side: str = "graph") -> str:
        """The picture of one side, "eager" or "graph", in Graphviz's language; ValueError for another word."""
        return to_dot(self.diagram(side))

    @property
    def ops(self) -> dict[str, Any]:
        """The operations of both sides."""
        return {"eager": self.eager.ops, "graph": self.graph.ops}

    @property
    def optimized(self) -> Any:
        """The optimised graph."""
        return self.graph.optimized

    def __repr__(self) -> str:
        from eagernb.notebook.words import describe_comparison

        return describe_comparison(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from eagernb.notebook.panels import comparison_bundle

        return comparison_bundle(self)
