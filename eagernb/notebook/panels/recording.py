"""The panel of %%eager: what ran, as a sentence, a replay, the source, a picture and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook import quantities, words
from eagernb.notebook.box_words import operation_text
from eagernb.notebook.keeping import Keeping
from eagernb.notebook.language import noted, say
from eagernb.notebook.panels.failure import banner
from eagernb.notebook.panels.gradients import gradient_list
from eagernb.notebook.panels.markup import duration, element, nbytes, text
from eagernb.notebook.panels.op_table import MOST_ROWS, Row, op_table
from eagernb.notebook.panels.picture import Picture, legend
from eagernb.notebook.panels.replay import replay
from eagernb.notebook.panels.root import panel
from eagernb.notebook.panels.source import source_listing
from eagernb.notebook.panels.strip import longest, memory_strip, time_strip
from eagernb.notebook.pictures import tape_picture
from eagernb.notebook.recording import reads_variable
from eagernb.notebook.tape_names import TapeNames
from eagernb.notebook.tensor_words import spread_text, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eagernb.notebook.pictures import TapePicture
    from eagernb.notebook.recording import RecordedOp, Recording


def recording_bundle(recording: Recording) -> dict[str, str]:
    """Return the words, the page and the picture of a recording."""
    tape = tape_picture(recording)
    picture = Picture(tape.diagram, tooltips=False)
    bundle = {
        "text/plain": words.describe_recording(recording),
        "text/html": panel(say("Eager tape"), recording_part(recording, tape, picture), picture.diagrams),
    }
    return bundle | ({"image/svg+xml": picture.svg} if picture.svg and recording.ops else {})


def recording_part(recording: Recording, tape: TapePicture, picture: Picture) -> str:
    """Return the panel's content, which is also a part of a comparison's."""
    failed = banner(recording, say("What ran before is shown below; its results are kept.")) if recording.ops else ""
    if not recording.ops:
        return element("div", banner(recording, ""), element("p", say(_NOTHING), class_="enb-lead"), class_="enb-part")
    keeping = Keeping(recording)
    ops = recording.ops
    listed = zip(ops[:MOST_ROWS], tape.boxes, strict=False)
    names = TapeNames(recording)
    rows = [_row(op, box, keeping, names, ops) for op, box in listed]
    memory = element("div", memory_strip(ops, recording.peak), element("p", text(keeping.summary()), class_="enb-note"))
    source = element("div", source_listing(recording))
    times = element("div", time_strip(ops))
    return element(
        "div",
        failed,
        _lead(recording),
        replay(recording, tape, MOST_ROWS),
        element("div", source, class_="enb-columns"),
        element("div", times, memory, class_="enb-columns"),
        gradient_list(recording),
        picture.figure(text(say("The tape")) + (element("small", text(say(_ONCE))) if tape.draws_once else "")),
        legend(picture),
        op_table(rows, say("Operations, in the order in which they ran"), "recording.ops", len(ops)),
        class_="enb-part",
    )


_ONCE = noted("What ran several times in a row is drawn once.")
_NOTHING = noted(
    "No tensor operation ran in this cell. Operations on eagernb's tensors are recorded; plain Python and NumPy "
    "are not."
)


def _lead(recording: Recording) -> str:
    ops = recording.ops
    total = sum(op.duration for op in ops)
    slowest = max(ops, key=lambda op: op.duration)
    forward, backward, updates = len(recording.forward), len(recording.backward), len(recording.updates)
    split = say(": {forward} forward, {backward} backward", forward=f"{forward:,}", backward=f"{backward:,}")
    if updates:
        split += say(", {updates} update", updates=f"{updates:,}")
    return element(
        "p",
        element("strong", text(quantities.count(len(ops), "operation")), say(" in "), duration(total)),
        text(split if backward else ""),
        say(". "),
        longest(ops, slowest.name, slowest.line, slowest.index) + " " if len(ops) > 1 else "",
        words.alive_at_once(nbytes(recording.peak)) if recording.peak else "",
        class_="enb-lead",
    )


def _row(op: RecordedOp, box: str, keeping: Keeping, names: TapeNames, ops: Sequence[RecordedOp]) -> Row:
    life = keeping.life(op)
    name, symbol = operation_text(op.name, op.label)
    if op.adds_to is not None:
        symbol = f"+= {names.adds_up(op)}"
    # A variable that is read goes by its name; what was read has none.
    read = op.inputs[0].name if reads_variable(op) else ""
    return Row(
        box,
        name,
        names.product(op) or symbol,
        tuple((" = ".join(filter(None, (out.name, names.fraction(out)))) or read, out.type_text) for out in op.outputs),
        "; ".join(map(value_text, op.outputs)),
        op.line,
        op.source,
        op.phase,
        op.start,
        op.duration,
        op.nbytes,
        op.error,
        spread=spread_text(op.outputs[0].glance) if len(op.outputs) == 1 and op.outputs[0].has_range else "",
        alive=op.alive,
        of=None if op.of is None else op.of + 1,
        of_line=None if op.of is None else ops[op.of].line,
        has_source=True,
        memory=keeping.text(op),
        until=None if life is None else len(ops) if life.freed is None else life.freed,
    )
