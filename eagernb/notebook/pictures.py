"""Pictures of what a cell did: a recording or a graph as boxes and edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from eagernb.core.op import READ, WRITE
from eagernb.graph import Node, Value
from eagernb.graph.ir import CONSTANT, INPUT, VARIABLE
from eagernb.graph.printer import preview, show_params
from eagernb.notebook.recording import BACKWARD, FORWARD, RecordedOp, RecordedTensor
from eagernb.notebook.words import operation_text, type_text
from eagernb.viz import Box, BoxKind, Diagram, Edge, EdgeKind, Group

if TYPE_CHECKING:
    from eagernb.notebook.graph_run import GraphRun
    from eagernb.notebook.recording import Recording

# Where a box stands: what uses a gradient (an update, say) is neither forward nor backward.
USING = "using"

# Longer values are told by their shape.
_LONGEST_VALUE = 16
_LONGEST_PREVIEW = 48
# A longer name goes by its label: softmax CE.
_LONGEST_NAME = 20


def recording_diagram(recording: Recording) -> Diagram:
    """Return the picture of what ran eagerly: the tape, forward and backward.

    A box is an operation, or a value that came from outside. A variable is drawn once; what reads it is drawn as
    using it, or as using the assignment that gave it its value.
    """
    drawing = _Drawing()
    for op in recording.ops:
        _draw_recorded(drawing, op, recording.ops)
    return drawing.diagram("Tape of the cell", "What ran, in the order in which values flow.")


def _draw_recorded(drawing: _Drawing, op: RecordedOp, ops: Sequence[RecordedOp]) -> None:
    # An assignment names its variable itself: a line from every variable to its own would cross the whole picture.
    target = op.inputs[0].name if _assigns(op) else ""
    takes = op.inputs[1:] if target else op.inputs
    for tensor in takes:
        if tensor.id not in drawing.holders:
            box = _outside_box(tensor, f"from{len(drawing.boxes)}")
            drawing.add(box, (), [tensor.id], floats=box.kind == "constant")
    if _only_reads(op):
        for out in op.outputs:
            drawing.same(out.id, op.inputs[0].id)
        return
    kind: BoxKind = "failed" if op.error else "effect" if op.effect else "gradient" if op.phase == BACKWARD else "op"
    title = f"{target} {op.label}" if target else _title(op.name, op.label)
    box = Box(op_box(op), title, _lines(op, ops), kind, _tooltip(op))
    gives = [out.id for out in op.outputs]
    if op.effect:
        gives += [t.id for t in op.inputs if t.kind == "variable"]
    drawing.add(box, [t.id for t in takes], gives, op.phase)


def _assigns(op: RecordedOp) -> bool:
    return op.effect and bool(op.inputs) and op.inputs[0].kind == "variable"


def _only_reads(op: RecordedOp) -> bool:
    """Whether the operation is the reading of a variable, which is no step of its own to a reader."""
    return len(op.inputs) == 1 and op.inputs[0].kind == "variable" and not op.effect and not op.error


def _outside_box(tensor: RecordedTensor, box_id: str) -> Box:
    tooltip = f"{tensor.name} {tensor.type_text}".strip() + f"\n{_cut(tensor.preview)}"
    if tensor.kind == "variable":
        return Box(box_id, tensor.name or "variable", (tensor.type_text,), "variable", tooltip)
    if not tensor.name and len(tensor.preview) <= _LONGEST_VALUE:
        return Box(box_id, tensor.preview, (), "constant", tooltip)
    return Box(box_id, tensor.name or "unnamed", (tensor.type_text,), "input", tooltip)


def _lines(op: RecordedOp, ops: Sequence[RecordedOp]) -> tuple[str, ...]:
    lines = [_typed(out.name, out.type_text) for out in op.outputs[:3]]
    if op.of is not None:
        # Which step this is the gradient of says more than the line that asked for it.
        of = ops[op.of]
        lines.append(f"∂ {_short(of.name, of.label)}" + (f", line {of.line}" if of.line else ""))
    elif op.line:
        lines.append(f"line {op.line}")
    return tuple(lines)


def _tooltip(op: RecordedOp) -> str:
    lines = [f"#{op.index + 1} {op.name}" + (f" ({op.params})" if op.params else "")]
    if op.inputs:
        lines.append(f"of {', '.join(_typed(t.name, t.type_text) for t in op.inputs)}")
    lines += [f"gives {_typed(t.name, t.type_text)} = {_cut(t.preview)}" for t in op.outputs]
    if op.line:
        lines.append(f"line {op.line}: {op.source}" + (f" (in {op.via})" if op.via else ""))
    if op.error:
        lines.append(op.error)
    return "\n".join(lines)


def graph_diagram(run: GraphRun, stage: Literal["traced", "optimized"] | str) -> Diagram:
    """Return the picture of the graph as "traced" or as "optimized".

    As traced, what the passes took away is a ghost whose tooltip says why; optimised, a badge marks the value that
    was worked out in advance, and the operation that serves for several. Raises ValueError for another stage.
    """
    if stage not in ("traced", "optimized"):
        raise ValueError(f"stage={stage!r}; a graph is drawn as 'traced' or 'optimized'")
    history = _History(run)
    if stage == "traced":
        graph, names, title = run.graph, run.names, "Graph as traced"
        description = "What the cell's code asks for; struck out is what optimising takes away."
    else:
        graph, names, title = run.optimized, value_names(run), "Optimised graph"
        description = "What is run."
    drawing = _Drawing()
    for node in graph.nodes:
        _draw_node(drawing, node, history, stage, names, run)
    for index, (value, traced) in enumerate(zip(graph.outputs, run.graph.outputs, strict=True)):
        # A result with a name shows it on the box that gives it.
        if traced not in run.names or value.node.op is CONSTANT:
            name = run.names.get(traced, "result")
            drawing.add(Box(f"out{index}", name, (), "output", f"{name}: {type_text(value.spec)}"), [value], ())
    return drawing.diagram(title, description)


def value_names(run: GraphRun) -> dict[Value, str]:
    """Return the user's names for values of the optimised graph, where one that serves for several has all theirs."""
    renewed: dict[Value, list[str]] = defaultdict(list)
    for new, old in zip(run.optimized.outputs, run.graph.outputs, strict=True):
        if old in run.names:
            renewed[new].append(run.names[old])
    return run.names | {value: ", ".join(dict.fromkeys(found)) for value, found in renewed.items()}


