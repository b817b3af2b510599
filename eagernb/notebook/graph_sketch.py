"""Sketching a graph: each node as a box in a drawing, in the user's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eagernb.core.op import READ, WRITE
from eagernb.graph import Graph, Node, Value
from eagernb.graph.ir import CONSTANT, INPUT, VARIABLE
from eagernb.graph.printer import preview, show_params, shown_params
from eagernb.notebook.box_words import LONGEST_NAME, LONGEST_VALUE, cut_text, title_text, typed_text
from eagernb.notebook.drawing import Drawing
from eagernb.notebook.history import History
from eagernb.notebook.language import say
from eagernb.notebook.recording import BACKWARD, FORWARD
from eagernb.notebook.tensor_words import type_text
from eagernb.viz import Box, BoxKind

if TYPE_CHECKING:
    from eagernb.notebook.graph_once import Once
    from eagernb.notebook.graph_run import GraphRun
    from eagernb.notebook.watch import NodeRun

TOP = "%"  # what the ids of a graph's boxes begin with


def node_box(node: Node, path: str = TOP) -> str:
    """Return the id of a node's box, at both stages; ``path`` leads to the sub-graph that it is in."""
    return f"{path}{node.name}"


def path_inside(node: Node, path: str, index: int) -> str:
    """Return the path of a node's sub-graph."""
    return f"{path}{node.name}/{index}/"


@dataclass(frozen=True)
class Scope:
    """A graph that is being drawn: the user's names in it, how its nodes ran, which frame it is in, below what path."""

    graph: Graph
    names: dict[Value, str]
    runs: dict[Node, NodeRun]
    frame: str = ""
    path: str = TOP
    phase: str = ""

    def token(self, value: Value) -> Hashable:
        """What a value is for the drawing: a graph that is drawn in two places has other values in each."""
        return (self.path, value)

    def tokens(self, values: Iterable[Value]) -> list[Hashable]:
        return [(self.path, value) for value in values]


class GraphSketch:
    """Draws the nodes of graphs, each in its scope; those that have sub-graphs are left to ``draw_nested``."""

    def __init__(
        self, run: GraphRun, stage: str, history: History,
        draw_nested: Callable[[GraphSketch, Scope, Node], None], once: Once | None = None,
    ) -> None:  # fmt: skip
        self.run = run
        self._once = once
        self._draw_nested = draw_nested
        self.drawing = Drawing()
        self._is_traced = stage == "traced"
        self._history = history
        self.variables: dict[Hashable, str] = {}  # a variable -> what it is called
        self._names: dict[str, dict[Value, str]] = {}  # the user's names, by path
        self._words: dict[Hashable, str] = {}  # a value of a sub-graph -> what it is called
        self._differentiated: set[Node] = set()
        self._failed = {run.failed, *(node for node, became in history.became.items() if run.failed in became)}

    def draw_nodes(self, scope: Scope) -> None:
        self._names[scope.path] = scope.names
        self._differentiated |= _differentiated(scope.graph)
        if self._once is not None:
            self._once.look_for(scope, self._kind)
        for node in scope.graph.nodes:
            if node.op is INPUT and scope.frame:
                continue
            if node.graphs:
                self._draw_nested(self, scope, node)
            else:
                self._draw_node(scope, node)

    def _draw_node(self, scope: Scope, node: Node) -> None:
        drawing, names = self.drawing, scope.names
        takes = scope.tokens(node.inputs)
        variable = self.variables.get(drawing.root(takes[0]), "") if takes else ""
        if node.effect == READ and len(takes) == 1 and variable:
            drawing.same(scope.token(node.values[0]), takes[0])
            return
        gives: list[Hashable] = scope.tokens(node.values)
        assigns = node.effect == WRITE and variable
        if assigns:
            takes = takes[1:]
            gives.append(drawing.root(scope.token(node.inputs[0])))
        if self._once is not None:
            if instead := self._once.drawn_as(node_box(node, scope.path)):
                drawing.add_again(instead, takes, gives)
                return
            if self._once.hides(node):
                return
        named = [names.get(value, "") for value in node.values]
        kind, title, lines = _node_words(node, named)
        if kind == "op" and scope.phase == BACKWARD:
            kind = "gradient"
        if assigns:
            title = f"{variable} {node.op.label}"
        elif node.op is VARIABLE:
            self.variables[gives[0]] = title
        kind = self._kind(node) or kind
        box = Box(node_box(node, scope.path), title, lines, kind, self.tooltip(scope, node), self.badge(node))
        if node.op is CONSTANT and len(title) <= LONGEST_VALUE and kind == "constant":
            drawing.add_constant(gives[0], box)
        else:
            drawing.add(
                box, takes, gives, self.phase(scope, node), floats=node.op is CONSTANT and not scope.frame,
                frame=scope.frame, stays=node in self._differentiated,
            )  # fmt: skip

    def _kind(self, node: Node) -> BoxKind | None:
        """The kind of box by what became of a node; None where it is a usual one."""
        if node in self._failed:
            return "failed"
        return "removed" if self._is_traced and node in self._history.reasons else None

    def phase(self, scope: Scope, node: Node) -> str | None:
        """Return whether a node is drawn in the forward or in the backward pass, or outside of both."""
        if node.is_source and not scope.frame:
            return None
        return scope.phase or (BACKWARD if node.scope == "gradient" else FORWARD)

    def badge(self, node: Node) -> str:
        """Return the mark in the corner of a node's box."""
        if self._is_traced:
            return say("fused") if node in self._history.joined else ""
        return self._history.badge(node)

    def tooltip(self, scope: Scope, node: Node) -> str:
        """Return all that there is to say of a node."""
        lines = [_node_tooltip(node, [scope.names.get(value, "") for value in node.values])]
        if self._is_traced and (reason := self._history.reasons.get(node) or self._history.joined.get(node)):
            lines.insert(0, reason)
        elif node in self._failed:
            lines.append(self.run.error)
        return "\n".join(lines)

    def run_of(self, scope: Scope, node: Node) -> NodeRun | None:
        """Return how a node ran, or what became of it."""
        found = (scope.runs.get(one) for one in (node, *self._history.became.get(node, ())))
        # What a loop became may be the loop, and what was taken out of it too.
        return next((run for run in found if run and len(run.inside) == len(node.graphs)), None)

    def words_for(self, scope: Scope, value: Value) -> str:
        """Return what a value is called where there is little room: its name, or a short expression.

        An expression has one operator at most.
        """
        known = self.name_of(scope, value)
        if known:
            return known
        node = value.node
        sides = [self.name_of(scope, one) or one.node.op.name for one in node.inputs]
        _, _, symbol = title_text(node.op.name, node.op.label).partition(" ")
        return f"{sides[0]} {symbol} {sides[1]}" if symbol and len(sides) == 2 else node.op.name

    def call_it(self, value: Hashable, words: str) -> None:
        """Have ``words_for`` call a value so."""
        self._words[value] = words

    def name_of(self, scope: Scope, value: Value) -> str:
        """Return the name of a value, or the number that it always is; empty where it has none."""
        root = self.drawing.root(scope.token(value))
        if (constant := self.drawing.constant(root)) is not None:
            return constant.title
        known = self._words.get(root) or self.variables.get(root)
        if known or not isinstance(root, tuple):
            return known or ""
        path, original = root
        if original.node.op is CONSTANT:
            shown = preview(original.node.params["value"])
            return shown if len(shown) <= LONGEST_VALUE else ""
        plain = original.node.name if original.node.op is INPUT else ""
        return self._names.get(path, scope.names).get(original, plain)


