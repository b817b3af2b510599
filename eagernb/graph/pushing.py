"""Pushing tangents through a graph: forward mode, for branches and loops that a ForwardAccumulator sees traced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eagernb.autodiff.backprop import zeros_of
from eagernb.autodiff.forward import ForwardAccumulator
from eagernb.core.op import WRITE
from eagernb.graph.interpreter import replay
from eagernb.graph.ir import Graph


def pushed(graph: Graph, inputs: Sequence[Any], tangents: Mapping[int, Any]) -> tuple[list[Any], list[Any]]:
    """The graph's outputs for these inputs, some of which have tangents, and the tangents of the outputs.

    Those are zeros where nothing moves, and None for outputs that are not differentiable.
    """
    with ForwardAccumulator((), ()) as accumulator:
        for i, tangent in tangents.items():
            accumulator.follow(inputs[i], tangent)
        outputs = replay(graph, inputs)

    def moved(out: Any) -> Any:
        tangent = accumulator.tangent(out)
        return zeros_of(out) if tangent is None else tangent

    return outputs, [moved(out) if out.dtype.is_differentiable else None for out in outputs]


def refuse_effects(graphs: Sequence[Graph], what: str) -> None:
    """NotImplementedError for graphs with side effects: to push tangents through them is to run them once more."""
    if any(node.effect == WRITE for graph in graphs for node in graph.nodes):
        raise NotImplementedError(
            f"ForwardAccumulator: {what} with side effects or random numbers cannot be followed inside of a traced "
            "function, where it would run twice. Let the accumulator be around the call of the function."
        )
