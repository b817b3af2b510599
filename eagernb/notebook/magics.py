"""%%eager, %%graph and %%compare: parse the options, run the cell, show what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from IPython.core.magic import Magics, cell_magic, magics_class, no_var_expand
from IPython.display import display

from eagernb import executing_eagerly
from eagernb.core.source import SourceLine
from eagernb.errors import MagicOptionError, TracingError
from eagernb.notebook.cell import Cell, point_at
from eagernb.notebook.compare_cell import CellComparison
from eagernb.notebook.config import EagerNB
from eagernb.notebook.options import CompareOptions, EagerOptions, GraphOptions, make_parser, parse
from eagernb.notebook.record_cell import CellRecording
from eagernb.notebook.trace_cell import CellTrace
from eagernb.notebook.widget import graph_widget, recording_widget


def with_options(kind: type[Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Append the options to a magic's docstring, which ``%%eager?`` and ``%%eager --help`` show."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        usage = make_parser(f"%%{function.__name__}", kind).format_help()
        function.__doc__ = f"{function.__doc__}\n\n{usage}"
        return function

    return decorate


@magics_class
class EagerNBMagics(Magics):
    """The cell magics of eagernb."""

    def __init__(self, shell: Any, config: EagerNB) -> None:
        super().__init__(shell)
        self.defaults = config

    @no_var_expand
    @cell_magic
    @with_options(EagerOptions)
    def eager(self, line: str, cell: str) -> Any:
        """Run the cell operation by operation, and draw the tape of what ran."""
        __tracebackhide__ = True
        options, code = self._read("eager", line, cell, EagerOptions)
        if code is None:
            return None
        widget = options.widget or self.defaults.widget
        return self._run(CellRecording(code, keep_calls=widget), options, recording_widget if widget else None)

    @no_var_expand
    @cell_magic
    @with_options(GraphOptions)
    def graph(self, line: str, cell: str) -> Any:
        """Trace the cell into a graph, optimise it, run it, and draw it before and after."""
        __tracebackhide__ = True
        options, code = self._read("graph", line, cell, GraphOptions)
        if code is None:
            return None
        widget = options.widget or self.defaults.widget
        trace = CellTrace(code, options.pass_names, widget, options.fast_math, options.executor, options.hlo)
        trace.shows_code = options.code
        return self._run(trace, options, graph_widget if widget else None)

    @no_var_expand
    @cell_magic
    @with_options(CompareOptions)
    def compare(self, line: str, cell: str) -> Any:
        """Run the cell eagerly and as a graph: are the results equal, what does each cost, when does tracing pay?"""
        __tracebackhide__ = True
        options, code = self._read("compare", line, cell, CompareOptions)
        if code is None:
            return None
        return self._run(CellComparison(code, options.pass_names, options.fast_math), options)

    def _read(self, name: str, line: str, body: str, kind: type[Any]) -> tuple[Any, Cell | None]:
        """The options and the cell; no cell if only help was asked for, which is printed then."""
        __tracebackhide__ = True
        magic = f"%%{name}"
        cell = Cell(self.shell, f"{magic} {line}", body)
        if not executing_eagerly():
            raise TracingError(f"{magic} cannot run while a graph is traced: take it out of the %%graph cell.")
        try:
            options = parse(magic, line, kind)
            if options.help:
                print(getattr(self, name).__doc__)
                return options, None
            cell.compile()
        except MagicOptionError as error:
            point_at(error, SourceLine(cell.filename, 1))
            raise
        except SyntaxError as error:
            raise error.with_traceback(None) from None
        return options, cell

    def _run(self, run: Any, options: Any, widget: Callable[[Any], Any] | None = None) -> Any:
        """Run the cell; keep and show what happened, also when it failed. The value of its last expression."""
        __tracebackhide__ = True
        try:
            value = run.run()
        finally:
            if run.result is not None:
                if options.output and self.shell:
                    self.shell.user_ns[options.output] = run.result
                display(run.result)
        if widget is not None:
            display(widget(run))
        return None if run.cell.silent else value
