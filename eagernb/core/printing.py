"""How tensors and variables print: as TensorFlow prints them."""

from __future__ import annotations

from typing import Any

from eagernb.core.dtypes import of_array
from eagernb.core.shape import TensorShape


def value_text(array: Any) -> str:
    """The elements as NumPy's repr shows them; for rank 0 a bare Python number, with all of its digits.

    >>> import numpy as np
    >>> value_text(np.float32([[1, 2], [3, 4]]))
    'array([[1., 2.],\\n       [3., 4.]], dtype=float32)'
    >>> value_text(np.float32(0.1))
    '0.10000000149011612'
    """
    if array.ndim == 0:
        return repr(array.item())
    return repr(array)


def tensor_repr(array: Any) -> str:
    """A tensor as a cell's last line shows it."""
    return f"<tf.Tensor: shape={TensorShape(array.shape)}, dtype={of_array(array).name}, numpy={_block(array)}>"


def tensor_str(array: Any) -> str:
    """A tensor as ``print`` shows it."""
    return f"tf.Tensor({_str_value(array)}, shape={TensorShape(array.shape)}, dtype={of_array(array).name})"


def variable_repr(name: str, shape: TensorShape, array: Any) -> str:
    """A variable as a cell's last line and ``print`` show it."""
    return f"<tf.Variable '{name}' shape={shape} dtype={of_array(array).name}, numpy={_block(array)}>"


def _block(array: Any) -> str:
    text = value_text(array)
    # A value of several lines starts on a line of its own, so that its columns stay aligned.
    return f"\n{text}" if "\n" in text else text


def _str_value(array: Any) -> str:
    text = str(array[()] if array.ndim == 0 else array)
    return f"\n{text}" if "\n" in text else text
