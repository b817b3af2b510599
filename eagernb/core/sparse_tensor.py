"""SparseTensor: a tensor of which only the elements that are not zero are held, with where they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from eagernb.core.apply import apply
from eagernb.core.composite import Composite, CompositeSpec
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import DType, as_dtype, float32, int64
from eagernb.core.op import Op, find_op
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.static import get_static_value
from eagernb.core.tensor import Tensor

# The operations that give 0 for 0: carried out on the elements that are held, and those that are not stay zeros.
_KEEP_ZERO = frozenset(
    [
        "abs", "asin", "asinh", "atan", "atanh", "bessel_i0e", "bessel_i1e", "cast", "erf", "identity", "negative",
        "sign", "sin", "sqrt", "square", "stop_gradient", "tan", "tanh",
    ]
)  # fmt: skip


class SparseTensorValue(NamedTuple):
    """A sparse tensor as three NumPy arrays: what a session takes and gives for one."""

    indices: Any
    values: Any
    dense_shape: Any


class SparseTensor(Composite):
    """A tensor of shape ``dense_shape`` that is zero but at the rows of ``indices``, where it has the ``values``.

    ``indices`` is an int64 [count, rank] matrix, ``values`` has the shape [count] and any dtype, ``dense_shape`` is an
    int64 [rank] vector. Most functions want the indices in the order of the elements, row by row: ``tf.sparse.reorder``
    brings them into it. ValueError where the three do not fit together.

    >>> import eagernb as tf
    >>> x = tf.SparseTensor(indices=[[0, 0], [1, 2]], values=[1, 2], dense_shape=[2, 3])
    >>> tf.sparse.to_dense(x).numpy()
    array([[1, 0, 0],
           [0, 0, 2]], dtype=int32)
    """

    _is_tensor = True

    def __init__(self, indices: Any, values: Any, dense_shape: Any) -> None:
        indices, values = convert_to_tensor(indices, int64), convert_to_tensor(values)
        sizes = convert_to_tensor(dense_shape, int64)
        self._held = (indices, values, sizes)
        self._known_shape = TensorShape(None)
        at, have, rank = indices.shape.with_rank(2), values.shape.with_rank(1), sizes.shape.with_rank(1)
        if not at[:1].is_compatible_with(have) or not at[1:].is_compatible_with(rank):
            raise ValueError(
                f"SparseTensor: indices of shape {at}, values of shape {have} and a dense_shape of shape {rank} do not "
                "fit together: one row of indices is needed for each value, with one number for each dimension."
            )

    @classmethod
    def from_value(cls, sparse_tensor_value: Any) -> SparseTensor:
        """The SparseTensor of a SparseTensorValue; TypeError for anything else."""
        if not isinstance(sparse_tensor_value, (SparseTensor, SparseTensorValue)):
            raise TypeError(f"Argument {sparse_tensor_value} is neither a SparseTensor nor a SparseTensorValue.")
        value = sparse_tensor_value
        return cls(value.indices, value.values, value.dense_shape)

    @property
    def indices(self) -> Tensor:
        """Where the elements are: an int64 matrix with a row for each."""
        return self._held[0]

    @property
    def values(self) -> Tensor:
        """The elements that are held, as a vector."""
        return self._held[1]

    @property
    def dense_shape(self) -> Tensor:
        """The shape as an int64 vector."""
        return self._held[2]

    @property
    def dtype(self) -> DType:
        """The type of the values."""
        return self.values.dtype

    @property
    def shape(self) -> TensorShape:
        """The shape, as far as it is known."""
        known = get_static_value(self.dense_shape, partial=True)
        dims = self.dense_shape.shape[0]
        if known is None:
            found = TensorShape(None if dims is None else [None] * dims)
        else:
            found = TensorShape([None if n is None else int(n) for n in known])
        return found.merge_with(self._known_shape)

    def get_shape(self) -> TensorShape:
        """The shape, by TensorFlow 1's name."""
        return self.shape

    def set_shape(self, shape: Any) -> None:
        """Say what is known of the shape; ValueError where it is known to be another."""
        self._known_shape = self.shape.merge_with(shape)

    @property
    def sizes(self) -> tuple[Any, ...]:
        """The sizes of all dimensions: Python ints, and symbols for those that only the running graph knows."""
        dims = self.shape.as_list()
        return tuple(self.dense_shape[i] if size is None else size for i, size in enumerate(dims))

    def with_values(self, new_values: Any) -> SparseTensor:
        """Other values at the same places.

        >>> import eagernb as tf
        >>> x = tf.sparse.from_dense([0, 5, 0, 7])
        >>> tf.sparse.to_dense(x.with_values([1.5, 2.5])).numpy()
        array([0. , 1.5, 0. , 2.5], dtype=float32)
        """
        return self._like(SparseTensor(self.indices, new_values, self.dense_shape))

    def _like(self, other: SparseTensor) -> SparseTensor:
        """The other one, which is known to have this one's shape."""
        other._known_shape = self._known_shape
        return other

    def _applied(self, op: Op, params: dict[str, Any]) -> Any:
        if op.name in _KEEP_ZERO:
            return self.with_values(apply(op, (self.values,), **params))
        if op.name == "shape":
            return apply(find_op("cast"), (self.dense_shape,), **params)
        if op.name == "rank":
            return apply(find_op("size"), (self.dense_shape,), **params)
        if op.name == "size":
            count = apply(find_op("reduce_prod"), (self.dense_shape,), axis=None, keepdims=False)
            return apply(find_op("cast"), (count,), **params)
        return super()._applied(op, params)

    @property
    def _type_spec(self) -> SparseTensorSpec:
        return SparseTensorSpec(self.shape, self.dtype)

    @property
    def _components(self) -> tuple[Tensor, ...]:
        return self._held

    def __repr__(self) -> str:
        return "SparseTensor(indices={!s}, values={!s}, dense_shape={!s})".format(*self._held)


