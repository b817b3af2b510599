"""for: over a tensor, one step is traced and the graph repeats it; over anything else, Python's own."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

import numpy as np
from malt.operators.variables import Undefined

from eagernb.autograph.operators.python_builtins import len_
from eagernb.autograph.operators.staging import inputs_of, is_staged
from eagernb.autograph.operators.while_statement import GetState, SetState, staged_while
from eagernb.autograph.overloads import overload
from eagernb.core.convert import convert_to_tensor
from eagernb.core.static import static_value
from eagernb.core.tensor import EagerTensor, Symbol
from eagernb.errors import OperatorNotAllowedInGraphError
from eagernb.graph.cond import cond
from eagernb.ops.compare import greater, greater_equal, less, logical_and, logical_or
from eagernb.ops.gather import gather
from eagernb.ops.ranges import RANGE

Test = Callable[[], Any] | None
Body = Callable[[Any], None]


def for_stmt(
    iterated: Any, test: Test, body: Body, get_state: GetState, set_state: SetState, names: tuple[str, ...],
    options: dict[str, Any],
) -> None:  # fmt: skip
    """A for statement; ``test`` says, where there is a break or a return in it, whether to go on."""
    __tracebackhide__ = True
    own = overload("for", iterated)
    if own is not None:
        own(iterated, test, body, get_state, set_state, names, options)
    elif is_staged(iterated):
        _staged(_numbers(iterated) or _Elements(iterated), test, body, get_state, set_state, names, options)
    else:
        python_for(iterated, test, body)


def python_for(iterated: Any, test: Test, body: Body) -> None:
    """Python's own loop."""
    __tracebackhide__ = True
    if test is None:
        for item in iterated:
            body(item)
        return
    for item in iterated if _goes_on(test) else ():
        body(item)
        if not _goes_on(test):
            break


def _goes_on(test: Callable[[], Any]) -> bool:
    __tracebackhide__ = True
    try:
        return bool(test())
    except OperatorNotAllowedInGraphError as error:
        raise NotImplementedError(
            "break and return statements which depend on a TF condition are not supported in Python for loops. Did you "
            "intend to make it a TF loop? Iterate over a tensor, such as tf.range(n)."
        ) from error


class _Numbers:
    """The steps of a loop over start, start + delta, ... below limit, without a tensor of them all."""

    def __init__(self, start: Any, limit: Any, delta: Any) -> None:
        self.start, self._limit, self._delta = start, limit, delta
        known = [static_value(convert_to_tensor(number)) for number in (start, limit, delta)]
        self._step = None if known[2] is None else known[2].item()
        self.count: int | None = None
        if all(value is not None for value in known):
            first, last, step = (value.item() for value in known)  # type: ignore[union-attr]
            self.count = max(0, ceil((last - first) / step))

    def item(self, at: Any) -> Any:
        return at

    def following(self, at: Any) -> Any:
        return at + self._delta

    def goes_on(self, at: Any) -> Any:
        if self._step is not None:
            return less(at, self._limit) if self._step >= 0 else greater(at, self._limit)
        up = logical_and(greater_equal(self._delta, 0), less(at, self._limit))
        return logical_or(up, logical_and(less(self._delta, 0), greater(at, self._limit)))


def _numbers(tensor: Any) -> _Numbers | None:
    """The numbers in a tensor that is a range."""
    if isinstance(tensor, Symbol):
        return _Numbers(*inputs_of(tensor)) if tensor._value.node.op is RANGE else None
    array: Any = getattr(tensor, "_array", None)
    if not isinstance(tensor, EagerTensor) or array.ndim != 1 or array.dtype.kind != "i" or not array.size:
        return None
    first, step = array[0], (array[1] - array[0] if array.size > 1 else array.dtype.type(1))
    if step == 0 or (np.diff(array) != step).any():
        return None
    return _Numbers(*(EagerTensor._of(np.asarray(number)) for number in (first, array[-1] + step, step)))


class _Elements:
    """The steps of a loop over the elements of a tensor along its first axis."""

    def __init__(self, tensor: Any) -> None:
        self._tensor = convert_to_tensor(tensor)
        self._length = len_(self._tensor)
        self.count: int | None = self._length if isinstance(self._length, int) else None
        self.start = convert_to_tensor(0)

    def item(self, at: Any) -> Any:
        return gather(self._tensor, at)

    def following(self, at: Any) -> Any:
        return at + 1

    def goes_on(self, at: Any) -> Any:
        return less(at, self._length)


def _staged(
    steps: _Numbers | _Elements, test: Test, body: Body, get_state: GetState, set_state: SetState,
    names: tuple[str, ...], options: dict[str, Any],
) -> None:  # fmt: skip
    """A while loop over the user's variables and one more: where the loop is."""
    __tracebackhide__ = True
    at = steps.start
    target = options["iterate_names"] if isinstance(steps, _Numbers) else None

    def get() -> tuple[Any, ...]:
        values = get_state()
        # After a loop over numbers that took no step, its variable is the number that it would have begun with.
        return at, *(
            at if name == target and isinstance(value, Undefined) else value
            for name, value in zip(names, values, strict=True)
        )

    def set_(values: tuple[Any, ...]) -> None:
        nonlocal at
        at, *rest = values
        set_state(tuple(rest))

    def one_step() -> None:
        nonlocal at
        __tracebackhide__ = True
        body(steps.item(at))
        at = steps.following(at)

    def goes_on() -> Any:
        __tracebackhide__ = True
        going = steps.goes_on(at)
        return going if test is None else cond(going, test, lambda: False)

    position = "position" if "position" not in names else "position_"  # how the graph calls it
    if steps.count is not None:
        given = options.get("maximum_iterations")
        options = {**options, "maximum_iterations": steps.count if given is None else min(given, steps.count)}
    staged_while(goes_on, one_step, get, set_, (position, *names), options)
