"""The panel of %%eager: what ran, as a sentence, a picture and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook import words
from eagernb.notebook.panels.failure import banner
from eagernb.notebook.panels.markup import duration, element, nbytes, text, timed
from eagernb.notebook.panels.op_table import Row, op_table
from eagernb.notebook.panels.picture import Picture, legend
from eagernb.notebook.panels.root import panel
from eagernb.notebook.panels.strip import strip
from eagernb.notebook.pictures import op_box, recording_diagram

if TYPE_CHECKING:
    from eagernb.notebook.recording import RecordedOp, Recording


def recording_bundle(recording: Recording) -> dict[str, str]:
    """Return the words, the page and the picture of a recording."""
    picture = Picture(recording_diagram(recording))
    bundle = {
        "text/plain": words.describe_recording(recording),
        "text/html": panel("Eager tape", recording_part(recording, picture), [picture.diagram]),
    }
    return bundle | ({"image/svg+xml": picture.svg} if picture.svg and recording.ops else {})


def recording_part(recording: Recording, picture: Picture) -> str:
    """Return the panel's content, which is also a part of a comparison's."""
    failed = banner(recording, "What ran before is shown below; its results are kept.") if recording.ops else ""
    if not recording.ops:
        return element("div", banner(recording, ""), element("p", _NOTHING, class_="enb-lead"), class_="enb-part")
    rows = [_row(op) for op in recording.ops]
    return element(
        "div",
        failed,
        _lead(recording),
        strip(rows),
        picture.figure("The tape"),
        legend(picture),
        op_table(rows, "Operations, in the order in which they ran", "recording.ops"),
        class_="enb-part",
    )


_NOTHING = (
    "No tensor operation ran in this cell. Operations on eagernb's tensors are recorded; plain Python and NumPy "
    "are not."
)


def _lead(recording: Recording) -> str:
    ops = recording.ops
    total = sum(op.duration for op in ops)
    longest = max(ops, key=lambda op: op.duration)
    where = f", line {longest.line}" if longest.line else ""
    percent = f"{100 * longest.duration / total:.0f}" if total else "0"
    longest_words = f"Longest: {longest.name}{where}, {percent}\u00a0% of the time."
    backward = len(recording.backward)
    split = f": {len(ops) - backward:,} forward, {backward:,} backward" if backward else ""
    return element(
        "p",
        element("strong", text(words.count(len(ops), "operation")), " in ", duration(total)),
        text(f"{split}. "),
        timed(longest_words) + " " if len(ops) > 1 else "",
        f"At most {nbytes(recording.peak)} of computed values were alive at once.",
        class_="enb-lead",
    )


def _row(op: RecordedOp) -> Row:
    name, symbol = words.operation_text(op.name, op.label)
    return Row(
        op_box(op),
        name,
        symbol,
        tuple((out.name, out.type_text) for out in op.outputs),
        "; ".join(out.preview for out in op.outputs),
        op.line,
        op.source,
        op.phase if op.of is None else f"{op.phase} of {op.of + 1}",
        op.start,
        op.duration,
        op.nbytes,
        op.error,
    )
