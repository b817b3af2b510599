"""Rules of arithmetic and logic. Each asks what an op's numbers obey, its Laws, not which op it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.op import find_op
from eagernb.graph.ir import Value
from eagernb.ops.broadcasting import BROADCAST_TO
from eagernb.passes.patterns import Constant, Match, New, Number, Rule, constant, law, new, same_op


def _identity(m: Match) -> Value | None:
    """x where the number is the identity element: in exact arithmetic with its sign, since -0.0 + 0.0 is 0.0."""
    element, number = m.node.op.laws.identity, m.number("c")
    if number != element or element is None or not (m.keeps_shape("x") and m.single("c") and m.real):
        return None
    return m["x"] if m.loose or number != 0 or np.signbit(number) == np.signbit(element) else None


def _filled(m: Match, number: Any) -> New | None:
    """The number in all places of the output, where its shape is known and nothing but numbers matters."""
    spec = m.node.specs[0]
    if not m.loose or not spec.shape.is_fully_defined():
        return None
    value = constant(number, m.node.values[0])
    return new(BROADCAST_TO, value, shape=spec.dims) if spec.dims else value


def _absorbing(m: Match) -> New | None:
    return _filled(m, m.node.op.laws.absorbing) if m.number("c") == m.node.op.laws.absorbing else None


def _inverse(m: Match) -> Value | None:
    return m["x"] if m.loose and m["f"].node.op.name == m.node.op.laws.inverse else None


def _even(m: Match) -> New | None:
    laws = m["f"].node.op.laws
    only_the_sign = laws.negates or (laws.even and laws.idempotent and not m["x"].spec.dtype.is_complex)
    return new(m.node.op, m["x"]) if only_the_sign else None


def _cheaper(m: Match) -> New | None:
    number = m.number("c")
    name = m.node.op.laws.strength.get(number.item() if hasattr(number, "item") else float(number))
    if name is None or not (m.keeps_shape("x") and m.single("c") and m.real):
        return None
    return new(name, m["x"]) if find_op(name).takes(m["x"].spec.dtype.numpy) else None


def _times_reciprocal(m: Match) -> New | None:
    number = np.asarray(m.number("c"))
    if m["x"].spec.dtype.is_complex or number == 0 or not np.isfinite(number.astype(float)):
        return None
    inverse = 1 / number
    if not m.fast_math and not (_is_power_of_two(number) and _is_power_of_two(inverse)):
        return None
    value = np.full(m["c"].node.params["value"].shape, inverse, number.dtype)
    return new(m.node.op.laws.reciprocal, m["x"], constant(value, m["c"]))


def _is_power_of_two(number: np.ndarray) -> bool:
    """Whether it is one, and so large that its reciprocal loses nothing."""
    number = number.astype(np.float64) if number.dtype.itemsize < 8 else number
    return bool(np.abs(np.frexp(number)[0]) == 0.5)


def _regrouped(m: Match) -> New | None:
    return new(m.node.op, m["x"], new(m.node.op, m["c"], m["d"])) if m.loose else None


ALGEBRA = (
    Rule(law("identity", "x", Number("c")), _identity, "{out} is {x}: {op} with {c} changes nothing."),
    Rule(law("absorbing", "x", Number("c")), _absorbing, "{out} is {c} everywhere, whatever {x} is."),
    Rule(law("of_itself", "x", "x"), lambda m: _filled(m, m.node.op.laws.of_itself),
         "{out} is the same everywhere: {op} of {x} and {x}."),
    Rule(law("idempotent", "x", "x"), lambda m: m["x"], "{out} is {x}: that is on both sides of {op}."),
    Rule(law("idempotent", same_op("x", called="f")), lambda m: m["f"], "{out} is {f}: {op} again changes nothing.",
         lambda m: m.node.op.fresh),
    Rule(law("involution", same_op("x", called="f")), lambda m: m["x"], "{out} is {x}: one {op} undoes the other.",
         lambda m: not m.node.op.fresh),
    Rule(law("inverse", law("inverse", "x", called="f")), _inverse, "{out} is {x}: {op} undoes {f}."),
    Rule(law("even", law("even", "x", called="f")), _even, "{out} needs no {f}: {op} takes no notice of the sign."),
    Rule(law("even", law("negates", "x", called="f")), _even, "{out} needs no {f}: {op} takes no notice of the sign."),
    Rule(law("odd", law("negates", "x", called="f"), law("negates", "y", called="g")),
         lambda m: new(m.node.op, m["x"], m["y"]), "{out} needs neither {f} nor {g}: two minus signs make a plus."),
    Rule(law("negated", "x", law("negates", "y", called="f")),
         lambda m: new(m.node.op.laws.negated, m["x"], m["y"]), "{out} is {new}({x}, {y}), without {f}."),
    Rule(law("strength", "x", Number("c")), _cheaper, "{out} is {new}({x}), which costs less than {op} with {c}.",
         lambda m: not m["c"].spec.dims),
    Rule(law("reciprocal", "x", Number("c")), _times_reciprocal,
         "{out} is {new} by 1/{c} instead, which costs less than {op}.", lambda m: not m["c"].spec.dims),
    Rule(law("associative", same_op("x", Constant("c"), called="f"), Constant("d")), _regrouped,
         "{out} takes {c} and {d} together first: they never change."),
)  # fmt: skip
