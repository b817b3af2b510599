"""Assertions about values: they fail when the operation runs, in a graph at each run.

>>> import eagernb as tf
>>> tf.debugging.assert_less([1, 5], [2, 3], message="sizes")
Traceback (most recent call last):
    ...
eagernb.errors.InvalidArgumentError: sizes
Condition x < y did not hold.
Indices of the first 1 values where it fails:
[[1]]
Corresponding x values:
[5]
Corresponding y values:
[3]
First 2 elements of x:
[1 5]
First 2 elements of y:
[2 3]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dispatch import dispatch, infer, spec_of, static_graph
from eagernb.core.op import WRITE, Op, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Symbol
from eagernb.errors import InvalidArgumentError
from eagernb.ops.families import BROADCAST_REMEDY, elements

_TRUE = TensorSpec((), dtypes.bool_)


def _assert_kernel(condition: Any, *data: Any, summarize: int, shown: str) -> Any:
    if not np.all(condition):
        parts = [f"Expected {shown} to be true."] + [_first(array, summarize) for array in data]
        raise InvalidArgumentError("\n".join(parts), "assert")
    return np.bool_(True)


ASSERT = register(
    Op(
        "assert", ("*values",), lambda *values, **params: _assert_kernel(*values, **params),
        infer=lambda *specs, summarize, shown: _TRUE, label="assert", family="assertion", effect=WRITE,
    )
)  # fmt: skip


def Assert(condition: Any, data: Any, summarize: int | None = None, name: str | None = None) -> Any:
    """Raise InvalidArgumentError unless the condition is true; the message shows the data.

    ``data`` is a list of tensors or values; of each one the first ``summarize`` elements (3; -1: all) are shown.

    >>> Assert(False, ["it is not so"])
    Traceback (most recent call last):
        ...
    eagernb.errors.InvalidArgumentError: Expected 'False' to be true.
    it is not so
    """
    __tracebackhide__ = True
    if not is_dense_tensor(condition) and not isinstance(condition, (bool, np.bool_)):
        condition = bool(condition)
    given = convert_to_tensor(condition)
    if len(given._dims):
        raise ValueError(
            "The truth value of an array with more than one element is ambiguous: the condition has shape "
            f"{given.shape}. Reduce it first with tf.reduce_any or tf.reduce_all."
        )
    values = [convert_to_tensor(x) for x in (data if isinstance(data, (list, tuple)) else [data])]
    shown = "the condition" if isinstance(given, Symbol) else f"'{condition}'"
    return _operation(apply(ASSERT, (given, *values), summarize=3 if summarize is None else summarize, shown=shown))


def _first(array: Any, count: int) -> str:
    """The first elements (all for -1), with dots for the rest; text as text."""
    flat = np.ravel(array)
    chosen = flat if count < 0 else flat[:count]
    texts = [x.decode(errors="replace") if isinstance(x, bytes) else str(x) for x in chosen.tolist()]
    return ", ".join(texts) + (", ..." if len(chosen) < len(flat) else "")


_RELATIONS: dict[str, Callable[..., Any]] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def _compare_spec(x: TensorSpec, y: TensorSpec, relation: str, **_: Any) -> TensorSpec:
    if relation not in ("==", "!=") and not (x.dtype.is_floating or x.dtype.is_integer):
        raise TypeError(f"values of {x.dtype.name} have no order")
    return _near_spec(x, y)


def _compare_kernel(x: Any, y: Any, relation: str, message: str, summarize: int, zero: bool) -> Any:
    held = _RELATIONS[relation](x, y)
    if not np.all(held):
        condition = f"Condition x {relation} {0 if zero else 'y'} did not hold."
        raise _failure({"x": x} if zero else {"x": x, "y": y}, held, condition, message, summarize)
    return np.bool_(True)


COMPARISON = register(
    Op(
        "assert_comparison", ("x", "y"), _compare_kernel, _compare_spec, label="assert", family="assertion",
        typed=(0, 1), effect=WRITE, flops=elements, remedy=BROADCAST_REMEDY,
    )
)  # fmt: skip


def _compare(x: Any, y: Any, relation: str, message: str | None, summarize: int | None, zero: bool = False) -> Any:
    __tracebackhide__ = True
    x, y = convert_to_tensor(x), convert_to_tensor(y)
    count = 3 if summarize is None else summarize
    # The types are looked at before the values: NumPy would compare some that have no order.
    params = {"relation": relation, "message": message or "", "summarize": count, "zero": zero}
    infer(COMPARISON, [spec_of(x), spec_of(y)], params)
    return _operation(dispatch(COMPARISON, (x, y), params))


def assert_equal(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> Any:
    """Raise InvalidArgumentError unless x == y everywhere; they broadcast. So do all of these comparisons.

    The message shows where it fails, and up to ``summarize`` (3) values.

    >>> assert_equal([1, 2], [1, 3])
    Traceback (most recent call last):
        ...
    eagernb.errors.InvalidArgumentError: Condition x == y did not hold.
    ...
    """
    __tracebackhide__ = True
    return _compare(x, y, "==", message, summarize)


def assert_none_equal(
    x: Any, y: Any, summarize: int | None = None, message: str | None = None, name: str | None = None
) -> Any:
    """Raise InvalidArgumentError unless x != y everywhere.

    >>> assert_none_equal([1, 2], 3)
    """
    __tracebackhide__ = True
    return _compare(x, y, "!=", message, summarize)


def assert_less(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> Any:
    """Raise InvalidArgumentError unless x < y everywhere.

    >>> assert_less([1, 2], 3)
    """
    __tracebackhide__ = True
    return _compare(x, y, "<", message, summarize)


def assert_less_equal(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> Any:
    """Raise InvalidArgumentError unless x <= y everywhere.

    >>> assert_less_equal([1, 2], 2)
    """
    __tracebackhide__ = True
    return _compare(x, y, "<=", message, summarize)


def assert_greater(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> Any:
    """Raise InvalidArgumentError unless x > y everywhere.

    >>> assert_greater([1, 2], 0)
    """
    __tracebackhide__ = True
    return _compare(x, y, ">", message, summarize)


def assert_greater_equal(
    x: Any, y: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> Any:
    """Raise InvalidArgumentError unless x >= y everywhere.

    >>> assert_greater_equal([1, 2], 1)
    """
    __tracebackhide__ = True
    return _compare(x, y, ">=", message, summarize)


def _compare_to_zero(x: Any, relation: str, message: str | None, summarize: int | None) -> Any:
    __tracebackhide__ = True
    x = convert_to_tensor(x)
    return _compare(x, scalar_like(0, x), relation, message, summarize, zero=True)


def assert_positive(x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> Any:
    """Raise InvalidArgumentError unless x > 0 everywhere (NaN is not).

    >>> assert_positive([1, 0])
    Traceback (most recent call last):
        ...
    eagernb.errors.InvalidArgumentError: Condition x > 0 did not hold.
    ...
    """
    __tracebackhide__ = True
    return _compare_to_zero(x, ">", message, summarize)


def assert_negative(x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None) -> Any:
    """Raise InvalidArgumentError unless x < 0 everywhere (NaN is not).

    >>> assert_negative([-1.0, -2.0])
    """
    __tracebackhide__ = True
    return _compare_to_zero(x, "<", message, summarize)


def assert_non_negative(
    x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> Any:
    """Raise InvalidArgumentError unless x >= 0 everywhere (NaN is not).

    >>> assert_non_negative([0, 1])
    """
    __tracebackhide__ = True
    return _compare_to_zero(x, ">=", message, summarize)


def assert_non_positive(
    x: Any, message: str | None = None, summarize: int | None = None, name: str | None = None
) -> Any:
    """Raise InvalidArgumentError unless x <= 0 everywhere (NaN is not).

    >>> assert_non_positive([0, -1])
    """
    __tracebackhide__ = True
    return _compare_to_zero(x, "<=", message, summarize)


def _near_spec(x: TensorSpec, y: TensorSpec, **_: Any) -> TensorSpec:
    broadcast_dims(x.dims, y.dims)
    return _TRUE


def _near_kernel(x: Any, y: Any, rtol: float, atol: float, message: str, summarize: int) -> Any:
    held = np.abs(x - y) <= atol + rtol * np.abs(y)
    if not np.all(held):
        condition = f"x and y are not equal to tolerance: |x - y| <= {atol:g} + {rtol:g} |y| did not hold."
        raise _failure({"x": x, "y": y}, held, condition, message, summarize)
    return np.bool_(True)


NEAR = register(
    Op(
        "assert_near", ("x", "y"), _near_kernel, _near_spec, label="assert ≈", family="assertion",
        dtypes=dtypes.INEXACT, typed=(0, 1), effect=WRITE, flops=elements, remedy=BROADCAST_REMEDY,
    )
)  # fmt: skip


def assert_near(
    x: Any, y: Any, rtol: Any = None, atol: Any = None, message: str | None = None, summarize: int | None = None,
    name: str | None = None,
) -> Any:  # fmt: skip
    """Raise InvalidArgumentError unless |x - y| <= atol + rtol |y| everywhere.

    Both tolerances are ten times the distance from 1.0 to the next float, unless given. ValueError for integers.

    >>> assert_near([1.0, 2.0], [1.01, 2.0], atol=0.1)
    """
    __tracebackhide__ = True
    x = convert_to_tensor(x)
    y = convert_to_tensor(y, x.dtype)
    if not x.dtype.is_differentiable:
        raise ValueError(f"assert_near compares floats or complex numbers, not {x.dtype.name}. Use assert_equal.")
    default = 10 * float(ml_dtypes.finfo(x.dtype.real_dtype.numpy).eps)
    tolerances = {"rtol": default if rtol is None else float(rtol), "atol": default if atol is None else float(atol)}
    near = apply(NEAR, (x, y), message=message or "", summarize=3 if summarize is None else summarize, **tolerances)
    return _operation(near)


def _failure(values: dict[str, Any], held: Any, condition: str, message: str, count: int) -> InvalidArgumentError:
    """An error that shows where the condition failed, and the first elements."""
    lines = [message] if message else []
    lines.append(condition)
    if np.ndim(held):
        failed = np.argwhere(~held)[:count]
        lines += [f"Indices of the first {len(failed)} values where it fails:", str(failed)]
        for name, array in values.items():
            lines += [f"Corresponding {name} values:", str(np.broadcast_to(array, held.shape)[tuple(failed.T)])]
    for name, array in values.items():
        first = np.ravel(array)[:count]
        lines += [f"First {first.size} elements of {name}:", str(first)]
    return InvalidArgumentError("\n".join(lines), "assert")


def _operation(result: Any) -> Any:
    """What an assertion gives: nothing, but in a graph of TensorFlow 1, where it has to be run, the operation."""
    return None if static_graph() is None else result.op
