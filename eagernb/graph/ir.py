"""Graph, Node and Value: immutable, so that every stage of optimising stays to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from typing import Any, NamedTuple

from eagernb.core.op import READ, WRITE, Op, register
from eagernb.core.source import SourceLine
from eagernb.core.spec import TensorSpec

# Nodes without a computation of their own.
INPUT = register(
    Op("input", (), kernel=lambda spec, index: None, infer=lambda spec, index: spec, label="input", family="source")
)
CONSTANT = register(
    Op("constant", (), kernel=lambda value: value, infer=lambda value: TensorSpec(value.shape, value.dtype),
       label="constant", family="source")
)  # fmt: skip
VARIABLE = register(
    Op("variable", (), kernel=lambda variable: variable,
       infer=lambda variable: TensorSpec(variable.shape, variable.dtype), label="variable", family="source")
)  # fmt: skip


class Value(NamedTuple):
    """One output of a node.

    It equals the plain tuple of the two, by which it is looked up where making one would take too long.
    """

    node: Node
    index: int  # type: ignore[assignment]  # hides the method of tuples

    @property
    def spec(self) -> TensorSpec:
        return self.node.specs[self.index]

    def __repr__(self) -> str:
        return f"%{self.node.name}" + (f":{self.index}" if len(self.node.specs) > 1 else "")


@dataclass(frozen=True, eq=False, repr=False)
class Node:
    """An operation in a graph. Nodes are told apart by identity: two equal ones are two until a pass merges them.

    ``line`` is the user's line that made it, ``scope`` "forward" or "gradient", ``origin`` the nodes of an
    earlier graph that it replaced.
    """

    op: Op
    inputs: tuple[Value, ...]
    params: Mapping[str, Any]
    specs: tuple[TensorSpec, ...]
    name: str
    line: SourceLine | None = None
    scope: str = "forward"
    origin: tuple[Node, ...] = ()

    @property
    def values(self) -> tuple[Value, ...]:
        return (Value(self, 0),) if len(self.specs) == 1 else tuple([Value(self, i) for i in range(len(self.specs))])

    def with_inputs(self, inputs: tuple[Value, ...]) -> Node:
        """The same node with other inputs: it comes from this one."""
        return Node(self.op, inputs, self.params, self.specs, self.name, self.line, self.scope, (self,))

    @cached_property
    def graphs(self) -> tuple[Graph, ...]:
        """The graphs that it runs: the branches of a cond, the condition and the body of a while_loop."""
        held = [self.params[name] for name in self.op.graphs]
        return tuple(graph for one in held for graph in (one if isinstance(one, tuple) else (one,)))

    @cached_property
    def effect(self) -> str | None:
        """What it does besides computing its outputs: the op's effect, or the strongest in the graphs that it runs."""
        if not self.op.graphs:
            return self.op.effect
        effects = {node.effect for graph in self.graphs for node in graph.nodes}
        return WRITE if WRITE in effects else READ if READ in effects else None

    @property
    def pure(self) -> bool:
        """Whether it may be folded, merged, moved and dropped."""
        return self.effect is None

    @property
    def has_ranks(self) -> bool:
        """Whether the ranks of all its inputs and outputs are known, so that they may be asked for sizes."""
        for spec in self.specs:
            if spec.shape.rank is None:
                return False
        return all(value.spec.shape.rank is not None for value in self.inputs)

    @property
    def is_source(self) -> bool:
        """Whether it is an input, a constant or a variable: nothing is computed there."""
        return self.op.family == "source"

    def __repr__(self) -> str:
        return f"<Node {self.name}: {self.op.name}>"


