"""Why a value is in memory, in words: who holds it, which gradients need it, when it was freed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook import words
from eagernb.notebook.box_words import cut_text

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
            return f"shares that of step {shared.made + 1}"
        return "; ".join(dict.fromkeys(map(self._reason, lives)))

    def _reason(self, life: Life) -> str:
        needed = f"for the {_gradients(life.needed_by)}" if life.needed_by else ""
        if life.freed is not None:
            return f"until step {life.freed}" + (f", {needed}" if needed else "")
        name = self._name(life)
        holders = [cut_text(name)] if name else []
        if life.on_tape:
            holders.append(f"the tape, {needed}")
        return f"to the end, held by {words.join(holders) or 'a list or object'}"

    def _name(self, life: Life) -> str:
        return next((self._names[key] for key in life.holds if key in self._names), "")

    def summary(self) -> str:
        """Return what is still in memory after the cell, and by whom; empty where there is nothing."""
        left = [life for life in self._memory if life.freed is None]
        if not left:
            return ""
        named = sum(bool(self._name(life)) for life in left)
        taped = sum(life.on_tape and not self._name(life) for life in left)
        parts = [(named, "held by a name"), (taped, "kept by a tape for gradients to come")]
        parts.append((len(left) - named - taped, "held by a list or object"))
        told = words.join(f"{number:,} {how}" if number < len(left) else how for number, how in parts if number)
        total = words.nbytes(sum(life.nbytes for life in left))
        what, are = words.count(len(left), "computed value"), "is" if len(left) == 1 else "are"
        return f"After the cell, {what} ({total}) {are} still in memory: {told}."


def _gradients(needed_by: list[int]) -> str:
    steps = words.capped([str(index + 1) for index in sorted(needed_by)], _MOST_STEPS)
    return f"gradient of step {steps[0]}" if len(steps) == 1 else f"gradients of steps {words.join(steps)}"