def _draw_node(
    drawing: _Drawing, node: Node, history: _History, stage: str, names: dict[Value, str], run: GraphRun
) -> None:
    if node.effect == READ and len(node.inputs) == 1 and node.inputs[0].node.op is VARIABLE:
        drawing.same(node.values[0], node.inputs[0])
        return
    named = [names.get(value, "") for value in node.values]
    reason = history.reasons.get(node, "") if stage == "traced" else ""
    kind, title, lines = _node_words(node, named)
    takes = node.inputs
    if node.effect == WRITE and takes and takes[0].node.op is VARIABLE:
        title, takes = f"{names.get(takes[0], takes[0].node.name)} {node.op.label}", takes[1:]
    tooltip = _node_tooltip(node, named)
    badge = ""
    if reason:
        kind, tooltip = "removed", f"{reason}\n{tooltip}"
    elif node is run.failed or (stage == "traced" and run.failed in history.became.get(node, ())):
        kind, tooltip = "failed", f"{tooltip}\n{run.error}"
    if stage == "optimized":
        badge = history.badge(node)
    gives: list[Hashable] = [*node.values]
    if node.effect == WRITE:
        gives += [value for value in node.inputs if value.node.op is VARIABLE]
    phase = None if node.is_source else BACKWARD if node.scope == "gradient" else FORWARD
    # The same id at both stages, so that a script finds both; the sign keeps it apart from the results' ids.
    box = Box(node_box(node), title, lines, kind, tooltip, badge)
    drawing.add(box, takes, gives, phase, floats=node.op is CONSTANT)


def op_box(op: RecordedOp) -> str:
    """Return the id of a recorded operation's box."""
    return f"op{op.index}"


def node_box(node: Node) -> str:
    """Return the id of a node's box, at both stages."""
    return f"%{node.name}"


def _node_words(node: Node, named: Sequence[str]) -> tuple[BoxKind, str, tuple[str, ...]]:
    types = tuple(_typed(name, type_text(spec)) for name, spec in zip(named, node.specs, strict=True))[:3]
    if node.op is CONSTANT:
        value = preview(node.params["value"])
        return ("constant", value, ()) if len(value) <= _LONGEST_VALUE else ("constant", "constant", types)
    if node.op is INPUT:
        return "input", named[0] or node.name, (type_text(node.specs[0]),)
    if node.op is VARIABLE:
        return "variable", named[0] or node.name, (type_text(node.specs[0]),)
    kind: BoxKind = "effect" if node.effect == WRITE else "gradient" if node.scope == "gradient" else "op"
    where = (f"line {node.line.number}",) if node.line else ()
    return kind, _title(node.op.name, node.op.label), (*types, *where)


def _node_tooltip(node: Node, named: Sequence[str]) -> str:
    params = "" if node.is_source or not node.pure else show_params(node.params)
    what = "" if node.is_source else f" = {node.op.name}" + (f" ({params})" if params else "")
    lines = [f"%{node.name}{what}"]
    if node.op is CONSTANT:
        lines.append(_cut(preview(node.params["value"])))
    if node.inputs:
        lines.append(f"of {', '.join(f'{value!r}: {type_text(value.spec)}' for value in node.inputs)}")
    lines += [f"gives {_typed(name, type_text(spec))}" for name, spec in zip(named, node.specs, strict=True)]
    if node.line:
        lines.append(f"line {node.line.number}: {node.line.text}")
    return "\n".join(lines)


