"""Autoclustering: XLA runs the graph if it can take it, else generated code does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.errors import OpError
from eagernb.graph.executable import Executable, make_executable
from eagernb.graph.ir import Graph


class Autoclustering:
    """A graph, run by XLA or by generated code over NumPy. Which it is shows at the first call, when XLA compiles."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._run: Executable | None = None

    def __call__(self, arrays: Sequence[Any]) -> list[Any]:
        """The outputs' arrays for the inputs' arrays."""
        if self._run is None:
            program: Any = make_executable(self.graph, "xla")
            try:
                program.program(arrays)
            except OpError:
                program = make_executable(self.graph, "numpy_source")
            self._run = program
        return self._run(arrays)
