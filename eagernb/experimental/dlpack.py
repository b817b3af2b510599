"""tf.experimental.dlpack: tensors to and from other libraries, as DLPack capsules.

Newer code hands over the tensor itself: ``np.from_dlpack(tensor)``.

>>> import eagernb as tf
>>> tf.experimental.dlpack.from_dlpack(tf.experimental.dlpack.to_dlpack(tf.constant([1, 2]))).numpy()
array([1, 2], dtype=int32)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.dlpack import Capsule, export
from eagernb.core.dlpack import from_dlpack as _from_dlpack
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import InvalidArgumentError

__all__ = ["from_dlpack", "to_dlpack"]


def __dir__() -> list[str]:
    return __all__


def to_dlpack(tf_tensor: Any) -> Any:
    """A capsule of a copy of the tensor's value, which one reader may take; InvalidArgumentError for no tensor."""
    if not isinstance(tf_tensor, EagerTensor):
        raise InvalidArgumentError(f"to_dlpack needs a tensor with a value, not {type(tf_tensor).__name__!r}.")
    return export(tf_tensor)


def from_dlpack(dlcapsule: Any) -> Tensor:
    """The tensor in a capsule, copied. TypeError for no capsule, InvalidArgumentError for one that was taken before."""
    if type(dlcapsule).__name__ != "PyCapsule":
        raise TypeError(f"from_dlpack needs a DLPack capsule, not {type(dlcapsule).__name__!r}.")
    try:
        return _from_dlpack(Capsule(dlcapsule))
    except ValueError as error:
        raise InvalidArgumentError(
            f"The capsule holds no DLPack tensor, or it has been taken before: a capsule can be read once ({error})."
        ) from None