class Expansion(NamedTuple):
    """What takes the place of a node in ``Graph.rebuild``: new nodes, and the values that replace its outputs.

    None stands for an output that nothing uses any more.
    """

    nodes: list[Node]
    values: tuple[Value | None, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Graph:
    """Nodes in an order in which they can run, the inputs among them, and the values that are its results.

    ``reuses`` is the plan of memory, if there is one: by output of a node, the input of it whose memory it is written
    into. It holds for this very graph: one that ``rebuild`` gives has none.
    """

    inputs: tuple[Node, ...]
    nodes: tuple[Node, ...]
    outputs: tuple[Value, ...]
    name: str = "graph"
    reuses: Mapping[Value, Value] = field(default_factory=dict)

    @cached_property
    def ops(self) -> tuple[Node, ...]:
        """The nodes that compute something: all but inputs, constants and variables."""
        return tuple(node for node in self.nodes if not node.is_source)

    @property
    def constants(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.op is CONSTANT)

    @property
    def variables(self) -> tuple[Any, ...]:
        """The variables that the graph reads or assigns to."""
        return tuple(node.params["variable"] for node in self.nodes if node.op is VARIABLE)

    def count_ops(self) -> Counter[str]:
        """How often each op occurs."""
        return Counter(node.op.name for node in self.ops)

    def rebuild(
        self, change: Callable[[Node, tuple[Value, ...]], Node | list[Node] | Expansion | tuple[Value, ...] | None]
    ) -> Graph:
        """A graph in which ``change(node, inputs)`` was asked about each node, in order.

        It answers with the node itself or another in its place, with a list of nodes of which the last is in its place,
        with an Expansion, with a tuple of values that replace its outputs (the node goes), or with None to drop a node
        that nothing uses. ``inputs`` are the node's inputs in the new graph. The graph itself is returned if nothing
        changed.
        """
        new: dict[Value, Value] = {}  # what stands for a value now, if it is not the value itself
        nodes: list[Node] = []
        unchanged = True
        for node in self.nodes:
            inputs = node.inputs
            if new:
                for value in inputs:
                    if value in new:
                        # A node that is about to go may use one that is gone already: verify() catches all others.
                        inputs = tuple([new.get(value, value) for value in inputs])
                        break
            answer = change(node, inputs)
            if answer is node:
                if inputs is node.inputs:
                    nodes.append(node)
                    continue
                answer = node.with_inputs(inputs)
            unchanged = False
            if answer is None:
                continue
            if isinstance(answer, list):
                nodes += answer
                answer = answer[-1].values
            elif isinstance(answer, Node):
                nodes.append(answer)
                answer = answer.values
            elif isinstance(answer, Expansion):
                nodes += answer.nodes
                new.update((old, value) for old, value in zip(node.values, answer.values, strict=True) if value)
                continue
            new.update(zip(node.values, answer, strict=True))
        if unchanged:
            return self
        inputs_left = sorted([node for node in nodes if node.op is INPUT], key=lambda node: node.params["index"])
        return Graph(tuple(inputs_left), tuple(nodes), tuple([new.get(v, v) for v in self.outputs]), self.name)

    def used_nodes(self) -> set[Node]:
        """The nodes of which another one, or the result, needs a value."""
        return {value.node for node in self.nodes for value in node.inputs} | {value.node for value in self.outputs}

    def without_unused_inputs(self) -> Graph:
        """The graph with only those inputs that something uses, numbered anew."""
        used = self.used_nodes()
        left = [node for node in self.inputs if node in used]

        def change(node: Node, inputs: tuple[Value, ...]) -> Node | None:
            if node.op is not INPUT:
                return node
            return replace(node, params={**node.params, "index": left.index(node)}) if node in used else None

        return self if len(left) == len(self.inputs) else self.rebuild(change)

    def last_uses(self) -> list[tuple[Value, ...]]:
        """For each node, the values that nothing needs once it has run (outputs of the graph are always needed)."""
        needed = set(self.outputs)
        result: list[tuple[Value, ...]] = []
        for node in reversed(self.nodes):
            free = [value for value in dict.fromkeys((*node.inputs, *node.values)) if value not in needed]
            needed.update(node.inputs)
            result.append(tuple(free))
        return result[::-1]

    def as_graph_def(self) -> Any:
        """The graph as a GraphDef: str() of it is TensorFlow's text format, its SerializeToString() the binary one."""
        return import_module("eagernb.compat.graphdef.write").write(self.nodes, outputs=self.outputs)

    @cached_property
    def _shown(self) -> tuple[Any, list[Any]]:
        """The graph as TensorFlow shows it, and its results in there."""
        view = import_module("eagernb.compat.v1.view").FuncGraph(self.name).show(self.nodes)
        return view, view.show_results(self.outputs)

    @property
    def tensors(self) -> tuple[list[Any], list[Any]]:
        """The inputs and the results as TensorFlow shows them: tensors with a name such as "x:0"."""
        view, results = self._shown
        return list(view.tensors(node.values[0] for node in self.inputs)), results

    def get_operations(self) -> list[Any]:
        """The nodes as TensorFlow's Operations (``name``, ``type``, ``inputs``, ``outputs``, ``node_def``)."""
        return self._shown[0].get_operations()

    def get_operation_by_name(self, name: str) -> Any:
        """The Operation of this name; KeyError if there is none."""
        return self._shown[0].get_operation_by_name(name)

    def get_tensor_by_name(self, name: str) -> Any:
        """The output of an Operation, by a name such as "add:0"; KeyError if there is none."""
        return self._shown[0].get_tensor_by_name(name)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    def __repr__(self) -> str:
        return f"<Graph {self.name}: {len(self.inputs)} inputs, {len(self.ops)} ops, {len(self.outputs)} outputs>"

    def __str__(self) -> str:
        from eagernb.graph.printer import to_text

        return to_text(self)
