"""while: on a tensor, one step is traced and the graph repeats it; on anything else, Python's own."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from itertools import count
from typing import Any

from eagernb.autograph.operators.condition import scalar_condition
from eagernb.autograph.operators.consistency import check_kinds, check_step
from eagernb.autograph.operators.first_step import is_missing, with_placeholders
from eagernb.autograph.operators.growing_list import with_growing_lists
from eagernb.autograph.operators.optional import Optional
from eagernb.autograph.operators.staging import is_staged, restored_after_errors, trial
from eagernb.core import nest
from eagernb.core.composite import Composite
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.shape import TensorShape
from eagernb.errors import OperatorNotAllowedInGraphError
from eagernb.graph.while_loop import while_loop
from eagernb.ops.assertions import Assert
from eagernb.ops.shape import identity
from eagernb.ops.tensor_array import TensorArray

GetState = Callable[[], tuple[Any, ...]]
SetState = Callable[[tuple[Any, ...]], None]


def while_stmt(
    test: Callable[[], Any], body: Callable[[], None], get_state: GetState, set_state: SetState,
    names: tuple[str, ...], options: dict[str, Any],
) -> None:  # fmt: skip
    """A while statement. The first value of its condition decides whether it is the graph's loop or Python's."""
    __tracebackhide__ = True
    with trial() as attempt:
        condition = test()
        if not is_staged(condition):
            attempt.keep()
    if is_staged(condition):
        staged_while(test, body, get_state, set_state, names, options)
        return
    while condition:
        body()
        condition = _python_condition(test())


def _python_condition(value: Any) -> bool:
    __tracebackhide__ = True
    try:
        return bool(value)
    except OperatorNotAllowedInGraphError as error:
        raise NotImplementedError(
            "The condition of while loop started as non-Tensor, then changed to Tensor. This may happen either because "
            "variables changed type, or when a break or return statement inside the loop depends on a Tensor "
            "condition. In both cases, changing to a TF loop should remove the error: begin with a tensor, such as "
            "tf.constant(True)."
        ) from error


def staged_while(
    test: Callable[[], Any], body: Callable[[], None], get_state: GetState, set_state: SetState,
    names: tuple[str, ...], options: dict[str, Any],
) -> None:  # fmt: skip
    """A loop of the graph over the variables that the state functions get and set."""
    __tracebackhide__ = True
    with restored_after_errors(set_state, get_state()):
        _staged(test, body, get_state, set_state, names, options)


def _staged(
    test: Callable[[], Any], body: Callable[[], None], get_state: GetState, set_state: SetState,
    names: tuple[str, ...], options: dict[str, Any],
) -> None:  # fmt: skip
    __tracebackhide__ = True
    options = {key: value for key, value in options.items() if key != "iterate_names"}
    before = get_state()
    invariants = _in_order(options.pop("shape_invariants", None), before)
    before, python = with_growing_lists(body, get_state, set_state, before, names, options.pop("appended", ()))
    if python:
        keep = [i not in python for i in range(len(before))]
        get_state, set_state = _only(keep, get_state, set_state, before)
        before, names, invariants = (_kept(keep, values) for values in (before, names, invariants))
    there = [(value, name) for value, name in zip(before, names, strict=True) if not is_missing(value)]
    check_kinds(tuple(value for value, _ in there), tuple(name for _, name in there), "before the loop")
    start, invariants, missing = with_placeholders(body, get_state, set_state, before, names, invariants)
    keep = [not isinstance(value, Optional) for value in start]
    if not all(keep):
        get_state, set_state = _only(keep, get_state, set_state, start)
        start, names, invariants = (_kept(keep, values) for values in (start, names, invariants))
    first = 1 if missing else 0  # the position of the user's variables

    def staged_test(*values: Any) -> Any:
        __tracebackhide__ = True
        set_state(values[first : first + len(start)])
        return scalar_condition(test(), "while loop")

    def staged_body(*values: Any) -> tuple[Any, ...]:
        __tracebackhide__ = True
        entry = values[first : first + len(start)]
        set_state(entry)
        body()
        after = get_state()
        check_step(names, start, entry, after, invariants)
        return (*[convert_to_tensor(True)][:first], *after, *values[first + len(start) :])

    # The first variable tells whether there was a step at all, if there are some that the loop defines itself.
    values = (*[convert_to_tensor(False)][:first], *start)
    if invariants is not None:
        options["shape_invariants"] = tuple(map(_full_shape, (*[None][:first], *invariants), values))
    if not values:
        values = (convert_to_tensor(0),)  # a loop of effects only, but while_loop asks for a variable
    staged_test.__signature__ = _signature([*["entered"][:first], *names])  # type: ignore[attr-defined]
    result = tuple(while_loop(staged_test, staged_body, values, **options))
    if missing:
        Assert(result[0], [f"loop must iterate at least once to initialize {', '.join(missing)}"])
        result = nest.map_structure(lambda leaf: identity(leaf) if is_dense_tensor(leaf) else leaf, result)
    set_state(result[first : first + len(start)])


def _signature(names: list[str]) -> inspect.Signature:
    """Positional parameters of these names: the graph's loop variables are called after them."""
    plain = [re.sub(r"\W", "_", name) for name in names]  # of an attribute, `self.x`, too
    unique: list[str] = []
    for name in plain:
        unique.append(next(free for free in (name + "_" * n for n in count()) if free not in unique))
    return inspect.Signature([inspect.Parameter(name, inspect.Parameter.POSITIONAL_ONLY) for name in unique])


def _only(
    keep: list[bool], get_state: GetState, set_state: SetState, values: tuple[Any, ...]
) -> tuple[GetState, SetState]:
    """The state functions for some of the variables; the others keep these values."""

    def get() -> tuple[Any, ...]:
        return _kept(keep, get_state())

    def set_(given: tuple[Any, ...]) -> None:
        left = iter(given)
        set_state(tuple(next(left) if kept else value for kept, value in zip(keep, values, strict=True)))

    return get, set_


def _kept(keep: list[bool], values: Any) -> Any:
    return None if values is None else tuple(value for kept, value in zip(keep, values, strict=True) if kept)


def _full_shape(invariant: Any, value: Any) -> Any:
    """A variable's shape invariants, the shapes that it has where none are given."""
    if invariant is not None and not isinstance(value, (list, tuple, dict)):
        return invariant
    if invariant is None:
        return nest.map_structure(_shape, value)
    parts = value if isinstance(value, dict) else range(len(value))
    shapes = {key: _full_shape(invariant[key], value[key]) for key in parts}
    return shapes if isinstance(value, dict) else list(shapes.values())


def _shape(leaf: Any) -> TensorShape:
    return TensorShape([]) if isinstance(leaf, (TensorArray, Composite)) else convert_to_tensor(leaf).shape


def _in_order(pairs: Any, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The shape invariants by position, from pairs of a variable's value and its shape."""
    if not pairs:
        return None
    shapes = {id(value): shape for value, shape in pairs}
    return tuple(shapes.get(id(value)) for value in values)
