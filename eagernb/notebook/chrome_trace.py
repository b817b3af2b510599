"""When what ran, in the trace format of Chrome, which Perfetto and chrome://tracing open.

The format is that of "Trace Event Format" (Google, 2016): times are in microseconds; "X" is an event with a duration,
"C" a counter, "M" the name of a process or thread.
"""

from __future__ import annotations

from typing import Any

from eagernb.notebook.comparison import Comparison
from eagernb.notebook.graph_run import GraphRun
from eagernb.notebook.op_rows import op_rows
from eagernb.notebook.recording import BACKWARD, FORWARD, UPDATE, Recording

Event = dict[str, Any]

_THREADS = {FORWARD: 1, BACKWARD: 2, "tracing and optimising": 3, UPDATE: 4}


def chrome_trace(result: Any) -> dict[str, Any]:
    """Return the trace of a result object: forward and backward as threads, the memory that is alive as a counter.

    A comparison has a process for each mode. Operations inside of a loop or branch are told in the arguments of the one
    that runs them: only the sum of their times is known.

    >>> [event["ph"] for event in chrome_trace(Recording(""))["traceEvents"]]
    ['M']
    """
    if isinstance(result, Comparison):
        events = _events(result.eager, 1, "eager") + _events(result.graph, 2, "graph")
    else:
        events = _events(result, 1, "graph" if isinstance(result, GraphRun) else "eager")
    return {"traceEvents": events, "displayTimeUnit": "ns"}


def _events(result: Recording | GraphRun, process: int, name: str) -> list[Event]:
    before = _made(result, process) if isinstance(result, GraphRun) else []
    began = max((event["ts"] + event["dur"] for event in before), default=0.0)
    rows = op_rows(result)
    inside: dict[str, list[str]] = {}
    for row in rows:
        outer, dot, _ = row["number"].partition(".")
        if dot:
            inside.setdefault(outer, []).append(f"{row['op']} ×{row['times']}")
    timed: list[Event] = []
    counted: list[Event] = []
    for row in rows:
        if "." in row["number"] or row["duration"] is None:
            continue
        start, duration = began + row["start"] / 1000, row["duration"] / 1000
        shown = {key: row[key] for key in _ARGUMENTS if row[key] not in (None, "")}
        if row["number"] in inside:
            shown["inside"] = inside[row["number"]]
        timed.append(_event(row["op"], row["phase"], process, start, duration, shown))
        counted.append(
            {"name": "memory", "ph": "C", "pid": process, "ts": start + duration, "args": {"bytes": row["alive"]}}
        )
    return [*_names(process, name, before + timed), *before, *timed, *counted]


_ARGUMENTS = ("number", "line", "source", "result", "type", "value", "bytes", "error")


def _made(run: GraphRun, process: int) -> list[Event]:
    """How the graph came to be: tracing, then the passes one after the other."""
    thread = "tracing and optimising"
    steps = [("trace", run.timings.get("trace", 0)), *((p.name, p.nanoseconds) for p in run.passes)]
    events, at = [], 0.0
    for name, took in steps:
        events.append(_event(name, thread, process, at, took / 1000, {}))
        at += took / 1000
    return events


def _event(name: str, thread: str, process: int, start: float, duration: float, shown: dict[str, Any]) -> Event:
    return {
        "name": name, "cat": thread, "ph": "X", "pid": process, "tid": _THREADS[thread], "ts": start, "dur": duration,
        "args": shown,
    }  # fmt: skip


def _names(process: int, name: str, events: list[Event]) -> list[Event]:
    """The names of the process and of the threads that have events."""
    used = {event["tid"] for event in events}
    named = [{"name": "process_name", "ph": "M", "pid": process, "args": {"name": f"eagernb: {name}"}}]
    named += [
        {"name": "thread_name", "ph": "M", "pid": process, "tid": thread, "args": {"name": title}}
        for title, thread in _THREADS.items()
        if thread in used
    ]
    return named
