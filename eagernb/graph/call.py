"""call: a graph as one operation, as a traced function is inside of another one, or under a tape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eagernb.autodiff.plan import like
from eagernb.core.dispatch import dispatch
from eagernb.core.op import WRITE, Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.graph.derivative import Derivative, derivative_of
from eagernb.graph.executable import executable, find_executor
from eagernb.graph.interpreter import replay
from eagernb.graph.ir import Graph
from eagernb.graph.subgraphs import Run, followers, sees_inside


def _kernel(
    *arrays: Any, graph: Graph, executor: str, derivative: Derivative | None = None, run: Run | None = None
) -> Sequence[Any]:
    inline = run is not None and not find_executor(executor).whole
    return run(graph, arrays) if inline else executable(graph, executor)(arrays)  # type: ignore[misc]


def _infer(*specs: TensorSpec, graph: Graph, **_: Any) -> tuple[TensorSpec, ...]:
    return tuple(value.spec for value in graph.outputs)


def _keep(inputs: Sequence[Any], outputs: Sequence[Tensor], params: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    derivative = params["derivative"]
    if derivative is None:
        return [], []
    return derivative.with_saved(inputs, outputs[derivative.count :]), list(map(like, outputs))


def _rule(
    g: list[Any], kept: tuple[list[Any], list[Any]], like_values: list[Any], derivative: Derivative, executor: str,
    graph: Graph,
) -> Any:  # fmt: skip
    # The graph is kept for those who ask why there is no gradient.
    saved, likes = kept
    back, arriving = derivative.way_back(g, likes)
    found = dict(zip(back.wanted, call(back.graph, [*saved, *arriving], executor), strict=True))
    return [found.get(position) for position in range(len(like_values))]


def _repeat(inputs: Sequence[Any], params: Mapping[str, Any]) -> list[Any]:
    return call(params["graph"], inputs, params["executor"])


CALL = register(
    Op("call", ("*values",), _kernel, _infer, (Rule.of(_rule),), label="call", family="control flow", effect=WRITE,
       multiple=True, graphs=("graph",), keep=_keep, repeat=_repeat)
)  # fmt: skip


def call(graph: Graph, inputs: Sequence[Any], executor: str = "numpy_source") -> list[Any]:
    """The graph's outputs for these tensors (and variables, where it takes them), as one operation.

    Gradients flow through it: a tape that follows an input has the graph run so that it gives what the way back needs.
    """
    __tracebackhide__ = True
    if sees_inside():
        return replay(graph, inputs)
    orders, followed = followers(inputs)
    derivative = derivative_of(graph, followed, again=orders > 1) if orders else None
    params = {"graph": derivative.forward if derivative else graph, "executor": executor, "derivative": derivative}
    results = dispatch(CALL, inputs, params)
    return list(results[: len(graph.outputs)])
