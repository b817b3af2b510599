"""Where the public function of an op is declared, if a family makes it: what ``help`` and IPython's ``??`` show."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable
from functools import cached_property, update_wrapper
from itertools import islice
from types import CodeType, FrameType, FunctionType
from typing import Any


def declared(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function the module of the statement that calls the family, and that statement as its source.

    All functions of a family share their code. What a reader looks for, the op's kernel and its gradient, is in the
    statement that declares the op. ``inspect`` follows ``__wrapped__``: there stands the same function again, whose
    code says that it comes from that statement. It is for looking at; calls and tracebacks are those of ``function``.

    >>> import inspect
    >>> import eagernb as tf
    >>> tf.exp.__module__
    'eagernb.ops.exponential'
    >>> inspect.getsource(tf.exp).partition("(")[0]
    'exp = elementwise'
    """
    frame = _declaring_frame()
    function.__module__ = frame.f_globals["__name__"]
    function.__wrapped__ = _Declaration(function, frame)  # type: ignore[attr-defined]
    return function


class _Declaration:
    """The statement that declares an op. It is read when somebody looks: that takes longer than to declare the op."""

    def __init__(self, function: Any, frame: FrameType) -> None:
        self._function = function
        self._code, self._instruction, self._line = frame.f_code, frame.f_lasti, frame.f_lineno

    @cached_property
    def __wrapped__(self) -> FunctionType:
        """The function once more, with the statement as its source."""
        statement = _statement(self._code, self._instruction, self._line)
        place = f"{self._code.co_filename}:{self._line}"
        # A list with the statement as a single line: of several, inspect would look for the end of a def or lambda.
        linecache.cache[place] = (len(statement), None, [statement], place)
        function = self._function
        code = function.__code__.replace(co_filename=place, co_firstlineno=1)
        shown: Any = FunctionType(code, {}, None, function.__defaults__, function.__closure__)
        update_wrapper(shown, function)
        del shown.__wrapped__  # it is the last in the chain
        return shown


def _declaring_frame() -> FrameType:
    """The statement of a module in which the op is declared, also if a function of that module stands in between."""
    frame: Any = sys._getframe(2)
    while frame.f_globals["__name__"] == "eagernb.ops.families":
        frame = frame.f_back
    while frame.f_code.co_name != "<module>" and frame.f_back.f_globals is frame.f_globals:
        frame = frame.f_back
    return frame


def _statement(code: CodeType, instruction: int, line: int) -> str:
    """The source of the call that is being carried out, in whole lines."""
    positions = next(islice(code.co_positions(), instruction // 2, None))
    return "".join(linecache.getlines(code.co_filename)[line - 1 : positions[1] or line])
