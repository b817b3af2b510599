"""Places: where the elements of sparse tensors are, as one number each, so that places can be sorted and compared.

The number of a place is its position in the dense tensor, read row by row: of [1, 2] in a [3, 4] matrix, 1 * 4 + 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int64
from eagernb.core.late import late_shape
from eagernb.core.sparse_tensor import SparseTensor, SparseTensorValue
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError, ShapeError
from eagernb.ops.assertions import assert_equal
from eagernb.ops.creation import zeros
from eagernb.ops.gather import gather, take
from eagernb.ops.joining import concat, stack
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import size
from eagernb.ops.sorting import argsort, searchsorted, sort
from eagernb.ops.unique import unique


def as_sparse(x: Any) -> SparseTensor:
    """A SparseTensor as it is, one of a SparseTensorValue; TypeError for anything else."""
    if isinstance(x, SparseTensor):
        return x
    if isinstance(x, SparseTensorValue):
        return SparseTensor.from_value(x)
    raise TypeError(
        f"Input must be a SparseTensor, not {type(x).__name__}: tf.sparse.from_dense makes one of a tensor."
    )


def sparse_of_sizes(indices: Any, values: Any, sizes: Sequence[Any]) -> SparseTensor:
    """The sparse tensor of these sizes, of which some may be symbols."""
    shape = zeros([0], int64) if not sizes else convert_to_tensor(list(sizes), int64)
    return SparseTensor(indices, values, shape)


def places(indices: Tensor, sizes: Sequence[Any]) -> Tensor:
    """The numbers of the places in a tensor of these sizes."""
    strides: list[Any] = []
    stride: Any = 1
    for n in reversed(sizes):
        strides.insert(0, stride)
        stride = stride * n
    return reduce_sum(indices * convert_to_tensor(strides, int64), 1) if sizes else reduce_sum(indices, 1)


def coordinates(numbers: Tensor, sizes: Sequence[Any]) -> Tensor:
    """The other way: the rows of indices of the places that have these numbers."""
    columns: list[Tensor] = []
    for n in reversed(sizes):
        columns.insert(0, numbers % n)
        numbers = numbers // n
    return stack(columns, 1) if columns else zeros(late_shape([size(numbers), 0], "shape"), int64)


def in_order(x: SparseTensor) -> SparseTensor:
    """The same with its elements in the order of their places."""
    order = argsort(places(x.indices, x.sizes), stable=True)
    return sparse_of_sizes(gather(x.indices, order), take(x.values, order, 0), x.sizes)


def grouped(numbers: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The order that sorts the numbers, the different ones among them in order, and which one each sorted one is."""
    order = argsort(numbers, stable=True)
    different, group = unique(gather(numbers, order))
    return order, different, group


def together(a: SparseTensor, b: SparseTensor) -> tuple[Tensor, Tensor, Tensor]:
    """The places of both in order, and at which of them each element of the one and of the other is."""
    check_same_shape(a, b)
    here, there = places(a.indices, a.sizes), places(b.indices, b.sizes)
    all_places = unique(sort(concat([here, there], 0))).y
    return all_places, searchsorted(all_places, here), searchsorted(all_places, there)


def check_same_shape(a: SparseTensor, b: SparseTensor) -> None:
    """InvalidArgumentError unless both have one shape: now, or where it is not known yet, when the graph runs."""
    if not a.shape.is_compatible_with(b.shape):
        raise ShapeError(f"Operands' shapes do not match: {a.shape} and {b.shape}.")
    if not (a.shape.is_fully_defined() and b.shape.is_fully_defined()):
        assert_equal(a.dense_shape, b.dense_shape, "Operands' shapes do not match.")


def axis_of(axis: Any, rank: int, what: str = "axis") -> int:
    """An axis as a Python number, counted from the start; InvalidArgumentError if there is none such."""
    number = static_int(axis, what)
    if not -rank <= number < rank:
        raise InvalidArgumentError(f"{what} {number} is out of range [{-rank}, {rank}) for a tensor of rank {rank}.")
    return number % rank
