"""fold_constants: what depends on constants only is computed once, before the graph runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eagernb.core.dispatch import KERNEL_ERRORS
from eagernb.core.dtypes import variant
from eagernb.core.widening import kernel_for
from eagernb.errors import OpError
from eagernb.graph.ir import CONSTANT, INPUT, Expansion, Graph, Node, Value
from eagernb.graph.printer import preview
from eagernb.passes.change import Change
from eagernb.passes.inside import Transplant, carried, is_constant, passed_on, with_graphs

# A larger result is cheaper to compute again than to keep in the graph (a broadcast of one zero, say).
LARGEST_GROWTH = 64 * 1024


def fold_constants(graph: Graph) -> tuple[Graph, list[Change]]:
    """Replace each pure node whose inputs are constants (or whose value follows from their shapes) by its value.

    What a graph inside (a branch, a body, a function) takes from outside, and is constant there, is so in it as well.
    """
    changes: list[Change] = []

    def change(node: Node, inputs: tuple[Value, ...]) -> Node:
        if node.op.graphs:
            return _with_constants_inside(node, inputs, changes)
        value = _value_of(node, inputs)
        if value is None:
            return node
        folded = Node(CONSTANT, (), {"value": value}, node.specs, node.name, node.line, node.scope, (node,))
        what = " and ".join(dict.fromkeys(f"%{v.node.name}" for v in node.inputs))
        reason = (
            f"the shape of {what} is known" if node.op.known else f"{what} never change" if " and " in what else
            f"{what} never changes"
        )  # fmt: skip
        changes.append(Change(f"%{node.name} is always {preview(value)}, because {reason}.", (node,), folded))
        return folded

    return graph.rebuild(change), changes


def _with_constants_inside(node: Node, inputs: tuple[Value, ...], changes: list[Change]) -> Node:
    given = passed_on(node, inputs)
    # A loop variable may be constant at first, but not later.
    fixed = {i: value for i, value in enumerate(given) if i >= carried(node) and is_constant(value)}
    if not fixed:
        return node
    new = with_graphs(node, [_fixed(graph, node, fixed, changes) for graph in node.graphs])
    return new if new is node else replace(new, inputs=inputs)


def _fixed(graph: Graph, around: Node, fixed: dict[int, Value], changes: list[Change]) -> Graph:
    """The graph with constants in the place of these inputs, which stay, though nothing uses them now."""
    used = graph.used_nodes()
    names = Transplant(graph)

    def change(node: Node, inputs: tuple[Value, ...]) -> Node | Expansion:
        value = fixed.get(node.params["index"]) if node.op is INPUT and node in used else None
        if value is None or value.spec != node.specs[0]:
            return node
        name = names.unique(f"{node.name}_value")
        constant = Node(CONSTANT, (), value.node.params, node.specs, name, node.line, node.scope, (node,))
        sentence = f"%{value.node.name} never changes, so that %{around.name} holds it itself."
        changes.append(Change(sentence, (node,), constant))
        return Expansion([node, constant], constant.values)

    return graph.rebuild(change)


def _value_of(node: Node, inputs: tuple[Value, ...]) -> np.ndarray | None:
    op = node.op
    if not node.pure or not inputs or op.multiple or node.specs[0].dtype is variant:
        return None  # (A variant is an object of the run.)
    if op.known and all(v.spec.shape.is_fully_defined() for v in inputs):
        return op.known(*(v.spec for v in inputs), **node.params)
    if any(v.node.op is not CONSTANT for v in inputs):
        return None
    if (node.specs[0].nbytes or 0) > LARGEST_GROWTH + sum(v.spec.nbytes or 0 for v in inputs):
        return None
    try:
        arrays = [v.node.params["value"] for v in inputs]
        return np.asarray(kernel_for(op, [array.dtype for array in arrays])(*arrays, **node.params))
    except (*KERNEL_ERRORS, OpError):
        return None  # it fails when the graph runs, where the error can name the user's line
