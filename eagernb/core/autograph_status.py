"""Whether the code that runs now is AutoGraph's: converted, so that functions that it passes on are converted too.

The conversion itself is the matter of ``eagernb.autograph``, which registers it here for the floors below.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from enum import Enum
from typing import Any


class Status(Enum):
    """What the innermost of ``tf.function`` and ``do_not_convert`` asked for."""

    UNSPECIFIED = 0
    ENABLED = 1
    DISABLED = 2


_status: ContextVar[Status] = ContextVar("eagernb_autograph", default=Status.UNSPECIFIED)
status = _status.get

_converters: list[Callable[[Any], Any]] = []


class conversion:
    """A context in which conversion is asked for, or ruled out."""

    def __init__(self, wanted: Status) -> None:
        self._wanted = wanted

    def __enter__(self) -> None:
        self._token = _status.set(self._wanted)

    def __exit__(self, *_: Any) -> None:
        _status.reset(self._token)


def register_converter(convert: Callable[[Any], Any]) -> None:
    """Let this convert the functions that converted code passes on."""
    _converters.append(convert)


def converted_here(function: Callable[..., Any]) -> Callable[..., Any]:
    """A user's function, as an operation that it was passed to should call it."""
    for convert in _converters if status() is Status.ENABLED else ():
        function = convert(function)
    return function
