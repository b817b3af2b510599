"""What stands on a box, and in its tooltip."""

from __future__ import annotations

# Longer values are told by their shape.
LONGEST_VALUE = 16
_LONGEST_PREVIEW = 48
# A longer name goes by its label: softmax CE.
LONGEST_NAME = 20


def title_text(name: str, label: str) -> str:
    """Return an operation's name and symbol.

    >>> title_text("add", "+"), title_text("matmul", "matmul")
    ('add +', 'matmul')
    """
    _, symbol = operation_text(name, label)
    return f"{short_text(name, label)} {symbol}".rstrip()


def operation_text(name: str, label: str) -> tuple[str, str]:
    """Return the name of an operation and its symbol, which is empty where its label is only a word.

    >>> operation_text("add", "+"), operation_text("matmul", "matmul"), operation_text("reduce_mean", "mean")
    (('add', '+'), ('matmul', ''), ('reduce_mean', ''))
    """
    is_word = label[:2].isascii() and label[:2].isalpha()
    return name, "" if is_word or len(label) > 6 else label


def short_text(name: str, label: str) -> str:
    """Return an operation's name, or its label where the name is long."""
    return name if len(name) <= LONGEST_NAME else label or name


def typed_text(name: str, type_: str) -> str:
    """Return a value's name, if it has one, and its type."""
    return f"{name}: {type_}" if name else type_


def cut_text(text: str) -> str:
    """Return as much of a value's preview as a tooltip shows."""
    return text if len(text) <= _LONGEST_PREVIEW else text[:_LONGEST_PREVIEW] + "…"
