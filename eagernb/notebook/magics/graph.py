"""%%graph: trace the code into a graph, optimise it, run it, and draw it before and after."""

from __future__ import annotations

from typing import Any

from IPython.core.magic import line_cell_magic, magics_class, no_var_expand

from eagernb.notebook.cell import Cell
from eagernb.notebook.language import say
from eagernb.notebook.magics.base import EagerNBMagics
from eagernb.notebook.options import GraphOptions
from eagernb.notebook.trace_call import CallTrace
from eagernb.notebook.trace_cell import CellTrace
from eagernb.notebook.widget import graph_widget


@magics_class
class GraphMagic(EagerNBMagics):
    """``%%graph``, and ``%graph`` for a call of a function."""

    name = "graph"
    options = GraphOptions
    usage = ("%%graph", "%graph f(x)")

    @staticmethod
    def summary() -> str:
        return say("Traces code into a graph, optimises it, runs it, and draws it before and after.")

    @staticmethod
    def about() -> str:
        return "\n\n".join(
            (
                say("Trace the cell into a graph, optimise it, run it, and draw it before and after."),
                say(
                    "%graph f(x) draws the graph of f for these arguments: of what tf.function made, or of any "
                    "function of yours. Another expression after %graph is traced as a cell is."
                ),
            )
        )

    @no_var_expand
    @line_cell_magic
    def graph(self, line: str, cell: str | None = None) -> Any:
        __tracebackhide__ = True
        return self.run(line, cell)

    def prepare(self, code: Cell, options: Any, inline: bool = False) -> CellTrace:
        __tracebackhide__ = True
        code.refuse_await("%%graph")
        kind = CallTrace if inline else CellTrace
        trace = kind(code, options.pass_names, options.fast_math, options.executor, options.hlo, options.max_nodes)
        trace.shows_code = options.code
        return trace

    def widget(self, options: Any) -> Any:
        return graph_widget if options.widget else None
