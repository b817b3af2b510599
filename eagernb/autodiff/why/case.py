"""Case: a tape, a target and a source, and what is known about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.autodiff.tape import GradientTape
from eagernb.autodiff.why.explanation import Explanation, Stage, listed, upper
from eagernb.autodiff.why.route import Leg, find_route, steps_of
from eagernb.autodiff.why.user_code import UserCode
from eagernb.core.op import READ
from eagernb.core.source import SourceLine
from eagernb.core.variable import Variable


class Case:
    """What an explanation is made from; ``names`` are the user's, of the tape, the target and the source, or ""."""

    def __init__(self, tape: GradientTape, target: Any, source: Any, code: UserCode, names: Sequence[str]) -> None:
        self.tape, self.target, self.source, self.code = tape, target, source, code
        self.tape_name, self.target_name, self.source_name = names
        self.steps = steps_of(tape)
        self.t = f"`{self.target_name}`" if self.target_name else "the target"
        self.s = f"`{self.source_name}`" if self.source_name else "the source"
        self.watch_call = f"{self.tape_name or 'tape'}.watch({self.source_name or 'source'})"
        self.followed = tape._followed if tape._answers else tape.trail.followed
        self.route = self.way_to(source, target)

    def way_to(self, source: Any, target: Any) -> list[Leg] | None:
        """The way through the tape's operations, None if there is none."""
        return self.way_between(source._key, target._key) if source._key and target._key else None

    def way_between(self, source: int, target: int) -> list[Leg] | None:
        """The same by keys."""
        return find_route(self.steps or (), self.tape.trail.lost, source, target)

    @property
    def source_is_watched(self) -> bool:
        """Whether the tape was told to watch the source, or followed it by itself."""
        return self.source._key in self.followed or self.source._key in self.tape._variables

    @property
    def source_is_used(self) -> bool:
        """Whether an operation that the tape knows of has the source for an input."""
        return any(self.source._key in step.inputs for step in self.steps or ())

    @property
    def target_was_seen(self) -> bool:
        """Whether the tape knows the operation that gave the target."""
        return bool(self.target._key) and any(self.target._key in step.outputs for step in self.steps or ())

    def target_made_of(self) -> str:
        """A sentence on what the tape knows that the target was computed from."""
        if not self.target_was_seen:
            return (
                f"The tape knows nothing of how {self.t} was made: it was computed outside of its block, or from "
                "nothing that it watches."
            )
        computed = {key for step in self.steps or () for key in step.outputs}
        keys = sorted({*self.tape._variables, *self.followed} - computed)
        named = [self.name_of(key) for key in keys if self.way_between(key, self.target._key) is not None]
        found = [f"`{name}`" for name in named if name]
        return f"{upper(self.t)} was computed from {listed(found)}." if found else ""

    def name_of(self, key: int) -> str:
        """The user's name for what has this key, or the variable's own."""
        variable = self.tape._variables.get(key)
        return self.code.name_of(key) or ("" if variable is None else variable.name.partition(":")[0])

    # The picture's stages.

    def along(self, route: Sequence[Leg]) -> tuple[Stage, ...]:
        """The stages of a way."""
        # That a variable is read is no step of its own to a reader.
        steps = [leg for leg in route if not (leg.passes and leg.step.op.effect == READ)]
        return (self._source_stage(), *map(self._stage, steps), self._target_stage())

    def gap(self, what: str, line: SourceLine | None = None) -> tuple[Stage, ...]:
        """The stages where there is no way."""
        lines = (f"line {line.number}",) if line else ()
        return self._source_stage(), Stage(what, lines, "gap"), self._target_stage()

    def _stage(self, leg: Leg) -> Stage:
        stop = leg.step.stop
        lines = [f"line {stop.place.line.number}"] if stop is not None and stop.place is not None else []
        name = self.code.name_of(leg.output) if leg.output != self.target._key else ""
        if name:
            lines.append(f"gives {name}")
        return Stage(leg.step.op.name, tuple(lines), "step" if leg.passes else "stop")

    def _source_stage(self) -> Stage:
        kind = "variable" if isinstance(self.source, Variable) else "source"
        return Stage(self.source_name or "source", (_type_text(self.source),), kind)

    def _target_stage(self) -> Stage:
        return Stage(self.target_name or "target", (_type_text(self.target),), "target")


def explanation(
    reason: str, headline: str, *details: str, remedy: str, stages: tuple[Stage, ...], op: str | None = None,
    line: SourceLine | None = None,
) -> Explanation:  # fmt: skip
    """An explanation whose headline and details begin with capitals; empty details are left out."""
    said = tuple(upper(sentence) for sentence in details if sentence)
    return Explanation(reason, upper(headline), said, remedy, op, line, stages)


def _type_text(value: Any) -> str:
    dims = "×".join("?" if d is None else str(d) for d in value._dims)
    return f"{dims} {value.dtype.name}".strip()
