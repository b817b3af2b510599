"""How wide a text is, in Helvetica and the faces that share its widths: Arial, Liberation Sans."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Advance widths of U+0020 to U+007E in thousandths of an em: regular, bold.
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
    722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278,
    278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778,
    722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333,
    278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_SYMBOLS = {
    "×": 584,
    "·": 333,
    "–": 556,
    "−": 584,
    "∂": 560,
    "²": 333,
    "³": 333,
    "µ": 576,
    "°": 400,
    "ᵀ": 420,
}

ELLIPSIS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line of text, in the unit of `size`.

    ASCII is exact. Anything else is estimated on the wide side, since the fallback face is not known.

    >>> width("il", 10)
    4.44
    """
    return sum(_advance(char, bold) for char in text) * size / 1000


def clip(text: str, size: float, limit: float, *, bold: bool = False) -> str:
    """Return the text, or as much of its beginning as fits in `limit` with an ellipsis.

    >>> clip("a rather long label", 10, 50)
    'a rather l…'
    """
    room = limit - _advance(ELLIPSIS, bold) * size / 1000
    used, kept = 0.0, 0
    for index, char in enumerate(text, 1):
        used += _advance(char, bold) * size / 1000
        if used <= room:
            kept = index
        # More characters than points of width can only be stacked combining marks.
        if used > limit or index > limit:
            return text[: min(kept, int(limit))].rstrip() + ELLIPSIS
    return text


def is_exact(text: str) -> bool:
    """Say whether the width of the text is known rather than estimated."""
    return all(" " <= char <= "~" or char in "×–−" for char in text)


@lru_cache(maxsize=4096)
def _advance(char: str, bold: bool) -> int:
    code = ord(char)
    if 0x20 <= code <= 0x7E:
        return (_BOLD if bold else _REGULAR)[code - 0x20]
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if category.startswith("S") or unicodedata.east_asian_width(char) in "WF":
        return 1300 if category == "So" else 1050
    if category in ("Lu", "Po", "Pd", "Lt"):
        return 1000
    return 780
