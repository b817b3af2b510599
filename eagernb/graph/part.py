"""Part: a sub-graph on its way, traced from a Python function inside of another trace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.core.dispatch import current
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Symbol, Tensor
from eagernb.graph.ir import Graph
from eagernb.graph.layout import Layout, laid_out
from eagernb.graph.tracer import Tracer


def tracer_around() -> Tracer | None:
    """The innermost tracer among the handlers: where new operations become nodes, if they do."""
    handler = current()
    while handler is not None and not isinstance(handler, Tracer):
        handler = handler.outer
    return handler


class Part:
    """The trace of one branch, condition or body: its results as symbols of a tracer of its own."""

    def __init__(
        self, name: str, parent: Tracer | None, specs: Sequence[TensorSpec] = (), names: Sequence[str] = (),
        before: Part | None = None,
    ) -> None:  # fmt: skip
        self.tracer = Tracer(name, is_part=True) if parent is None else parent.part(name)
        self.arguments: list[Symbol] = [self.tracer.add_input(s, n) for s, n in zip(specs, names, strict=True)]
        if before is not None:
            self.capture(before.captured)
        self.results: list[Tensor] = []
        self.layout = Layout(None, ())

    def trace(self, function: Callable[[], Any]) -> Part:
        """Run the function; its operations become the part's nodes."""
        __tracebackhide__ = True
        with self.tracer:
            self.results, self.layout = laid_out(function())
            self.capture_results()
        return self

    def capture_results(self) -> None:
        """A result that comes from outside as it is, is an input as well."""
        for result in self.results:
            self.tracer.value_of(result)

    @property
    def captured(self) -> list[Any]:
        """What comes from outside, in the order of its inputs."""
        return self.tracer.captured

    def capture(self, tensors: Sequence[Any]) -> None:
        """Take these from outside too, in this order, whether it uses them or not."""
        for tensor in tensors:
            self.tracer.value_of(tensor)

    @property
    def specs(self) -> list[TensorSpec]:
        """The specs of the results."""
        return [self.tracer.value_of(result).spec for result in self.results]

    def graph(self) -> Graph:
        """The sub-graph, from the arguments and what was captured to the results."""
        return self.tracer.graph(self.results)


def share_captures(parts: Sequence[Part]) -> list[Any]:
    """Let all parts, each made with the one ``before``, take the same from outside, in the same order; what that is."""
    captured = parts[-1].captured
    for part in parts:
        part.capture(captured)
    return list(captured)
