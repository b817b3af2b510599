"""The interpreter: nodes one after the other, with the kernels that eager mode uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter_ns
from typing import Any, Protocol

from eagernb.core.dispatch import KERNEL_ERRORS, dispatch, explain
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.widening import kernel_for
from eagernb.errors import InvalidArgumentError
from eagernb.graph.ir import CONSTANT, INPUT, VARIABLE, Graph, Node, Value

# observe(node, arrays, start, stop): what a node gave, and when its kernel started and stopped, in ns.
Observer = Callable[[Node, tuple[Any, ...], int, int], None]


class Inside(Protocol):
    """Who watches the nodes of sub-graphs: asked each time that a node runs one of its graphs, at every depth."""

    def __call__(self, node: Node, graph: Graph, /) -> tuple[Observer, Inside]:
        """Who is told of the nodes in there, and who is asked about the sub-graphs in there."""


class Interpreter:
    """Runs one graph any number of times; a value is let go after its last use."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._plan = list(zip(graph.nodes, map(_kernel, graph.nodes), graph.last_uses(), strict=True))
        self._inside: dict[Graph, Interpreter] = {}  # for sub-graphs

    def _run_inside(self, graph: Graph, arrays: Sequence[Any]) -> list[Any]:
        return self._interpreter(graph).run(arrays)

    def _run_watched(self, node: Node, inside: Inside, graph: Graph, arrays: Sequence[Any]) -> list[Any]:
        observe, further = inside(node, graph)
        return self._interpreter(graph).run(arrays, observe, inside=further)

    def _interpreter(self, graph: Graph) -> Interpreter:
        if graph not in self._inside:
            self._inside[graph] = Interpreter(graph)
        return self._inside[graph]

    def run(
        self,
        inputs: Sequence[Any],
        observe: Observer | None = None,
        values: dict[Value, Any] | None = None,
        inside: Inside | None = None,
    ) -> list[Any]:
        """The outputs' arrays for the inputs' arrays.

        ``observe`` is told of every node of this graph, ``inside`` is asked who watches those of sub-graphs. ``values``
        is filled while running: after a failure it holds what had been computed by then. Raises InvalidArgumentError
        with the node's op and the user's line.
        """
        values = {} if values is None else values
        for node, kernel, last in self._plan:
            op = node.op
            if op is INPUT:
                values[node, 0] = inputs[node.params["index"]]  # type: ignore[index]
            elif op is CONSTANT:
                values[node, 0] = node.params["value"]  # type: ignore[index]
            elif op is VARIABLE:
                values[node, 0] = node.params["variable"]  # type: ignore[index]
            else:
                arguments = [values[value] for value in node.inputs]
                start = perf_counter_ns()
                try:
                    if op.graphs:
                        run = self._run_inside if inside is None else partial(self._run_watched, node, inside)
                        result = kernel(*arguments, **node.params, run=run)
                    else:
                        result = kernel(*arguments, **node.params)
                except (*KERNEL_ERRORS, InvalidArgumentError) as error:
                    __tracebackhide__ = True
                    if op.graphs:
                        raise  # it names the operation inside
                    raise located(node, error) from None
                stop = perf_counter_ns()
                if op.multiple:
                    for index, array in enumerate(result):
                        values[node, index] = array  # type: ignore[index]
                else:
                    values[node, 0] = result  # type: ignore[index]
                if observe is not None:
                    observe(node, result if op.multiple else (result,), start, stop)
                arguments.clear()
                del result
            for value in last:
                values.pop(value, None)
        return [values[value] for value in self.graph.outputs]


def _kernel(node: Node) -> Callable[..., Any]:
    return kernel_for(node.op, [value.spec.dtype.numpy for value in node.inputs])


def interpret_arrays(graph: Graph, arrays: Sequence[Any]) -> list[Any]:
    """Run a graph once on arrays: how an op with sub-graphs runs them, unless whoever runs the op knows better."""
    return Interpreter(graph).run(arrays)


def interpret(graph: Graph, inputs: Sequence[Any]) -> list[Tensor]:
    """Run a graph once on tensors."""
    return [EagerTensor._of(array) for array in Interpreter(graph).run([x._array for x in inputs])]


def replay(graph: Graph, inputs: Sequence[Any], reached: Callable[[Node], None] | None = None) -> list[Any]:
    """Run a graph by dispatching each of its operations, so that active tapes and tracers see every one.

    ``reached`` is told of each node before it runs.
    """
    values: dict[Value, Any] = {}
    for node, last in zip(graph.nodes, graph.last_uses(), strict=True):
        results: tuple[Any, ...]
        if node.op is INPUT:
            results = (inputs[node.params["index"]],)
        elif node.op is CONSTANT:
            results = (EagerTensor._of(node.params["value"]),)
        elif node.op is VARIABLE:
            results = (node.params["variable"],)
        else:
            if reached is not None:
                reached(node)
            operands = [values[value] for value in node.inputs]
            try:
                if node.op.repeat is not None:
                    result = node.op.repeat(operands, node.params)
                else:
                    result = dispatch(node.op, operands, dict(node.params))
            except InvalidArgumentError as error:
                __tracebackhide__ = True
                if node.op.graphs:
                    raise
                raise located(node, error) from None
            results = result if node.op.multiple else (result,)
        values.update(zip(node.values, results, strict=True))
        for value in last:
            values.pop(value, None)
    return [values[value] for value in graph.outputs]


def located(node: Node, error: BaseException) -> InvalidArgumentError:
    """The error of a node's kernel, with the line of the user's code that the node comes from."""
    reason = explain(node.op, [value.spec for value in node.inputs], dict(node.params), error)
    text = str(reason)
    if node.line is not None:
        text += f"\n  The graph's node %{node.name} comes from line {node.line.number}"
        text += f": {node.line.text}" if node.line.text else "."
    return type(reason)(text, reason.op)
