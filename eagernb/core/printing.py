"""How tensors and variables print: as TensorFlow prints them."""

from __future__ import annotations

from typing import Any

from eagernb.core.shape import TensorShape


def value_text(array: Any) -> str:
    """The elements: like NumPy's repr without `array(...)`, a bare value for rank 0.

    >>> value_text(np.float32([[1, 2], [3, 4]]))
    'array([[1., 2.],\\n       [3., 4.]], dtype=float32)'
    >>> value_text(np.float32(0.5))
    '0.5'
    """
    if array.ndim == 0:
        return str(array[()])
    return repr(array)


def tensor_repr(array: Any) -> str:
    # NumPy's repr names the dtype except for its own defaults; TensorFlow strips nothing of it.
    return f"<tf.Tensor: shape={TensorShape(array.shape)}, dtype={array.dtype.name}, numpy={_block(array)}>"


def tensor_str(array: Any) -> str:
    return f"tf.Tensor({_str_value(array)}, shape={TensorShape(array.shape)}, dtype={array.dtype.name})"


def variable_repr(name: str, array: Any) -> str:
    return (
        f"<tf.Variable '{name}' shape={TensorShape(array.shape)} dtype={array.dtype.name}, "
        f"numpy={_block(array)}>"
    )


def _block(array: Any) -> str:
    text = value_text(array)
    # A value of several lines starts on a line of its own, so that its columns stay aligned.
    return f"\n{text}" if "\n" in text else text


def _str_value(array: Any) -> str:
    text = str(array[()] if array.ndim == 0 else array)
    return f"\n{text}" if "\n" in text else text
