"""Values of attributes: dtypes, shapes, tensors and plain numbers, to protobuf's messages and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.dtypes import DType
from eagernb.core.graph_messages import DATA_TYPES
from eagernb.core.shape import TensorShape
from eagernb.core.tensor_proto import array_of, dtype_of, shape_message, shape_of, tensor_message

# What stands for a variable is of this type in TensorFlow's graphs.
RESOURCE = DType("resource", DATA_TYPES["RESOURCE"], object)


class FunctionName(NamedTuple):
    """An attribute that names a function of the library."""

    name: str


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
