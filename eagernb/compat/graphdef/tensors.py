"""TensorProto: arrays as GraphDef holds them."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import suspended
from eagernb.core.shape import TensorShape
from eagernb.core.tensor_proto import array_of, tensor_message


def make_tensor_proto(
    values: Any, dtype: Any = None, shape: Any = None, verify_shape: bool = False, allow_broadcast: bool = False
) -> Any:
    """A TensorProto of numbers, lists of them, texts or an array; ``shape`` gives them another shape.

    The last value is repeated where there is room for more. TypeError for a tensor of a graph and where
    ``verify_shape`` finds another shape; ValueError where there are more values than the shape has room for.

    >>> print(make_tensor_proto([1, 2]).tensor_shape)
    dim {
      size: 2
    }
    <BLANKLINE>
    """
    if hasattr(values, "_tracer"):
        raise TypeError(f"make_tensor_proto takes values, not {values!r}, a tensor of a graph: run it in a session.")
    with suspended():
        array = np.asarray(convert_to_tensor(values, dtype)._array)
    if shape is None:
        return tensor_message(array)
    wanted: Any = tuple(TensorShape(shape).as_list())
    if verify_shape and array.shape != wanted:
        raise TypeError(f"Expected Tensor's shape: {wanted}, got {array.shape}.")
    if array.size == 1 and allow_broadcast:
        return tensor_message(np.broadcast_to(array.reshape(()), wanted))
    left = prod(wanted) - array.size
    if left < 0:
        raise ValueError(f"Too many elements provided: {array.size}. The shape {wanted} has room for {prod(wanted)}.")
    if left and array.size:  # the last value is meant for all that are left
        array = np.pad(array.ravel(), (0, left), mode="edge")
    return tensor_message(array.reshape(wanted))


def make_ndarray(tensor: Any) -> np.ndarray:
    """The array that a TensorProto holds.

    >>> make_ndarray(make_tensor_proto([[1.5, 2.0]]))
    array([[1.5, 2. ]], dtype=float32)
    """
    return array_of(tensor)
