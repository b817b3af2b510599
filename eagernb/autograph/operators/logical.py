"""not, and, or, and chains of comparisons: operations for tensors, Python's own for the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.autograph.operators.staging import is_staged
from eagernb.core.convert import is_dense_tensor
from eagernb.graph.cond import cond
from eagernb.ops.compare import equal, logical_not


def not_(value: Any) -> Any:
    __tracebackhide__ = True
    return logical_not(value) if is_staged(value) else not value


def and_(left: Callable[[], Any], right: Callable[[], Any]) -> Any:
    """``left and right``, where the right side is computed only if the left one is true."""
    __tracebackhide__ = True
    value = left()
    return cond(value, right, lambda: value) if is_staged(value) else value and right()


def or_(left: Callable[[], Any], right: Callable[[], Any]) -> Any:
    """``left or right``, where the right side is computed only if the left one is false."""
    __tracebackhide__ = True
    value = left()
    return cond(value, lambda: value, right) if is_staged(value) else value or right()


def comparisons(left: Any, steps: tuple[tuple[Callable[[Any, Any], Any], Callable[[], Any]], ...]) -> Any:
    """``left < b < c``: each step compares with what the next part gives, which is computed once."""
    __tracebackhide__ = True
    (compare, part), *rest = steps
    right = part()
    if not rest:
        return compare(left, right)
    return and_(lambda: compare(left, right), lambda: comparisons(right, tuple(rest)))


def eq(x: Any, y: Any) -> Any:
    """``x == y`` where Feature.EQUALITY_OPERATORS is asked for."""
    return equal(x, y) if is_dense_tensor(x) or is_dense_tensor(y) else x == y


def not_eq(x: Any, y: Any) -> Any:
    """``x != y`` where Feature.EQUALITY_OPERATORS is asked for."""
    return not_(eq(x, y))
