"""Rows: of sparse tensors, those that are empty; of dense tensors, sums of those that are picked; counts.

>>> import eagernb as tf
>>> tf.sparse.segment_sum(tf.constant([[1, 2], [3, 4], [5, 6]]), indices=[0, 2], segment_ids=[0, 0]).numpy()
array([[6, 8]], dtype=int32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int64
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.late import late_int, sizes_of
from eagernb.core.sparse_tensor import SparseTensor
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.arithmetic import maximum, minimum
from eagernb.ops.assertions import assert_equal, assert_non_negative
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.casting import cast
from eagernb.ops.compare import equal, less, logical_not
from eagernb.ops.creation import fill, ones_like, zeros_like
from eagernb.ops.exponential import sqrt
from eagernb.ops.gather import gather, take
from eagernb.ops.joining import concat
from eagernb.ops.padding import pad
from eagernb.ops.ranges import range as arange
from eagernb.ops.reduce import reduce_max
from eagernb.ops.segment import segment_mean as mean_of_segments
from eagernb.ops.segment import segment_sum as sum_of_segments
from eagernb.ops.segment import unsorted_segment_sum
from eagernb.ops.shape import reshape
from eagernb.ops.sorting import argsort, searchsorted, sort
from eagernb.ops.sparse_places import as_sparse, coordinates, grouped, sparse_of_sizes
from eagernb.ops.where import where


def fill_empty_rows(sp_input: Any, default_value: Any, name: str | None = None) -> tuple[SparseTensor, Tensor]:
    """With ``default_value`` as the first element of each row that had none, and a bool for each row: was it empty.

    The shape [rows, ...] stays. DTypeError where the value does not fit the elements' dtype.

    >>> import eagernb as tf
    >>> filled, empty = tf.sparse.fill_empty_rows(tf.SparseTensor([[0, 1]], [5], [2, 3]), -1)
    >>> tf.sparse.to_dense(filled).numpy(), empty.numpy()
    (array([[ 0,  5,  0],
           [-1,  0,  0]], dtype=int32), array([False,  True]))
    """
    x = as_sparse(sp_input)
    default = convert_to_tensor(default_value, x.dtype)
    rows = x.indices[:, 0]
    empty = equal(unsorted_segment_sum(ones_like(rows), rows, x.sizes[0]), convert_to_tensor(0, int64))
    new = where(empty)
    indices = concat([x.indices, pad(new, [[0, 0], [0, len(x.sizes) - 1]])], 0)
    values = concat([x.values, broadcast_to(default, [sizes_of(new)[0]])], 0)
    order = argsort(indices[:, 0], stable=True)
    return sparse_of_sizes(gather(indices, order), take(values, order, 0), x.sizes), empty


def _segments(
    function: Callable[[Tensor, Tensor], Tensor], data: Any, indices: Any, segment_ids: Any, num_segments: Any,
    sparse_gradient: bool,
) -> Tensor:  # fmt: skip
    x, at, ids = convert_to_tensor(data), convert_to_tensor(indices), convert_to_tensor(segment_ids)
    rows = gather(x, at) if sparse_gradient else take(x, at, 0)
    found = function(rows, ids)
    if num_segments is None:
        return found
    missing = late_int(num_segments, "num_segments") - sizes_of(found)[0]
    if isinstance(missing, int):
        if missing < 0:
            raise InvalidArgumentError(f"segment ids must be < num_segments, which is {num_segments}.")
    else:
        assert_non_negative(missing, "segment ids must be < num_segments.")
    return pad(found, [[0, missing], *[[0, 0]] * (len(found._dims) - 1)])


def segment_sum(
    data: Any, indices: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None,
    sparse_gradient: bool = False,
) -> Tensor:  # fmt: skip
    """The sums of rows of ``data``: of those with these ``indices``, that have one segment id.

    ``segment_ids`` has an id for each index, sorted; the result has a row for each id up to the last, or as many as
    ``num_segments`` says, of which those without an id are 0. The gradient is a tensor, or with ``sparse_gradient`` an
    IndexedSlices. InvalidArgumentError for ids that are not sorted, and for indices out of range.

    >>> import eagernb as tf
    >>> tf.sparse.segment_sum(tf.constant([1.0, 2.0, 4.0]), [0, 2, 1], [0, 0, 2]).numpy()
    array([5., 0., 2.], dtype=float32)
    """
    return _segments(sum_of_segments, data, indices, segment_ids, num_segments, sparse_gradient)


def segment_mean(
    data: Any, indices: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None,
    sparse_gradient: bool = False,
) -> Tensor:  # fmt: skip
    """The means of rows of ``data``: of those with these ``indices``, that have one segment id.

    ``segment_ids`` has an id for each index, sorted; the result has a row for each id up to the last, or as many as
    ``num_segments`` says, of which those without an id are 0. The gradient is a tensor, or with ``sparse_gradient`` an
    IndexedSlices. InvalidArgumentError for ids that are not sorted, and for indices out of range.

    >>> import eagernb as tf
    >>> tf.sparse.segment_mean(tf.constant([1.0, 2.0, 4.0]), [0, 2, 1], [0, 0, 2]).numpy()
    array([2.5, 0. , 2. ], dtype=float32)
    """
    return _segments(mean_of_segments, data, indices, segment_ids, num_segments, sparse_gradient)


def segment_sqrt_n(
    data: Any, indices: Any, segment_ids: Any, num_segments: Any = None, name: str | None = None,
    sparse_gradient: bool = False,
) -> Tensor:  # fmt: skip
    """The sums of rows of ``data`` over the root of their number: of those with these ``indices`` and one segment id.

    ``segment_ids`` has an id for each index, sorted; the result has a row for each id up to the last, or as many as
    ``num_segments`` says, of which those without an id are 0. The gradient is a tensor, or with ``sparse_gradient`` an
    IndexedSlices. InvalidArgumentError for ids that are not sorted, and for indices out of range.

    >>> import eagernb as tf
    >>> tf.sparse.segment_sqrt_n(tf.constant([1.0, 2.0, 4.0, 5.0]), [0, 1, 2, 3], [0, 0, 0, 0]).numpy()
    array([6.], dtype=float32)
    """

    def over_root(rows: Tensor, ids: Tensor) -> Tensor:
        total = sum_of_segments(rows, ids)
        count = sum_of_segments(ones_like(ids, rows.dtype), ids)
        root = sqrt(maximum(count, ones_like(count)))
        return total / reshape(root, [-1, *[1] * (len(total._dims) - 1)])

    return _segments(over_root, data, indices, segment_ids, num_segments, sparse_gradient)


def mask(a: Any, mask_indices: Any, name: str | None = None) -> IndexedSlices:
    """The rows of an IndexedSlices without those that have one of these indices.

    ``mask_indices`` is [n]. AttributeError for what is no IndexedSlices.

    >>> import eagernb as tf
    >>> rows = tf.IndexedSlices(tf.constant([1.0, 2.0, 3.0]), tf.constant([5, 2, 7]))
    >>> tf.sparse.mask(rows, [2]).indices.numpy()
    array([5, 7], dtype=int32)
    """
    indices = convert_to_tensor(a.indices)
    hidden = sort(convert_to_tensor(mask_indices, indices.dtype))
    padded = concat([hidden, fill([1], convert_to_tensor(-1, indices.dtype))], 0)  # what no index is, at the end
    stays = reshape(where(logical_not(equal(take(padded, searchsorted(hidden, indices), 0), indices))), [-1])
    return IndexedSlices(gather(a.values, stays), gather(indices, stays), a.dense_shape)


def bincount(
    values: Any, weights: Any = None, axis: Any = 0, minlength: Any = None, maxlength: Any = None,
    binary_output: bool = False, name: str | None = None,
) -> SparseTensor:  # fmt: skip
    """How often each number occurs, as a SparseTensor: in all of ``values``, or with ``axis=-1`` in each row.

    ``values`` are integers, dense or sparse, none negative. With ``weights``, of the same kind, places and shape, each
    counts as much as its weight; with ``binary_output``, numbers that occur count 1. The shape is one more than the
    largest number, at least ``minlength``, at most ``maxlength``: larger numbers are left out. ValueError for another
    axis, and for weights together with ``binary_output``.

    >>> import eagernb as tf
    >>> tf.sparse.to_dense(tf.sparse.bincount([[1, 1, 2], [0, 3, 3]], axis=-1)).numpy()
    array([[0, 2, 1, 0],
           [1, 0, 0, 2]], dtype=int32)
    """
    if weights is not None and binary_output:
        raise ValueError("Arguments `binary_output` and `weights` are mutually exclusive. Please specify only one.")
    if axis not in (None, 0, -1):
        raise ValueError(f"Unsupported value for argument axis={axis}. Only 0 and -1 are currently supported.")
    numbers, rows, row_count = _numbers_and_rows(values, by_row=axis == -1)
    amounts = _amounts(values, weights, numbers)
    assert_non_negative(numbers, "Input values must all be non-negative.")
    numbers = cast(numbers, int64)
    length = maximum(reduce_max(concat([numbers, convert_to_tensor([-1], int64)], 0)) + 1, _limit(minlength, 0))
    if maxlength is not None:
        length = minimum(length, _limit(maxlength, 0))
        inside = reshape(where(less(numbers, length)), [-1])
        numbers, amounts = gather(numbers, inside), take(amounts, inside, 0)
        rows = None if rows is None else gather(rows, inside)
    order, different, group = grouped(numbers if rows is None else rows * length + numbers)
    counts = sum_of_segments(take(amounts, order, 0), group)
    sizes = [length] if rows is None else [row_count, length]
    return sparse_of_sizes(coordinates(different, sizes), ones_like(counts) if binary_output else counts, sizes)


def _limit(length: Any, default: int) -> Tensor:
    return convert_to_tensor(default, int64) if length is None else cast(convert_to_tensor(length), int64)


def _numbers_and_rows(values: Any, by_row: bool) -> tuple[Tensor, Tensor | None, Any]:
    """All numbers, and where they are counted by row, the row of each and how many rows there are."""
    if isinstance(values, SparseTensor):
        rows = values.indices[:, 0] if by_row and len(values.sizes) > 1 else None
        return values.values, rows, values.sizes[0]
    x = convert_to_tensor(values)
    count = sizes_of(x)[0] if x._dims else 1
    if not by_row or len(x._dims) < 2:
        return reshape(x, [-1]), None, count
    rows = arange(count, dtype=int64)[:, None] + zeros_like(cast(x, int64))
    return reshape(x, [-1]), reshape(rows, [-1]), count


def _amounts(values: Any, weights: Any, numbers: Tensor) -> Tensor:
    """What each number counts."""
    if weights is None:
        return ones_like(numbers)
    if not isinstance(values, SparseTensor):
        return reshape(convert_to_tensor(weights), [-1])
    if not isinstance(weights, SparseTensor):
        raise ValueError(
            "Argument `weights` must be a SparseTensor if `values` is a SparseTensor. Received weights of type: "
            f"{type(weights).__name__}"
        )
    if weights.indices is not values.indices:
        assert_equal(weights.dense_shape, values.dense_shape, "'weights' and 'values' must have the same dense shape.")
        assert_equal(weights.indices, values.indices, "'weights' and 'values' must have the same indices.")
    return weights.values
