"""Pictures of what ran eagerly: a recording as boxes and edges."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eagernb.notebook.box_words import LONGEST_VALUE, cut_text, short_text, title_text, typed_text
from eagernb.notebook.drawing import Drawing
from eagernb.notebook.enumeration import listed
from eagernb.notebook.language import say, say_count
from eagernb.notebook.quantities import count
from eagernb.notebook.recording import BACKWARD, RecordedOp, RecordedTensor, cause_line, reads_variable
from eagernb.notebook.tape_names import TapeNames
from eagernb.viz import Box, BoxKind, Diagram, draw_once, find_repeats

if TYPE_CHECKING:
    from eagernb.notebook.recording import Recording


@dataclass
class TapePicture:
    """The picture of a tape, and by operation: its box, and the boxes that its inputs come from.

    With ``draws_once``, a box may be that of several operations.

    The reading of a variable is no step of its own in the picture: its box is that of the variable.
    """

    diagram: Diagram
    boxes: list[str]
    sources: list[list[str]]
    draws_once: bool = False

    def drawn_as(self, diagram: Diagram, drawn_as: dict[str, str]) -> TapePicture:
        """Return it with another diagram, each box drawn as one of that."""
        boxes = [drawn_as.get(box, box) for box in self.boxes]
        sources = [[drawn_as.get(box, box) for box in part] for part in self.sources]
        return TapePicture(diagram, boxes, sources, draws_once=True)


def recording_diagram(recording: Recording) -> Diagram:
    """Return the picture of what ran eagerly: the tape, forward and backward."""
    return tape_picture(recording).diagram


def tape_picture(recording: Recording) -> TapePicture:
    """Draw what ran eagerly; what it did several times once, where the recording's ``max_nodes`` boxes do not suffice.

    A box is an operation, or a value that came from outside. A variable is drawn once; what reads it is drawn as
    using it, or as using the assignment that gave it its value.
    """
    drawing = Drawing(_asked_for(recording))
    names = TapeNames(recording)
    boxes: list[str] = []
    sources: list[list[str]] = []
    differentiated = {op.of for op in recording.ops}
    for op in recording.ops:
        _draw_outside(drawing, op, names)
        sources.append([drawing.holder(tensor.id) for tensor in op.inputs])
        boxes.append(sources[-1][0] if reads_variable(op) else op_box(op))
        _draw_recorded(drawing, op, recording.ops, op.index in differentiated, names)
    tape = TapePicture(
        drawing.diagram(say("Tape of the cell"), say("What ran, in the order in which values flow.")), boxes, sources
    )
    if len(tape.diagram.boxes) > recording.max_nodes:
        tape = _repeats_once(tape, recording.ops)
    if len(tape.diagram.boxes) > recording.max_nodes:
        tape = _lines_once(tape, recording.ops)
    return tape


def _repeats_once(tape: TapePicture, ops: Sequence[RecordedOp]) -> TapePicture:
    """Draw what looks the same several times in a row, such as the turns of a loop, once."""
    drawn = [op for op in ops if not reads_variable(op)]
    stands_for, repeats = find_repeats([_look(op, ops) for op in drawn])
    ids = [op_box(op) for op in drawn]
    instead = {box_id: ids[place] for box_id, place in zip(ids, stands_for, strict=True)}
    return tape.drawn_as(*draw_once(tape.diagram, instead, repeats, ids))


def _look(op: RecordedOp, ops: Sequence[RecordedOp]) -> Hashable:
    """What is told of an operation in its box, but for the names of its results."""
    of = None if op.of is None else (ops[op.of].name, ops[op.of].line)
    types = tuple(out.type_text for out in op.outputs)
    return op.name, op.phase, op.line, op.via, of, types, op.adds_to is not None, op.error


def _lines_once(tape: TapePicture, ops: Sequence[RecordedOp]) -> TapePicture:
    """Draw what one line did, forward or backward, as one box."""
    lines: dict[tuple[int | None, str], list[RecordedOp]] = {}
    for op in ops:
        if not reads_variable(op):
            lines.setdefault((cause_line(op, ops), op.phase), []).append(op)
    instead: dict[str, str] = {}
    titles: dict[str, Box] = {}
    for (line, phase), same in lines.items():
        first = tape.boxes[same[0].index]
        instead |= {tape.boxes[op.index]: first for op in same}
        sign = "∂ " if phase == BACKWARD else ""
        title = sign + (say("line {n}", n=line) if line else say("called from elsewhere"))
        said = count(len(same), "operation")
        titles[first] = Box(first, title, (said,), "nested", f"{title}\n{said}")
    return tape.drawn_as(*draw_once(tape.diagram, instead, titles=titles))


def _asked_for(recording: Recording) -> str:
    """Which lines asked for gradients, in words; empty where no line of the cell did."""
    lines = sorted({walk.line for walk in recording.walks if walk.line})
    if not lines:
        return ""
    return say_count(
        len(lines), "asked for by line {lines}", "asked for by lines {lines}", lines=listed(list(map(str, lines)), 3)
    )


def _draw_outside(drawing: Drawing, op: RecordedOp, names: TapeNames) -> None:
    for tensor in op.inputs[_assigns_by_name(op) :]:
        if drawing.holder(tensor.id):
            continue
        box_id = f"from{len(drawing.boxes)}"
        if names.is_seed(tensor):
            drawing.add(_seed_box(tensor, box_id, names), (), [tensor.id], BACKWARD)
            continue
        box = _outside_box(tensor, box_id)
        drawing.add(box, (), [tensor.id], floats=box.kind == "constant")


def _seed_box(tensor: RecordedTensor, box_id: str, names: TapeNames) -> Box:
    """What flows in at a target: it is a gradient, although no operation gave it."""
    is_brief = len(tensor.preview) <= LONGEST_VALUE
    title = tensor.preview if is_brief else tensor.name or say("ones or weights")
    fraction = names.fraction(tensor)
    tooltip = f"{fraction}\n{tensor.type_text}\n{cut_text(tensor.preview)}"
    return Box(box_id, title, (fraction,) if is_brief else (fraction, tensor.type_text), "gradient", tooltip)


def _draw_recorded(
    drawing: Drawing, op: RecordedOp, ops: Sequence[RecordedOp], differentiated: bool, names: TapeNames
) -> None:
    if reads_variable(op):
        for out in op.outputs:
            drawing.same(out.id, op.inputs[0].id)
        return
    kind: BoxKind = "failed" if op.error else "effect" if op.effect else "gradient" if op.phase == BACKWARD else "op"
    by_name = _assigns_by_name(op)
    title = f"{op.inputs[0].name} {op.label}" if by_name else f"{op_title(op)} {names.product(op)}".rstrip()
    box = Box(op_box(op), title, _lines(op, ops, names), kind, _tooltip(op))
    gives = [out.id for out in op.outputs]
    if op.effect:
        gives += [t.id for t in op.inputs if t.kind == "variable"]
    drawing.add(box, [t.id for t in op.inputs[by_name:]], gives, op.phase, stays=differentiated)


def op_title(op: RecordedOp) -> str:
    """Return what an operation's box is called: += where gradients are added up."""
    return "+=" if op.adds_to is not None and op.name == "add" else title_text(op.name, op.label)


