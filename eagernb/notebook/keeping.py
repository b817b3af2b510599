"""Why a value is in memory, in words: who holds it, which gradients need it, when it was freed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook import words
from eagernb.notebook.box_words import cut_text
from eagernb.notebook.language import say, say_count

if TYPE_CHECKING:
    from eagernb.notebook.memory import Life
    from eagernb.notebook.recording import RecordedOp, Recording

_MOST_STEPS = 4


class Keeping:
    """Answers for one recording, once its tensors have their names."""

    def __init__(self, recording: Recording) -> None:
        self._lives = {key: life for life in recording.memory for key in life.holds}
        tensors = (tensor for op in recording.ops for tensor in (*op.inputs, *op.outputs))
        self._names = {tensor.id: tensor.name for tensor in tensors if tensor.name}
        self._memory = recording.memory

    def life(self, op: RecordedOp) -> Life | None:
        """The life of the buffer that an operation made; None where it made none, or several."""
        life = self._lives.get(op.outputs[0].id) if len(op.outputs) == 1 else None
        return life if life is not None and life.made == op.index else None

    def text(self, op: RecordedOp) -> str:
        """Return until when an operation's result is in memory, and why; empty where it takes up none of its own."""
        lives = [self._lives[out.id] for out in op.outputs if out.id in self._lives]
        shared = next((life for life in lives if life.made != op.index), None)
        if shared is not None:
            return say("shares that of step {step}", step=shared.made + 1)
        return "; ".join(dict.fromkeys(map(self._reason, lives)))

    def _reason(self, life: Life) -> str:
        if life.freed is not None:
            until = say("until step {step}", step=life.freed)
            return say("{until}, for {gradients}", until=until, gradients=_gradients(life)) if life.needed_by else until
        name = self._name(life)
        holders = [cut_text(name)] if name else []
        if life.on_tape:
            holders.append(say("the tape, for {gradients}", gradients=_gradients(life)))
        return say("held by {holders}", holders=words.join(holders) or say("a list or object"))

    def _name(self, life: Life) -> str:
        return next((self._names[key] for key in life.holds if key in self._names), "")

    def summary(self) -> str:
        """Return what is still in memory after the cell, and by whom; empty where there is nothing."""
        left = [life for life in self._memory if life.freed is None]
        if not left:
            return ""
        named = sum(bool(self._name(life)) for life in left)
        taped = sum(life.on_tape and not self._name(life) for life in left)
        parts = [(named, say("held by a name")), (taped, say("kept by a tape for gradients to come"))]
        parts.append((len(left) - named - taped, say("held by a list or object")))
        told = words.join(f"{number:,} {how}" if number < len(left) else how for number, how in parts if number)
        return say_count(
            len(left),
            "After the cell, {n} computed value ({size}) is still in memory: {holders}.",
            "After the cell, {n} computed values ({size}) are still in memory: {holders}.",
            size=words.nbytes(sum(life.nbytes for life in left)),
            holders=told,
        )


def _gradients(life: Life) -> str:
    steps = words.capped([str(index + 1) for index in sorted(life.needed_by)], _MOST_STEPS)
    return say_count(
        len(steps), "the gradient of step {steps}", "the gradients of steps {steps}", steps=words.join(steps)
    )
