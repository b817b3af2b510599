"""Embeddings of sparse ids: each row has any number of ids, whose rows of a table are combined into one.

>>> import eagernb as tf
>>> table = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
>>> ids = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [0, 2, 1], [2, 2])  # the rows have the ids 0 and 2, and 1
>>> tf.nn.embedding_lookup_sparse(table, ids, None, combiner="sum").numpy()
array([[6., 8.],
       [3., 4.]], dtype=float32)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import float16, float32
from eagernb.core.late import sizes_of
from eagernb.core.sparse_tensor import SparseTensor
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import square
from eagernb.ops.casting import cast
from eagernb.ops.compare import greater, greater_equal
from eagernb.ops.creation import zeros_like
from eagernb.ops.embedding import embedding_lookup
from eagernb.ops.exponential import sqrt
from eagernb.ops.gather import gather
from eagernb.ops.no_nan import divide_no_nan
from eagernb.ops.segment import segment_sum
from eagernb.ops.shape import reshape
from eagernb.ops.sparse_layout import reshape_sparse, retain
from eagernb.ops.sparse_rows import fill_empty_rows, segment_mean, segment_sqrt_n
from eagernb.ops.sparse_rows import segment_sum as segment_sum_of_rows
from eagernb.ops.unique import unique
from eagernb.ops.where import where

_UNWEIGHTED = {"sum": segment_sum_of_rows, "mean": segment_mean, "sqrtn": segment_sqrt_n}


def embedding_lookup_sparse(
    params: Any, sp_ids: Any, sp_weights: Any, combiner: str | None = None, max_norm: Any = None,
    name: str | None = None, allow_fast_lookup: bool = False,
) -> Tensor:  # fmt: skip
    """For each row of a sparse matrix of ids, the rows of a table with these numbers, combined into one.

    ``params`` is a table, or a list of parts of one. ``sp_weights``, with the same indices as ``sp_ids``, gives each id
    a weight, None all the same. ``combiner`` says how rows are combined: ``"sum"`` adds them up, ``"mean"``, the
    default, divides by the sum of the weights, ``"sqrtn"`` by the root of the sum of their squares. Rows longer than
    ``max_norm`` are scaled down first. The result has a row for each row of ids, up to the last that has any. TypeError
    for ids that are no SparseTensor, ValueError for another combiner.

    >>> import eagernb as tf
    >>> table = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    >>> ids = tf.SparseTensor([[0, 0], [0, 1]], [0, 1], [1, 2])
    >>> tf.nn.embedding_lookup_sparse(table, ids, ids.with_values([1.0, 3.0])).numpy()
    array([[2.5, 3.5]], dtype=float32)
    """
    how = "mean" if combiner is None else combiner
    if how not in _UNWEIGHTED:
        raise ValueError(f"combiner must be one of 'mean', 'sqrtn' or 'sum', got {combiner!r}.")
    if not isinstance(sp_ids, SparseTensor):
        raise TypeError(f"sp_ids must be SparseTensor, got {type(sp_ids).__name__}.")
    if sp_weights is not None:
        if not isinstance(sp_weights, SparseTensor):
            raise TypeError(f"sp_weights must be either None or SparseTensor, got {type(sp_weights).__name__}.")
        if not sp_ids.values.shape.is_compatible_with(sp_weights.values.shape):
            raise ValueError(f"There are {sp_ids.values.shape} ids, but {sp_weights.values.shape} weights.")
    rows = sp_ids.indices[:, 0]
    ids, which = unique(sp_ids.values)
    found = embedding_lookup(params, ids, max_norm)
    if sp_weights is None:
        return _UNWEIGHTED[how](found, which, rows)
    dtype = found.dtype
    wide = float32 if dtype.size == float16.size else dtype
    weights = reshape(cast(sp_weights.values, wide), [-1, *[1] * (len(found._dims) - 1)])
    total = segment_sum(cast(gather(found, which), wide) * weights, rows)
    if how == "mean":
        total = divide_no_nan(total, segment_sum(weights, rows))
    elif how == "sqrtn":
        total = divide_no_nan(total, sqrt(segment_sum(square(weights), rows)))
    return cast(total, dtype)


def safe_embedding_lookup_sparse(
    embedding_weights: Any, sparse_ids: Any, sparse_weights: Any = None, combiner: str = "mean", default_id: Any = None,
    max_norm: Any = None, name: str | None = None, allow_fast_lookup: bool = False,
) -> Tensor:  # fmt: skip
    """``embedding_lookup_sparse`` for ids as they come: negative ones, and those without a weight, are left out.

    (Ids whose weight is 0 or less are left out but for the combiner ``"sum"``.) A row that has no id then is 0, or the
    row of ``default_id``. ``sparse_ids`` [*rows, ids] may have any rank above 1, and the result is [*rows, *row of the
    table]. ValueError for no table, and as for ``embedding_lookup_sparse``.

    >>> import eagernb as tf
    >>> table = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    >>> ids = tf.SparseTensor([[0, 0], [1, 0]], [1, -1], [3, 1])
    >>> tf.nn.safe_embedding_lookup_sparse(table, ids).numpy()
    array([[3., 4.],
           [0., 0.],
           [0., 0.]], dtype=float32)
    """
    if embedding_weights is None or (isinstance(embedding_weights, (list, tuple)) and not embedding_weights):
        raise ValueError(f"Missing embedding_weights {embedding_weights}.")
    sizes = sparse_ids.sizes
    count = 1
    for n in sizes[:-1]:
        count = count * n
    ids = reshape_sparse(sparse_ids, [count, sizes[-1]])
    weights = None if sparse_weights is None else ids.with_values(sparse_weights.values)
    valid = greater_equal(ids.values, zeros_like(ids.values))
    ids, weights = _both_retained(ids, weights, valid)
    if weights is not None and combiner != "sum":
        ids, weights = _both_retained(ids, weights, greater(weights.values, zeros_like(weights.values)))
    ids, is_empty = fill_empty_rows(ids, convert_to_tensor(default_id or 0, ids.dtype))
    if weights is not None:
        weights, _ = fill_empty_rows(weights, convert_to_tensor(1, weights.dtype))
    result = embedding_lookup_sparse(embedding_weights, ids, weights, combiner, max_norm)
    if default_id is None:
        result = where(is_empty[:, None], zeros_like(result), result)
    return reshape(result, [*sizes[:-1], *sizes_of(result)[1:]])


def _both_retained(ids: SparseTensor, weights: Any, keep: Tensor) -> tuple[SparseTensor, Any]:
    return retain(ids, keep), None if weights is None else retain(weights, keep)
