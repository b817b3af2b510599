"""Pictures of what ran eagerly: a recording as boxes and edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eagernb.notebook.box_words import LONGEST_VALUE, cut_text, short_text, title_text, typed_text
from eagernb.notebook.drawing import Drawing
from eagernb.notebook.recording import BACKWARD, RecordedOp, RecordedTensor
from eagernb.viz import Box, BoxKind, Diagram

if TYPE_CHECKING:
    from eagernb.notebook.recording import Recording


def recording_diagram(recording: Recording) -> Diagram:
    """Return the picture of what ran eagerly: the tape, forward and backward.

    A box is an operation, or a value that came from outside. A variable is drawn once; what reads it is drawn as
    using it, or as using the assignment that gave it its value.
    """
    drawing = Drawing()
    for op in recording.ops:
        _draw_recorded(drawing, op, recording.ops)
    return drawing.diagram("Tape of the cell", "What ran, in the order in which values flow.")


def _draw_recorded(drawing: Drawing, op: RecordedOp, ops: Sequence[RecordedOp]) -> None:
    # An assignment names its variable itself: a line from every variable to its own would cross the whole picture.
    target = op.inputs[0].name if _assigns(op) else ""
    takes = op.inputs[1:] if target else op.inputs
    for tensor in takes:
        if not drawing.holder(tensor.id):
            box = _outside_box(tensor, f"from{len(drawing.boxes)}")
            drawing.add(box, (), [tensor.id], floats=box.kind == "constant")
    if _only_reads(op):
        for out in op.outputs:
            drawing.same(out.id, op.inputs[0].id)
        return
    kind: BoxKind = "failed" if op.error else "effect" if op.effect else "gradient" if op.phase == BACKWARD else "op"
    title = f"{target} {op.label}" if target else title_text(op.name, op.label)
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
    tooltip = f"{tensor.name} {tensor.type_text}".strip() + f"\n{cut_text(tensor.preview)}"
    if tensor.kind == "variable":
        return Box(box_id, tensor.name or "variable", (tensor.type_text,), "variable", tooltip)
    if not tensor.name and len(tensor.preview) <= LONGEST_VALUE:
        return Box(box_id, tensor.preview, (), "constant", tooltip)
    return Box(box_id, tensor.name or "unnamed", (tensor.type_text,), "input", tooltip)


def _lines(op: RecordedOp, ops: Sequence[RecordedOp]) -> tuple[str, ...]:
    lines = [typed_text(out.name, out.type_text) for out in op.outputs[:3]]
    if op.of is not None:
        # Which step this is the gradient of says more than the line that asked for it.
        of = ops[op.of]
        lines.append(f"∂ {short_text(of.name, of.label)}" + (f", line {of.line}" if of.line else ""))
    elif op.line:
        lines.append(f"line {op.line}")
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
