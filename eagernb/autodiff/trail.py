"""Trail: what a tape knows of operations that gradients do not pass, so that it can say why there is none.

A gradient needs nothing of this. It costs a little at operations without a gradient (argmax, a comparison), and nothing
at others; no tensor is kept for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from eagernb.core.op import WRITE, Op
from eagernb.core.source import Place, SourceLine, user_place
from eagernb.core.tensor import key_of


class KnownPlace(NamedTuple):
    """A place whose line is known, such as that of a graph's node."""

    line: SourceLine


class Stop(NamedTuple):
    """An operation on a followed tensor (or on one that was computed from one) that the tape did not record."""

    recorded: int  # how many operations the tape had recorded before
    op: Op
    inputs: Sequence[int]
    outputs: tuple[int, ...]
    dtype: str
    place: Place | KnownPlace | None  # for the first on its way only
    paused: bool


class Exit(NamedTuple):
    """A value that was taken out: `.numpy()`, `float()`."""

    recorded: int
    key: int
    how: str
    place: Place | None


class Trail:
    """The stops of a tape; of tensors it has the keys only."""

    __slots__ = ("exits", "followed", "lost", "past", "stops")

    def __init__(self) -> None:
        self.stops: list[Stop] = []
        self.lost: set[int] = set()  # keys of what was computed from followed tensors by the stops, and from that
        self.exits: list[Exit] = []
        # Of a used tape: its entries without values but with their graphs, and what it had followed.
        self.past: list[tuple[Any, Sequence[int], Sequence[int], Sequence[Any]]] | None = None
        self.followed: set[int] = set()

    def stop(
        self, recorded: int, op: Op, inputs: Sequence[Any], keys: Sequence[int], result: Any, first: bool = False,
        paused: bool = False,
    ) -> None:  # fmt: skip
        """Note an operation whose result no gradient leads back from; ``first`` if it was given a followed tensor."""
        outputs = result if op.multiple else (result,)
        given = [key_of(out) for out in outputs]
        if op.effect == WRITE and inputs and not op.multiple:
            given.append(key_of(inputs[0]))  # the variable has what was assigned to it
        dtype = outputs[0].dtype.name if outputs else ""
        place = user_place() if first or paused else None
        self.stops.append(Stop(recorded, op, keys, tuple(given), dtype, place, paused))
        self.lost.update(given)
