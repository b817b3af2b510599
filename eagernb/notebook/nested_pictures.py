"""Nodes with sub-graphs, drawn as frames around what they run: branches, loops, calls, fused groups.

What a sub-graph captures is not drawn again inside: its edge leads into the frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from eagernb.graph import Graph, Node, Value
from eagernb.graph.ir import CONSTANT, INPUT
from eagernb.graph.printer import preview
from eagernb.notebook.box_words import LONGEST_VALUE
from eagernb.notebook.graph_sketch import GraphSketch, Scope, node_box, path_inside, place_lines, value_lines
from eagernb.notebook.language import say
from eagernb.notebook.nested_words import branch_words, inner_ops, turns_words
from eagernb.notebook.quantities import count
from eagernb.notebook.tensor_words import type_text
from eagernb.viz import Box, BoxKind, Group

if TYPE_CHECKING:
    from eagernb.notebook.watch import SubgraphRun


def draw_nested(sketch: GraphSketch, scope: Scope, node: Node) -> None:
    """Draw a node with sub-graphs. What its op says of them decides how: branches to choose from, or a loop."""
    if node.op.graphs == ("branches",):
        _Branches(sketch, scope, node).draw()
    elif node.op.graphs == ("cond", "body"):
        _Loop(sketch, scope, node).draw()
    else:
        _Group(sketch, scope, node).draw()


class _Nested:
    """What all kinds have in common: the frame has the node's id, boxes of its own have longer ones."""

    def __init__(self, sketch: GraphSketch, scope: Scope, node: Node) -> None:
        self.sketch, self.scope, self.node = sketch, scope, node
        self.drawing = sketch.drawing
        self.id = node_box(node, scope.path)
        self.named = [scope.names.get(value, "") for value in node.values]
        self.phase = sketch.phase(scope, node)
        self.tooltip = sketch.tooltip(scope, node)
        ran = sketch.run_of(scope, node)
        self.ran: Sequence[SubgraphRun | None] = ran.inside if ran is not None else [None] * len(node.graphs)

    def frame(self, title: str, kind: str, *lines: str) -> None:
        """The frame of the whole node, which can be folded."""
        inside = count(sum(map(inner_ops, self.node.graphs)), "operation")
        results = value_lines(self.node, self.named)
        if len(self.named) > len(results):
            results = (self.title() if any(self.named) else count(len(self.named), "result"),)
        words = (*results, f"{inside} inside", *lines, *place_lines(self.node))
        self.drawing.add_frame(Group(self.id, title, (), kind, self.scope.frame, folds=True, lines=words))

    def inside(self, index: int, frame: str, passed: Sequence[Value]) -> Scope:
        """The scope of a sub-graph, whose last inputs are passed in."""
        graph, ran = self.node.graphs[index], self.ran[index] if index < len(self.ran) else None
        path = path_inside(self.node, self.scope.path, index)
        runs = {run.node: run for run in ran.runs} if ran else {}
        scope = Scope(graph, {}, runs, frame, path, self.phase or "")
        inputs = graph.inputs[len(graph.inputs) - len(passed) :]
        for node, value in zip(inputs, passed, strict=True):
            self.drawing.pass_in(scope.token(node.values[0]), self.scope.token(value))
        return scope

    def add(self, box_id: str, title: str, lines: Sequence[str], kind: BoxKind, **way: object) -> None:
        """A box of the node's own in a frame."""
        box = Box(box_id, title, tuple(lines), kind, self.tooltip)
        self.drawing.add(box, phase=self.phase, once=True, **way)  # type: ignore[arg-type]

    def results(self, scope: Scope, suffix: str = "") -> None:
        """Name the values that a sub-graph gives as the node's own are."""
        for value, name in zip(scope.graph.outputs, self.named, strict=False):
            if name and value.node.op is not INPUT:
                scope.names.setdefault(value, f"{name}{suffix}")

    def title(self) -> str:
        """What the node's results are called together."""
        return ", ".join(dict.fromkeys(filter(None, self.named))) or (
            say("result") if len(self.named) < 2 else say("results")
        )


