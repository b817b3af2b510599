"""Say in one sentence how two outcomes differ, or that they do not."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from .outcome import Outcome

# About ten units in the last place in float32. NumPy and TensorFlow approximate exp, tanh and the like
# differently, each a few units off, and add up in a different order; no case needs more than that.
RELATIVE_TOLERANCE = {"float16": 4e-3, "float32": 1e-6, "float64": 1e-12}


def difference(expected: Outcome, got: Outcome) -> str | None:
    """What is wrong with `got`, or None where it is what was recorded."""
    return next(_differences(expected, got), None)


def _differences(expected: Outcome, got: Outcome) -> Iterator[str]:
    if expected["kind"] != got["kind"]:
        yield f"expected {brief(expected)}, got {brief(got)}"
    elif expected["kind"] == "raises":
        # A more specific class of our own is welcome, as long as `except` with TensorFlow's name catches it.
        if expected["names"] and expected["names"][0] not in got["names"]:
            yield f"expected {brief(expected)}, got {brief(got)}"
    elif "values" in expected:
        yield from _array_differences(expected, got)
    elif "items" in expected:
        yield from _item_differences(expected["items"], got["items"])
    elif expected != got:
        yield f"expected {brief(expected)}, got {brief(got)}"


def _array_differences(expected: Outcome, got: Outcome) -> Iterator[str]:
    for what in ("dtype", "shape"):
        if expected[what] != got[what]:
            yield f"expected {what} {expected[what]}, got {got[what]}"
            return
    dtype = expected["dtype"]
    for index, (want, have) in enumerate(zip(expected["values"], got["values"], strict=True)):
        if not _same_value(want, have, dtype):
            yield f"expected {want} as element {index} of {expected['values']}, got {have} of {got['values']}"


def _item_differences(expected: Any, got: Any) -> Iterator[str]:
    keys = list(expected) if isinstance(expected, dict) else range(len(expected))
    got_keys = list(got) if isinstance(got, dict) else range(len(got))
    if sorted(keys) != sorted(got_keys):
        yield f"expected the items {list(keys)}, got {list(got_keys)}"
        return
    for key in keys:
        yield from (f"item {key}: {text}" for text in _differences(expected[key], got[key]))


def _same_value(want: Any, have: Any, dtype: str) -> bool:
    if dtype in RELATIVE_TOLERANCE:
        return _same_float(float(want), float(have), RELATIVE_TOLERANCE[dtype])
    if dtype.startswith("complex"):
        part = RELATIVE_TOLERANCE["float32" if dtype == "complex64" else "float64"]
        return all(_same_float(float(w), float(h), part) for w, h in zip(want, have, strict=True))
    return bool(want == have)


def _same_float(want: float, have: float, tolerance: float) -> bool:
    if not np.isfinite(want) or want == 0:
        # repr tells 0.0 from -0.0, and is "nan" for every NaN.
        return repr(want) == repr(have)
    return bool(abs(want - have) <= tolerance * abs(want))


def brief(outcome: Outcome) -> str:
    """An outcome as a reader wants it."""
    kind = outcome["kind"]
    if kind == "raises":
        return f"{(outcome['names'] or ['an exception'])[0]} ({outcome['message']})"
    if "values" in outcome:
        return f"a {kind} of dtype {outcome['dtype']}, shape {outcome['shape']}, values {outcome['values']}"
    if "items" in outcome:
        items = outcome["items"]
        parts = [f"{key}: {brief(items[key])}" for key in items] if kind == "dict" else map(brief, items)
        return f"a {kind} of ({'; '.join(parts)})"
    return str(outcome["repr"])
