"""Sizes: shapes as tuples, in which a symbol stands for a size that is known only when the graph runs."""

from __future__ import annotations

from functools import reduce
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int32
from eagernb.core.late import late_int, late_ints, sizes_of
from eagernb.core.shape import TensorShape, broadcast_dims
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.joining import stack
from eagernb.ops.shape_algebra import broadcast_dynamic_shape

Sizes = tuple[Any, ...]


def sizes(x: Any) -> Sizes:
    """The shape of a tensor or variable; ShapeError where not even its rank is known."""
    return tuple(x.shape) if x.shape.is_fully_defined() else sizes_of(convert_to_tensor(x))


def known(given: Sizes) -> TensorShape:
    """The shape, with None for what is known later."""
    return TensorShape([d if isinstance(d, int) else None for d in given])


def as_tensor(given: Sizes) -> Tensor:
    """The shape as a vector of int32."""
    if all(isinstance(d, int) for d in given):
        return convert_to_tensor(list(given), int32)
    return stack([convert_to_tensor(d, int32) for d in given])


def broadcast_sizes(*shapes: Sizes) -> Sizes:
    """The shape that these broadcast to; ValueError where they do not go together.

    >>> broadcast_sizes((2, 1), (3,), ())
    (2, 3)
    """
    dims = broadcast_dims(*(tuple(known(shape)) for shape in shapes))
    if None not in dims:
        return dims
    found = reduce(broadcast_dynamic_shape, map(as_tensor, shapes))
    return tuple(found[i] if d is None else d for i, d in enumerate(dims))


def in_batch(batch: Sizes, matrix: Tensor, rank: int = 2) -> Tensor:
    """The matrix (or the vector, of rank 1) repeated to this batch shape."""
    given = sizes(matrix)
    wanted = (*batch, *given[len(given) - rank :])
    shape = known(given)
    return matrix if shape.is_fully_defined() and shape == known(wanted) else broadcast_to(matrix, wanted)


def in_common_batch(*matrices: Tensor, rank: int = 2) -> list[Any]:
    """The matrices (or vectors), each repeated to the batch shape that all of them broadcast to."""
    batches = [sizes(matrix)[: len(matrix._dims) - rank] for matrix in matrices]
    batch = broadcast_sizes(*batches)
    return [in_batch(batch, matrix, rank) for matrix in matrices]


def given_size(value: Any, name: str) -> Any:
    """A size that a user gives: an int, or a symbol.

    Raises TypeError for a variable or no integer, ValueError for a negative number or one that is no scalar.
    """
    value = _given(value, name)
    if len(value._dims):
        raise ValueError(f"Argument {name} must be a 0-D Tensor. Found: {value!r}")
    size = late_int(value, name)
    if isinstance(size, int) and size < 0:
        raise ValueError(f"Argument {name} must be non-negative. Found: {size}")
    return size


def given_batch(value: Any, name: str = "batch_shape") -> Sizes | None:
    """A batch shape that a user gives; None if none was given.

    Raises TypeError for a variable or no integers, ValueError for negative numbers or what is no vector.
    """
    if value is None:
        return None
    value = _given(value, name)
    if len(value._dims) != 1:
        raise ValueError(f"Argument {name} must be a 1-D Tensor. Found: {value!r}")
    batch = late_ints(value, name)
    if any(isinstance(d, int) and d < 0 for d in batch):
        raise ValueError(f"Argument {name} must be non-negative. Found: {list(batch)}")
    return batch


def _given(value: Any, name: str) -> Tensor:
    if isinstance(value, Variable):
        raise TypeError(f"Argument {name} cannot be reference type. Found: {type(value)}.")
    value = convert_to_tensor(value, int32 if isinstance(value, (list, tuple)) and not value else None)
    if not value.dtype.is_integer:
        raise TypeError(f"Argument {name} must be integer type. Found: {value!r}")
    return value