class _Branches(_Nested):
    """A choice at the top, a frame for each branch, what the branches give at the bottom."""

    def draw(self) -> None:
        node, scope, drawing = self.node, self.scope, self.drawing
        selector = self.sketch.words_for(scope, node.inputs[0])
        title, choice = f"{node.name}: {selector}", f"{selector}?"
        if node.inputs[0].spec.dtype.name != "bool":
            choice = say("which? {selector}", selector=selector)
        taken = [branch_words(self.node, index, ran) for index, ran in enumerate(self.ran)]
        self.frame(title, "cond", *(words for words, is_taken in taken if is_taken))
        takes = [scope.token(node.inputs[0])]
        self.add(f"{self.id}/if", choice, place_lines(node), "choice", takes=takes, gives=(), frame=self.id)
        before = drawing.holders_of(self.sketch.variables)
        after = before
        ends: list[object] = []
        for index, graph in enumerate(node.graphs):
            words, is_taken = taken[index]
            frame = f"{self.id}/{index}"
            kind = "branch" if is_taken is None else "taken" if is_taken else "idle"
            drawing.add_frame(Group(frame, words, (), kind, self.id))
            drawing.holders.update(before)
            inside = self.inside(index, frame, node.inputs[1:])
            self.results(inside)
            first = len(drawing.boxes)
            self.sketch.draw_nodes(inside)
            ends += self._ends(inside, graph, frame)
            boxes = [box_id for box_id in list(drawing.boxes)[first:] if not box_id.startswith(f"{frame} ")]
            if boxes:
                drawing.link(f"{self.id}/if", boxes[0], "control")
            changed = drawing.holders_of(self.sketch.variables)
            after = after | {variable: box for variable, box in changed.items() if box != before.get(variable)}
        drawing.holders.update(after)
        if node.specs:
            gives = scope.tokens(node.values)
            self.add(
                f"{self.id}/out", self.title(), value_lines(node, self.named), "flow", takes=ends, gives=gives,
                frame=self.id,
            )  # fmt: skip

    def _ends(self, inside: Scope, graph: Graph, frame: str) -> list[object]:
        """What a branch gives. A value that is only handed on has a box, so that no branch is empty."""
        ends: list[object] = []
        for value in graph.outputs:
            token = inside.token(value)
            constant = self.drawing.constant(token)
            if constant is None and value.node.op is not INPUT:
                ends.append(token)
                continue
            end = (frame, value)
            box_id = f"{frame}/{value.node.name}={value.index}"
            if constant:
                self.add(box_id, constant.title, (), "constant", takes=(), gives=[end], frame=frame)
            else:
                words = self.sketch.words_for(inside, value)
                self.add(box_id, words, (say("as it is"),), "flow", takes=[token], gives=[end], frame=frame)
            ends.append(end)
        return ends


# What AutoGraph's own variables stand for.
_HIDDEN = {
    "break_": "stop?", "continue_": "skip?", "do_return": "returned?", "retval_": "result", "entered": "entered?",
}  # fmt: skip


