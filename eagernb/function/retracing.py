"""Why a function was traced again: which argument changed, and what to do about it.

>>> import eagernb as tf
>>> f = tf.function(lambda x, n: x * n)
>>> for n in (1, 2):
...     _ = f(tf.constant(1.0), n)
>>> print(tf.explain_retracing(f))
<lambda> was traced 2 times.
Trace 1: the first.
Trace 2: the Python value of 'n' changed from 1 to 2.
  Pass a tensor, tf.constant(2), to use one trace for all values.
"""

from __future__ import annotations

import logging
from collections import Counter
from typing import Any, NamedTuple

from eagernb.core import nest
from eagernb.core.composite import CompositeSpec
from eagernb.core.spec import TensorSpec
from eagernb.function.function_type import VariableSpec
from eagernb.function.signature import Signature, cache_key

_log = logging.getLogger(__name__)

_OFTEN = 5  # traces for one reason


class Difference(NamedTuple):
    """One way in which a call differs from an earlier one."""

    argument: str
    kind: str
    change: str
    remedy: str


class Retrace(NamedTuple):
    """A trace, and how its arguments differ from those of the nearest earlier one (none: it is the first)."""

    number: int
    nearest: int | None
    differences: tuple[Difference, ...]

    def __str__(self) -> str:
        if self.nearest is None:
            return f"Trace {self.number}: the first."
        beside = "" if self.nearest == self.number - 1 else f" (nearest to trace {self.nearest})"
        changes = "; ".join(d.change for d in self.differences) or "the arguments are the same, but the context is not"
        remedies = dict.fromkeys(d.remedy for d in self.differences)
        return "\n".join([f"Trace {self.number}{beside}: {changes}.", *(f"  {remedy}" for remedy in remedies)])


class RetracingReport:
    """Every trace of a function with its reason; printed, it says them in words."""

    def __init__(self, name: str, traces: tuple[Retrace, ...]) -> None:
        self.name = name
        self.traces = traces

    def __str__(self) -> str:
        times = "once" if len(self.traces) == 1 else f"{len(self.traces)} times"
        return "\n".join([f"{self.name} was traced {times}.", *map(str, self.traces)])

    __repr__ = __str__


class History:
    """The signatures of all traces of one function, in order."""

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._known: list[Any] = []
        self._traces: list[Retrace] = []
        self._reasons: Counter[tuple[str, str]] = Counter()

    def add(self, known: Any) -> None:
        """Note a trace; the fifth for the same reason is warned of, once."""
        self._known.append(known)
        trace = self._compared(len(self._known) - 1)
        self._traces.append(trace)
        for difference in trace.differences:
            reason = (difference.argument, difference.kind)
            self._reasons[reason] += 1
            if self._reasons[reason] == _OFTEN:
                _log.warning(
                    "%s was traced %d times because %s of %r changed, which is expensive. The last time, %s. %s "
                    "tf.explain_retracing(%s) lists all.",
                    self._signature.name, _OFTEN, difference.kind, difference.argument, difference.change,
                    difference.remedy, self._signature.name,
                )  # fmt: skip

    def report(self) -> RetracingReport:
        return RetracingReport(self._signature.name, tuple(self._traces))

    def _compared(self, at: int) -> Retrace:
        """Against the nearest of the last traces: one in which the fewest arguments differ, the latest of those."""
        best: tuple[int, int, tuple[Difference, ...]] | None = None
        for earlier in range(at - 1, max(-1, at - 1 - _LOOKED_AT), -1):
            found = tuple(self._differences(self._known[earlier], self._known[at]))
            if best is None or len(found) < best[0]:
                best = (len(found), earlier, found)
        return Retrace(at + 1, None, ()) if best is None else Retrace(at + 1, best[1] + 1, best[2])

    def _differences(self, before: Any, after: Any) -> list[Difference]:
        found: list[Difference] = []
        for name in self._signature.parameters:
            old, new = _argument(before, self._signature, name), _argument(after, self._signature, name)
            found += _compare(name, old, new)
        return found


_LOOKED_AT = 50  # earlier traces, at most


def _argument(known: Any, signature: Signature, name: str) -> Any:
    values = dict(zip(signature.parameters, known["args"], strict=False)) | known["kwargs"]
    parameter = signature.python.parameters[name]
    if parameter.kind is parameter.VAR_POSITIONAL:
        return known["args"][signature.parameters.index(name) :]
    if parameter.kind is parameter.VAR_KEYWORD:
        return {k: v for k, v in known["kwargs"].items() if k not in signature.parameters}
    return values.get(name)


def _compare(name: str, before: Any, after: Any) -> list[Difference]:
    try:
        nest.assert_same_structure(before, after)
    except (TypeError, ValueError):
        return [
            Difference(
                name, "the structure", f"the structure of {name!r} changed",
                "Pass the same kind of lists, tuples and dicts, of the same lengths.",
            )
        ]  # fmt: skip
    pairs = zip(nest.flatten(before), nest.flatten(after), strict=True)
    found = [_leaf(name, a, b) for a, b in pairs if cache_key(a) != cache_key(b)]
    return list(dict.fromkeys(found))


def _leaf(name: str, a: Any, b: Any) -> Difference:
    if isinstance(a, TensorSpec) and isinstance(b, TensorSpec):
        if a.dtype is not b.dtype:
            return Difference(
                name, "the dtype", f"the dtype of {name!r} changed from {a.dtype.name} to {b.dtype.name}",
                f"Use tf.cast({name}, tf.{a.dtype.name}) before the call.",
            )  # fmt: skip
        sizes = zip(a.dims, b.dims, strict=True) if a.shape.rank == b.shape.rank else ()
        general = [x if x == y else None for x, y in sizes]
        wanted = f"tf.TensorSpec({general}, tf.{b.dtype.name})"
        remedy = (
            f"Use reduce_retracing=True, or input_signature with {wanted} for {name!r}."
            if general else "Reshape it to one rank before the call."
        )  # fmt: skip
        return Difference(name, "the shape", f"the shape of {name!r} changed from {a.shape} to {b.shape}", remedy)
    if isinstance(a, VariableSpec) and isinstance(b, VariableSpec):
        return Difference(
            name, "the variable", f"the variable {name!r} looks different: {a} before, {b} now",
            "Pass variables of one shape and dtype, or use them from outside instead of passing them.",
        )  # fmt: skip
    if isinstance(a, CompositeSpec) and isinstance(b, CompositeSpec):
        return Difference(
            name, "the elements", f"the elements of {name!r} changed from {a} to {b}",
            "Pass datasets or iterators whose elements have one element_spec.",
        )  # fmt: skip
    if isinstance(a, TensorSpec) or isinstance(b, TensorSpec):
        return Difference(
            name, "the kind", f"{name!r} was {_kind(a)} and is {_kind(b)} now", "Pass a tensor every time."
        )
    if isinstance(b, (bool, int, float, complex)):
        remedy = f"Pass a tensor, tf.constant({b!r}), to use one trace for all values."
    else:
        remedy = "Pass the same object every time, or keep it out of the arguments."
    return Difference(
        name, "the Python value", f"the Python value of {name!r} changed from {_short(a)} to {_short(b)}", remedy
    )


def _kind(value: Any) -> str:
    return "a tensor" if isinstance(value, TensorSpec) else f"a Python {type(value).__name__}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
