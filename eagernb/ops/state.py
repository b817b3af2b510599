"""Operations with effects: assigning to variables, printing.

>>> import eagernb as tf
>>> v = tf.Variable([1.0, 2.0])
>>> _ = v.assign(v * 2)
>>> v.numpy()
array([2., 4.], dtype=float32)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor, is_tensor
from eagernb.core.dispatch import dispatch, spec_of
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.variable import UnreadVariable, Variable
from eagernb.errors import DTypeError, ShapeError
from eagernb.ops.families import elements


def _assigning(name: str, label: str, new_value: Callable[..., Any]) -> Op:
    """An op that sets the variable to ``new_value(old, value)`` and gives the new value."""

    def kernel(variable: Variable, value: Any) -> Any:
        _check(name, spec_of(variable), TensorSpec(value.shape, dtypes.of_array(value)))
        variable._array = new_value(variable._array, value)  # a new array: tensors that were read keep the old one
        return variable._array

    def infer(variable: TensorSpec, value: TensorSpec) -> TensorSpec:
        _check(name, variable, value)
        return variable

    return register(
        Op(name, ("variable", "value"), kernel, infer, rules=(None, None), label=label, family="state",
           effect=WRITE, flops=elements)
    )  # fmt: skip


def _check(name: str, variable: TensorSpec, value: TensorSpec) -> None:
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


ASSIGN = _assigning("assign", ":=", lambda old, value: np.array(value))
ASSIGN_ADD = _assigning("assign_add", "+=", lambda old, value: np.asarray(np.add(old, value)))
ASSIGN_SUB = _assigning("assign_sub", "−=", lambda old, value: np.asarray(np.subtract(old, value)))


def _method(op: Op, doc: str) -> Callable[..., Any]:
    def assign(
        self: Variable, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Variable | None:
        __tracebackhide__ = True
        value = convert_to_tensor(value, dtype=self.dtype)
        dispatch(op, (self._handle, value), {})
        return UnreadVariable(self._handle) if read_value else None

    assign.__name__ = assign.__qualname__ = op.name
    assign.__doc__ = doc
    return assign


Variable.assign = _method(ASSIGN, "Set the value; it must have the variable's shape and dtype.")  # type: ignore
Variable.assign_add = _method(ASSIGN_ADD, "Add to the value, in place.")  # type: ignore[attr-defined]
Variable.assign_sub = _method(ASSIGN_SUB, "Subtract from the value, in place.")  # type: ignore[attr-defined]


def _print_kernel(*arrays: Any, template: tuple[Any, ...], end: str, stream: Any) -> Any:
    values = iter(arrays)
    parts = [str(_shown(next(values))) if part is None else part for part in template]
    print(*parts, end=end, file=sys.stderr if stream is None else stream)
    return np.zeros((), np.bool_)


def _shown(array: Any) -> Any:
    return array[()] if array.ndim == 0 else str(array).replace("\n ", "\n ")


PRINT = register(
    Op(
        "print",
        ("*values",),
        _print_kernel,
        infer=lambda *specs, template, end, stream: TensorSpec((), dtypes.bool_),
        rules=(None,),
        label="print",
        family="state",
        effect=WRITE,
    )
)


def print_(*inputs: Any, output_stream: Any = None, end: str = "\n", name: str | None = None) -> None:
    """Print tensors and Python values, to standard error as TensorFlow does: in a graph, each time that it runs.

    Python's own print runs once, while the graph is traced, and shows symbols.
    """
    tensors = [convert_to_tensor(x) for x in inputs if is_tensor(x)]
    template = tuple(None if is_tensor(x) else str(x) for x in inputs)
    dispatch(PRINT, tensors, {"template": template, "end": end, "stream": output_stream})
