"""Which way gradients flowed and what tapes gave, in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from eagernb.notebook.enumeration import MOST_NAMES, listed
from eagernb.notebook.language import say
from eagernb.notebook.tape_names import SourceGradient, TapeNames
from eagernb.notebook.tensor_words import type_text, value_text

if TYPE_CHECKING:
    from eagernb.notebook.recording import RecordedOp, Recording


def gradient_flow(recording: Recording) -> str:
    """Return which operations the gradient went back through, in its order; empty without a backward pass."""
    through = list(dict.fromkeys(op.of for op in recording.ops if op.of is not None))
    if not through:
        return ""
    start = recording.ops[through[0]]
    of = next((out.name for out in start.outputs if out.name), "")
    names = ((name, len(list(same))) for name, same in groupby(recording.ops[index].name for index in through))
    path = listed([f"{name} ×{times}" if times > 1 else name for name, times in names], MOST_NAMES)
    if not of:
        return say("The gradient flows back through {path}.", path=path)
    return say("The gradient of {name} flows back through {path}.", name=of, path=path)


def gradient_sentences(recording: Recording) -> list[str]:
    """Return what tapes gave for each source that has a name, and why one is 0 where a step makes it so."""
    return [gradient_sentence(answer) for answer in TapeNames(recording).answers() if answer.source]


def gradient_sentence(answer: SourceGradient) -> str:
    """Return what a tape gave for a source."""
    if answer.is_none:
        target = answer.target or say("the target")
        end = answer.ends_at
        if end is None:
            reason = say("no step leads from it to {target}", target=target)
        else:
            reason = say(
                "the way back from {target} ends at step {step}, {name}",
                target=target,
                step=end.index + 1,
                name=end.name,
            )
            if dtype := _without_gradient(end):
                reason += say(": {dtype} has no gradient", dtype=dtype)
        return say(
            "{source}: no gradient (None), {reason}. tf.why_no_gradient(tape, {target}, {source}) tells more.",
            source=answer.source,
            target=target,
            reason=reason,
        )
    if answer.op is None:
        return say("{source}: gradient {fraction}, what flows in.", source=answer.source, fraction=answer.fraction)
    gradient = answer.op.outputs[0]
    said = say(
        "{source}: gradient {fraction} of step {step}, {type}, {value}.",
        source=answer.source,
        fraction=answer.fraction,
        step=answer.op.index + 1,
        type=type_text(gradient),
        value=value_text(gradient),
    )
    uses = say("It is the sum over {n} uses.", n=answer.uses) if answer.uses > 1 else ""
    return " ".join(filter(None, (said, uses, zero_words(answer.zero_from))))


def _without_gradient(op: RecordedOp) -> str:
    """The dtype of what an operation takes if no gradient flows into any of that, because it has no fractions."""
    dtypes = [tensor.dtype for tensor in op.inputs]
    return "" if any(dtype.startswith(("float", "bfloat", "complex")) for dtype in dtypes) else dtypes[0]


def zero_words(op: RecordedOp | None) -> str:
    """Return which backward operation made a gradient 0; empty for none."""
    if op is None or op.of is None:
        return ""
    return say("It is 0 from step {step} on: {name} lets nothing through there.", step=op.index + 1, name=op.name)
