"""Explanation: what is told about a gradient that is None."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from eagernb.core.source import SourceLine

# What can be the matter; ``Explanation.reason`` is one of these.
REASONS = (
    "connected", "integer source", "integer target", "not trainable", "accessed variables not watched",
    "replaced by a tensor", "not watched", "watched too late", "no derivative", "cast to an integer", "stop_gradient",
    "stop_recording", "assigned", "left as a NumPy or Python value", "computed outside of the tape", "not used",
    "tape is used up", "never recorded",
)  # fmt: skip


class Stage(NamedTuple):
    """One stage of the way from the source to the target.

    ``kind`` is "source" or "variable" at its beginning, "target" at its end; between them "step" for an operation that
    a gradient passes, "stop" for one that it does not, and "gap" for what is missing where there is no way at all.
    """

    title: str
    lines: tuple[str, ...]
    kind: str


@dataclass(frozen=True, repr=False)
class Explanation:
    """Why a gradient is None.

    ``reason`` is one of ``REASONS``, ``headline`` says it in a sentence and ``details`` in some more; ``remedy`` is
    what to do. ``op`` names the operation and ``line`` the user's line that is to blame, as far as there is one.
    """

    reason: str
    headline: str
    details: tuple[str, ...]
    remedy: str
    op: str | None
    line: SourceLine | None
    stages: tuple[Stage, ...]

    def __str__(self) -> str:
        lines = [self.headline]
        if self.line and self.line.text:
            lines.append(f"  line {self.line.number}: {self.line.text}")
        lines += self.details
        if self.remedy:
            lines.append(f"What to do: {self.remedy}")
        return "\n".join(lines)

    __repr__ = __str__


def listed(parts: list[str]) -> str:
    """A list in words.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def upper(sentence: str) -> str:
    """The sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]
