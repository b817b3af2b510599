"""Between bytes and text."""

from __future__ import annotations

from typing import Any


def as_bytes(bytes_or_text: bytes | str, encoding: str = "utf-8") -> bytes:
    """Text as bytes; bytes as they are.

    >>> as_bytes("ä"), as_bytes(b"a")
    (b'\\xc3\\xa4', b'a')
    """
    if isinstance(bytes_or_text, str):
        return bytes_or_text.encode(encoding)
    if isinstance(bytes_or_text, (bytes, bytearray)):
        return bytes(bytes_or_text)
    raise TypeError(f"Expected binary or unicode string, got {bytes_or_text!r}")


def as_text(bytes_or_text: bytes | str, encoding: str = "utf-8") -> str:
    """Bytes as text; text as it is."""
    return as_bytes(bytes_or_text, encoding).decode(encoding)


as_str = as_text


def as_str_any(value: Any, encoding: str = "utf-8") -> str:
    """Bytes as text, anything else as str() shows it."""
    return as_text(value, encoding) if isinstance(value, bytes) else str(value)
