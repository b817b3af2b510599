"""From Python and NumPy values to tensors, by TensorFlow's dtype rules."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np

from eagernb.core import dtypes, nest
from eagernb.core.dispatch import dispatch
from eagernb.core.op import all_ops
from eagernb.core.shape import TensorShape
from eagernb.core.tensor import Tensor

_INT32 = np.iinfo(np.int32)


def array_from(value: Any, dtype: Any = None) -> np.ndarray:
    """A fresh array of a Python or NumPy value.

    Python ints become int32 (int64 if they are too large), floats float32, NumPy values keep their dtype; with
    ``dtype``, values that it cannot hold raise TypeError or ValueError, as in TensorFlow.

    >>> array_from([1, 2.5]).dtype, array_from(2**40).dtype, array_from(np.arange(2.0)).dtype
    (dtype('float32'), dtype('int64'), dtype('float64'))
    """
    wanted = None if dtype is None else dtypes.as_dtype(dtype).numpy
    try:
        array = np.array(value)
    except ValueError as error:
        raise ValueError(
            f"Can't convert non-rectangular Python sequence to Tensor ({error}). Every row needs the same length."
        ) from None
    if array.dtype.kind in "OUSVMm":
        raise ValueError(
            f"Attempt to convert a value ({_shorten(value)}) with an unsupported type ({type(value)}) to a Tensor."
        )
    if wanted is None:
        if _from_numpy(value):
            dtypes.of_array(array)  # raises for what no tensor can hold
            return array
        wanted = _python_default(array)
    if _from_numpy(value):
        return array.astype(wanted)
    return _cast_python(value, array, wanted)


def _python_default(array: np.ndarray) -> np.dtype:
    if array.dtype.kind == "f":
        return np.dtype(np.float32)
    if array.dtype.kind in "iu":
        fits = array.size == 0 or (array.min() >= _INT32.min and array.max() <= _INT32.max)
        return np.dtype(np.int32 if fits else np.int64)
    return array.dtype


def _cast_python(value: Any, array: np.ndarray, wanted: np.dtype) -> np.ndarray:
    kind, to = array.dtype.kind, wanted.kind
    lossless = kind == to or array.size == 0 or (kind, to) in _PYTHON_CASTS
    if not lossless:
        raise TypeError(
            f"Cannot convert {_shorten(value)} to EagerTensor of dtype {dtypes.of_array(np.empty(0, wanted)).name}: "
            "its Python type does not fit. Use tf.cast on a tensor to round or truncate on purpose."
        )
    if to in "iu" and array.size:
        limits = np.iinfo(wanted)
        if array.min() < limits.min or array.max() > limits.max:
            raise ValueError(
                f"Cannot convert {_shorten(value)} to a tensor of dtype {wanted.name}: its values lie in "
                f"[{limits.min}, {limits.max}]."
            )
    return array.astype(wanted)


_PYTHON_CASTS = {("i", "f"), ("u", "f"), ("i", "c"), ("u", "c"), ("f", "c"), ("i", "u"), ("u", "i")}


def _from_numpy(value: Any) -> bool:
    """Whether the value, or the first leaf of its nested lists, comes from NumPy and so has a dtype."""
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return isinstance(value, (np.ndarray, np.generic)) or (
        hasattr(value, "__array__") and not isinstance(value, (list, tuple))
    )


def convert_to_tensor(value: Any, dtype: Any = None, dtype_hint: Any = None, name: str | None = None) -> Tensor:
    """A Tensor of a Python or NumPy value, a Variable or a list that holds tensors; a Tensor is returned as it is.

    Raises ValueError for a Tensor of another dtype than ``dtype`` (nothing is cast silently), TypeError or
    ValueError for values that do not fit ``dtype``.

    >>> convert_to_tensor([1, 2])
    <tf.Tensor: shape=(2,), dtype=int32, numpy=array([1, 2], dtype=int32)>
    """
    if not isinstance(value, Tensor):
        value = _as_tensor(value, dtype, dtype_hint)
    if dtype is not None and value.dtype != dtype:
        raise ValueError(
            f"Tensor conversion requested dtype {dtypes.as_dtype(dtype).name} for Tensor with dtype "
            f"{value.dtype.name}: {value!r}. Use tf.cast to convert it."
        )
    return value


def is_tensor(value: Any) -> bool:
    """Whether the value is a Tensor, or (a Variable) stands for one."""
    return isinstance(value, Tensor) or hasattr(type(value), "__tf_tensor__")


def _as_tensor(value: Any, dtype: Any, hint: Any) -> Tensor:
    if is_tensor(value):
        return value.__tf_tensor__()
    if isinstance(value, (list, tuple)) and _holds_tensor(value):
        return _stacked(value, dtype)
    if isinstance(value, TensorShape):
        value = value.as_list()
    if dtype is None and hint is not None:
        with suppress(TypeError, ValueError):  # a hint is only a preference
            return Tensor(array_from(value, hint))
    return Tensor(array_from(value, dtype))


def _holds_tensor(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(_holds_tensor(item) for item in value)
    return is_tensor(value)


def _stacked(value: Any, dtype: Any) -> Tensor:
    """A nested list with tensors in it is stacked by an op, so that tapes and tracers see it."""
    if dtype is None:
        dtype = next(leaf.dtype for leaf in nest.flatten(value) if is_tensor(leaf))
    rows = [convert_to_tensor(item, dtype) for item in value]
    return dispatch(all_ops()["stack"], rows, {"axis": 0})


def _shorten(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
