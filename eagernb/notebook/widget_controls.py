"""The controls of the timing widgets: ipywidgets that follow the traits of a widget and change them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import ipywidgets
from traitlets import dlink, link

from eagernb.executors import executors
from eagernb.notebook.language import say, translated
from eagernb.passes.pipeline import PASSES

if TYPE_CHECKING:
    from eagernb.notebook.widget import GraphWidget, TimingWidget

_NATURAL = {"description_width": "initial"}


class TimingControls(ipywidgets.VBox):
    """A timing widget below its controls: ``rounds``, ``run`` and ``sweep``, which rest while it measures."""

    def __init__(self, timing: TimingWidget) -> None:
        self.rounds = ipywidgets.BoundedIntText(
            min=timing.traits()["rounds"].min, max=timing.traits()["rounds"].max,
            description=say("Rounds"), style=_NATURAL, layout={"width": "11em"},
        )  # fmt: skip
        link((timing, "rounds"), (self.rounds, "value"))
        self.run = ipywidgets.Button(description=say("Run again"), layout={"width": "auto"})
        self.run.on_click(lambda button: timing.run())
        self.sweep = ipywidgets.Button(description=say("Sweep sizes"), layout={"width": "auto"})
        self.sweep.on_click(lambda button: timing.sweep())
        title = ipywidgets.Label(timing.title, style={"font_weight": "bold"})
        for control in self._controls():
            dlink((timing, "running"), (control, "disabled"))
        super().__init__([title, *self._rows(), timing])
        self.add_class("enbw-panel")

    def close(self) -> None:
        """Close it, and all that it is made of: ipywidgets keeps every widget until it is closed."""
        for part in _parts(self):
            if part is not self:
                part.close()
        super().close()

    def _controls(self) -> list[Any]:
        """All that can be operated."""
        return [self.rounds, self.run, self.sweep]

    def _rows(self) -> list[Any]:
        """The controls, in their rows."""
        return [_row([self.rounds, self.run, self.sweep])]


class GraphControls(TimingControls):
    """The same with a checkbox for each pass (``passes``, by name), and the ``executor``."""

    def __init__(self, timing: GraphWidget) -> None:
        self.passes = {name: _checkbox(f"{name}: {translated(entry.does)}") for name, entry in PASSES.items()}
        self.executor = ipywidgets.Dropdown(
            options=list(executors()), description=say("Executor"), style=_NATURAL, layout={"width": "auto"}
        )
        self._timing = timing
        self._showing = False
        self._show_passes()
        self.executor.value = timing.executor
        timing.observe(lambda change: self._show_passes(), "passes")
        timing.observe(lambda change: setattr(self.executor, "value", change.new), "executor")
        for box in self.passes.values():
            box.observe(lambda change: self._choose_passes(), "value")
        # No link: where the executor cannot run the graph, the widget sets it back, and a link would not notice.
        self.executor.observe(lambda change: setattr(timing, "executor", change.new), "value")
        super().__init__(timing)

    def _controls(self) -> list[Any]:
        return [*super()._controls(), *self.passes.values(), self.executor]

    def _rows(self) -> list[Any]:
        columns = "repeat(auto-fill, minmax(min(100%, 26em), 1fr))"
        boxes = ipywidgets.GridBox(list(self.passes.values()), layout={"grid_template_columns": columns})
        return [*super()._rows(), _row([self.executor]), ipywidgets.Label(say("Passes")), boxes]

    def _show_passes(self) -> None:
        """Tick the boxes of the passes that run: one after the other, and no choice before all are ticked."""
        self._showing = True
        for name, box in self.passes.items():
            box.value = name in self._timing.passes
        self._showing = False

    def _choose_passes(self) -> None:
        if not self._showing:
            self._timing.passes = [name for name, box in self.passes.items() if box.value]


def _checkbox(said: str) -> ipywidgets.Checkbox:
    return ipywidgets.Checkbox(description=said, indent=False, layout={"width": "auto"})


def _parts(widget: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    """All widgets that a widget is made of, their layouts and styles, and last itself."""
    for name in ("layout", "style"):
        if isinstance(part := getattr(widget, name, None), ipywidgets.Widget):
            yield part
    for child in getattr(widget, "children", ()):
        yield from _parts(child)
    yield widget


def _row(controls: list[Any]) -> ipywidgets.HBox:
    return ipywidgets.HBox(controls, layout={"flex_flow": "row wrap", "align_items": "center"})
