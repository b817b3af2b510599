"""hoist_invariants, loop-invariant code motion: what is the same in every turn of a loop is computed once, before it.

A body may run no time at all: only what cannot fail moves out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eagernb.graph.ir import CONSTANT, INPUT, Expansion, Graph, Node, Value
from eagernb.passes.change import Change
from eagernb.passes.inside import Transplant, carried, narrowed, with_graphs


def hoist_invariants(graph: Graph) -> tuple[Graph, list[Change]]:
    """Move pure operations on what is captured in front of loops; a loop variable that no turn changes is captured."""
    changes: list[Change] = []
    if not any(node.op.carries for node in graph.nodes):
        return graph, changes
    transplant = Transplant(graph)

    def change(node: Node, inputs: tuple[Value, ...]) -> Node | Expansion:
        if not node.op.carries:
            return node
        loop = node if inputs is node.inputs else node.with_inputs(inputs)
        loop, values = _without_constant_variables(loop, changes)
        hoisted, loop = _hoisted(loop, transplant, changes)
        if loop is node or (loop.inputs == inputs and loop.params is node.params):
            return node
        loop = replace(loop, origin=(node,))
        values = tuple(Value(loop, value.index) if value.node.name == loop.name else value for value in values)
        return Expansion([*hoisted, loop], values)

    return graph.rebuild(change), changes


def _without_constant_variables(loop: Node, changes: list[Change]) -> tuple[Node, tuple[Value, ...]]:
    """The loop with the variables that its body gives back as they are as captured inputs; and its old outputs."""
    count = carried(loop)
    _, body = loop.graphs
    constant = [i for i in range(count) if body.outputs[i] == body.inputs[i].values[0]]
    specs = [loop.inputs[i].spec for i in constant]
    # A variable whose sizes may change in general, though not here, would be known more exactly than the body says.
    constant = [i for i, spec in zip(constant, specs, strict=True) if spec == loop.specs[i]]
    if not constant:
        return loop, loop.values
    kept = [i for i in range(count) if i not in constant]
    order = [*kept, *constant, *range(count, len(loop.inputs))]
    graphs = [narrowed(graph, order, kept if graph is body else None) for graph in loop.graphs]
    for i in constant:
        changes.append(Change(f"No turn of %{loop.name} changes {loop.inputs[i]!r}.", (loop,), loop))
    new = replace(
        with_graphs(loop, graphs, **{loop.op.carries: len(kept)}), inputs=tuple(loop.inputs[i] for i in order),
        specs=tuple(loop.specs[i] for i in kept),
    )  # fmt: skip
    place = {old: new.values[i] for i, old in enumerate(kept)}
    return new, tuple(place.get(i, loop.inputs[i]) for i in range(count))


def _hoisted(loop: Node, transplant: Transplant, changes: list[Change]) -> tuple[list[Node], Node]:
    """What can be computed before the loop, and the loop without it."""
    count = carried(loop)
    hoisted: list[Node] = []
    gone: list[set[Node]] = []
    arriving: list[Value] = []  # what the loop is given for it
    replaced: list[dict[Value, int]] = []  # in each graph, the values that come as the input of this number
    for graph in loop.graphs:
        invariant = _invariants(graph, count)
        used = [v for node in graph.nodes if node not in invariant for v in node.inputs] + list(graph.outputs)
        edge = [v for v in dict.fromkeys(used) if v.node in invariant and v.node.inputs]
        new = {node.values[0]: loop.inputs[node.params["index"]] for node in graph.inputs}
        needed = _ancestors(edge, invariant)
        for node in graph.nodes:
            if node in needed:
                hoisted.append(transplant.move(node, loop, new))
                if node.inputs:
                    sentence = f"%{node.name} is the same in every turn of %{loop.name}, so that it is computed before."
                    changes.append(Change(sentence, (node,), hoisted[-1]))
        # What is invariant and not needed serves nobody: it would be left without what it is computed from.
        gone.append({node for node in invariant if node.inputs})
        replaced.append({value: len(loop.inputs) + len(arriving) + i for i, value in enumerate(edge)})
        arriving += [new[value] for value in edge]
    if not arriving:
        return [], loop
    graphs = [_receiving(*parts, arriving) for parts in zip(loop.graphs, gone, replaced, strict=True)]
    return hoisted, replace(with_graphs(loop, graphs), inputs=(*loop.inputs, *arriving))


def _invariants(graph: Graph, count: int) -> set[Node]:
    """The nodes that give the same in every turn, and cannot fail."""
    found: set[Node] = set()
    for node in graph.nodes:
        if node.op is INPUT:
            same = node.params["index"] >= count
        else:
            same = node.op is CONSTANT or (_moves(node) and all(value.node in found for value in node.inputs))
        if same:
            found.add(node)
    return found


def _moves(node: Node) -> bool:
    """Whether a node may be computed although it would never have been: it has no effect, and never fails."""
    if not node.pure or not node.op.total or not node.inputs:
        return False
    # Where sizes are unknown, they may not fit together.
    return all(spec.shape.is_fully_defined() for spec in (*node.specs, *(value.spec for value in node.inputs)))


def _ancestors(edge: Sequence[Value], invariant: set[Node]) -> set[Node]:
    """The nodes that these values are computed by and from, inputs of the graph left out."""
    found: set[Node] = set()
    left = [value.node for value in edge]
    while left:
        node = left.pop()
        if node not in found and node.op is not INPUT:
            found.add(node)
            left += [value.node for value in node.inputs]
    return found


def _receiving(graph: Graph, gone: set[Node], replaced: dict[Value, int], arriving: Sequence[Value]) -> Graph:
    """The graph with an input more for each value that arrives, in the place of the values that are replaced."""
    names = Transplant(graph)
    start = len(graph.inputs)
    more = [
        Node(INPUT, (), {"spec": value.spec, "index": start + i}, (value.spec,), names.unique(value.node.name))
        for i, value in enumerate(arriving)
    ]
    given = {value: more[index - start].values[0] for value, index in replaced.items()}

    def change(node: Node, inputs: tuple[Value, ...]) -> Node | Expansion | None:
        values = tuple(given.get(value, value) for value in node.values)
        if values == node.values:
            return None if node in gone else node
        return Expansion([] if node in gone else [node], values)

    return replace(graph, inputs=(*graph.inputs, *more), nodes=(*more, *graph.nodes)).rebuild(change)
