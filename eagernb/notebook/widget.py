"""The live timing widget: run the cell's operations again, see median and spread, kernel and dispatch apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from eagernb.notebook.record_cell import CellRecording
from eagernb.notebook.timing import RESOLUTION, Call, OpTiming, Spread, graph_calls, recorded_calls, time_calls
from eagernb.notebook.trace_cell import CellTrace

_ASSETS = Path(__file__).parent / "assets"
_FIRST_RUN = 300_000_000  # nanoseconds that the first measurement may take, about


class TimingWidget(anywidget.AnyWidget):
    """Times a cell's operations ``repeats`` times at the press of a button, or by ``run()``.

    ``rows`` is what the table shows: a dict for each operation, times in nanoseconds.
    """

    _esm = _ASSETS / "widget.js"
    _css = _ASSETS / "widget.css"

    title = traitlets.Unicode().tag(sync=True)
    repeats = traitlets.Int(20, min=1, max=10_000).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    progress = traitlets.Float(0.0).tag(sync=True)
    running = traitlets.Bool(False).tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    resolution = traitlets.Int(RESOLUTION).tag(sync=True)

    def __init__(self, calls: Sequence[Call], title: str, repeats: int = 20) -> None:
        super().__init__(title=title, repeats=repeats)
        self.timings: list[OpTiming] = []
        self._calls = list(calls)
        self.on_msg(self._on_message)

    def _on_message(self, widget: Any, content: dict[str, Any], buffers: Any) -> None:
        if content.get("kind") == "run" and not self.running:
            self.run()

    def run(self, repeats: int | None = None) -> list[OpTiming]:
        """Time all operations, ``repeats`` rounds; the timings, which the table shows too."""
        if repeats is not None:
            self.repeats = repeats
        total = self.repeats
        self.error, self.running, self.progress = "", True, 0.0

        def advance(done: int) -> None:
            # A message for each percent at most: sending one costs more than a round of small operations.
            if done * 100 // total != (done - 1) * 100 // total:
                self.progress = done / total

        try:
            self.timings = time_calls(self._calls, total, advance)
            self.rows = [_row(timing) for timing in self.timings]
        except BaseException as error:
            self.error = f"{type(error).__name__}: {error}"
            raise
        finally:
            self.running = False
        return self.timings


def _row(timing: OpTiming) -> dict[str, Any]:
    return {
        "label": timing.label,
        "result": timing.result,
        "line": timing.line,
        "kernel": _spread(timing.kernel),
        "dispatch": _spread(timing.dispatch),
        "coarse": timing.below_resolution,
    }


def _spread(spread: Spread | None) -> list[float] | None:
    return None if spread is None else [spread.low, spread.median, spread.high]


def recording_widget(cell: CellRecording) -> TimingWidget:
    """The widget for what ``%%eager`` recorded, measured once already."""
    recording, calls = cell.result, cell.recorder.calls or []
    total = sum(op.duration for op in recording.ops)
    return _measured(recorded_calls(recording, calls), "The recorded operations, run again", total)


def graph_widget(trace: CellTrace) -> TimingWidget:
    """The widget for the optimised graph of ``%%graph``, measured once already."""
    assert trace.result is not None
    calls = graph_calls(trace.result.optimized, trace.inputs, trace.arrays or {}, trace.result.names)
    return _measured(calls, "The optimised graph's operations, run again", trace.result.timings["run"])


def _measured(calls: list[Call], title: str, total: int) -> TimingWidget:
    """A widget whose first measurement has been made, with fewer repeats for a slow cell."""
    widget = TimingWidget(calls, title, max(3, min(20, _FIRST_RUN // max(total, 1))))
    widget.run()
    return widget
