"""TensorSpec: what is known of a tensor before it has a value."""

from __future__ import annotations

from typing import Any

from eagernb.core.dtypes import DType, as_dtype, float32
from eagernb.core.shape import Dims, TensorShape


class TensorSpec:
    """The shape and dtype of a tensor, as tf.function's ``input_signature`` and the graph use it.

    >>> spec = TensorSpec([None, 3], "float32")
    >>> spec
    TensorSpec(shape=(None, 3), dtype=tf.float32, name=None)
    >>> spec.dims, spec.nbytes
    ((None, 3), None)
    """

    __slots__ = ("_shape", "dtype", "name")

    def __init__(self, shape: Any, dtype: Any = float32, name: str | None = None) -> None:
        self._shape = TensorShape(shape)
        self.dtype: DType = as_dtype(dtype)
        self.name = name

    @classmethod
    def from_tensor(cls, tensor: Any, name: str | None = None) -> TensorSpec:
        """The spec of a tensor or variable."""
        return cls(tensor.shape, tensor.dtype, name)

    @property
    def shape(self) -> TensorShape:
        return self._shape

    @property
    def dims(self) -> Dims:
        """The shape as a tuple; ValueError for an unknown rank."""
        return self._shape._known()

    @property
    def size(self) -> int | None:
        """The number of elements, None while a dimension is unknown."""
        return self._shape.num_elements()

    @property
    def nbytes(self) -> int | None:
        size = self.size
        return None if size is None else size * self.dtype.size

    def is_compatible_with(self, other: Any) -> bool:
        """Whether a tensor or spec fits this spec."""
        return self.dtype == other.dtype and self._shape.is_compatible_with(other.shape)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, TensorSpec)
            and self._shape == other._shape
            and self.dtype == other.dtype
            and self.name == other.name
        )

    def __hash__(self) -> int:
        return hash((self._shape, self.dtype))

    def __repr__(self) -> str:
        return f"TensorSpec(shape={self._shape}, dtype={self.dtype!r}, name={self.name!r})"

    def __str__(self) -> str:
        return f"{self.dtype.name}[{', '.join('?' if d is None else str(d) for d in self.dims)}]"
