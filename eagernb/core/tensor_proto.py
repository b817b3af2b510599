"""Dtypes, shapes and arrays as TensorFlow's messages, TensorProto above all, and back."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.dtypes import DType, as_dtype
from eagernb.core.graph_messages import DATA_TYPES, REFERENCE, messages
from eagernb.core.shape import TensorShape

# The field of TensorProto that holds single values of a dtype.
_FIELDS = {
    "float32": "float_val", "float64": "double_val", "int32": "int_val", "int16": "int_val", "int8": "int_val",
    "uint8": "int_val", "uint16": "int_val", "int64": "int64_val", "bool": "bool_val", "string": "string_val",
    "float16": "half_val", "bfloat16": "half_val", "uint32": "uint32_val", "uint64": "uint64_val",
    "complex64": "scomplex_val", "complex128": "dcomplex_val",
}  # fmt: skip


def dtype_of(number: int) -> DType:
    """The dtype of a number; NotImplementedError for TensorFlow's own, such as resources."""
    try:
        return as_dtype(number - REFERENCE if number > REFERENCE else number)
    except TypeError:
        name = next((name for name, its in DATA_TYPES.items() if its == number), str(number))
        raise NotImplementedError(f"DT_{name} is no dtype of tensors here") from None


def shape_message(shape: TensorShape) -> Any:
    """A shape as a TensorShapeProto."""
    message = messages().TensorShapeProto()
    if shape.rank is None:
        message.unknown_rank = True
    else:
        for size in shape.as_list():
            message.dim.add(size=-1 if size is None else size)
    return message


def shape_of(message: Any) -> TensorShape:
    """The shape that a TensorShapeProto says."""
    if message.unknown_rank:
        return TensorShape(None)
    return TensorShape([None if dim.size < 0 else dim.size for dim in message.dim])


def tensor_message(array: np.ndarray, readable: bool = True) -> Any:
    """An array as a TensorProto: a single value as text can show it, if it shall be ``readable``; else as bytes."""
    dtype = dtypes.of_array(array)
    message = messages().TensorProto(dtype=dtype.as_datatype_enum, tensor_shape=shape_message(TensorShape(array.shape)))
    if dtype is dtypes.string:
        message.string_val.extend(array.ravel().tolist())
    elif readable and array.size == 1 and dtype.numpy.kind in "fiub" and dtype.name in _FIELDS:
        field = getattr(message, _FIELDS[dtype.name])
        if _FIELDS[dtype.name] == "half_val":
            field.append(int(array.ravel().view(np.uint16)[0]))
        else:
            field.append(array.ravel()[0].item())
    else:
        little = array.astype(array.dtype.newbyteorder("<")) if array.dtype.byteorder == ">" else array
        message.tensor_content = np.ascontiguousarray(little).tobytes()
    return message


def array_of(message: Any) -> np.ndarray:
    """The array that a TensorProto holds: its last value is repeated as often as it takes to fill its shape."""
    dtype, shape = dtype_of(message.dtype), tuple(dim.size for dim in message.tensor_shape.dim)
    if message.tensor_content:
        return np.frombuffer(message.tensor_content, dtype.numpy).reshape(shape).copy()
    values: Any = list(getattr(message, _FIELDS[dtype.name]))
    if _FIELDS[dtype.name] == "half_val":
        values = np.array(values, np.uint16).view(dtype.numpy)
    elif dtype.is_complex:
        values = np.array(values[::2]) + 1j * np.array(values[1::2])
    size = math.prod(shape)
    array = np.zeros(size, dtype.numpy) if dtype is not dtypes.string else np.full(size, b"", object)
    count = min(len(values), size)
    if count:
        array[:count] = values[:count]
        array[count:] = array[count - 1]
    return array.reshape(shape)
