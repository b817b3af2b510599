"""Variables that a loop defines itself: their kinds come from a trial of its first step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from malt.operators.variables import Undefined, UndefinedReturnValue

from eagernb.autograph.operators.optional import Optional
from eagernb.autograph.operators.staging import stand_in, trial
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.shape import TensorShape
from eagernb.core.tensor import EagerTensor
from eagernb.core.variable import Variable
from eagernb.ops.creation import zeros

_LEGAL = "Tensor, int, float, bool or a list, tuple or dict thereof"

# What the first step raises where it reads what is not defined, or where kinds do not fit.
STEP_ERRORS = (UnboundLocalError, TypeError, ValueError, KeyError)


def with_placeholders(
    body: Callable[[], None], get_state: Callable[[], tuple[Any, ...]], set_state: Callable[[tuple[Any, ...]], None],
    before: tuple[Any, ...], names: tuple[str, ...], invariants: tuple[Any, ...] | None,
) -> tuple[tuple[Any, ...], tuple[Any, ...] | None, list[str]]:  # fmt: skip
    """The loop's variables with zeros for those that are not defined yet, shape invariants, and what was missing.

    Raises ValueError for a variable that must be defined before the loop, TypeError for a tf.Variable that the loop
    would make, NotImplementedError for a return statement
    that the loop cannot have.
    """
    __tracebackhide__ = True
    missing = [is_missing(value) for value in before]
    if not any(missing):
        return before, invariants, []
    after, reason = _after_one_step(body, get_state, set_state, before)
    start = list(before)
    shapes = list(invariants or [None] * len(before))
    for index, value in enumerate(before):
        if missing[index] and after is not None:
            if value is None and isinstance(after[index], Variable):
                raise TypeError(
                    f"'{names[index]}' is None before the loop, and a tf.Variable made in its first step afterwards: "
                    "a graph cannot make a variable within a loop. Make it before the loop, and assign to it inside."
                )
            try:
                start[index], shape = placeholder(after[index], shapes[index], value)
            except TypeError as error:
                reason = _note(error)
                continue
            shapes[index] = shape if shapes[index] is None else shapes[index]
    set_state(tuple(start))
    _check(tuple(start), names, after, reason)
    described = [
        "the function return value" if isinstance(value, UndefinedReturnValue) else name
        for name, value, begin in zip(names, before, start, strict=True)
        if begin is not value
    ]
    return tuple(start), (None if all(shape is None for shape in shapes) else tuple(shapes)), described


def is_missing(value: Any) -> bool:
    """Whether a variable has no value yet that a loop of the graph could start from."""
    return value is None or isinstance(value, (Undefined, UndefinedReturnValue))


def _after_one_step(
    body: Callable[[], None], get_state: Callable[[], tuple[Any, ...]], set_state: Callable[[tuple[Any, ...]], None],
    before: tuple[Any, ...],
) -> tuple[tuple[Any, ...] | None, str]:  # fmt: skip
    """The variables after one step; None, with the reason, if it could not be tried."""
    __tracebackhide__ = True
    with trial():
        try:
            set_state(nest.map_structure(as_in_loop, before))
            body()
            return get_state(), ""
        except STEP_ERRORS as error:
            return None, _note(error)
        finally:
            set_state(before)


def _note(error: Exception) -> str:
    return f"\nNote: AutoGraph tried to define it automatically, but ran into a {type(error).__name__}: {error}"


def as_in_loop(value: Any) -> Any:
    """A value as the loop will see it: what is known now is not, while the loop's body is traced."""
    if isinstance(value, (bool, int, float, str, np.ndarray, np.generic, EagerTensor)):
        return stand_in(convert_to_tensor(value))
    return value


def placeholder(like: Any, invariant: Any, original: Any) -> tuple[Any, Any]:
    """A value to begin with for a variable that is like this after a step, and a shape invariant if it needs one.

    It is never read: the step defines the variable first.
    """
    __tracebackhide__ = True
    if is_missing(like):
        return original, None
    if isinstance(like, (bool, int, float)):
        return type(like)(0), None
    if is_dense_tensor(like):
        wanted = like.shape if invariant is None else TensorShape(invariant)
        dims = [
            (0 if bound is None else bound) if dim is None else dim
            for dim, bound in zip(like.shape.as_list(), wanted.as_list(), strict=True)
        ]
        return zeros(dims, like.dtype), (wanted if None in like.shape.as_list() else None)
    if nest.is_nested(like):
        pairs = [placeholder(leaf, None, original) for leaf in nest.flatten(like)]
        values, shapes = zip(*pairs, strict=True) if pairs else ((), ())
        return nest.pack(like, values), (None if all(s is None for s in shapes) else nest.pack(like, shapes))
    raise TypeError(
        f"Found an unsupported type '{type(like).__name__}' while creating placeholder for {like}. Supported types "
        "include Tensor, int, float, bool, list, tuple or dict."
    )


def _check(start: tuple[Any, ...], names: tuple[str, ...], after: tuple[Any, ...] | None, reason: str) -> None:
    """Raise unless all variables have a value to begin with."""
    __tracebackhide__ = True
    for index, (name, value) in enumerate(zip(names, start, strict=True)):
        if isinstance(value, UndefinedReturnValue):
            if after is not None and not is_missing(after[index]):
                raise ValueError(
                    f"the return value from a TensorFlow loop may only be a {_LEGAL}; got {type(after[index])}"
                )
            raise NotImplementedError(
                "a return statement cannot be placed inside this TensorFlow loop; this may happen if a return "
                "statement depends on a static Python condition such as a hyperparameter"
            )
        if value is None:
            raise ValueError(f"'{name}' is not allowed to be None before the loop{reason}")
        if isinstance(value, Undefined) and not isinstance(value, Optional):
            raise ValueError(f"'{name}' must be defined before the loop{reason}")
