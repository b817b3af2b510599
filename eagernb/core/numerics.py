"""Looking for NaN and infinities in what every operation gives, to find the first one that makes them.

>>> import eagernb as tf
>>> tf.debugging.enable_check_numerics()
>>> tf.math.log(tf.constant([0.0, 1.0]))
Traceback (most recent call last):
    ...
eagernb.errors.InvalidArgumentError: log gave 1 -Inf in float32[2], at line ...
>>> tf.debugging.disable_check_numerics()
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from eagernb.core import printing
from eagernb.core.dispatch import Handler, active_handlers, spec_of, suspended
from eagernb.core.dtypes import DIFFERENTIABLE, variant
from eagernb.core.op import Op
from eagernb.core.source import SourceLine, user_line
from eagernb.core.tensor import EagerTensor, key_of
from eagernb.errors import InvalidArgumentError

# What a variable holds or a source gives was not computed by them.
_HOLDING = frozenset({"state", "source"})

_REMEMBERED = 10_000  # operations whose line an error in their gradient can name


def _computes(op: Op) -> bool:
    return not op.moves and op.family not in _HOLDING


class NumericsCheck(Handler):
    """A handler that raises InvalidArgumentError after an operation that gave a NaN or an infinity."""

    only_notes = sees_inside = True

    def __init__(self) -> None:
        self._makers: dict[int, str] = {}  # by the key of a tensor: the operation that gave it, and its line
        self._differentiated = ""

    def note(self, op: Op, inputs: Sequence[Any], params: dict[str, Any], result: Any) -> None:
        __tracebackhide__ = True
        for out in result if op.multiple else (result,):
            if out.__class__ is EagerTensor and _computes(op) and out._array.dtype in DIFFERENTIABLE:
                if out.dtype is variant:  # it holds what was checked before
                    continue
                if not np.isfinite(out._array).all():
                    raise InvalidArgumentError(self._report(op, inputs, out), op.name)
                self._remember(key_of(out), op)

    def differentiating(self, key: int | None) -> None:
        self._differentiated = "" if key is None else self._makers.get(key, "")

    def _remember(self, key: int, op: Op) -> None:
        if len(self._makers) >= _REMEMBERED:
            del self._makers[next(iter(self._makers))]
        self._makers[key] = f"{op.name}{_at(user_line())}"

    def _report(self, op: Op, inputs: Sequence[Any], out: Any) -> str:
        array = out._array
        tests = (("-Inf", np.isneginf), ("+Inf", np.isposinf)) if array.dtype.kind != "c" else (("Inf", np.isinf),)
        counts = [(name, int(np.count_nonzero(test(array)))) for name, test in (*tests, ("NaN", np.isnan))]
        found = " and ".join(f"{count} {name}" for name, count in counts if count)
        lines = [f"{op.name} gave {found} in {spec_of(out).brief}{_at(user_line())}"]
        if self._differentiated:
            lines.append(f"  in the gradient of {self._differentiated}")
        lines += [f"  its input: {_shortened(printing.tensor_str(x._array))}" for x in inputs]
        return "\n".join(lines)


def _at(line: SourceLine | None) -> str:
    if line is None:
        return ""
    where = f", at line {line.number} of {line.filename}"
    return f"{where}: {line.text}" if line.text else where


def _shortened(text: str) -> str:
    return text if len(text) <= 300 else text[:297] + "..."


def enable_check_numerics(stack_height_limit: int = 30, path_length_limit: int = 50) -> None:
    """From now on, raise InvalidArgumentError at the first operation that gives a NaN or an infinity.

    The error names the operation, its inputs and the line of code, in eager mode, in gradients (with the line of the
    operation that is differentiated) and in functions that run as graphs. Operations that only move elements are not
    looked at. It holds for this thread; the two limits, on stack traces, change nothing here.

    >>> import eagernb as tf
    >>> enable_check_numerics()
    >>> tf.math.log(-1.0)
    Traceback (most recent call last):
        ...
    eagernb.errors.InvalidArgumentError: ...
    >>> disable_check_numerics()
    """
    if not any(isinstance(handler, NumericsCheck) for handler in active_handlers()):
        NumericsCheck().activate()


@contextmanager
def unobserved() -> Iterator[None]:
    """No tape or tracer sees what happens inside; but numbers are looked at, if they are outside."""
    checked = any(isinstance(handler, NumericsCheck) for handler in active_handlers())
    with suspended():
        check = NumericsCheck()
        if checked:
            check.activate()
        try:
            yield
        finally:
            if checked:
                check.deactivate()


def disable_check_numerics() -> None:
    """Look for NaN and infinities no more.

    >>> import eagernb as tf
    >>> disable_check_numerics()
    >>> float(tf.math.log(-1.0))
    nan
    """
    for handler in list(active_handlers()):
        if isinstance(handler, NumericsCheck):
            handler.deactivate()
