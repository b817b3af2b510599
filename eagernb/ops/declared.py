"""Where the public function of an op is declared, if a family makes it: what ``help`` and IPython's ``??`` show."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable
from functools import update_wrapper
from itertools import islice
from types import FrameType, FunctionType
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
    statement = _statement(frame)
    place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
    # A list with the statement as a single line: of several, inspect would look for the end of a def or lambda.
    linecache.cache[place] = (len(statement), None, [statement], place)
    code = function.__code__.replace(co_filename=place, co_firstlineno=1)
    shown: Any = FunctionType(code, {}, None, function.__defaults__, function.__closure__)
    function.__wrapped__ = update_wrapper(shown, function)  # type: ignore[attr-defined]
    del shown.__wrapped__  # it is the last in the chain
    return function


def _declaring_frame() -> FrameType:
    """The statement of a module in which the op is declared, also if a function of that module stands in between."""
    frame: Any = sys._getframe(2)
    while frame.f_globals["__name__"] == "eagernb.ops.families":
        frame = frame.f_back
    while frame.f_code.co_name != "<module>" and frame.f_back.f_globals is frame.f_globals:
        frame = frame.f_back
    return frame


def _statement(frame: FrameType) -> str:
    """The source of the call that is being carried out, in whole lines."""
    positions = next(islice(frame.f_code.co_positions(), frame.f_lasti // 2, None))
    first, last = frame.f_lineno, positions[1] or frame.f_lineno
    return "".join(linecache.getlines(frame.f_code.co_filename)[first - 1 : last])
