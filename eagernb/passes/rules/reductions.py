"""Rules of reductions: which op of two inputs they repeat, and what holds of that one, decides."""

from __future__ import annotations

import math

import numpy as np

from eagernb.core.laws import Laws
from eagernb.core.op import find_op
from eagernb.core.static import normal_axes
from eagernb.graph.ir import Value
from eagernb.ops.shape import RESHAPE
from eagernb.passes.patterns import Match, New, Rule, constant, fact, law, new


def _repeated(m: Match) -> Laws:
    """What holds of the op that the reduction repeats."""
    return find_op(m.node.op.laws.repeats).laws


def _axes(m: Match, value: Value) -> tuple[int, ...]:
    return normal_axes(m.node.params["axis"], len(value.spec.dims))


def _of_single_elements(m: Match) -> New | Value | None:
    """x in another shape, where one element at a time is reduced. A sum begins with 0.0, and makes that of -0.0."""
    laws, start = _repeated(m), m.node.op.laws.start
    exact = start is None or (start == laws.identity and np.signbit(start) == np.signbit(laws.identity))
    sizes, out = [m["x"].spec.dims[axis] for axis in _axes(m, m["x"])], m.node.specs[0]
    if any(size != 1 for size in sizes) or not (exact or m.loose) or not out.shape.is_fully_defined():
        return None
    return m["x"] if out == m["x"].spec else new(RESHAPE, m["x"], shape=out.dims)


def _of_copies(m: Match) -> New | None:
    """Of copies of a number: that number if reducing two equal ones gives it, or the sum by one multiplication."""
    before, after, laws = m["x"].spec, m["f"].spec, _repeated(m)
    if before.dims or not after.shape.is_fully_defined() or m.node.specs[0].dims:
        return None
    count = math.prod(after.dims)  # type: ignore[arg-type]
    if laws.idempotent and count:
        return new(RESHAPE, m["x"], shape=())
    if m.node.op.linear and m.loose:
        return new("multiply", m["x"], constant(np.array(count).astype(before.dtype.numpy), m["x"]))
    return None


def _at_once(m: Match) -> New | None:
    """Both reductions in one: in floating point a sum would be rounded in another order."""
    inner, keepdims = m["f"].node, m.node.params["keepdims"]
    if inner.op is not m.node.op or inner.params["keepdims"] != keepdims or not (m.loose or _repeated(m).idempotent):
        return None
    first = normal_axes(inner.params["axis"], len(m["x"].spec.dims))
    second = _axes(m, m["f"])
    if not keepdims:
        left = [axis for axis in range(len(m["x"].spec.dims)) if axis not in first]
        second = tuple(left[axis] for axis in second)
    return new(m.node.op, m["x"], axis=tuple(sorted({*first, *second})), keepdims=keepdims)


REDUCTIONS = (
    Rule(law("repeats", "x"), _of_single_elements, "{out} is {x} in another shape: {op} has nothing to do there."),
    Rule(law("repeats", fact("movement", "expand", "x", called="f")), _of_copies,
         "{out} follows from {x} itself: {f} only repeats it."),
    Rule(law("repeats", law("repeats", "x", called="f")), _at_once, "{out} is one {op} of {x}, without {f}."),
)  # fmt: skip