def _assigns_by_name(op: RecordedOp) -> bool:
    """Whether the box names the variable: a line from every variable to its assignment would cross the picture."""
    return _assigns(op) and bool(op.inputs[0].name)


def _assigns(op: RecordedOp) -> bool:
    return op.effect and bool(op.inputs) and op.inputs[0].kind == "variable"


def _outside_box(tensor: RecordedTensor, box_id: str) -> Box:
    tooltip = f"{tensor.name} {tensor.type_text}".strip() + f"\n{cut_text(tensor.preview)}"
    if tensor.kind == "variable":
        return Box(box_id, tensor.name or say("variable"), (tensor.type_text,), "variable", tooltip)
    if not tensor.name and len(tensor.preview) <= LONGEST_VALUE:
        return Box(box_id, tensor.preview, (), "constant", tooltip)
    return Box(box_id, tensor.name or say("unnamed"), (tensor.type_text,), "input", tooltip)


def _lines(op: RecordedOp, ops: Sequence[RecordedOp], names: TapeNames) -> tuple[str, ...]:
    lines = [typed_text(out.name, out.type_text) for out in op.outputs[:3]]
    lines += [f"= {fraction}" for out in op.outputs if (fraction := names.fraction(out))]
    if op.of is not None:
        # Which step this is the gradient of says more than the line that asked for it, which the frame says.
        of = ops[op.of]
        if (sum_ := names.adds_up(op)) and f"= {sum_}" not in lines:
            lines.append(say("adds up {sum}", sum=sum_))
        lines.append(f"∂ {short_text(of.name, of.label)}" + (say(", line {n}", n=of.line) if of.line else ""))
    elif op.line:
        lines.append(say("line {n}", n=op.line))
    return tuple(lines)


def _tooltip(op: RecordedOp) -> str:
    lines = [f"#{op.index + 1} {op.name}" + (f" ({op.params})" if op.params else "")]
    if op.inputs:
        lines.append(f"of {', '.join(typed_text(t.name, t.type_text) for t in op.inputs)}")
    lines += [f"gives {typed_text(t.name, t.type_text)} = {cut_text(t.preview)}" for t in op.outputs]
    if op.line:
        lines.append(f"line {op.line}: {op.source}" + (f" (in {op.via})" if op.via else ""))
    if op.error:
        lines.append(op.error)
    return "\n".join(lines)


def op_box(op: RecordedOp) -> str:
    """Return the id of a recorded operation's box."""
    return f"op{op.index}"