class _Loop(_Nested):
    """The loop's variables at the top, then condition and body side by side, and what is left in the end below."""

    def draw(self) -> None:
        node, drawing, scope = self.node, self.drawing, self.scope
        condition, body = node.graphs
        size = len(node.specs)
        turns = self.ran[1].times if self.ran[1] else None
        captured = node.inputs[size:]
        # The scopes come first: the frame's title is in the loop's own words.
        tests = self.inside(0, f"{self.id}/0", captured)
        turn = self.inside(1, f"{self.id}/1", captured)
        names = [self._variable_name(index) for index in range(size)]
        for index in range(size):
            for inside in (tests, turn):
                self.sketch.call_it(inside.token(inside.graph.inputs[index].values[0]), names[index])
        words = self.sketch.words_for(tests, condition.outputs[0])
        ran = turns_words(turns) if turns is not None else ""
        self.frame(f"{node.name}: {words}" + (f", {ran}" if ran else ""), "while", *([ran] if ran else []))
        for index in range(size):
            self._add_variable(index, names[index], (tests, turn))
        drawing.add_frame(Group(tests.frame, say("condition"), (), "branch", self.id))
        self.sketch.draw_nodes(tests)
        drawing.add_frame(Group(turn.frame, say("body"), (), "branch", self.id))
        for value, name in zip(body.outputs, names, strict=True):
            if value.node.op is not INPUT:
                turn.names.setdefault(value, name)
        self.sketch.draw_nodes(turn)
        self._add_way_round(turn, names)
        lines = [*value_lines(node, self.named), *place_lines(node)]
        self.add(
            f"{self.id}/out", self.title(), lines, "flow", takes=(), gives=scope.tokens(node.values), frame=self.id
        )
        last = drawing.holder(tests.token(condition.outputs[0])) or f"{self.id}.0"
        if last in drawing.boxes:
            drawing.link(last, f"{self.id}/out", "control", say("once false"))

    def _variable_name(self, index: int) -> str:
        if name := self.named[index].partition(",")[0]:
            return name
        first = self.node.inputs[index]
        known = "" if first.node.op is CONSTANT else self.sketch.name_of(self.scope, first)
        if known.isidentifier():
            return known
        if first.spec.dtype.name == "variant":
            return "stack"
        own = self.node.graphs[0].inputs[index].name  # as the code calls it, or AutoGraph
        return _HIDDEN.get(re.sub(r"_\d+$", "", own), own)

    def _add_variable(self, index: int, name: str, scopes: Sequence[Scope]) -> None:
        first = self.node.inputs[index]
        lines = [type_text(self.node.specs[index])]
        constant = self.drawing.constant(self.scope.token(first))
        if constant is not None:
            lines.append(say("first {value}", value=constant.title))
        elif first.node.op is CONSTANT and len(value := preview(first.node.params["value"])) <= LONGEST_VALUE:
            lines.append(say("first {value}", value=value))
        takes = [] if constant is not None else [self.scope.token(first)]
        gives = [inside.token(inside.graph.inputs[index].values[0]) for inside in scopes]
        self.add(f"{self.id}.{index}", name, lines, "flow", takes=takes, gives=gives, frame=self.id)

    def _add_way_round(self, turn: Scope, names: Sequence[str]) -> None:
        graph = turn.graph
        changed = [
            (value, name)
            for index, (value, name) in enumerate(zip(graph.outputs, names, strict=True))
            if value.node is not graph.inputs[index]
        ]
        if not changed:
            return
        box_id = f"{self.id}/next"
        takes = [turn.token(value) for value, _ in changed]
        lines = [", ".join(name for _, name in changed)]
        self.add(box_id, say("next turn"), lines, "flow", takes=takes, gives=(), frame=turn.frame)
        for index, name in enumerate(names):
            if (graph.outputs[index], name) in changed:
                self.drawing.link(box_id, f"{self.id}.{index}", "loop")


class _Group(_Nested):
    """Operations that belong together: a call of a function, a fused group."""

    def draw(self) -> None:
        node, drawing = self.node, self.drawing
        graph = node.graphs[0]
        is_call = node.op.family == "control flow"
        title = f"{node.name} {graph.name}" if is_call else f"{node.name}: {count(len(graph.ops), 'operation')}"
        self.frame(title, node.op.name)
        inside = self.inside(0, self.id, node.inputs)
        self.results(inside)
        self.sketch.draw_nodes(inside)
        for value, result in zip(node.values, graph.outputs, strict=False):
            drawing.same(self.scope.token(value), inside.token(result))
