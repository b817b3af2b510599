"""Why a value is in memory, in words: what used it, who holds it, when it was freed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from eagernb.notebook import quantities
from eagernb.notebook.box_words import cut_text
from eagernb.notebook.enumeration import join, listed
from eagernb.notebook.language import say, say_count
from eagernb.notebook.recording import BACKWARD, reads_variable

if TYPE_CHECKING:
    from eagernb.notebook.memory import Life
    from eagernb.notebook.recording import RecordedOp, Recording

_MOST_STEPS = 4


class Keeping:
    """Answers for one recording, once its tensors have their names."""

    def __init__(self, recording: Recording) -> None:
        self._ops = recording.ops
        self._lives = {key: life for life in recording.memory for key in life.holds}
        tensors = (tensor for op in recording.ops for tensor in (*op.inputs, *op.outputs))
        self._names = {tensor.id: tensor.name for tensor in tensors if tensor.name}
        self._sizes = {out.id: out.nbytes for op in recording.ops for out in op.outputs}
        self._memory = recording.memory
        self._stops = {walk.stop for walk in recording.walks}
        self._used_by: dict[int, list[int]] = defaultdict(list)  # key of a tensor -> the backward operations on it
        for op in recording.ops:
            if op.phase == BACKWARD:
                for tensor in op.inputs:
                    self._used_by[tensor.id].append(op.index)

    def life(self, op: RecordedOp) -> Life | None:
        """The life of the buffer that an operation made; None where it made none, or several."""
        life = self._lives.get(op.outputs[0].id) if len(op.outputs) == 1 else None
        return life if life is not None and life.made == op.index else None

    def text(self, op: RecordedOp) -> str:
        """Return what keeps an operation's result in memory, and when it was let go; empty where it has no memory."""
        if reads_variable(op):
            name = op.inputs[0].name
            return say("is the memory of {name}", name=cut_text(name) if name else say("a variable"))
        lives = [self._lives[out.id] for out in op.outputs if out.id in self._lives]
        shared = next((life for life in lives if life.made != op.index), None)
        if shared is not None:
            return say("shares that of step {step}", step=shared.made + 1)
        return "; ".join(dict.fromkeys(map(self._reason, lives)))

    def _reason(self, life: Life) -> str:
        """What kept it, in the order of time, and what keeps it now."""
        if life.freed is not None:
            if not life.needed_by:
                return say("freed after step {step}", step=life.freed)
            if life.freed in self._stops:
                return say("kept by the tape {use}; it let go after step {step}", use=self._use(life), step=life.freed)
            return say("kept by the tape {use}; freed after step {step}", use=self._use(life), step=life.freed)
        name = self._name(life)
        holders = [cut_text(name)] if name else []
        if life.on_tape:
            holders.append(say("the tape, for the backward of {steps}", steps=_steps(life.needed_by)))
        return say("held by {holders}", holders=join(holders) or say("a list or object"))

    def _use(self, life: Life) -> str:
        """What the tape kept it for: the backward operations that used it, the operations whose gradients they are."""
        of = set(life.needed_by)
        used = {i for key in life.holds for i in self._used_by[key] if self._ops[i].of in of}
        if not used:
            return say("for the backward of {steps}, unused", steps=_steps(of))
        causes = {self._ops[i].of for i in used}
        return say("for {users} (backward of {steps})", users=_steps(used), steps=_numbers(causes))  # type: ignore[arg-type]

    def _name(self, life: Life) -> str:
        return next((self._names[key] for key in life.holds if key in self._names), "")

    def _size(self, life: Life) -> int:
        """The bytes of a buffer; of a scalar, which has none, those of its value, as the table has them."""
        return next((self._sizes[key] for key in life.holds), 0) if life.scalar else life.nbytes

    def summary(self) -> str:
        """Return what is still in memory after the cell, and by whom; empty where there is nothing."""
        left = [life for life in self._memory if life.freed is None]
        if not left:
            return ""
        names = [cut_text(name) for life in left if (name := self._name(life))]
        taped = sum(life.on_tape and not self._name(life) for life in left)
        other = sum(not life.on_tape and not self._name(life) for life in left)
        parts = [listed(names, _MOST_NAMES)] if names else []
        if taped:
            parts.append(say_count(taped, "a tape ({n} for gradients to come)", "a tape ({n} for gradients to come)"))
        if other:
            parts.append(say_count(other, "a list or object ({n})", "lists or objects ({n})"))
        return say_count(
            len(left),
            "After the cell, {n} computed value ({size}) is still in memory, held by {holders}.",
            "After the cell, {n} computed values ({size}) are still in memory, held by {holders}.",
            size=quantities.nbytes(sum(map(self._size, left))),
            holders=join(parts),
        )


_MOST_NAMES = 8


def _steps(indices: Iterable[int]) -> str:
    indices = list(indices)
    return say_count(len(indices), "step {steps}", "steps {steps}", steps=_numbers(indices))


def _numbers(indices: Iterable[int]) -> str:
    return listed([str(index + 1) for index in sorted(indices)], _MOST_STEPS)
