"""Static arguments as Python text."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from eagernb.core.dtypes import DType

_LONGEST = 60


def literal(value: Any) -> str | None:
    """The text that gives this value again, or None for what has to be referred to by a name.

    >>> literal((1, None, "a")), literal(float("inf")), literal(object())
    ("(1, None, 'a')", None, None)
    """
    text = repr(value) if _is_plain(value) else None
    return text if text is not None and len(text) <= _LONGEST else None


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is tuple:
        return all(map(_is_plain, value))
    if kind is float:
        return math.isfinite(value)
    return value is None or kind in (int, bool, str)


def dtype_text(dtype: DType) -> str | None:
    """NumPy's name of a dtype, or None if NumPy has none.

    >>> from eagernb.core.dtypes import bfloat16, float32
    >>> dtype_text(float32), dtype_text(bfloat16)
    ('np.float32', None)
    """
    name = dtype.numpy.name
    return f"np.{name}" if getattr(np, name, None) is dtype.numpy.type else None
