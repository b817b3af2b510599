"""How tf.print and tf.strings.format show tensors: short, without dtypes, the middle of long axes left out.

>>> import numpy as np
>>> summary(np.arange(10), 3), summary(np.float32([1 / 3, 2]), 3), summary(np.array([b"a"], object), 3)
('[0 1 2 ... 7 8 9]', '[0.333333343 2]', '["a"]')
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.dtypes import kind_of


def summary(array: Any, summarize: int) -> str:
    """Up to ``summarize`` elements at either end of each axis (-1: all)."""
    return _axis(np.asarray(array), 0, np.ndim(array), summarize)


def _axis(array: Any, level: int, rank: int, summarize: int) -> str:
    if level == rank:
        return element(array if isinstance(array, bytes) else array[()])
    size = len(array)
    if summarize < 0 or size <= 2 * summarize:
        parts = [_axis(part, level + 1, rank, summarize) for part in array]
    else:
        parts = [_axis(part, level + 1, rank, summarize) for part in array[:summarize]]
        parts += ["...", *(_axis(part, level + 1, rank, summarize) for part in array[size - summarize :])]
    between = " " if level == rank - 1 else "\n" * (rank - level - 1) + " " * (level + 1)
    return f"[{between.join(parts)}]"


def element(value: Any) -> str:
    """One element: floats with as few digits as give them back, of six or nine (15 or 17 for float64)."""
    if isinstance(value, bytes):
        return f'"{_escaped(value)}"'
    kind = kind_of(value.dtype)
    if kind == "b":
        return str(int(value))
    if kind == "f":
        return _float(value)
    if kind == "c":
        return f"({_float(value.real)},{_float(value.imag)})"
    return str(value)


def _float(value: Any) -> str:
    short, long = (15, 17) if value.dtype == np.float64 else (6, 9)
    exact = float(value)
    text = f"{exact:.{short}g}"
    back = float(text) if value.dtype == np.float64 else np.float32(text)
    return text if back == exact or exact != exact else f"{exact:.{long}g}"


_ESCAPES = {ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t", ord('"'): '\\"', ord("'"): "\\'", ord("\\"): "\\\\"}


def _escaped(value: bytes) -> str:
    return value.decode(errors="backslashreplace").translate(_ESCAPES)
