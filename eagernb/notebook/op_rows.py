"""The operations of a result object as rows of plain values."""

from __future__ import annotations

from typing import Any

from eagernb.notebook.comparison import Comparison
from eagernb.notebook.graph_run import GraphRun
from eagernb.notebook.recording import BACKWARD, FORWARD, Recording
from eagernb.notebook.watch import NodeRun

Row = dict[str, Any]


def op_rows(result: Any) -> list[Row]:
    """Return a dict for each operation, all with the same keys; of a comparison, those of both modes.

    >>> op_rows(Recording(""))
    []
    """
    if isinstance(result, Comparison):
        sides = (("eager", result.eager), ("graph", result.graph))
        return [{"mode": mode} | row for mode, side in sides for row in op_rows(side)]
    if isinstance(result, GraphRun):
        return _graph_rows(result)
    return _recording_rows(result)


def _recording_rows(recording: Recording) -> list[Row]:
    return [
        {
            "number": str(op.index + 1),
            "op": op.name,
            "phase": op.phase,
            "line": op.line,
            "source": op.source,
            "result": ", ".join(out.name for out in op.outputs if out.name),
            "type": ", ".join(f"{'×'.join(map(str, out.shape)) or 'scalar'} {out.dtype}" for out in op.outputs),
            "value": "; ".join(out.preview for out in op.outputs),
            "times": 1,
            "start": op.start,
            "duration": op.duration,
            "bytes": op.nbytes,
            "alive": op.alive,
            "error": op.error,
        }
        for op in recording.ops
    ]


def _graph_rows(run: GraphRun) -> list[Row]:
    if not run.runs:  # another executor than the interpreter ran it, or nothing did
        return [_node_row(node, str(number), run) for number, node in enumerate(run.optimized.ops, 1)]
    return [row for number, ran in enumerate(run.runs, 1) for row in _run_rows(ran, str(number), run)]


def _run_rows(ran: NodeRun, number: str, run: GraphRun) -> list[Row]:
    """The row of a node, and those of its sub-graphs after it, numbered below it."""
    measured = {
        "value": "; ".join(ran.previews),
        "times": ran.times,
        "start": ran.start,
        "duration": ran.duration,
        "bytes": ran.nbytes,
        "alive": ran.alive,
    }
    rows = [_node_row(ran.node, number, run) | measured]
    inner = [part for inside in ran.inside for part in inside.runs]
    for place, part in enumerate(inner, 1):
        rows += _run_rows(part, f"{number}.{place}", run)
    return rows


def _node_row(node: Any, number: str, run: GraphRun) -> Row:
    return {
        "number": number,
        "op": node.op.name,
        "phase": FORWARD if node.scope == FORWARD else BACKWARD,
        "line": node.line.number if node.line else None,
        "source": node.line.text if node.line else "",
        "result": ", ".join(run.names[value] for value in node.values if value in run.names),
        "type": ", ".join(spec.brief for spec in node.specs),
        "value": "",
        "times": 0,
        "start": None,
        "duration": None,
        "bytes": None,
        "alive": None,
        "error": run.error if node is run.failed else "",
    }
