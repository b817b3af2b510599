"""A tensor as bytes and back: TensorFlow's TensorProto.

>>> import eagernb as tf
>>> tf.io.parse_tensor(tf.io.serialize_tensor([1.5, 2.0]), tf.float32).numpy()
array([1.5, 2. ], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import DType, as_dtype, string
from eagernb.core.graph_messages import messages
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.tensor_proto import array_of, tensor_message


def _serialized(x: Any) -> Any:
    return np.array(tensor_message(np.asarray(x), readable=False).SerializeToString(), object)


def _parsed(serialized: Any, dtype: DType) -> Any:
    from google.protobuf.message import DecodeError  # protobuf is loaded with the first message

    if np.ndim(serialized):
        raise ValueError(f"serialized must be a scalar, not of shape {serialized.shape}")
    message = messages().TensorProto()
    try:
        message.ParseFromString(np.ravel(serialized).tolist()[0])
    except DecodeError as error:
        raise ValueError("serialized is no TensorProto") from error
    if message.dtype != dtype.as_datatype_enum:
        known = message.dtype in {d.as_datatype_enum for d in dtypes.ALL}
        found = as_dtype(message.dtype).name if known else f"type {message.dtype}"
        raise ValueError(f"the tensor is {found}, not {dtype.name}")
    try:
        return array_of(message)
    except MemoryError:
        shape = [dim.size for dim in message.tensor_shape.dim]
        raise ValueError(f"there is no room for the tensor of shape {shape} that serialized speaks of") from None


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
