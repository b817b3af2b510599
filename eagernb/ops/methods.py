"""Operators and methods of Tensor and Variable: Python's symbols for the ops.

>>> import eagernb as tf
>>> (2 * tf.constant([1.0, 2.0]) ** 2 - 1).numpy()
array([1., 7.], dtype=float32)
>>> bool(tf.constant([1, 2]) == tf.constant([1, 2, 3]))
False
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.core.convert import is_tensor
from eagernb.core.shape import broadcast_dims
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.ops import arithmetic, compare, indexing, linalg

_ARITHMETIC = {
    "add": arithmetic.add,
    "sub": arithmetic.subtract,
    "mul": arithmetic.multiply,
    "truediv": arithmetic.divide,
    "floordiv": arithmetic.floordiv,
    "mod": arithmetic.floormod,
    "pow": arithmetic.pow,
    "matmul": linalg.matmul,
}
_COMPARISONS = {
    "lt": compare.less,
    "le": compare.less_equal,
    "gt": compare.greater,
    "ge": compare.greater_equal,
}
_UNARY = {"neg": arithmetic.negative, "abs": arithmetic.abs, "invert": compare.logical_not}
_LOGICAL = {"and": compare.logical_and, "or": compare.logical_or, "xor": compare.logical_xor}


def _reflected(function: Callable[..., Any]) -> Callable[..., Any]:
    def operator(self: Any, other: Any) -> Any:
        __tracebackhide__ = True
        return function(other, self)

    return operator


def _equality(function: Callable[..., Any], when_incompatible: bool) -> Callable[..., Any]:
    """Elementwise; a single bool for what cannot be compared: None, or a shape that does not broadcast."""

    def operator(self: Any, other: Any) -> Any:
        __tracebackhide__ = True
        if other is None:
            return when_incompatible
        if is_tensor(other) or hasattr(other, "shape"):
            try:
                broadcast_dims(self._dims, tuple(other.shape))
            except ValueError:
                return Tensor(compare.equal.op.kernel(not when_incompatible, True))  # type: ignore[attr-defined]
        return function(self, other)

    return operator


def _install(cls: type) -> None:
    for name, function in (_ARITHMETIC | _LOGICAL).items():
        setattr(cls, f"__{name}__", function)
        setattr(cls, f"__r{name}__", _reflected(function))
    for name, function in (_COMPARISONS | _UNARY).items():
        setattr(cls, f"__{name}__", function)
    # Assigning __eq__ afterwards leaves __hash__ as the class has it: it raises, with the remedy.
    cls.__eq__ = _equality(compare.equal, False)  # type: ignore[assignment,method-assign]
    cls.__ne__ = _equality(compare.not_equal, True)  # type: ignore[assignment,method-assign]


_install(Tensor)
_install(Variable)
Tensor.__getitem__ = indexing.getitem  # type: ignore[attr-defined]


def _variable_getitem(self: Variable, key: Any) -> Tensor:
    return self.read_value()[key]  # type: ignore[index]


def _through_value(name: str) -> Callable[..., Any]:
    def method(self: Variable, *args: Any) -> Any:
        return getattr(self.read_value(), name)(*args)

    method.__name__ = name
    return method


Variable.__getitem__ = _variable_getitem  # type: ignore[attr-defined]
for _name in ("__bool__", "__int__", "__float__", "__complex__", "__index__", "__iter__", "__len__"):
    setattr(Variable, _name, _through_value(_name))
