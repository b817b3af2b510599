"""Several parts as one text: all of them, or the first of them and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eagernb.notebook.language import say

# As many as are read before the rest is only counted.
MOST_NAMES = 20
MOST_SENTENCES = 12


def join(parts: Iterable[str]) -> str:
    """Return the parts as in a sentence.

    >>> join(["w", "b", "x"])
    'w, b and x'
    """
    parts = list(parts)
    if len(parts) < 2:
        return "".join(parts)
    return say("{most} and {last}", most=say(", ").join(parts[:-1]), last=parts[-1])


def listed(parts: Sequence[str], most: int) -> str:
    """Return the parts as in a sentence, the first of them where there are many.

    >>> listed(["w", "b"], 2), listed(["w", "b", "x"], 2)
    ('w and b', 'w, b, and 1 more')
    """
    return join(parts) if len(parts) <= most else say(", ").join(capped(parts, most))


def capped(parts: Sequence[str], most: int = MOST_SENTENCES) -> list[str]:
    """Return the first parts, and how many more there are.

    >>> capped(["a", "b", "c"], 2)
    ['a', 'b', 'and 1 more']
    """
    left = len(parts) - most
    return [*parts[:most], say("and {n} more", n=f"{left:,}")] if left > 0 else list(parts)
