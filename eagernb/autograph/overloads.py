"""What converted code does with objects of a class instead of Python's statements and built-in functions.

Classes of the floors above say so here, without loading the conversion.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_overloads: dict[tuple[str, type], Callable[..., Any]] = {}


def register_overload(name: str, kind: type, function: Callable[..., Any]) -> None:
    """Let converted code call this function for objects of a class.

    ``name`` is "for", for the loop over such an object, with the arguments of ``for_stmt``; or a built-in function's:
    enumerate, zip, map, filter, any, all, next, len.
    """
    _overloads[name, kind] = function


def overload(name: str, value: Any) -> Callable[..., Any] | None:
    """What is registered for objects like this one."""
    return next((f for (key, kind), f in _overloads.items() if key == name and isinstance(value, kind)), None)
