"""Recording: what one cell did, operation by operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
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
FORWARD, BACKWARD, UPDATE = "forward", "backward", "update"


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
        return f"{_dims_text(self.shape) or say('scalar')} {self.dtype}"

    @property
    def has_range(self) -> bool:
        """Whether its range says more than its few elements would."""
        return self.glance is not None and prod(self.shape) > FEW


@lru_cache(1000)
def _dims_text(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))


@dataclass(frozen=True)
class RecordedOp:
    """One operation: when it ran, on what, for how long.

    ``start`` and ``duration`` are nanoseconds, ``start`` counted from the start of the cell. ``phase`` is "forward",
    "backward", or "update" for what uses gradients, such as a new value of a variable; ``of`` the index of the forward
    operation that a backward one differentiates. ``line`` is the number of the user's line in the cell, ``via`` the
    function (of another cell or file) that ran the operation, if any. ``alive`` is the bytes of computed values that
    were alive just after it. ``error`` is set on the one that failed.
    ``adds_to`` is set where a gradient is added to what has arrived already: the id of the tensor whose gradient it is.
    ``transposed`` says of each factor of a product of matrices whether it is transposed; it is empty for all else.
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
    transposed: tuple[bool, ...] = ()

    @property
    def nbytes(self) -> int:
        """The bytes of its outputs."""
        return sum(out.nbytes for out in self.outputs)


def reads_variable(op: RecordedOp) -> bool:
    """Return whether an operation is the reading of a variable, which is no step of its own to a reader."""
    return len(op.inputs) == 1 and op.inputs[0].kind == "variable" and not op.effect and not op.error


def cause_line(op: RecordedOp, ops: Sequence[RecordedOp]) -> int | None:
    """Return the line that an operation comes from: of a gradient, that of the operation it is the gradient of."""
    return op.line if op.of is None else ops[op.of].line


@dataclass(frozen=True)
class Walk:
    """One walk back of a tape: of which ``targets`` it gave which ``gradients``.

    ``seeds`` has, by the id of what flowed in at a target, the target's id; ``gradients`` by the id of a source that of
    its gradient, None where none arrived. ``stop`` is the number of operations that had run when it was through, and
    ``line`` the user's that asked for it.
    """

    seeds: dict[int, int]
    gradients: dict[int, int | None]
    stop: int
    line: int | None


@dataclass
class Recording(Exportable):
    """What ``%%eager`` recorded: ``ops`` in order, the cell's ``source``, ``timings`` in nanoseconds, ``peak`` bytes.

    ``memory`` has a Life for each buffer that the cell's operations made, by the operation that made it and the number
    of those that had run when it was freed (None: it is still there). ``walks`` are what tapes were asked for, and
    ``names`` the user's for what they were asked about. A picture of more than ``max_nodes`` boxes draws what ran
    several times once.

    It displays itself; ``to_dot()`` is its picture for Graphviz, ``to_dict()`` all of it as plain values.
    """

    source: str
    ops: list[RecordedOp] = field(default_factory=list)
    timings: dict[str, int] = field(default_factory=dict)
    peak: int = 0
    error: str = ""
    error_line: int | None = None
    memory: list[Life] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    max_nodes: int = MAX_NODES

    @property
    def forward(self) -> list[RecordedOp]:
        return [op for op in self.ops if op.phase == FORWARD]

    @property
    def backward(self) -> list[RecordedOp]:
        return [op for op in self.ops if op.phase == BACKWARD]

    @property
    def updates(self) -> list[RecordedOp]:
        return [op for op in self.ops if op.phase == UPDATE]

    def count_ops(self) -> Counter[str]:
        """How often each operation ran."""
        return Counter(op.name for op in self.ops)

    def named(self, names: dict[int, str]) -> None:
        """Give the tensors the names that the user gave them."""

        def rename(tensors: tuple[RecordedTensor, ...]) -> tuple[RecordedTensor, ...]:
            if names.keys().isdisjoint([t.id for t in tensors]):
                return tensors
            return tuple(replace(t, name=names.get(t.id, t.name)) for t in tensors)

        asked = {key for walk in self.walks for key in (*walk.seeds.values(), *walk.gradients)}
        self.names |= {key: names[key] for key in asked if key in names}
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
            "walks": [asdict(walk) for walk in self.walks],
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
