"""Recording a cell: it runs as it is, each operation noted."""

from __future__ import annotations

from typing import Any

from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.notebook.cell import Cell
from eagernb.notebook.names import user_names
from eagernb.notebook.recorder import Recorder
from eagernb.notebook.recording import MAX_NODES, Recording


class CellRecording:
    """One cell under the recorder; ``result`` holds the Recording, also after a failure."""

    def __init__(self, cell: Cell, keep_calls: bool = False, max_nodes: int = MAX_NODES) -> None:
        self.cell = cell
        self.recorder = Recorder(cell.source, cell.filename, keep_calls)
        self.result.max_nodes = max_nodes

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
            self.cell.shortened(error)
            raise
        finally:
            self.result.named(self._names())

    def _names(self) -> dict[int, str]:
        """The user's names of what was recorded, by recorded id.

        For a tensor, a name that the cell assigned is the best; for a variable, one that it only read: the other may be
        that of a loop.
        """
        assigned, mentioned = self.cell.names_assigned, self.cell.names_mentioned
        namespace = self.cell.shell.user_ns
        names: dict[int, str] = {}
        for kind, order in ((Variable, [*self.cell.names_only_read, *mentioned]), (Tensor, [*assigned, *mentioned])):
            for value, name in user_names(namespace, order):
                if isinstance(value, kind) and value._key:
                    names.setdefault(value._key, name)
        return names
