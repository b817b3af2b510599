"""More functions of TensorFlow 1 that TensorFlow 2 does not have, or has with other arguments."""

from __future__ import annotations

from typing import Any, NamedTuple

from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor
from eagernb.core.late import sizes_of
from eagernb.core.sparse_tensor import SparseTensor
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops import casting, gather, random, reduce
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.check_numerics import check_numerics
from eagernb.ops.compare import not_equal
from eagernb.ops.grouping import no_op
from eagernb.ops.shape import expand_dims, reshape
from eagernb.ops.sparse_layout import to_dense
from eagernb.ops.where import where


class ListDiff(NamedTuple):
    """What ``setdiff1d`` gives: the elements, and where they were."""

    out: Tensor
    idx: Tensor


def setdiff1d(x: Any, y: Any, index_dtype: Any = dtypes.int32, name: str | None = None) -> ListDiff:
    """The elements of a vector that are not in another, in their order, and their positions.

    ShapeError unless both are vectors.

    >>> setdiff1d([1, 2, 3, 4], [2, 4]).out.numpy()
    array([1, 3], dtype=int32)
    """
    x = convert_to_tensor(x)
    y = convert_to_tensor(y, x.dtype)
    if len(x._dims) != 1 or len(y._dims) != 1:
        raise ShapeError(f"setdiff1d: x and y must be vectors, not of the shapes {x.shape} and {y.shape}.", "setdiff1d")
    kept = reshape(where(reduce.reduce_all(not_equal(expand_dims(x, 1), expand_dims(y, 0)), axis=1)), [-1])
    return ListDiff(gather.gather(x, kept), casting.cast(kept, index_dtype))


def sparse_to_dense(
    sparse_indices: Any, output_shape: Any, sparse_values: Any, default_value: Any = 0, validate_indices: bool = True,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """A tensor of this shape that has the values at the indices, and ``default_value`` elsewhere.

    ``sparse_indices`` is a number or a vector of them for a vector, and else has a row for each value. A single value
    is that of all indices. InvalidArgumentError for an index out of bounds and, with ``validate_indices``, unless the
    indices are in order without repetition.

    >>> sparse_to_dense([0, 2], [4], 1.0).numpy()
    array([1., 0., 1., 0.], dtype=float32)
    """
    indices = convert_to_tensor(sparse_indices)
    if indices.shape.rank is not None and indices.shape.rank < 2:
        indices = reshape(indices, [-1, 1])
    values = convert_to_tensor(sparse_values)
    if values.shape.rank == 0:
        values = broadcast_to(values, [sizes_of(indices)[0]])
    there = SparseTensor(casting.cast(indices, dtypes.int64), values, casting.cast(output_shape, dtypes.int64))
    return to_dense(there, default_value, validate_indices)


def verify_tensor_all_finite(
    t: Any = None, msg: str | None = None, name: str | None = None, x: Any = None, message: str | None = None
) -> Tensor:
    """The tensor as it is; InvalidArgumentError with this message where it has NaN or infinity."""
    return check_numerics(t if x is None else x, (msg if message is None else message) or "", name)


def random_poisson(
    lam: Any, shape: Any, dtype: Any = dtypes.float32, seed: int | None = None, name: str | None = None
) -> Tensor:
    """Numbers drawn by Poisson's law with the rate ``lam``: of the given shape, for each rate."""
    return random.poisson(shape, lam, dtype, seed, name)


def to_bfloat16(x: Any, name: str | None = None) -> Tensor:
    """Cast to bfloat16."""
    return casting.cast(x, dtypes.bfloat16, name=name)


def to_complex64(x: Any, name: str | None = None) -> Tensor:
    """Cast to complex64."""
    return casting.cast(x, dtypes.complex64, name=name)


def to_complex128(x: Any, name: str | None = None) -> Tensor:
    """Cast to complex128."""
    return casting.cast(x, dtypes.complex128, name=name)


def tables_initializer(name: str = "init_all_tables") -> Any:
    """The operation that initializes lookup tables, of which there are none."""
    return no_op(name)


initialize_all_tables = tables_initializer


def resource_variables_enabled() -> bool:
    """Whether variables are of TensorFlow 2's kind: always."""
    return True


def control_flow_v2_enabled() -> bool:
    """Whether ``cond`` and ``while_loop`` hold their branches as functions: always."""
    return True


def dimension_value(dimension: Any) -> int | None:
    """The size itself: a shape's elements are integers or None."""
    return dimension


def no_regularizer(_: Any) -> None:
    """No loss for the size of a variable."""
    return None
