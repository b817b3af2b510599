"""Rules of choosing between values, and of converting them."""

from __future__ import annotations

from eagernb.core.dtypes import DType
from eagernb.graph.ir import Value
from eagernb.ops.broadcasting import BROADCAST_TO
from eagernb.passes.patterns import Match, New, Number, Rule, law, new


def _chosen(m: Match) -> Value | New | None:
    """The value that a condition which never changes chooses, repeated where the other one made it larger."""
    value, spec = m["x"] if m.number("c") else m["y"], m.node.specs[0]
    if not spec.shape.is_fully_defined():
        return None
    return value if value.spec == spec else new(BROADCAST_TO, value, shape=spec.dims)


def _either(m: Match) -> Value | None:
    spec = m.node.specs[0]
    return m["x"] if spec == m["x"].spec and spec.shape.is_fully_defined() else None


def _there_and_back(m: Match) -> Value | None:
    first, between, last = m["x"].spec.dtype, m["f"].spec.dtype, m.node.specs[0].dtype
    return m["x"] if first is last and _holds(between, first) else None


def _at_once(m: Match) -> New | None:
    """One conversion for two, where neither of them loses anything."""
    first, between, last = m["x"].spec.dtype, m["f"].spec.dtype, m.node.specs[0].dtype
    lossless = _holds(between, first) and _holds(last, between)
    return new(m.node.op, m["x"], **m.node.params) if lossless else None


def _holds(wide: DType, narrow: DType) -> bool:
    """Whether every value of a dtype is one of the other as well.

    >>> from eagernb.core import dtypes
    >>> _holds(dtypes.float64, dtypes.int32), _holds(dtypes.float32, dtypes.int32)
    (True, False)
    """
    if wide is narrow or narrow.is_bool:
        return wide.is_numeric or wide is narrow
    if not (wide.is_numeric and narrow.is_numeric) or (narrow.is_complex and not wide.is_complex):
        return False
    wide, narrow = wide.real_dtype, narrow.real_dtype
    if wide.is_floating:
        if _DIGITS[wide.name] < _DIGITS[narrow.name]:
            return False
        return narrow.is_integer or _RANGE[wide.name] >= _RANGE[narrow.name]
    return narrow.is_integer and narrow.min >= wide.min and narrow.max <= wide.max


# Binary digits of which a value can have any number, and those of a float's exponent.
_DIGITS = {
    "int8": 7, "int16": 15, "int32": 31, "int64": 63, "uint8": 8, "uint16": 16, "uint32": 32, "uint64": 64,
    "float16": 11, "bfloat16": 8, "float32": 24, "float64": 53,
}  # fmt: skip
_RANGE = {"float16": 5, "bfloat16": 8, "float32": 8, "float64": 11}


CHOICES = (
    Rule(law("selects", Number("c"), "x", "y"), _chosen, "{out} is settled: the condition is always {c}."),
    Rule(law("selects", "c", "x", "x"), _either, "{out} is {x}, whatever {c} is."),
    Rule(law("selects", law("negates", "c", called="f"), "x", "y"),
         lambda m: new(m.node.op, m["c"], m["y"], m["x"]), "{out} has its two values change places instead of {f}."),
    Rule(law("converts", law("converts", "x", called="f")), _there_and_back,
         "{out} is {x}: nothing was lost on the way to {f}, and this is the way back."),
    Rule(law("converts", law("converts", "x", called="f")), _at_once, "{out} converts {x} at once, without {f}."),
)  # fmt: skip
