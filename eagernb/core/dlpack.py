"""DLPack: tensors to and from other array libraries, without a copy where that is safe.

Tensors never change. So what leaves is marked as read-only, or copied for those who do not know the mark; and what
arrives is copied, unless ``copy=False`` says that nobody will write to it.

>>> import numpy as np
>>> import eagernb as tf
>>> np.from_dlpack(tf.constant([1.0, 2.0])).flags.writeable
False
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.dtypes import of_array
from eagernb.core.tensor import EagerTensor, Tensor

CPU = (1, 0)  # DLPack's name for the device: kDLCPU, number 0


def export(
    self: Tensor, *, stream: Any = None, max_version: Any = None, dl_device: Any = None, copy: bool | None = None
) -> Any:
    """A DLPack capsule of the tensor's value, for another library's ``from_dlpack``.

    Before DLPack 1.0 there was no mark for read-only memory: for such a reader (``max_version``) the value is copied,
    or BufferError raised with ``copy=False``.
    """
    if dl_device not in (None, CPU):
        raise BufferError(f"The tensor is on the CPU, {CPU}, and cannot be handed over on device {dl_device}.")
    array = self.__array__()
    if min(array.strides, default=0) < 0:  # a reversed view, which other libraries cannot read: PyTorch aborts
        if copy is False:
            raise BufferError("The tensor is a reversed view, which other libraries cannot read without a copy.")
        array = array.copy()
        array.flags.writeable = False
    if max_version is not None and max_version[0] >= 1:
        return array.__dlpack__(stream=stream, max_version=max_version, copy=copy)
    if copy is False:
        raise BufferError("A tensor is read-only, which DLPack before version 1.0 cannot say: it has to be copied.")
    return array.copy().__dlpack__(stream=stream)


def from_dlpack(x: Any, copy: bool | None = None) -> Tensor:
    """A tensor of anything that has ``__dlpack__``; with ``copy=False`` it shares the memory."""
    array = np.from_dlpack(x)
    of_array(array)  # raises for dtypes that tensors do not have
    return EagerTensor._of(array if copy is False else array.copy())


class Capsule:
    """A DLPack capsule as an object that has one, which is what readers ask for."""

    def __init__(self, capsule: Any) -> None:
        self._capsule = capsule

    def __dlpack__(self, **kwargs: Any) -> Any:
        return self._capsule

    def __dlpack_device__(self) -> tuple[int, int]:
        return CPU
