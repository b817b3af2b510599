"""Values of attributes: dtypes, shapes, tensors and plain numbers, to protobuf's messages and back."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from eagernb.compat.graphdef.schema import DATA_TYPES, REFERENCE, messages
from eagernb.core import dtypes
from eagernb.core.dtypes import DType, as_dtype
from eagernb.core.shape import TensorShape

# What stands for a variable is of this type in TensorFlow's graphs.
RESOURCE = DType("resource", DATA_TYPES["RESOURCE"], object)


class FunctionName(NamedTuple):
    """An attribute that names a function of the library."""

    name: str


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


def set_attribute(attribute: Any, value: Any) -> None:
    """Fill an AttrValue with a Python value."""
    if isinstance(value, bool | np.bool_):
        attribute.b = bool(value)
    elif isinstance(value, int):
        attribute.i = value
    elif isinstance(value, float):
        attribute.f = value
    elif isinstance(value, str | bytes):
        attribute.s = value.encode() if isinstance(value, str) else value
    elif isinstance(value, DType):
        attribute.type = value.as_datatype_enum
    elif isinstance(value, TensorShape):
        attribute.shape.CopyFrom(shape_message(value))
    elif isinstance(value, FunctionName):
        attribute.func.name = value.name
    elif isinstance(value, np.ndarray | np.generic):
        attribute.tensor.CopyFrom(tensor_message(np.asarray(value)))
    else:
        attribute.list.SetInParent()
        for item in value:
            if isinstance(item, DType):
                attribute.list.type.append(item.as_datatype_enum)
            elif isinstance(item, TensorShape):
                attribute.list.shape.append(shape_message(item))
            elif isinstance(item, FunctionName):
                attribute.list.func.add(name=item.name)
            elif isinstance(item, str | bytes):
                attribute.list.s.append(item.encode() if isinstance(item, str) else item)
            else:
                attribute.list.i.append(int(item))


def python_value(attribute: Any) -> Any:
    """What an AttrValue holds, as a Python value: text as bytes, as in TensorFlow."""
    kind = attribute.WhichOneof("value")
    if kind is None:
        return None
    value = getattr(attribute, kind)
    if kind == "type":
        return dtype_of(value)
    if kind == "shape":
        return shape_of(value)
    if kind == "tensor":
        return array_of(value)
    if kind == "func":
        return value.name
    if kind != "list":
        return value
    for name, convert in _LISTS.items():
        if items := getattr(value, name):
            return [convert(item) for item in items]
    return []


_LISTS: dict[str, Callable[[Any], Any]] = {
    "s": bytes, "i": int, "f": float, "b": bool, "type": lambda number: dtype_of(number),
    "shape": lambda message: shape_of(message), "func": lambda message: message.name,
}  # fmt: skip


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


def tensor_message(array: np.ndarray) -> Any:
    """An array as a TensorProto: a single value as text can show it, more as their bytes."""
    dtype = dtypes.of_array(array)
    message = messages().TensorProto(dtype=dtype.as_datatype_enum, tensor_shape=shape_message(TensorShape(array.shape)))
    if dtype is dtypes.string:
        message.string_val.extend(array.ravel().tolist())
    elif array.size == 1 and dtype.numpy.kind in "fiub" and dtype.name in _FIELDS:
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
