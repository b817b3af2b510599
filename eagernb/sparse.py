"""tf.sparse: tensors of which only the elements that are not zero are held.

Gradients flow to and from the ``values`` of all of them, also where TensorFlow defines none: through ``concat``,
``split``, ``maximum``, ``minimum``, ``reduce_max``, and where a reduction's result is sparse.

>>> import eagernb as tf
>>> x = tf.sparse.from_dense([[0.0, 2.0], [0.0, 0.0]])
>>> tf.sparse.to_dense(tf.sparse.add(x, x)).numpy()
array([[0., 4.],
       [0., 0.]], dtype=float32)
"""

from __future__ import annotations

from eagernb.core.sparse_tensor import SparseTensor
from eagernb.ops.sparse_layout import concat_sparse as concat
from eagernb.ops.sparse_layout import (
    expand_dims,
    eye,
    from_dense,
    reorder,
    reset_shape,
    retain,
    split,
    to_dense,
    to_indicator,
    transpose,
)
from eagernb.ops.sparse_layout import reshape_sparse as reshape
from eagernb.ops.sparse_layout import slice_sparse as slice
from eagernb.ops.sparse_math import add, map_values, sampled_addmm, softmax, sparse_dense_matmul
from eagernb.ops.sparse_math import maximum_sparse as maximum
from eagernb.ops.sparse_math import minimum_sparse as minimum
from eagernb.ops.sparse_math import reduce_max_sparse as reduce_max
from eagernb.ops.sparse_math import reduce_sum_sparse as reduce_sum
from eagernb.ops.sparse_rows import bincount, fill_empty_rows, mask, segment_mean, segment_sqrt_n, segment_sum

__all__ = [
    "SparseTensor",
    "add",
    "bincount",
    "concat",
    "expand_dims",
    "eye",
    "fill_empty_rows",
    "from_dense",
    "map_values",
    "mask",
    "maximum",
    "minimum",
    "reduce_max",
    "reduce_sum",
    "reorder",
    "reset_shape",
    "reshape",
    "retain",
    "sampled_addmm",
    "segment_mean",
    "segment_sqrt_n",
    "segment_sum",
    "slice",
    "softmax",
    "sparse_dense_matmul",
    "split",
    "to_dense",
    "to_indicator",
    "transpose",
]


def __dir__() -> list[str]:
    return __all__
