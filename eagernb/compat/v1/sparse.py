"""tf.compat.v1.sparse: tf.sparse, and what only a static graph has.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default(), tf.Session() as session:
...     x = tf.sparse_placeholder(tf.float32, [2, 3])
...     total = tf.sparse.reduce_sum(x)
...     value = tf.SparseTensorValue(indices=[[0, 1], [1, 2]], values=[1.0, 2.0], dense_shape=[2, 3])
...     session.run(total, {x: value})
np.float32(3.0)
"""

from __future__ import annotations

from typing import Any

from eagernb.compat.v1.placeholder import placeholder as _placeholder
from eagernb.compat.v1.placeholder import placeholder_with_default
from eagernb.core.dtypes import int64
from eagernb.core.shape import TensorShape
from eagernb.ops.creation import constant
from eagernb.sparse import (
    SparseTensor,
    add,
    bincount,
    concat,
    expand_dims,
    eye,
    fill_empty_rows,
    from_dense,
    map_values,
    mask,
    maximum,
    minimum,
    reduce_max,
    reduce_sum,
    reorder,
    reset_shape,
    reshape,
    retain,
    segment_mean,
    segment_sqrt_n,
    segment_sum,
    slice,
    softmax,
    sparse_dense_matmul,
    split,
    to_dense,
    to_indicator,
    transpose,
)
from eagernb.sparse import sparse_dense_matmul as matmul

__all__ = [
    "SparseTensor", "add", "bincount", "concat", "expand_dims", "eye", "fill_empty_rows",
    "from_dense", "map_values", "mask", "matmul", "maximum", "minimum", "placeholder", "reduce_max",
    "reduce_max_sparse", "reduce_sum", "reduce_sum_sparse", "reorder", "reset_shape", "reshape", "retain",
    "segment_mean", "segment_sqrt_n", "segment_sum", "slice", "softmax", "sparse_dense_matmul", "split", "to_dense",
    "to_indicator", "transpose",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


def placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> SparseTensor:
    """A SparseTensor that has to be fed: a SparseTensorValue, or its three parts in a tuple.

    Of a shape that is fully known, the dense shape need not be fed. RuntimeError where operations run at once.
    """
    known, prefix = TensorShape(shape), name or "Placeholder"
    if known.is_fully_defined():
        sizes = placeholder_with_default(constant(known.as_list(), int64), [known.rank], f"{prefix}/shape")
    else:
        sizes = _placeholder(int64, [known.rank], f"{prefix}/shape")
    values = _placeholder(dtype, [None], f"{prefix}/values")
    result = SparseTensor(_placeholder(int64, [None, known.rank], f"{prefix}/indices"), values, sizes)
    result.set_shape(known)
    return result


def reduce_sum_sparse(sp_input: Any, axis: Any = None, keepdims: Any = None) -> SparseTensor:
    """``tf.sparse.reduce_sum`` with a sparse result."""
    return reduce_sum(sp_input, axis, keepdims, output_is_sparse=True)


def reduce_max_sparse(sp_input: Any, axis: Any = None, keepdims: Any = None) -> SparseTensor:
    """``tf.sparse.reduce_max`` with a sparse result."""
    return reduce_max(sp_input, axis, keepdims, output_is_sparse=True)