class _History:
    """What became of the nodes of the traced graph, and why."""

    def __init__(self, run: GraphRun) -> None:
        self._traced = set(run.graph.nodes)
        self.reasons: dict[Node, str] = {}  # traced node -> why it is gone
        self.became: dict[Node, list[Node]] = defaultdict(list)  # traced node -> nodes of the optimised graph
        self._folded: set[Node] = set()
        self._merged: dict[Node, int] = defaultdict(int)
        for node in run.optimized.nodes:
            for root in self._roots(node):
                self.became[root].append(node)
        for result in run.passes:
            for change in result.changes:
                self._note(result.name, change.sentence, change.removed, change.kept)

    def _note(self, name: str, sentence: str, removed: Sequence[Node], kept: Node | None) -> None:
        stands_for = {root for node in removed for root in self._roots(node)}
        for root in stands_for:
            self.reasons.setdefault(root, f"{name}: {sentence}")
        for root in self._roots(kept) if kept else ():
            # A node that was only given a new form (its value) is its own successor.
            if root in stands_for:
                self._folded.add(root)
            else:
                self._merged[root] += len(removed)

    def _roots(self, node: Node) -> list[Node]:
        """The nodes of the traced graph that a node goes back to."""
        if node in self._traced:
            return [node]
        return [root for origin in node.origin for root in self._roots(origin)]

    def badge(self, node: Node) -> str:
        """What marks a node of the optimised graph that stands for others."""
        roots = self._roots(node)
        merged = sum(self._merged[root] for root in roots)
        parts = ["folded"] if any(root in self._folded for root in roots) else []
        return " ".join([*parts, f"×{merged + 1}"] if merged else parts)


class _Drawing:
    """Boxes and the way of values between them, while a diagram is put together."""

    def __init__(self) -> None:
        self.boxes: dict[str, Box] = {}
        self.holders: dict[Hashable, str] = {}  # value -> the box that gives it
        self._phases: dict[str, str] = {}
        self._floating: list[str] = []
        self._links: list[tuple[str, str]] = []

    def add(
        self,
        box: Box,
        takes: Iterable[Hashable],
        gives: Iterable[Hashable],
        phase: str | None = None,
        *,
        floats: bool = False,
    ) -> None:
        """Draw a box that takes some values and gives others.

        A box without a phase stands outside the groups; one that floats goes to what uses it, if that is in one phase.
        """
        sources = [self.holders[value] for value in takes]
        self.boxes[box.id] = box
        self._links += [(source, box.id) for source in sources]
        self.holders.update(dict.fromkeys(gives, box.id))
        if phase == FORWARD and any(self._phases.get(source) in (BACKWARD, USING) for source in sources):
            phase = USING
        if phase:
            self._phases[box.id] = phase
        if floats:
            self._floating.append(box.id)

    def same(self, value: Hashable, other: Hashable) -> None:
        """Draw a value as the other one."""
        self.holders[value] = self.holders[other]

    def diagram(self, title: str, description: str) -> Diagram:
        """Return the picture, grouped where there is a backward pass."""
        self._place_floating()
        edges = tuple(Edge(source, target, kind=self._edge_kind(source, target)) for source, target in self._links)
        return Diagram(title, description, tuple(self.boxes.values()), edges, tuple(self._groups()))

    def _place_floating(self) -> None:
        users: dict[str, set[str | None]] = defaultdict(set)
        for source, target in self._links:
            users[source].add(self._phases.get(target))
        for box_id in self._floating:
            if len(users[box_id]) == 1 and (phase := users[box_id].pop()):
                self._phases[box_id] = phase

    def _edge_kind(self, source: str, target: str) -> EdgeKind:
        start, end = self._phases.get(source), self._phases.get(target)
        if start in (BACKWARD, USING) and end in (BACKWARD, USING):
            return "gradient"
        return "saved" if end == BACKWARD else "data"

    def _groups(self) -> Iterable[Group]:
        if BACKWARD not in self._phases.values():
            return
        updates = USING in self._phases.values()
        titles = {FORWARD: "Forward", BACKWARD: "Backward, and what uses the gradients" if updates else "Backward"}
        # What uses a gradient stands right above it: in a frame of its own it would be far off to the side.
        place = {FORWARD: FORWARD, BACKWARD: BACKWARD, USING: BACKWARD}
        for phase, title in titles.items():
            members = tuple(box_id for box_id in self.boxes if place.get(self._phases.get(box_id, "")) == phase)
            if members:
                yield Group(phase, title, members, phase)


def _title(name: str, label: str) -> str:
    _, symbol = operation_text(name, label)
    return f"{_short(name, label)} {symbol}".rstrip()


def _short(name: str, label: str) -> str:
    return name if len(name) <= _LONGEST_NAME else label or name


def _typed(name: str, type_: str) -> str:
    return f"{name}: {type_}" if name else type_


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_PREVIEW else text[:_LONGEST_PREVIEW] + "…"