class SparseTensorSpec(CompositeSpec):
    """What is known of a SparseTensor: its shape (None: any) and the dtype of its values.

    >>> SparseTensorSpec([None, 3])
    SparseTensorSpec(TensorShape([None, 3]), tf.float32)
    """

    __slots__ = ("dtype", "shape")

    def __init__(self, shape: Any = None, dtype: Any = float32) -> None:
        self.shape, self.dtype = TensorShape(shape), as_dtype(dtype)

    @classmethod
    def from_value(cls, value: Any) -> SparseTensorSpec:
        """The spec of a SparseTensor or SparseTensorValue; TypeError for anything else."""
        found = SparseTensor.from_value(value)
        return cls(found.shape, found.dtype)

    @property
    def value_type(self) -> type:
        """What it is the spec of: SparseTensor."""
        return SparseTensor

    @property
    def _component_specs(self) -> tuple[TensorSpec, ...]:
        rank = self.shape.rank
        return TensorSpec([None, rank], int64), TensorSpec([None], self.dtype), TensorSpec([rank], int64)

    def _from_components(self, tensors: Sequence[Any]) -> SparseTensor:
        value = SparseTensor(*tensors)
        value.set_shape(self.shape)
        return value

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Whether a SparseTensor or spec fits this spec."""
        other = spec_or_value._type_spec if isinstance(spec_or_value, SparseTensor) else spec_or_value
        return (
            isinstance(other, SparseTensorSpec)
            and self.dtype is other.dtype
            and self.shape.is_compatible_with(other.shape)
        )

    def is_subtype_of(self, other: Any) -> bool:
        """Whether every SparseTensor that fits this spec fits the other too."""
        return (
            isinstance(other, SparseTensorSpec) and self.dtype is other.dtype and self.shape.is_subtype_of(other.shape)
        )

    def most_specific_common_supertype(self, others: Sequence[Any]) -> SparseTensorSpec | None:
        """The spec that says most and fits all that any of these fits; None where there is none."""
        if any(not isinstance(other, SparseTensorSpec) or self.dtype is not other.dtype for other in others):
            return None
        shape = self.shape.most_specific_common_supertype([other.shape for other in others])
        return SparseTensorSpec(shape, self.dtype)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SparseTensorSpec) and (self.shape, self.dtype) == (other.shape, other.dtype)

    def __hash__(self) -> int:
        return hash((SparseTensorSpec, self.shape, self.dtype))

    def __repr__(self) -> str:
        return f"SparseTensorSpec({self.shape!r}, {self.dtype!r})"
