"""A tensor as bytes and back: TensorFlow's TensorProto, a message in the form of Protocol Buffers.

Such a message is a row of fields: a number that says which field it is and how long its value is, then the value. The
fields of a TensorProto are the dtype (1), the shape (2), the elements' bytes (4), or the elements themselves in a field
of their kind.

>>> import eagernb as tf
>>> tf.io.parse_tensor(tf.io.serialize_tensor([1.5, 2.0]), tf.float32).numpy()
array([1.5, 2. ], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import DType, as_dtype, string
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor

_DTYPE, _SHAPE, _CONTENT, _STRINGS = 1, 2, 4, 8
_DIM, _SIZE = 2, 1  # in the shape, and in each of its dims
# The other fields that elements stand in: those of a fixed size, and integers, where bool and the halves' bits are too.
_FIXED = {5: "<f4", 6: "<f8", 9: "<c8", 12: "<c16"}
_INTEGERS = (7, 10, 11, 13, 16, 17)
_VARINT, _EIGHT, _LONG, _FOUR = 0, 1, 2, 5  # how a value is written


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth bit says that more follow."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3 | _VARINT) + _varint(value)
    return _varint(number << 3 | _LONG) + _varint(len(value)) + value


def _serialized(x: Any) -> Any:
    array = np.asarray(x)
    shape = b"".join(_field(_DIM, _field(_SIZE, size) if size else b"") for size in array.shape)
    head = _field(_DTYPE, dtypes.of_array(array).as_datatype_enum) + _field(_SHAPE, shape)
    if array.dtype.hasobject:
        body = b"".join(_field(_STRINGS, text) for text in array.ravel().tolist())
    else:
        body = _field(_CONTENT, array.astype(array.dtype.newbyteorder("<")).tobytes()) if array.size else b""
    return np.array(head + body, object)


def _varint_at(message: bytes, at: int) -> tuple[int, int]:
    """The number that starts there, and where it ends; IndexError if the message ends before."""
    number = shift = 0
    while True:
        byte = message[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, at
        shift += 7


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """Each field's number and value: an integer, or bytes; ValueError for what is no message."""
    at = 0
    while at < len(message):
        tag, at = _varint_at(message, at)
        number, how = tag >> 3, tag & 7
        if how == _VARINT:
            value: Any
            value, at = _varint_at(message, at)
        else:
            length = {_EIGHT: 8, _FOUR: 4}.get(how)
            if how == _LONG:
                length, at = _varint_at(message, at)
            if length is None or at + length > len(message):
                raise ValueError("a field is cut off, or of no known form")
            value, at = message[at : at + length], at + length
        yield number, value


def _integers(packed: Any) -> list[int]:
    if isinstance(packed, int):
        return [packed]
    numbers, at = [], 0
    while at < len(packed):
        number, at = _varint_at(packed, at)
        numbers.append(number)
    return numbers


def _parsed(serialized: Any, dtype: DType) -> Any:
    if np.ndim(serialized):
        raise ValueError(f"serialized must be a scalar, not of shape {serialized.shape}")
    try:
        kind, dims, content, elements = _parts(np.ravel(serialized).tolist()[0])
    except (IndexError, ValueError) as error:
        raise ValueError("serialized is no TensorProto") from error
    if kind != dtype.as_datatype_enum:
        found = as_dtype(kind).name if kind in {d.as_datatype_enum for d in dtypes.ALL} else f"type {kind}"
        raise ValueError(f"the tensor is {found}, not {dtype.name}")
    size = prod(dims)
    if dtype is string:
        texts = _filled(elements, size, b"")
        result = np.empty(len(texts), object)
        result[:] = texts
        return result.reshape(dims)
    content = content or _bytes_of(_filled(elements, size, 0), dtype)
    return np.frombuffer(content, dtype.numpy.newbyteorder("<")).astype(dtype.numpy).reshape(dims)


def _parts(message: bytes) -> tuple[int, list[int], bytes, list[Any]]:
    """The dtype's number, the shape, the bytes of the elements, or the elements."""
    kind, dims, content, elements = 0, [], b"", []
    for number, value in _fields(message):
        if number == _DTYPE:
            kind = value
        elif number == _SHAPE:
            dims = [dict(_fields(dim)).get(_SIZE, 0) for at, dim in _fields(value) if at == _DIM]
        elif number == _CONTENT:
            content = value
        elif number == _STRINGS:
            elements.append(value)
        elif number in _FIXED:
            elements += np.frombuffer(value, _FIXED[number]).tolist()
        elif number in _INTEGERS:
            elements += _integers(value)
    return kind, dims, content, elements


def _filled(elements: list[Any], size: int, nothing: Any) -> list[Any]:
    """As many elements: the last one is meant for all that are left."""
    try:
        return elements + (elements[-1:] or [nothing]) * (size - len(elements))
    except (MemoryError, OverflowError):
        raise ValueError(f"there is no room for the {size} elements that serialized speaks of") from None


def _bytes_of(elements: list[Any], dtype: DType) -> bytes:
    if dtype.size == 2 and dtype.is_floating:  # their bits stand there as integers
        return np.array(elements, "<u2").tobytes()
    return np.array(elements).astype(dtype.numpy.newbyteorder("<")).tobytes()


SERIALIZE_TENSOR = register(
    Op("serialize_tensor", ("x",), _serialized, lambda x: TensorSpec((), string), (None,), label="bytes",
       family="shape", dtypes=frozenset(d.numpy for d in dtypes.ALL))
)  # fmt: skip
PARSE_TENSOR = register(
    Op("parse_tensor", ("serialized",), _parsed, lambda serialized, dtype: TensorSpec(None, dtype), (None,),
       label="from bytes", family="shape", dtypes=dtypes.STRINGS, typed=(0,))
)  # fmt: skip


def serialize_tensor(tensor: Any, name: str | None = None) -> Tensor:
    """A tensor's dtype, shape and elements as bytes, which ``parse_tensor`` reads: TensorFlow's TensorProto.

    >>> serialize_tensor([True]).numpy()
    b'\\x08\\n\\x12\\x04\\x12\\x02\\x08\\x01"\\x01\\x01'
    """
    return apply(SERIALIZE_TENSOR, (convert_to_tensor(tensor),))


def parse_tensor(serialized: Any, out_type: Any, name: str | None = None) -> Tensor:
    """The tensor of dtype ``out_type`` that ``serialize_tensor`` wrote; in a graph, its shape is not known before.

    InvalidArgumentError for a tensor of another dtype, and for bytes that are no TensorProto.

    >>> parse_tensor(serialize_tensor([[1, 2]]), "int32").numpy()
    array([[1, 2]], dtype=int32)
    """
    return apply(PARSE_TENSOR, (convert_to_tensor(serialized, string),), dtype=as_dtype(out_type))