def _differentiated(graph: Graph) -> set[Node]:
    """The nodes of forward passes: gradients are made from what they give, be it of a second training step."""
    found: set[Node] = set()
    needed: set[Node] = set()
    for node in reversed(graph.nodes):
        if node.scope == "gradient" or node in needed:
            needed.update(value.node for value in node.inputs)
            if node.scope != "gradient":
                found.add(node)
    return found


def _node_words(node: Node, named: Sequence[str]) -> tuple[BoxKind, str, tuple[str, ...]]:
    types = value_lines(node, named)
    if node.op is CONSTANT:
        value = preview(node.params["value"])
        return ("constant", value, ()) if len(value) <= LONGEST_VALUE else ("constant", node.name, types)
    if node.op is INPUT:
        return "input", named[0] or node.name, (type_text(node.specs[0]),)
    if node.op is VARIABLE:
        return "variable", named[0] or node.name, (type_text(node.specs[0]),)
    kind: BoxKind = "effect" if node.effect == WRITE else "gradient" if node.scope == "gradient" else "op"
    title = title_text(node.op.name, node.op.label)
    if not _tells_op(node) or len(node.name) > LONGEST_NAME:
        return kind, title, (node.name, *types, *place_lines(node))
    return kind, title.replace(node.op.name, node.name, 1), (*types, *place_lines(node))


def _tells_op(node: Node) -> bool:
    """Whether a node's name tells its operation, as multiply_1 does: a rewritten node keeps the name that it had."""
    return re.fullmatch(rf"{re.escape(node.op.name)}(_\d+)?", node.name) is not None


def row_name(node: Node) -> str:
    """Return what a table calls a node: its name, after its operation where that does not tell it."""
    return node.name if _tells_op(node) else f"{node.op.name} ({node.name})"


def called(node: Node, names: dict[Value, str]) -> str:
    """Return what a node is called in a sentence, as on its box: by its value, by the user's name, or its own.

    >>> import eagernb as tf
    >>> graph = tf.function(lambda x: tf.exp(x * 2.0)).get_concrete_function(tf.TensorSpec([3])).graph
    >>> [called(node, {}) for node in graph.nodes]
    ['x', '2.0', 'multiply', 'exp']
    """
    # What became a constant goes by the name that it had.
    if node.op is CONSTANT and all(one.is_source for one in node.origin):
        value = preview(node.params["value"])
        return value if len(value) <= LONGEST_VALUE else node.name
    return (names.get(node.values[0]) if node.is_source else None) or node.name


def value_lines(node: Node, named: Sequence[str]) -> tuple[str, ...]:
    """Return three outputs of a node at most, each with its name and type: those that have a name come first."""
    pairs = sorted(zip(named, node.specs, strict=True), key=lambda pair: not pair[0])
    return tuple(typed_text(name, type_text(spec)) for name, spec in pairs[:3])


def place_lines(node: Node) -> tuple[str, ...]:
    """Return where a node comes from in the user's code."""
    return (say("line {n}", n=node.line.number),) if node.line else ()


def _node_tooltip(node: Node, named: Sequence[str]) -> str:
    params = "" if node.is_source or not node.pure else show_params(shown_params(node))
    what = "" if node.is_source else f" = {node.op.name}" + (f" ({params})" if params else "")
    lines = [f"%{node.name}{what}"]
    if node.op is CONSTANT:
        lines.append(cut_text(preview(node.params["value"])))
    if node.inputs:
        lines.append(f"of {', '.join(f'{value!r}: {type_text(value.spec)}' for value in node.inputs)}")
    lines += [f"gives {typed_text(name, type_text(spec))}" for name, spec in zip(named, node.specs, strict=True)]
    if node.line:
        lines.append(f"line {node.line.number}: {node.line.text}")
    return "\n".join(lines)
