"""Recording a cell: it runs as it is, each operation noted."""

from __future__ import annotations

from typing import Any

from eagernb.core.tensor import Tensor, key_of
from eagernb.core.variable import Variable
from eagernb.notebook.cell import Cell
from eagernb.notebook.recorder import Recorder
from eagernb.notebook.recording import Recording
from eagernb.notebook.trace_cell import variable_names


class CellRecording:
    """One cell under the recorder; ``result`` holds the Recording, also after a failure."""

    def __init__(self, cell: Cell, keep_calls: bool = False) -> None:
        self.cell = cell
        self.recorder = Recorder(cell.source, cell.filename, keep_calls)

    @property
    def result(self) -> Recording:
        return self.recorder.recording

    def run(self) -> Any:
        """Run the cell; the value of its last expression. Raises what the cell raises."""
        __tracebackhide__ = True
        try:
            with self.recorder:
                return self.cell.run()
        except BaseException as error:
            self.result.error = f"{type(error).__name__}: {error}"
            self.result.error_line = self.cell.line_of(error)
            raise
        finally:
            self.result.named(self._names())

    def _names(self) -> dict[int, str]:
        """The user's names of tensors and variables by their recorded ids; a name that the cell assigned comes first."""
        namespace = self.cell.shell.user_ns
        names: dict[int, str] = {}
        variables = variable_names(namespace, self.cell.names_mentioned)
        for key, variable in self.recorder.variables.items():
            if id(variable) in variables:
                names[key] = variables[id(variable)]
        for name in [*self.cell.names_assigned, *self.cell.names_mentioned]:
            value = namespace.get(name)
            if isinstance(value, (Tensor, Variable)):
                names.setdefault(key_of(value), name)
        return names
