"""What the operators and some attributes of an Array mean: the functions of the namespace."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Number
from typing import Any

import numpy as np

from eagernb.core.convert import is_dense_tensor
from eagernb.numpy import elementwise, indexing, products
from eagernb.numpy.array import Array, as_array, gives_arrays
from eagernb.ops import numpy_protocol
from eagernb.ops.shape import matrix_transpose, transpose

_BINARY = {
    "add": elementwise.add,
    "sub": elementwise.subtract,
    "mul": elementwise.multiply,
    "truediv": elementwise.divide,
    "floordiv": elementwise.floor_divide,
    "mod": elementwise.remainder,
    "pow": elementwise.pow,
    "matmul": products.matmul,
    "and": elementwise.bitwise_and,
    "or": elementwise.bitwise_or,
    "xor": elementwise.bitwise_xor,
    "lshift": elementwise.bitwise_left_shift,
    "rshift": elementwise.bitwise_right_shift,
}
_COMPARISONS = {
    "eq": elementwise.equal,
    "ne": elementwise.not_equal,
    "lt": elementwise.less,
    "le": elementwise.less_equal,
    "gt": elementwise.greater,
    "ge": elementwise.greater_equal,
}
_UNARY = {
    "neg": elementwise.negative,
    "pos": elementwise.positive,
    "abs": elementwise.abs,
    "invert": elementwise.bitwise_invert,
}


def _operator(function: Callable[..., Any], reflected: bool = False) -> Callable[..., Any]:
    def operator(self: Array, other: Any) -> Any:
        __tracebackhide__ = True
        if not (isinstance(other, (Number, np.ndarray, np.generic)) or is_dense_tensor(other)):
            return NotImplemented
        return function(other, self) if reflected else function(self, other)

    return operator


for _name, _function in _BINARY.items():
    setattr(Array, f"__{_name}__", _operator(_function))
    setattr(Array, f"__r{_name}__", _operator(_function, reflected=True))
for _name, _function in _COMPARISONS.items():
    setattr(Array, f"__{_name}__", _operator(_function))
for _name, _function in _UNARY.items():
    setattr(Array, f"__{_name}__", _function)


def _transposed(x: Array) -> Array:
    if len(x._dims) != 2:
        raise ValueError(f"x.T is for matrices; this array has shape {x.shape}. Use x.mT or xp.permute_dims.")
    return as_array(transpose(x), is_part=True)


def _matrices_transposed(x: Array) -> Array:
    return as_array(matrix_transpose(x), is_part=True)


def _install(cls: Any) -> None:
    cls.__getitem__, cls.__setitem__ = indexing.getitem, indexing.setitem
    cls.T, cls.mT = property(_transposed), property(_matrices_transposed)
    cls.__array_ufunc__ = gives_arrays(numpy_protocol.array_ufunc)
    cls.__array_function__ = gives_arrays(numpy_protocol.array_function)


_install(Array)
