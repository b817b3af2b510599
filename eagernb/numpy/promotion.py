"""Which dtype the operands of a function share, by NumPy's (and the standard's) rules.

Python numbers take the dtype of the arrays beside them, unless they are of a higher kind: an int array and 0.5 give
float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor, holds_tensor, is_dense_tensor
from eagernb.core.dtypes import DType, as_dtype, float64
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.ops.casting import cast
from eagernb.ops.joining import stack

_NUMBERS = (bool, int, float, complex)


def tensor(value: Any) -> Tensor:
    """A tensor of anything array-like, of the dtype that NumPy would give it."""
    if is_dense_tensor(value):
        return convert_to_tensor(value)
    if isinstance(value, (list, tuple)) and holds_tensor(value):
        return stack(promoted(*value))
    return new(value)


def new(value: Any, dtype: Any = None) -> Tensor:
    """A tensor of a Python or NumPy value, by NumPy's rules."""
    array = np.array(value, None if dtype is None else as_dtype(dtype).numpy)
    as_dtype(array.dtype)  # raises for what no tensor can hold
    return EagerTensor._of(array)


def result_dtype(*values: Any) -> DType:
    """The dtype that tensors, arrays, dtypes and Python numbers have in common.

    >>> import eagernb as tf
    >>> result_dtype(tf.constant(1.0), tf.constant(1, tf.int64)), result_dtype(tf.constant(1.0), 2.5)
    (tf.float64, tf.float32)
    """
    typed = list(map(_typed, values))
    first = typed[0]
    if isinstance(first, np.dtype) and all(other is first for other in typed):
        return as_dtype(first)  # by far the most common, and several times faster
    return as_dtype(np.result_type(*typed))


def _typed(value: Any) -> Any:
    if isinstance(value, DType):
        return value.numpy
    return value.dtype.numpy if is_dense_tensor(value) else value


def promoted(*values: Any) -> tuple[Tensor, ...]:
    """The values as tensors of one dtype."""
    known = _tensors_and_numbers(values)
    return _cast(result_dtype(*known), known)


def converted(dtype: DType, *values: Any) -> tuple[Tensor, ...]:
    """The values as tensors of this dtype; Python numbers among them are converted at once."""
    return _cast(dtype, _tensors_and_numbers(values))


def _tensors_and_numbers(values: Sequence[Any]) -> list[Any]:
    return [v if type(v) in _NUMBERS else tensor(v) for v in values]


def _cast(dtype: DType, known: Sequence[Any]) -> tuple[Tensor, ...]:
    return tuple([EagerTensor._of(np.array(v, dtype.numpy)) if type(v) in _NUMBERS else cast(v, dtype) for v in known])


def floating(dtype: DType) -> DType:
    """The dtype of a function whose values are not whole: NumPy's choice for ints and bools, by their width.

    >>> import eagernb as tf
    >>> floating(tf.int8), floating(tf.int32), floating(tf.complex64)
    (tf.float16, tf.float64, tf.complex64)
    """
    return dtype if dtype.is_differentiable else as_dtype(np.result_type(dtype.numpy, np.float16))


def floats(*values: Any) -> tuple[Tensor, ...]:
    """The values as tensors of one floating-point (or complex) dtype."""
    known = _tensors_and_numbers(values)
    return _cast(result_dtype(*(floating(v.dtype) if isinstance(v, Tensor) else v for v in known)), known)


def wide_floats(*values: Any) -> tuple[Tensor, ...]:
    """``floats``, but float64 for all ints and bools: what NumPy divides and averages in."""
    known = _tensors_and_numbers(values)
    dtype = result_dtype(*known)
    return _cast(dtype if dtype.is_differentiable else float64, known)
