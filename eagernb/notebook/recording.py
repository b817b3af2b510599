"""Recording: what one cell did, operation by operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from math import prod
from typing import Any

from eagernb.notebook.exportable import Exportable
from eagernb.notebook.glance import Glance
from eagernb.notebook.language import say
from eagernb.notebook.memory import Life
from eagernb.viz import Diagram, to_dot

# Of a tensor with no more elements all are told.
FEW = 6
# A larger picture is not read any more.
MAX_NODES = 200
FORWARD, BACKWARD = "forward", "backward"


@dataclass(frozen=True)
class RecordedTensor:
    """A tensor or variable that an operation took or gave.

    ``id`` is the same for the same tensor throughout a recording; ``name`` the user's name for it, if it has one;
    ``preview`` a few of its elements (its range, where many operations ran before); ``glance`` their range and how they
    are spread, None where they are no numbers; ``kind`` "tensor" or "variable".
    """

    id: int
    shape: tuple[int, ...]
    dtype: str
    preview: str
    nbytes: int
    kind: str = "tensor"
    name: str = ""
    glance: Glance | None = None

    @property
    def type_text(self) -> str:
        """Shape and dtype, as in 64×10 float32; of what is no array, such as a dataset, what it is."""
        if self.dtype == "variant":
            return self.preview
        return f"{'×'.join(map(str, self.shape)) or say('scalar')} {self.dtype}"

    @property
    def has_range(self) -> bool:
        """Whether its range says more than its few elements would."""
        return self.glance is not None and prod(self.shape) > FEW


@dataclass(frozen=True)
class RecordedOp:
    """One operation: when it ran, on what, for how long.

    ``start`` and ``duration`` are nanoseconds, ``start`` counted from the start of the cell. ``phase`` is "forward" or
    "backward"; ``of`` the index of the forward operation that a backward one differentiates. ``line`` is the number
    of the user's line in the cell, ``via`` the function (of another cell or file) that ran the operation, if any.
    ``alive`` is the bytes of computed values that were alive just after it. ``error`` is set on the one that failed.
    ``adds_to`` is set where a gradient is added to what has arrived already: the id of the tensor whose gradient it is.
    """

    index: int
    name: str
    label: str
    inputs: tuple[RecordedTensor, ...]
    outputs: tuple[RecordedTensor, ...]
    params: str
    phase: str
    of: int | None
    line: int | None
    source: str
    via: str
    start: int
    duration: int
    flops: int
    alive: int
    effect: bool = False
    error: str = ""
    adds_to: int | None = None

    @property
    def nbytes(self) -> int:
        """The bytes of its outputs."""
        return sum(out.nbytes for out in self.outputs)


def cause_line(op: RecordedOp, ops: Sequence[RecordedOp]) -> int | None:
    """Return the line that an operation comes from: of a gradient, that of the operation it is the gradient of."""
    return op.line if op.of is None else ops[op.of].line


@dataclass
class Recording(Exportable):
    """What ``%%eager`` recorded: ``ops`` in order, the cell's ``source``, ``timings`` in nanoseconds, ``peak`` bytes.

    ``memory`` has a Life for each buffer that the cell's operations made, by the operation that made it and the number
    of those that had run when it was freed (None: it is still there). A picture of more than ``max_nodes`` boxes draws
    what ran several times once.

    It displays itself; ``to_dot()`` is its picture for Graphviz, ``to_dict()`` all of it as plain values.
    """

    source: str
    ops: list[RecordedOp] = field(default_factory=list)
    timings: dict[str, int] = field(default_factory=dict)
    peak: int = 0
    error: str = ""
    error_line: int | None = None
    memory: list[Life] = field(default_factory=list)
    max_nodes: int = MAX_NODES

    @property
    def forward(self) -> list[RecordedOp]:
        return [op for op in self.ops if op.phase == FORWARD]

    @property
    def backward(self) -> list[RecordedOp]:
        return [op for op in self.ops if op.phase == BACKWARD]

    def count_ops(self) -> Counter[str]:
        """How often each operation ran."""
        return Counter(op.name for op in self.ops)

    def named(self, names: dict[int, str]) -> None:
        """Give the tensors the names that the user gave them."""

        def rename(tensors: tuple[RecordedTensor, ...]) -> tuple[RecordedTensor, ...]:
            if names.keys().isdisjoint([t.id for t in tensors]):
                return tensors
            return tuple(replace(t, name=names.get(t.id, t.name)) for t in tensors)

        for index, op in enumerate(self.ops):
            inputs, outputs = rename(op.inputs), rename(op.outputs)
            if inputs is not op.inputs or outputs is not op.outputs:
                self.ops[index] = replace(op, inputs=inputs, outputs=outputs)

    def to_dict(self) -> dict[str, Any]:
        """All of it as dicts, lists, strings and numbers, ready for JSON."""
        return {
            "kind": "recording",
            "source": self.source,
            "ops": [asdict(op) for op in self.ops],
            "timings": dict(self.timings),
            "peak_bytes": self.peak,
            "memory": [asdict(life) for life in self.memory],
            "error": self.error,
            "error_line": self.error_line,
        }

    def diagram(self, which: str = "") -> Diagram:
        """The picture as boxes and edges."""
        from eagernb.notebook.pictures import recording_diagram

        return recording_diagram(self)

    def to_dot(self) -> str:
        """The picture in Graphviz's language."""
        return to_dot(self.diagram())

    def __repr__(self) -> str:
        from eagernb.notebook.words import describe_recording

        return describe_recording(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from eagernb.notebook.panels import recording_bundle

        return recording_bundle(self)
