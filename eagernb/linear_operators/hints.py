"""Hints: what is known of an operator (square, non-singular, self-adjoint, positive definite): True, False or None.

A hint is a promise, which is not checked: it lets an operator choose the cheaper algorithm.
"""

from __future__ import annotations

from typing import Any

NAMES = ("is_non_singular", "is_self_adjoint", "is_positive_definite", "is_square")


def given(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a constructor, from its ``locals()``."""
    return {name: value for name, value in arguments.items() if name not in ("self", "__class__")}


def always(value: bool, hint: bool | None, message: str) -> bool:
    """A hint that the class itself knows; ValueError if the user's contradicts it.

    >>> always(True, None, "An identity is square.")
    True
    """
    if hint is not None and bool(hint) is not value:
        raise ValueError(message)
    return value


def always_if(condition: Any, hint: bool | None, message: str) -> bool | None:
    """True where the condition says so (ValueError if the user's hint is False), else the user's hint."""
    return always(True, hint, message) if condition else hint


def of_all(parts: Any, arguments: dict[str, Any], whole: str, plural: str) -> dict[str, Any]:
    """The hints that are True where they are of all parts (ValueError if the user's is False), else the user's."""
    return {
        hint: always_if(
            all(getattr(part, hint) for part in parts), arguments[hint],
            f"{whole} has the property {hint} if all its {plural} have it.",
        )
        for hint in ("is_non_singular", "is_self_adjoint", "is_positive_definite")
    }  # fmt: skip


def agreeing(operator: Any, name: str, hint: bool | None, what: str) -> bool | None:
    """A hint that an operator shares with its adjoint or inverse; ValueError if the user's contradicts it."""
    own = getattr(operator, name)
    if own is None or hint is None:
        return hint if own is None else own
    if bool(own) is not bool(hint):
        raise ValueError(f"An operator has the property {name} if and only if its {what} has it.")
    return own


def shared(operator: Any) -> dict[str, Any]:
    """All hints of an operator, for one that has the same properties."""
    return {name: getattr(operator, name) for name in NAMES}


def both_non_singular(left: Any, right: Any) -> bool | None:
    """Whether a product of square factors is non-singular: if and only if both factors are."""
    if left.is_non_singular is False or right.is_non_singular is False:
        return False
    return left.is_non_singular and right.is_non_singular


def of_commuting(left: Any, right: Any) -> dict[str, Any]:
    """The hints of the product of two operators that commute, such as diagonal ones."""
    both = (left.is_self_adjoint, right.is_self_adjoint)
    definite = left.is_positive_definite and right.is_positive_definite and all(both)
    return {
        "is_non_singular": both_non_singular(left, right),
        "is_self_adjoint": True if all(both) else False if set(both) == {True, False} else None,
        "is_positive_definite": True if definite else None,
        "is_square": True,
    }


def of_product(left: Any, right: Any) -> dict[str, Any]:
    """The hints of the product of any two operators."""
    if left.is_square and right.is_square:
        return {"is_non_singular": both_non_singular(left, right), "is_square": True}
    if left.is_square is False and right.is_square is False:
        rows, columns = left.range_dimension, right.domain_dimension
        square = None if rows is None or columns is None else rows == columns
    else:
        square = None if left.is_square is None or right.is_square is None else False
    return {"is_square": True} if square else dict.fromkeys(NAMES, square)
