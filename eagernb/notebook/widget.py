"""The live timing widgets: run the cell's operations again, at other sizes, and a graph under other passes.

The plot and the tables are a widget of this package's own, the controls around it are ipywidgets
(widget_controls.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from eagernb.executors import executors
from eagernb.notebook.graph_timing import GraphTimer
from eagernb.notebook.language import language_code, say
from eagernb.notebook.record_cell import CellRecording
from eagernb.notebook.sweep import SIZES, Sweep, sweep
from eagernb.notebook.timing import RESOLUTION, Call, OpTiming, Spread, recorded_calls, time_calls
from eagernb.notebook.trace_cell import CellTrace
from eagernb.notebook.widget_controls import GraphControls, TimingControls
from eagernb.notebook.widget_words import sweep_summary, widget_words
from eagernb.passes.pipeline import DEFAULT, PASSES, check_names

_ASSETS = Path(__file__).parent / "assets"
_FIRST_RUN = 300_000_000  # nanoseconds that the first measurement may take, about
_MOST_RUNS = 8  # of a graph under other passes, to be compared


class TimingWidget(anywidget.AnyWidget):
    """Times a cell's operations ``rounds`` times at the press of a button, or by ``run()``; or at other sizes.

    ``rows`` is what the table shows: a dict for each operation; ``points`` what the sweep over sizes has found, and
    ``enough`` the size from which on dispatch is not noticed. Times are in nanoseconds. It is displayed as ``panel``:
    itself, below its controls, which follow these traits and change them.
    """

    # As texts: of files, anywidget waits for changes, and keeps every widget for that.
    _esm = (_ASSETS / "widget.js").read_text(encoding="utf-8")
    _css = (_ASSETS / "widget.css").read_text(encoding="utf-8")

    title = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode("en").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    rounds = traitlets.Int(20, min=1, max=10_000).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    points = traitlets.List(traitlets.Dict()).tag(sync=True)
    enough = traitlets.Int(None, allow_none=True).tag(sync=True)
    swept = traitlets.Unicode().tag(sync=True)
    progress = traitlets.Float(0.0).tag(sync=True)
    running = traitlets.Bool(False).tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    resolution = traitlets.Int(RESOLUTION).tag(sync=True)

    def __init__(self, calls: Sequence[Call], title: str, rounds: int = 20, **traits: Any) -> None:
        words = widget_words()
        super().__init__(title=title, rounds=rounds, words=words, language=language_code() or "en", **traits)
        self.timings: list[OpTiming] = []
        self.result: Sweep | None = None
        self._calls = list(calls)

    @cached_property
    def panel(self) -> TimingControls:
        """The widget below its controls."""
        return TimingControls(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = self.panel._repr_mimebundle_(**kwargs)
        # What there is without the page: not the names of all controls.
        bundle["text/plain"] = self.title
        return bundle

    def run(self, rounds: int | None = None) -> list[OpTiming]:
        """Time all operations, ``rounds`` times each; the timings, which the table shows too."""
        if rounds is not None:
            self.rounds = rounds
        with self._measuring():
            self.timings = time_calls(self._calls, self.rounds, self._advance(self.rounds))
            self.rows = [_row(timing) for timing in self.timings]
        return self.timings

    def sweep(self, sizes: Sequence[int] = SIZES) -> Sweep:
        """Time all operations at other sizes: from which on does dispatch take less than a tenth of the time?

        Raises ValueError for sizes that are no whole numbers above 0.
        """
        with self._measuring():
            self.result = result = sweep(self._calls, sizes, self.rounds, self._advance_to)
            self.enough = result.enough
            self.swept = sweep_summary(result)
            self.points = [
                {"size": point.size, "kernel": _spread(point.kernel), "dispatch": _spread(point.dispatch)}
                for point in result.points
            ]
        return result

    @contextmanager
    def _measuring(self) -> Iterator[None]:
        """Show that a measurement is going on, and how it ended; a part of another one is within that."""
        if self.running:
            self.progress = 0.0
            yield
            return
        self.error, self.running, self.progress = "", True, 0.0
        try:
            yield
        except BaseException as error:
            self.error = f"{type(error).__name__}: {error}"
            raise
        finally:
            self.running = False

    def _advance(self, total: int) -> Callable[[int], None]:
        def advance(done: int) -> None:
            # A message for each percent at most: sending one costs more than a round of small operations.
            if done * 100 // total != (done - 1) * 100 // total:
                self.progress = done / total

        return advance

    def _advance_to(self, share: float) -> None:
        self.progress = share


class GraphWidget(TimingWidget):
    """Times the operations of a graph, and the whole graph as ``passes`` and ``executor`` say.

    When one of these changes, the graph is optimised and timed anew; ``runs`` has the last results, a dict each.
    """

    passes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    all_passes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    executor = traitlets.Unicode("interpreter").tag(sync=True)
    runs = traitlets.List(traitlets.Dict()).tag(sync=True)

    def __init__(self, timer: GraphTimer, title: str, rounds: int, passes: Sequence[str], executor: str) -> None:
        self._timer = timer
        super().__init__([], title, rounds, passes=list(passes), executor=executor, all_passes=list(PASSES))
        self._graph = timer.optimized(passes)
        self._calls = timer.calls(self._graph)
        self.observe(self._changed, ["passes", "executor"])

    @cached_property
    def panel(self) -> GraphControls:
        return GraphControls(self)

    @traitlets.validate("passes")
    def _known_passes(self, proposal: Any) -> list[str]:
        try:
            check_names(proposal.value)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        # In their usual order, whatever order they were ticked in.
        return [name for name in DEFAULT if name in proposal.value]

    @traitlets.validate("executor")
    def _known_executor(self, proposal: Any) -> str:
        if proposal.value not in executors():
            raise traitlets.TraitError(f"There is no executor {proposal.value!r}; there are {', '.join(executors())}.")
        return proposal.value

    def _changed(self, change: Any) -> None:
        """Measure what was chosen; where that fails (an executor that is not installed), go back to what was before."""
        try:
            self._graph = self._timer.optimized(self.passes)
            self._calls = self._timer.calls(self._graph)
            self.run()
        except Exception:
            self.unobserve(self._changed, ["passes", "executor"])
            setattr(self, change.name, change.old)
            self.observe(self._changed, ["passes", "executor"])
            self._graph = self._timer.optimized(self.passes)
            self._calls = self._timer.calls(self._graph)
            raise

    def run(self, rounds: int | None = None) -> list[OpTiming]:
        """Time all operations, and the whole graph; the operations' timings."""
        with self._measuring():
            timings = super().run(rounds)
            whole = self._timer.time(self._graph, self.executor, self.rounds, self._advance(self.rounds))
            same = {"passes": list(self.passes), "executor": self.executor}
            others = [run for run in self.runs if {key: run[key] for key in same} != same]
            self.runs = [*others[-_MOST_RUNS + 1 :], same | {"ops": len(self._graph.ops), "time": _spread(whole)}]
        return timings


def show(shell: Any, widget: TimingWidget) -> None:
    """Display a widget, and close the one that the same cell has shown before: it is gone from the page, too."""
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = parent.get("metadata", {}).get("cellId")  # as JupyterLab and VS Code say it
    if cell is not None:
        if cell in _shown:
            _shown[cell].panel.close()
        _shown[cell] = widget
    display(widget)


_shown: dict[str, TimingWidget] = {}


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
    widget = TimingWidget(recorded_calls(recording, calls), say("The recorded operations, run again"), _rounds(total))
    widget.run()
    return widget


def graph_widget(trace: CellTrace) -> GraphWidget:
    """The widget for the graph of ``%%graph``, measured once already."""
    assert trace.result is not None
    title = say("The graph's operations, run again")
    rounds = _rounds(trace.result.timings["run"])
    widget = GraphWidget(GraphTimer(trace), title, rounds, trace.passes, trace.executor)
    widget.run()
    return widget


def _rounds(total: int) -> int:
    """How many rounds the first measurement has: fewer for a slow cell."""
    return max(3, min(20, _FIRST_RUN // max(total, 1)))
