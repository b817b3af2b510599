"""What both branches of an if, and all steps of a loop, must agree about: structure, dtypes, shapes."""

from __future__ import annotations

from typing import Any

from eagernb.autograph.operators.kinds import BECOME_TENSORS, is_of_graphs
from eagernb.autograph.operators.optional import Optional
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.shape import TensorShape
from eagernb.core.variable import Variable
from eagernb.ops.tensor_array import TensorArray


def check_kinds(values: tuple[Any, ...], names: tuple[str, ...], where: str) -> None:
    """TypeError, with the variable's name, for a value that a graph cannot hold: an object of the user's."""
    __tracebackhide__ = True
    for name, value in zip(names, values, strict=False):
        if not is_of_graphs(value):
            raise TypeError(
                f"'{name}' is of type {type(value).__name__} {where}. What an `if` or a loop on tensors assigns must "
                f"be tensors, numbers, or lists, tuples and dicts of them; {value!r} is not."
            )


def check_branches(main: tuple[Any, ...], orelse: tuple[Any, ...], names: tuple[str, ...]) -> None:
    """TypeError or ValueError, with the variable's name, unless two branches give the same kinds of values."""
    __tracebackhide__ = True
    for name, first, second in zip(names, main, orelse, strict=False):
        if isinstance(first, Optional):
            continue
        try:
            nest.assert_same_structure(first, second)
        except (ValueError, TypeError) as error:
            raise TypeError(
                f"'{name}' must have the same nested structure in the main and else branches:\n\n{error}"
            ) from None
        for a, b in zip(nest.flatten(first), nest.flatten(second), strict=True):
            _check_branch_leaf(name, a, b)


def _check_branch_leaf(name: str, main: Any, orelse: Any) -> None:
    __tracebackhide__ = True
    for value, branch in ((main, "main"), (orelse, "else")):
        if value is None:
            raise ValueError(f"'{name}' is None at the end of the {branch} branch.")
    first, second = _as_tensor(main), _as_tensor(orelse)
    if _is_tensor(first) and _is_tensor(second) and first.dtype is not second.dtype:
        raise TypeError(
            f"'{name}' has dtype {first.dtype.name} in the main branch, but dtype {second.dtype.name} in the else "
            "branch"
        )


def check_step(
    names: tuple[str, ...], before: tuple[Any, ...], entry: tuple[Any, ...], after: tuple[Any, ...],
    invariants: tuple[Any, ...] | None,
) -> None:  # fmt: skip
    """TypeError or ValueError, with the variable's name, unless one step of a loop keeps the kinds of its variables.

    ``before`` holds the values before the loop, ``entry`` and ``after`` those around one step.
    """
    __tracebackhide__ = True
    check_kinds(after, names, "after one iteration")
    for index, name in enumerate(names):
        start, first, last = before[index], entry[index], after[index]
        invariant = None if invariants is None else invariants[index]
        for a, b in ((start, first), (first, last)):
            try:
                nest.assert_same_structure(a, b)
            except (ValueError, TypeError) as error:
                raise TypeError(
                    f"'{name}' does not have the same nested structure after one iteration.\n\n{error}"
                ) from None
        leaves = nest.flatten(start)
        shapes = _shapes(invariant, len(leaves))
        for values in zip(leaves, nest.flatten(first), nest.flatten(last), shapes, strict=True):
            _check_step_leaf(name, *values)


def _shapes(invariant: Any, count: int) -> list[Any]:
    """The shape invariants of a variable's leaves; a TensorShape, which is a sequence too, is a leaf."""
    if invariant is None:
        return [None] * count
    if count == 1 and (isinstance(invariant, TensorShape) or not nest.is_nested(invariant)):
        return [invariant]
    found: list[Any] = []

    def collect(part: Any) -> None:
        if part is None or isinstance(part, TensorShape) or not nest.is_nested(part):
            found.append(part)
        else:
            for item in part.values() if isinstance(part, dict) else part:
                collect(item)

    collect(invariant)
    return found


def _check_step_leaf(name: str, start: Any, entry: Any, after: Any, invariant: Any) -> None:
    __tracebackhide__ = True
    if after is None:
        raise ValueError(f"'{name}' is None at the end of the iteration.")
    start, entry, after = map(_as_tensor, (start, entry, after))
    if not _is_tensor(entry) or not _is_tensor(after):
        return
    if entry.dtype is not after.dtype:
        raise TypeError(
            f"'{name}' has dtype {entry.dtype.name} before the loop, but dtype {after.dtype.name} after one iteration"
        )
    if invariant is None:
        if not _is_within(after.shape, entry.shape):
            raise ValueError(
                f"'{name}' has shape {entry.shape} before the loop, but shape {after.shape} after one iteration. Use "
                "tf.autograph.experimental.set_loop_options to set shape invariants."
            )
        return
    wanted = TensorShape(invariant)
    if not _is_within(start.shape, wanted):
        raise ValueError(
            f"'{name}' has shape {start.shape} before the loop, which does not conform with the shape invariant "
            f"{wanted}."
        )
    if not _is_within(after.shape, wanted):
        raise ValueError(
            f"'{name}' has shape {after.shape} after one iteration, which does not conform with the shape invariant "
            f"{wanted}."
        )


def _is_within(shape: TensorShape, bound: TensorShape) -> bool:
    """Whether a shape is as specific as the other, or more so."""
    if bound.rank is None:
        return True
    if shape.rank != bound.rank:
        return False
    return all(limit is None or dim == limit for dim, limit in zip(shape.as_list(), bound.as_list(), strict=True))


def _is_tensor(value: Any) -> bool:
    return is_dense_tensor(value) and not isinstance(value, TensorArray)


def _as_tensor(value: Any) -> Any:
    return convert_to_tensor(value) if isinstance(value, (*BECOME_TENSORS, Variable)) else value
