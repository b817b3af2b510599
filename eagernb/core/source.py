"""Which line of the user's code is running: the innermost frame outside this package."""

from __future__ import annotations

import linecache
import os
import sys
from types import CodeType, FrameType
from typing import NamedTuple

_FOLDER = os.path.dirname(os.path.dirname(__file__)) + os.sep


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


class Place(NamedTuple):
    """Where code was running. Cheaper to note than its line, which is looked up once somebody asks."""

    code: CodeType
    instruction: int

    @property
    def line(self) -> SourceLine:
        for start, end, number in self.code.co_lines():
            if start <= self.instruction < end and number is not None:
                return SourceLine(self.code.co_filename, number, self.code.co_name)
        return SourceLine(self.code.co_filename, self.code.co_firstlineno, self.code.co_name)


def is_own(code: CodeType) -> bool:
    """Whether code is this package's own."""
    return code.co_filename.startswith(_FOLDER)


def user_frame(filename: str | None = None) -> FrameType | None:
    """The innermost frame outside this package; with ``filename``, the innermost one in that file."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if not is_own(code) if filename is None else code.co_filename == filename:
            break
        frame = frame.f_back
    return frame


def user_place() -> Place | None:
    """Where the user's code is running now."""
    frame = user_frame()
    return None if frame is None else Place(frame.f_code, frame.f_lasti)


def user_line(filename: str | None = None) -> SourceLine | None:
    """The user's line that is running now; with ``filename``, the innermost one in that file."""
    frame = user_frame(filename)
    return None if frame is None else line_of(frame)
