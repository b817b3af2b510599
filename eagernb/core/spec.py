"""TensorSpec: what is known of a tensor before it has a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.core.dtypes import DType, as_dtype, float32
from eagernb.core.shape import Dims, TensorShape


class TypeSpec:
    """What is known of a value before it is there: the base of TensorSpec and its like.

    >>> isinstance(TensorSpec([2], "float32"), TypeSpec)
    True
    """

    __slots__ = ()


class TensorSpec(TypeSpec):
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
        """The spec of a tensor, or of what else has a shape and a dtype; ValueError for what has not."""
        if not hasattr(tensor, "shape"):
            raise ValueError(f"from_tensor needs a tf.Tensor, not {type(tensor).__name__}.")
        return cls(tensor.shape, tensor.dtype, name)

    @classmethod
    def from_spec(cls, spec: TensorSpec, name: str | None = None) -> TensorSpec:
        """The same spec, under another name if one is given."""
        return cls(spec.shape, spec.dtype, name or spec.name)

    @staticmethod
    def _tensor_class() -> Any:
        from eagernb.core.tensor import Tensor

        return Tensor

    @property
    def value_type(self) -> type:
        """What it is the spec of: Tensor."""
        return self._tensor_class()

    @property
    def shape(self) -> TensorShape:
        """The sizes of the axes, a TensorShape."""
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
        """How much memory the elements take; None where a size is unknown."""
        size = self.size
        return None if size is None else size * self.dtype.size

    def is_compatible_with(self, spec_or_tensor: Any) -> bool:
        """Whether a tensor or spec fits this spec; anything else does not."""
        if not isinstance(spec_or_tensor, (TensorSpec, self._tensor_class())):
            return False
        return self.dtype == spec_or_tensor.dtype and self._shape.is_compatible_with(spec_or_tensor.shape)

    def is_subtype_of(self, other: TensorSpec) -> bool:
        """Whether every tensor that fits this spec fits the other too."""
        return isinstance(other, TensorSpec) and self.dtype == other.dtype and self._shape.is_subtype_of(other._shape)

    def most_specific_common_supertype(self, others: Sequence[TensorSpec]) -> TensorSpec | None:
        """The spec that says most and fits all that any of these fits; None for different dtypes.

        >>> TensorSpec([2, 3]).most_specific_common_supertype([TensorSpec([2, 4])])
        TensorSpec(shape=(2, None), dtype=tf.float32, name=None)
        """
        if any(self.dtype != other.dtype for other in others):
            return None
        shape = self._shape.most_specific_common_supertype([other._shape for other in others])
        return TensorSpec(shape, self.dtype, self.name if all(o.name == self.name for o in others) else None)

    def most_specific_compatible_type(self, other: TensorSpec) -> TensorSpec:
        """The spec that says most and fits all that one of the two fits; ValueError for different dtypes."""
        result = self.most_specific_common_supertype([other])
        if result is None:
            raise ValueError(f"No TypeSpec is compatible with both {self!r} and {other!r}")
        return result

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

    @property
    def brief(self) -> str:
        """The spec in a few letters, as graphs and messages show it.

        >>> TensorSpec([None, 3]).brief
        'float32[?, 3]'
        """
        if self.shape.rank is None:
            return f"{self.dtype.name}[...]"
        return f"{self.dtype.name}[{', '.join('?' if d is None else str(d) for d in self.dims)}]"
