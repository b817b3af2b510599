"""Operators and methods of Tensor and Variable: Python's symbols for the ops.

>>> import eagernb as tf
>>> (2 * tf.constant([1.0, 2.0]) ** 2 - 1).numpy()
array([1., 7.], dtype=float32)
>>> bool(tf.constant([1, 2]) == tf.constant([1, 2, 3]))
False
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eagernb.core.apply import apply, binary
from eagernb.core.composite import Composite
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.op import Op
from eagernb.core.shape import UnknownDims, broadcast_dims
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.core.variable import Variable
from eagernb.ops import arithmetic, bitwise, compare, rounding, slicing, variable_scatter, variable_slices
from eagernb.ops.casting import cast
from eagernb.ops.matmul import plain_matmul
from eagernb.ops.shape_algebra import ensure_shape


def _and_of_bools(op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
    """`*` of bools is `and`; tf.multiply refuses them. With a SparseTensor it is left to that.

    A bool times a number is a bool too, as in TensorFlow: whether the product of the two as int32 is not 0. What stands
    on the left of a bool, and is no tensor, has to be a bool itself.
    """
    __tracebackhide__ = True
    if isinstance(inputs[1], Composite):
        return NotImplemented
    if any(is_dense_tensor(x) and x.dtype.is_bool for x in inputs):
        tensors = [convert_to_tensor(x, None if i or is_dense_tensor(x) else "bool") for i, x in enumerate(inputs)]
        if all(x.dtype.is_bool for x in tensors):
            return compare.logical_and(*tensors)
        return cast(arithmetic.multiply(*(cast(x, "int32") for x in tensors)), "bool")
    return apply(op, inputs, **params)


def _power(x: Any, y: Any, *modulus: Any) -> Any:
    """Python's pow(x, y, modulus) has to be told apart: tf.pow would take the modulus for a name."""
    __tracebackhide__ = True
    if modulus:
        raise TypeError("pow(x, y, modulus) is for integers of Python's. Use tf.math.floormod(x ** y, modulus).")
    return arithmetic.pow(x, y)


_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "add": binary(arithmetic.add.op, arithmetic.texts_or_carefully),  # type: ignore[attr-defined]
    "sub": arithmetic.subtract,
    "mul": binary(arithmetic.multiply.op, otherwise=_and_of_bools),  # type: ignore[attr-defined]
    "truediv": arithmetic.divide,
    "floordiv": rounding.floordiv,
    "mod": rounding.floormod,
    "pow": _power,
    "matmul": plain_matmul,
}
_COMPARISONS = {
    "lt": compare.less,
    "le": compare.less_equal,
    "gt": compare.greater,
    "ge": compare.greater_equal,
}


def _by_dtype(logical: Callable[..., Any], bits: Callable[..., Any]) -> Callable[..., Any]:
    def operator(*operands: Any) -> Any:
        __tracebackhide__ = True
        tensor = next(x for x in operands if is_dense_tensor(x))
        return (logical if tensor.dtype.is_bool else bits)(*operands)

    return operator


_LOGICAL = {
    "and": _by_dtype(compare.logical_and, bitwise.bitwise_and),
    "or": _by_dtype(compare.logical_or, bitwise.bitwise_or),
    "xor": _by_dtype(compare.logical_xor, bitwise.bitwise_xor),
}
_UNARY = {
    "neg": arithmetic.negative,
    "abs": arithmetic.abs,
    "invert": _by_dtype(compare.logical_not, bitwise.invert),
}


def _reflected(function: Callable[..., Any]) -> Callable[..., Any]:
    def operator(self: Any, other: Any) -> Any:
        __tracebackhide__ = True
        return function(other, self)

    return operator


def _equality(function: Callable[..., Any], when_incompatible: bool) -> Callable[..., Any]:
    """Elementwise; a single bool for what cannot be compared: None, or a shape that does not broadcast."""

    def operator(self: Any, other: Any) -> Any:
        __tracebackhide__ = True
        if other is None and isinstance(self, Tensor):  # a Variable refuses None, as in TensorFlow
            return when_incompatible
        if isinstance(other, (list, tuple)):
            other = convert_to_tensor(other, self.dtype)
        known = not any(isinstance(getattr(x, "_dims", None), UnknownDims) for x in (self, other))
        if known and (is_dense_tensor(other) or hasattr(other, "shape")):
            try:
                broadcast_dims(self._dims, tuple(other.shape))
            except ValueError:
                return EagerTensor._of(np.bool_(when_incompatible))
        return function(self, other)

    return operator


def _install(cls: Any, getitem: Callable[..., Any]) -> None:
    for name, function in (_ARITHMETIC | _LOGICAL).items():
        setattr(cls, f"__{name}__", function)
        setattr(cls, f"__r{name}__", _reflected(function))
    for name, function in (_COMPARISONS | _UNARY).items():
        setattr(cls, f"__{name}__", function)
    # Assigning __eq__ afterwards leaves __hash__ as the class has it: it raises, with the remedy.
    cls.__eq__ = _equality(compare.equal, False)
    cls.__ne__ = _equality(compare.not_equal, True)
    cls.__getitem__ = getitem


_install(Tensor, slicing.getitem)
_install(Variable, variable_slices.getitem)
for _name, _method in variable_scatter.METHODS.items():
    setattr(Variable, _name, _method)


def _no_change(what: str) -> Callable[..., Any]:
    def method(self: Any, *_: Any) -> Any:
        remedy = (
            "use `variable[...].assign(value)`"
            if isinstance(self, Variable)
            else "a tensor never changes. Use tf.where or tf.tensor_scatter_nd_update to make another, or a tf.Variable"
        )
        raise TypeError(f"{type(self).__name__!r} object does not support item {what}: {remedy}.")

    return method


for _cls in (Tensor, Variable):
    for _name, _what in (("__setitem__", "assignment"), ("__delitem__", "deletion")):
        setattr(_cls, _name, _no_change(_what))


def _set_shape(self: Tensor, shape: Any) -> None:
    """Say more about the shape of a symbol; ValueError if it contradicts what is known."""
    if not self.shape.is_compatible_with(shape):
        raise ValueError(f"The tensor's shape {self.shape} is not compatible with the shape {shape}.")
    if isinstance(self, Symbol):  # from here on, the name means what ensure_shape gives
        known: Any = ensure_shape(self, shape)
        self._value, self._spec = known._value, known._spec


Tensor.set_shape = _set_shape  # type: ignore[attr-defined]


def _through_value(name: str) -> Callable[..., Any]:
    def method(self: Variable, *args: Any) -> Any:
        return getattr(self.read_value(), name)(*args)

    method.__name__ = name
    return method


for _name in ("__bool__", "__int__", "__float__", "__complex__", "__iter__"):
    setattr(Variable, _name, _through_value(_name))


def _no_augmented(symbol: str, instead: str) -> Callable[..., Any]:
    def method(self: Variable, other: Any) -> Any:
        raise RuntimeError(
            f"`variable {symbol}= value` is not supported: it would make the name refer to a Tensor. {instead}"
            f"To get a new Tensor, write `out = variable {symbol} value`."
        )

    return method


for _name, _symbol, _instead in (
    ("add", "+", "To change the variable, use `variable.assign_add(value)`. "),
    ("sub", "-", "To change the variable, use `variable.assign_sub(value)`. "),
    ("mul", "*", ""),
    ("truediv", "/", ""),
    ("pow", "**", ""),
):
    setattr(Variable, f"__i{_name}__", _no_augmented(_symbol, _instead))
