"""%%compare: run the code eagerly and as a graph."""

from __future__ import annotations

from typing import Any

from IPython.core.magic import line_cell_magic, magics_class, no_var_expand

from eagernb.notebook.cell import Cell
from eagernb.notebook.compare_cell import CellComparison
from eagernb.notebook.language import say
from eagernb.notebook.magics.base import EagerNBMagics
from eagernb.notebook.options import CompareOptions


@magics_class
class CompareMagic(EagerNBMagics):
    """``%%compare``, and ``%compare`` for one line."""

    name = "compare"
    options = CompareOptions
    usage = ("%%compare", "%compare loss(x)")

    @staticmethod
    def summary() -> str:
        return say("Runs code both ways: are the results equal, what does each way cost, when does tracing pay?")

    @staticmethod
    def about() -> str:
        return say(
            "Run the cell eagerly and as a graph: are the results equal, what does each cost, when does tracing pay?"
        )

    @no_var_expand
    @line_cell_magic
    def compare(self, line: str, cell: str | None = None) -> Any:
        __tracebackhide__ = True
        return self.run(line, cell)

    def prepare(self, code: Cell, options: Any, inline: bool = False) -> CellComparison:
        __tracebackhide__ = True
        code.refuse_await("%%compare")
        return CellComparison(code, options.pass_names, options.fast_math, options.max_nodes)
