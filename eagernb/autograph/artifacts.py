"""Marks on functions that are converted already, or are not to be."""

from __future__ import annotations

import types
from typing import Any

_MARK = "autograph_info__"


def autograph_artifact(function: Any) -> Any:
    """Mark a function as one that is called as it is."""
    setattr(function.__func__ if isinstance(function, types.MethodType) else function, _MARK, True)
    return function


def is_artifact(function: Any) -> bool:
    """Whether a function is called as it is."""
    return hasattr(function, _MARK)
