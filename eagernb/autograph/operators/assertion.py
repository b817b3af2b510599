"""assert and except: an assertion is checked when the graph runs if it is about a tensor, at once otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from eagernb.autograph.operators.staging import is_staged
from eagernb.ops.assertions import Assert


def assert_stmt(expression: Any, message: Callable[[], Any] | None) -> None:
    """``assert expression, message``; the message is computed only if the assertion fails, or for a tensor."""
    __tracebackhide__ = True
    if is_staged(expression):
        shown = "Assertion error" if message is None else message()
        Assert(expression, shown if isinstance(shown, list) else [shown])
    elif not expression:
        raise AssertionError if message is None else AssertionError(message())


def caught() -> BaseException | None:
    """The exception that an except clause is about."""
    return sys.exc_info()[1]
