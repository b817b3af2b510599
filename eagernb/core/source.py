"""Which line of the user's code is running: the innermost frame outside this package."""

from __future__ import annotations

import linecache
import sys
from types import FrameType
from typing import NamedTuple

_PACKAGE = __name__.partition(".")[0]


class SourceLine(NamedTuple):
    """A line of the user's code: the file (or cell) it is in, its number, the function around it."""

    filename: str
    number: int
    function: str = "<module>"

    @property
    def text(self) -> str:
        """The line itself, stripped; empty where the source is not to be had."""
        return linecache.getline(self.filename, self.number).strip()


def line_of(frame: FrameType) -> SourceLine:
    return SourceLine(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)


def user_line(filename: str | None = None) -> SourceLine | None:
    """The user's line that is running now; with ``filename``, the innermost one in that file."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if filename is None:
            if frame.f_globals.get("__name__", "").partition(".")[0] != _PACKAGE:
                return line_of(frame)
        elif frame.f_code.co_filename == filename:
            return line_of(frame)
        frame = frame.f_back
    return None
