"""Assigning to variables.

>>> import eagernb as tf
>>> v = tf.Variable([1.0, 2.0])
>>> _ = v.assign(v * 2)
>>> v.numpy()
array([2., 4.], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch, explain, spec_of
from eagernb.core.late import late_call
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.errors import DTypeError, OutOfRangeError, ShapeError
from eagernb.ops.families import elements


def _assigning(
    name: str, label: str, new_value: Callable[..., Any], allowed: Any = dtypes.NUMBERS, resizes: bool = False
) -> Op:
    """An op that sets the variable to ``new_value(old, value)`` and gives the new value.

    ``resizes``: the value may differ in size from the old one, where the variable's shape leaves that open.
    """

    def kernel(variable: Variable, value: Any) -> Any:
        old = variable._array
        if value.shape != old.shape or value.dtype != old.dtype:
            present = TensorSpec(variable.shape if resizes else old.shape, variable.dtype)
            check_assigned(name, present, TensorSpec(value.shape, dtypes.of_array(value)))
        variable._array = new_value(old, value)  # a new array: tensors that were read keep the old one
        return variable._array

    def infer(variable: TensorSpec, value: TensorSpec) -> TensorSpec:
        check_assigned(name, variable, value)
        return variable

    return register(
        Op(name, ("variable", "value"), kernel, infer, rules=(None, None), label=label, family="state",
           dtypes=allowed, typed=(0, 1), effect=WRITE, flops=elements)
    )  # fmt: skip


def check_assigned(name: str, variable: TensorSpec, value: TensorSpec) -> None:
    """ShapeError or DTypeError unless a variable may be given this value."""
    if not variable.shape.is_compatible_with(value.shape):
        raise ShapeError(
            f"{name}: cannot assign a value of shape {value.shape} to a variable of shape {variable.shape}: the "
            "shapes are incompatible. A variable keeps its shape; reshape the value, or make a new variable.",
            name,
        )
    if variable.dtype != value.dtype:
        raise DTypeError(
            f"{name}: cannot assign {value.dtype.name} to a variable of {variable.dtype.name}. "
            f"Use tf.cast(value, tf.{variable.dtype.name}).",
            name,
        )


ASSIGN = _assigning("assign", ":=", lambda old, value: np.array(value), dtypes.ANY, resizes=True)
ASSIGN_ADD = _assigning("assign_add", "+=", lambda old, value: np.asarray(np.add(old, value)))
ASSIGN_SUB = _assigning("assign_sub", "−=", lambda old, value: np.asarray(np.subtract(old, value)))


def assign(
    self: Variable, value: Any, use_locking: bool | None = None, name: str | None = None, read_value: bool = True
) -> Variable | None:
    """Set the value; it must have the variable's shape and dtype: else ShapeError or DTypeError.

    It gives the variable, or None with ``read_value=False``. Tensors that were read before keep the old value.

    >>> v = Variable([1.0, 2.0])
    >>> v.assign([3.0, 4.0]).numpy()
    array([3., 4.], dtype=float32)
    """
    __tracebackhide__ = True
    result = change(ASSIGN, self, convert_to_tensor(value, self.dtype))
    return result if read_value else None


def assign_add(
    self: Variable, delta: Any, use_locking: bool | None = None, name: str | None = None, read_value: bool = True
) -> Variable | None:
    """Add to the value; the summand must have the variable's shape and dtype.

    Result and errors as for ``assign``.

    >>> v = Variable([1.0, 2.0])
    >>> v.assign_add([10.0, 20.0]).numpy()
    array([11., 22.], dtype=float32)
    """
    __tracebackhide__ = True
    result = change(ASSIGN_ADD, self, convert_to_tensor(delta, self.dtype))
    return result if read_value else None


def assign_sub(
    self: Variable, delta: Any, use_locking: bool | None = None, name: str | None = None, read_value: bool = True
) -> Variable | None:
    """Subtract from the value; the subtrahend must have the variable's shape and dtype.

    Result and errors as for ``assign``.

    >>> v = Variable([1.0, 2.0])
    >>> v.assign_sub([0.5, 0.5]).numpy()
    array([0.5, 1.5], dtype=float32)
    """
    __tracebackhide__ = True
    result = change(ASSIGN_SUB, self, convert_to_tensor(delta, self.dtype))
    return result if read_value else None


def _count(variable: Variable, limit: int) -> Any:
    value = variable._array
    if value.ndim:
        raise ValueError(f"only a scalar can count, not a variable of shape {list(value.shape)}")
    if value >= limit:
        raise OutOfRangeError(f"count_up_to: reached the limit of {limit}.", "count_up_to")
    variable._array = np.asarray(value + value.dtype.type(1))
    return value


COUNT_UP_TO = register(
    Op("count_up_to", ("variable",), _count, infer=lambda variable, limit: variable, rules=(None,), label="count",
       family="state", dtypes=frozenset({dtypes.int32.numpy, dtypes.int64.numpy}), typed=(0,), effect=WRITE)
)  # fmt: skip


def count_up_to(self: Variable, limit: int) -> Tensor:
    """The value, which is then increased by one; OutOfRangeError once it has reached the limit.

    >>> v = Variable(0)
    >>> [int(v.count_up_to(2)) for _ in range(2)], int(v)
    ([0, 1], 2)
    """
    __tracebackhide__ = True
    return write(COUNT_UP_TO, self, limit=static_int(limit, "limit"))


for _method in (assign, assign_add, assign_sub, count_up_to):
    setattr(Variable, _method.__name__, _method)


def change(op: Op, variable: Variable, *inputs: Any, **params: Any) -> Any:
    """Carry out an op that changes the variable; what comes back is the variable itself."""
    __tracebackhide__ = True
    return variable._handle._assigned(write(op, variable, *inputs, **params))


def write(op: Op, variable: Variable, *inputs: Any, **params: Any) -> Any:
    """Carry out an op that changes the variable, for its result; DTypeError if the op does not take its dtype."""
    __tracebackhide__ = True
    handle = variable._handle
    if not op.takes(handle.dtype.numpy):
        raise explain(op, [spec_of(x) for x in (handle, *inputs)], params, TypeError())
    return dispatch(*late_call(op, (handle, *inputs), params))


def updating(
    name: str, kernel: Callable[..., None], infer: Callable[..., TensorSpec], inputs: tuple[str, ...], **facts: Any
) -> Op:
    """Declare an op whose ``kernel(array, ...)`` changes a copy of the variable's array, which replaces it."""

    def changed(variable: Variable, *arrays: Any, **params: Any) -> Any:
        infer(*(TensorSpec(x.shape, x.dtype) for x in (variable._array, *arrays)), **params)
        new = variable._array.copy()  # tensors that were read keep the old one
        kernel(new, *arrays, **params)
        variable._array = new
        return new

    def updates_size(ins: Any, outs: Any, **params: Any) -> int:
        return ins[-1].size or 0

    return register(
        Op(name, ("variable", *inputs), changed, infer, rules=(None,) * (1 + len(inputs)), family="state",
           typed=(0, len(inputs)), effect=WRITE, flops=updates_size, **facts)
    )  # fmt: skip
