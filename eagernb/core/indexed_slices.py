"""IndexedSlices: rows of a tensor that is zero elsewhere, as the gradient of picking rows is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import DType, as_dtype, float32, int32, int64
from eagernb.core.late import apply_late, late_ints, sizes_of
from eagernb.core.op import find_op
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TypeSpec
from eagernb.core.static import get_static_value
from eagernb.core.tensor import Tensor


class IndexedSlices:
    """A tensor of shape ``dense_shape`` whose row ``indices[i]`` is ``values[i]``; an index that repeats adds up.

    The gradient of ``tf.gather`` with respect to what it gathers from is one: a table of a million rows, of which a
    step used ten, has ten rows of gradient. ``tf.convert_to_tensor`` makes the tensor; operations and ``assign_sub``
    do so by themselves. Python's operators work with a tensor on the other side only: write
    ``tf.constant(0.1) * gradient`` or convert it first.

    >>> import eagernb as tf
    >>> rows = IndexedSlices(tf.constant([[1.0, 2.0]]), tf.constant([1]), dense_shape=tf.constant([2, 2]))
    >>> tf.convert_to_tensor(rows).numpy()
    array([[0., 0.],
           [1., 2.]], dtype=float32)
    """

    __slots__ = ("dense_shape", "indices", "values")

    def __init__(self, values: Any, indices: Any, dense_shape: Any = None) -> None:
        self.values = values
        self.indices = indices
        self.dense_shape = dense_shape

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in ("of_rows", "plus", "with_values")]

    @classmethod
    def of_rows(cls, values: Tensor, indices: Tensor, like: Any) -> IndexedSlices:
        """Rows of something that has the shape of ``like``."""
        return cls(values, indices, convert_to_tensor(list(sizes_of(like)), int32))

    @property
    def dtype(self) -> DType:
        """The type of the values."""
        return self.values.dtype

    @property
    def shape(self) -> TensorShape:
        """The dense shape, as far as it is known."""
        if self.dense_shape is None:
            return TensorShape(None)
        known = get_static_value(self.dense_shape, partial=True)
        return TensorShape(self.dense_shape.shape[0] * [None] if known is None else known)

    @property
    def device(self) -> str:
        """Where the values live: always the CPU."""
        return self.values.device

    @property
    def _type_spec(self) -> IndexedSlicesSpec:
        values, indices = self.values.shape, self.indices.shape
        rows = None if self.dense_shape is None else self.dense_shape.dtype
        shape = TensorShape([None, *values[1:]]) if rows is None else self.shape
        return IndexedSlicesSpec(shape, self.dtype, self.indices.dtype, rows, indices)

    def with_values(self, values: Tensor) -> IndexedSlices:
        """Other values at the same places."""
        return IndexedSlices(values, self.indices, self.dense_shape)

    def plus(self, other: IndexedSlices) -> IndexedSlices:
        """The sum of two: the rows of both."""
        concat = find_op("concat")
        pairs = ((self.values, other.values), (self.indices, other.indices))
        values, indices = (apply_late(concat, pair, axis=0) for pair in pairs)
        return IndexedSlices(values, indices, self.dense_shape)

    def __tf_tensor__(self, dtype: Any = None, name: str | None = None) -> Tensor:
        if self.dense_shape is None:
            raise ValueError(f"Tensor conversion requested for IndexedSlices without dense_shape: {self}")
        shape = late_ints(self.dense_shape, "dense_shape")
        indices = convert_to_tensor(self.indices)
        return apply_late(find_op("gather_grad"), (self.values, indices), shape=shape, axis=0, batch_dims=0)

    def __neg__(self) -> IndexedSlices:
        return self.with_values(-self.values)

    def __str__(self) -> str:
        shape = "" if self.dense_shape is None else f", dense_shape={self.dense_shape!s}"
        return f"IndexedSlices(indices={self.indices!s}, values={self.values!s}{shape})"

    __repr__ = __str__


class IndexedSlicesSpec(TypeSpec):
    """What is known of an IndexedSlices: the shape of the tensor that it stands for, and the dtypes of its parts.

    ``indices_shape`` is [number of rows]; ``dense_shape_dtype`` is None for one that has no ``dense_shape``.

    >>> IndexedSlicesSpec([None, 3])
    IndexedSlicesSpec(TensorShape([None, 3]), tf.float32, tf.int64, None, TensorShape([None]))
    """

    __slots__ = ("_parts",)

    def __init__(
        self, shape: Any = None, dtype: Any = float32, indices_dtype: Any = int64, dense_shape_dtype: Any = None,
        indices_shape: Any = None,
    ) -> None:  # fmt: skip
        count = [None] if indices_shape is None else indices_shape
        rows_dtype = None if dense_shape_dtype is None else as_dtype(dense_shape_dtype)
        self._parts = TensorShape(shape), as_dtype(dtype), as_dtype(indices_dtype), rows_dtype, TensorShape(count)

    @property
    def value_type(self) -> type:
        """What it is the spec of: IndexedSlices."""
        return IndexedSlices

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Whether an IndexedSlices, or what another spec is that of, fits this spec."""
        if isinstance(spec_or_value, IndexedSlices):
            spec_or_value = spec_or_value._type_spec
        return isinstance(spec_or_value, IndexedSlicesSpec) and all(
            mine.is_compatible_with(other) if isinstance(mine, TensorShape) else mine is other
            for mine, other in zip(self._parts, spec_or_value._parts, strict=True)
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IndexedSlicesSpec) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    def __repr__(self) -> str:
        return f"IndexedSlicesSpec({', '.join(map(repr, self._parts))})"


def on_rows(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which for an IndexedSlices as its first argument works on the values, and keeps their places."""

    @wraps(function)
    def on_tensor_or_rows(t: Any, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        if isinstance(t, IndexedSlices):
            return t.with_values(function(t.values, *args, **kwargs))
        return function(t, *args, **kwargs)

    return on_tensor_or_rows
