"""The texts of a box as they are drawn: cleaned, cut to a sane width, and measured."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import metrics
from .diagram import Box

TITLE_SIZE = 12.5
LINE_SIZE = 10.0
BADGE_SIZE = 8.5
TITLE_HEIGHT = 15.0
LINE_HEIGHT = 12.5
BADGE_HEIGHT = 12.0
MAX_TEXT_WIDTH = 190.0
MAX_BADGE_WIDTH = 70.0
MAX_EDGE_LABEL = 120.0
MAX_GROUP_TITLE = 260.0
MAX_LINES = 6
MAX_TOOLTIP = 2000

_PADDING_X, _PADDING_Y = 9.0, 5.0
# Room that a shape takes from its text: (width, height).
_SHAPE_ROOM = {
    "input": (8.0, 0.0),
    "output": (14.0, 2.0),
    "variable": (0.0, 7.0),
    "gradient": (4.0, 0.0),
    "effect": (10.0, 0.0),
    "fused": (6.0, 6.0),
    "failed": (12.0, 2.0),
    "choice": (16.0, 2.0),
    "flow": (14.0, 0.0),
    "nested": (12.0, 8.0),
}
_MIN_WIDTH = 38.0

# What neither XML nor a picture can hold: controls, surrogates, non-characters, and the directional
# overrides, which would let a label write itself backwards over the rest of its line.
_UNDRAWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Label:
    """What a box says, ready to be drawn in a shape of `width` by `height` points."""

    title: str
    lines: tuple[str, ...]
    badge: str
    width: float
    height: float


def label(box: Box) -> Label:
    """Return the texts of a box, each on one line and cut to a sane width, and the size that they need.

    >>> label(Box("n", "matmul", ("64×10 float32",))).lines
    ('64×10 float32',)
    """
    title = metrics.clip(one_line(box.title), TITLE_SIZE, MAX_TEXT_WIDTH, bold=True)
    shown = box.lines if len(box.lines) <= MAX_LINES else (*box.lines[: MAX_LINES - 1], metrics.ELLIPSIS)
    lines = tuple(metrics.clip(one_line(line), LINE_SIZE, MAX_TEXT_WIDTH) for line in shown)
    badge = metrics.clip(one_line(box.badge), BADGE_SIZE, MAX_BADGE_WIDTH)
    # A badge sits on the lower edge, half inside.
    badge_height = BADGE_HEIGHT / 2 - 2 if badge else 0.0
    room_x, room_y = _SHAPE_ROOM.get(box.kind, (0.0, 0.0))
    text_width = max(
        metrics.width(title, TITLE_SIZE, bold=True),
        badge_width(badge),
        *(metrics.width(line, LINE_SIZE) for line in lines),
        0.0,
    )
    width = max(_MIN_WIDTH, text_width + 2 * _PADDING_X + room_x)
    height = TITLE_HEIGHT + LINE_HEIGHT * len(lines) + 2 * _PADDING_Y + room_y + badge_height
    # Whole points keep the lines of a picture crisp and its bytes few.
    return Label(title, lines, badge, float(round(width + 0.5)), float(round(height + 0.5)))


def badge_width(text: str) -> float:
    """Return the width of the pill that a badge is drawn in, 0 for no badge."""
    return metrics.width(text, BADGE_SIZE) + 9 if text else 0.0


def short(text: str, limit: float = MAX_TEXT_WIDTH) -> str:
    """Return a small text, such as an edge's label, on one line and cut to a sane width."""
    return metrics.clip(one_line(text), LINE_SIZE, limit)


def tooltip(box: Box) -> str:
    """Return what hovering over a box shows: its tooltip, or all that it says where it has none.

    Line breaks stay. A text of more than `MAX_TOOLTIP` characters is cut.

    >>> tooltip(Box("n", "matmul", ("line 3",)))
    'matmul\\nline 3'
    """
    parts = [box.tooltip] if box.tooltip else [text for text in (box.title, *box.lines, box.badge) if text]
    # Slicing before joining spares the copy of a label of megabytes.
    return paragraph("\n".join(part[: MAX_TOOLTIP + 1] for part in parts[: MAX_TOOLTIP + 1]))


def paragraph(text: str, limit: int = MAX_TOOLTIP) -> str:
    """Return the text without what cannot be drawn, its line breaks kept, cut to `limit` characters."""
    cleaned = drawable(text[: limit + 1]).strip()
    return cleaned if len(cleaned) <= limit else cleaned[:limit] + metrics.ELLIPSIS


def one_line(text: str) -> str:
    """Return the text on one line without what cannot be drawn, not yet cut.

    >>> one_line("a\\n  b")
    'a b'
    """
    # No label shows more than this; the rest of a huge one need not be looked at.
    return drawable(" ".join(text[:4000].split()))


def drawable(text: str) -> str:
    """Return the text with a replacement character for each that XML or a picture cannot hold."""
    return _UNDRAWABLE.sub("\N{REPLACEMENT CHARACTER}", text)
