"""fused: a group of elementwise operations as one node, so that they can be carried out block by block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.graph.cost import node_flops
from eagernb.graph.interpreter import interpret_arrays
from eagernb.graph.ir import Graph, Value
from eagernb.graph.subgraphs import Run


def _kernel(*arrays: Any, graph: Graph, run: Run = interpret_arrays) -> Sequence[Any]:
    return run(graph, arrays)


def _infer(*specs: TensorSpec, graph: Graph) -> tuple[TensorSpec, ...]:
    for node, spec in zip(graph.inputs, specs, strict=True):
        if node.specs[0] != spec:
            raise ValueError(f"the group was made for {node.specs[0].brief}, not for {spec.brief}")
    return tuple(value.spec for value in graph.outputs)


def _flops(ins: Any, outs: Any, graph: Graph) -> int:
    return sum(map(node_flops, graph.ops))


def _repeat(inputs: Sequence[Any], params: Any) -> list[Any]:
    """Tapes and tracers see the operations themselves."""
    from eagernb.graph.interpreter import replay

    return replay(params["graph"], inputs)


def place_of(graph: Graph, output: Value) -> Value:
    """The first value in a group's graph that is written where an output comes to lie."""
    while output in graph.reuses:
        output = graph.reuses[output]
    return output


def may_overwrite(graph: Graph, output: int, given: int) -> bool:
    """Whether a group may write an output where an input of it is: nothing reads that input once it has begun to."""
    first = place_of(graph, graph.outputs[output]).node
    later = graph.nodes[graph.nodes.index(first) + 1 :]
    place = graph.inputs[given].values[0]
    return not any(place in node.inputs for node in later) and place not in graph.outputs


FUSED = register(
    Op("fused", ("*values",), _kernel, _infer, label="fused", family="elementwise", fresh=True, multiple=True,
       graphs=("graph",), repeat=_repeat, flops=_flops)
)  # fmt: skip
