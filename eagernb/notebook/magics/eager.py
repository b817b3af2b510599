"""%%eager: run the code operation by operation, and draw the tape."""

from __future__ import annotations

from typing import Any

from IPython.core.magic import line_cell_magic, magics_class, no_var_expand

from eagernb.notebook.cell import Cell
from eagernb.notebook.language import say
from eagernb.notebook.magics.base import EagerNBMagics
from eagernb.notebook.options import EagerOptions
from eagernb.notebook.record_cell import CellRecording
from eagernb.notebook.widget import recording_widget


@magics_class
class EagerMagic(EagerNBMagics):
    """``%%eager``, and ``%eager`` for one line."""

    name = "eager"
    options = EagerOptions
    usage = ("%%eager", "%eager loss(x)")

    @staticmethod
    def summary() -> str:
        return say("Runs code operation by operation, and draws the tape of what ran.")

    @staticmethod
    def about() -> str:
        return say(
            "Run the cell (%%eager), or the line (%eager), operation by operation, and draw the tape of what ran."
        )

    @no_var_expand
    @line_cell_magic
    def eager(self, line: str, cell: str | None = None) -> Any:
        __tracebackhide__ = True
        return self.run(line, cell)

    def prepare(self, code: Cell, options: Any, inline: bool = False) -> CellRecording:
        return CellRecording(code, keep_calls=options.widget, max_nodes=options.max_nodes)

    def widget(self, options: Any) -> Any:
        return recording_widget if options.widget else None
