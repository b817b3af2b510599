"""Whether code that runs now is to be converted: by a function with autograph, not within do_not_convert."""

from __future__ import annotations

from contextvars import ContextVar
from enum import Enum
from typing import Any


class Status(Enum):
    UNSPECIFIED = 0
    ENABLED = 1
    DISABLED = 2


_status: ContextVar[Status] = ContextVar("eagernb_autograph", default=Status.UNSPECIFIED)
status = _status.get


class conversion:
    """A context in which conversion is asked for, or ruled out."""

    def __init__(self, wanted: Status) -> None:
        self._wanted = wanted

    def __enter__(self) -> None:
        self._token = _status.set(self._wanted)

    def __exit__(self, *_: Any) -> None:
        _status.reset(self._token)
