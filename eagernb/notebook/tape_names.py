"""What tensors of a tape are called: ∂loss/∂w for the gradient of w, g @ wᵀ for a product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eagernb.notebook.recording import BACKWARD, reads_variable

if TYPE_CHECKING:
    from eagernb.notebook.recording import RecordedOp, RecordedTensor, Recording

# Of a user's name within a formula.
_LONGEST_NAME = 12


@dataclass(frozen=True)
class SourceGradient:
    """What a tape answered for one source: None where ``is_none``.

    ``fraction`` is how it is written, ``target`` and ``source`` are what these are called, empty where they have no
    name. ``op`` is the operation that computed it, None where nothing had to be computed, ``uses`` of how many uses of
    the source it is the sum. ``zero_from`` is the backward
    operation from which on a gradient is 0 everywhere, where this one is. ``ends_at`` is the operation at which the way
    back to a source without a gradient ends, None where no way leads there.
    """

    fraction: str
    target: str
    source: str
    is_none: bool
    op: RecordedOp | None = None
    uses: int = 1
    zero_from: RecordedOp | None = None
    ends_at: RecordedOp | None = None


class TapeNames:
    """Answers for one recording, once its tensors have their names."""

    def __init__(self, recording: Recording) -> None:
        self._ops, self._walks = recording.ops, recording.walks
        self._names = dict(recording.names)
        self._makers: dict[int, RecordedOp] = {}
        for op in recording.ops:
            for tensor in (*op.inputs, *op.outputs):
                if tensor.name:
                    self._names.setdefault(tensor.id, tensor.name)
            for out in op.outputs:
                self._makers.setdefault(out.id, op)
        self._seeds = {seed: target for walk in self._walks for seed, target in walk.seeds.items()}
        self._fractions = {seed: self._fraction([target], target) for seed, target in self._seeds.items()}
        for walk in self._walks:
            for source, gradient in walk.gradients.items():
                if gradient is not None:
                    self._fractions.setdefault(gradient, self._fraction(walk.seeds.values(), source))

    def fraction(self, tensor: RecordedTensor) -> str:
        """Return ∂loss/∂w for the gradient of a source, ∂loss/∂loss for what flows in; empty for all else."""
        return self._fractions.get(tensor.id, "")

    def is_gradient(self, tensor: RecordedTensor) -> bool:
        """Return whether a tensor is one that flows back: what flows in at a target, or what comes of it."""
        maker = self._makers.get(tensor.id)
        return tensor.id in self._seeds or (maker is not None and maker.phase == BACKWARD)

    def is_seed(self, tensor: RecordedTensor) -> bool:
        """Return whether it is what flows in at a target: ones, or the weights that the user gave."""
        return tensor.id in self._seeds

    def product(self, op: RecordedOp) -> str:
        """Return what a product of matrices multiplies, as in g @ w2ᵀ; empty for all other operations.

        g is the gradient that arrives. A value without a name goes by the operation that made it, as in tanh(…).
        """
        return " @ ".join(
            self._factor(tensor, op) + "ᵀ" * is_transposed
            for tensor, is_transposed in zip(op.inputs, op.transposed, strict=False)
        )

    def adds_up(self, op: RecordedOp) -> str:
        """Return ∂loss/∂h where an operation adds what arrives at h to what had arrived; empty for all others."""
        tensor = self._added_to(op)
        if tensor is None:
            return ""
        targets = next((walk.seeds.values() for walk in self._walks if walk.stop > op.index), ())
        if tensor not in self._names and tensor in self._makers:
            return f"∂{self._name_of(targets)}/∂{self._makers[tensor].name}(…)"
        return self._fraction(targets, tensor)

    def _added_to(self, op: RecordedOp) -> int | None:
        """Whose gradient an operation adds to: a variable's, where it is that of what was read from it."""
        if op.adds_to is None:
            return None
        maker = self._makers.get(op.adds_to)
        return maker.inputs[0].id if maker is not None and reads_variable(maker) else op.adds_to

    def _factor(self, tensor: RecordedTensor, op: RecordedOp) -> str:
        if op.phase == BACKWARD and self.is_gradient(tensor):
            return "g"
        maker = self._makers.get(tensor.id)
        if not tensor.name and maker is not None and reads_variable(maker):
            tensor = maker.inputs[0]
        return _cut(tensor.name) or (f"{maker.name}(…)" if maker is not None else "…")

    def answers(self) -> list[SourceGradient]:
        """Return what tapes answered for each source, the last time that each was asked for."""
        found: dict[int, SourceGradient] = {}
        start = 0
        for walk in self._walks:
            added = Counter(self._added_to(op) for op in self._ops[start : walk.stop])
            start = walk.stop
            for source, gradient in sorted(walk.gradients.items()):
                op = None if gradient is None else self._makers.get(gradient)
                found[source] = SourceGradient(
                    self._fraction(walk.seeds.values(), source),
                    self._name_of(walk.seeds.values()),
                    self._names.get(source, ""),
                    gradient is None,
                    op,
                    1 + added[source],
                    None if op is None else self._zero_from(op),
                    self._end_of_way(source, walk.seeds.values()) if gradient is None else None,
                )
        return list(found.values())

    def _end_of_way(self, source: int, targets: Iterable[int]) -> RecordedOp | None:
        """The last operation on a way from a source that no gradient went back through, although it was needed."""
        passed = {op.of for op in self._ops}
        reached, end = {source}, None
        ends: dict[int, RecordedOp] = {}  # by what it gave
        for op in self._ops:
            if op.phase == BACKWARD or reached.isdisjoint(t.id for t in op.inputs):
                continue
            if op.index in passed:
                end = next((ends[t.id] for t in op.inputs if t.id in ends), end)
            else:
                ends |= {out.id: op for out in op.outputs}
            reached |= {out.id for out in op.outputs}
        return next((ends[target] for target in targets if target in ends), end)

    def _fraction(self, targets: Iterable[int], source: int) -> str:
        return f"∂{self._name_of(targets)}/∂{self._name_of([source])}"

    def _name_of(self, targets: Iterable[int]) -> str:
        makers = self._makers
        known = (self._names.get(target) or (makers[target].name if target in makers else "") for target in targets)
        return " + ".join(_cut(name) for name in known if name)

    def _zero_from(self, op: RecordedOp) -> RecordedOp | None:
        """The first operation on the way to a gradient of zeros that gives zeros for a gradient of something else."""
        while _is_zero(op.outputs):
            earlier = [self._makers[t.id] for t in op.inputs if self.is_gradient(t) and t.id in self._makers]
            zeros = [maker for maker in earlier if _is_zero(maker.outputs)]
            if not zeros:
                return op
            op = zeros[0]
        return None


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"


def _is_zero(tensors: tuple[RecordedTensor, ...]) -> bool:
    looks = [tensor.glance for tensor in tensors]
    return all(look is not None and look.low == look.high == 0 and not look.odd and look.bins for look in looks)
