"""Arithmetic with sparse tensors: sums, products with dense tensors, reductions, softmax.

>>> import eagernb as tf
>>> x = tf.sparse.from_dense([[1.0, 0.0], [0.0, 2.0]])
>>> tf.sparse.sparse_dense_matmul(x, tf.constant([[10.0], [20.0]])).numpy()
array([[10.],
       [40.]], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

import numpy as np

from eagernb.core import dtypes, nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int64
from eagernb.core.late import Late, apply_late, known_dims
from eagernb.core.op import Op, Rule, register
from eagernb.core.sparse_tensor import SparseTensor, SparseTensorValue
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.arithmetic import abs, divide, maximum, minimum, multiply
from eagernb.ops.assertions import assert_equal
from eagernb.ops.casting import cast
from eagernb.ops.compare import greater, greater_equal, not_equal
from eagernb.ops.complex import conj
from eagernb.ops.creation import ones_like, zeros_like
from eagernb.ops.exponential import exp
from eagernb.ops.gather import gather, take
from eagernb.ops.matmul import matmul
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.scatter import scatter_nd, tensor_scatter_nd_add
from eagernb.ops.segment import segment_max, segment_sum, unsorted_segment_max, unsorted_segment_sum
from eagernb.ops.shape import adjoint, reshape, size
from eagernb.ops.shape import shape as shape_of
from eagernb.ops.shape import transpose as transpose_dense
from eagernb.ops.sparse_layout import gather_nd_dense
from eagernb.ops.sparse_places import as_sparse, axis_of, coordinates, grouped, places, sparse_of_sizes, together
from eagernb.ops.stop_gradient import stop_gradient
from eagernb.ops.unique import unique
from eagernb.ops.where import where


def _matmul_spec(
    indices: TensorSpec, values: TensorSpec, b: TensorSpec, shape: tuple[Any, ...], adjoint_a: bool, adjoint_b: bool
) -> TensorSpec:
    if len(shape) != 2 or len(b.dims) != 2:
        raise ValueError(f"both must be matrices, not of shapes {list(shape)} and {b.shape}")
    rows, inner = shape[::-1] if adjoint_a else shape
    have, columns = b.dims[::-1] if adjoint_b else b.dims
    if have is not None and not isinstance(inner, Late) and inner != have:
        raise ValueError(
            f"the inner dimensions do not match: {inner} and {have}. Did you forget adjoint_a or adjoint_b"
        )
    return TensorSpec([*known_dims([rows]), columns], values.dtype)


def _matmul_kernel(indices: Any, values: Any, b: Any, shape: Any, adjoint_a: bool, adjoint_b: bool) -> Any:
    specs = [TensorSpec.from_tensor(x) for x in (indices, values, b)]
    _matmul_spec(specs[0], specs[1], specs[2], shape, adjoint_a, adjoint_b)
    outside = (indices < 0) | (indices >= np.array(shape, np.int64))
    if outside.any():
        raise ValueError(f"the index {indices[outside.any(1)][0].tolist()} is out of bounds of {list(shape)}")
    rows, columns = indices.T[::-1] if adjoint_a else indices.T
    right = np.conj(b.T) if adjoint_b else b
    values = np.conj(values) if adjoint_a else values
    order = np.argsort(rows, kind="stable")
    products = values[order, None] * right[columns[order]]
    result = np.zeros((shape[1] if adjoint_a else shape[0], right.shape[1]), values.dtype)
    starts = np.flatnonzero(np.diff(rows[order], prepend=-1))  # where a row's products begin
    if len(starts):
        result[rows[order][starts]] = np.add.reduceat(products, starts, 0)
    return result


def _matmul_values_rule(g: Tensor, indices: Tensor, b: Tensor, adjoint_a: bool, adjoint_b: bool) -> Tensor:
    """Of the gradient of a dense left side, g times b's adjoint, only the elements that the sparse one holds."""
    rows, columns = (indices[:, 1], indices[:, 0]) if adjoint_a else (indices[:, 0], indices[:, 1])
    right = adjoint(b) if adjoint_b else b
    held = reduce_sum(take(g, rows, 0) * conj(take(right, columns, 0)), 1)
    return conj(held) if adjoint_a else held


def _matmul_b_rule(g: Tensor, indices: Tensor, values: Tensor, shape: Any, adjoint_a: bool, adjoint_b: bool) -> Tensor:
    inputs = indices, values, g
    right = apply_late(SPARSE_MATMUL, inputs, shape=shape, adjoint_a=not adjoint_a, adjoint_b=False)
    return adjoint(right) if adjoint_b else right


SPARSE_MATMUL = register(
    Op("sparse_dense_matmul", ("indices", "values", "b"), _matmul_kernel, _matmul_spec,
       rules=(None, Rule.of(_matmul_values_rule), Rule.of(_matmul_b_rule)), label="sparse matmul", family="linalg",
       typed=(1, 2), dtypes=dtypes.NUMBERS,
       flops=lambda ins, outs, **params: 2 * (ins[1].size or 0) * (outs[0].dims[1] or 0))
)  # fmt: skip


def sparse_dense_matmul(
    sp_a: Any, b: Any, adjoint_a: bool = False, adjoint_b: bool = False, name: str | None = None
) -> Tensor:
    """The matrix product of a sparse and a dense matrix, or of a dense and a sparse one; the result is dense.

    ``adjoint_a`` and ``adjoint_b`` take the conjugate transpose of the one or the other first. ShapeError where the
    shapes, DTypeError where the dtypes do not go together; InvalidArgumentError for an index out of bounds.

    >>> import eagernb as tf
    >>> x = tf.SparseTensor([[0, 1]], [2.0], [2, 2])
    >>> tf.sparse.sparse_dense_matmul(x, [[1.0, 2.0], [3.0, 4.0]]).numpy()
    array([[6., 8.],
           [0., 0.]], dtype=float32)
    """
    if isinstance(b, (SparseTensor, SparseTensorValue)):
        flips = (adjoint_a, adjoint_b) if adjoint_a != adjoint_b else (not adjoint_a, not adjoint_b)
        return transpose_dense(sparse_dense_matmul(b, sp_a, *flips))
    x = as_sparse(sp_a)
    inputs = x.indices, x.values, b
    return apply_late(SPARSE_MATMUL, inputs, shape=x.sizes, adjoint_a=bool(adjoint_a), adjoint_b=bool(adjoint_b))


def sampled_addmm(
    indices: Any, values: Any, dense_shape: Any, mat1: Any, mat2: Any, beta: Any = 1.0, alpha: Any = 1.0,
    output_type: Any = dtypes.float32,
) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
    """``alpha * (mat1 @ mat2) + beta * values`` at the places of a sparse tensor only: indices, values and shape.

    ``mat1`` is [..., n, k], ``mat2`` [..., k, m], both and the values of one dtype; ``dense_shape`` is that of their
    product. ShapeError where k differs, DTypeError for two dtypes.

    >>> import eagernb as tf
    >>> mat1, mat2 = tf.constant([[1.0], [2.0]]), tf.constant([[3.0, 4.0]])
    >>> tf.sparse.sampled_addmm([[1, 0]], [10.0], [2, 2], mat1, mat2)[1].numpy()
    array([16.], dtype=float32)
    """
    at, held = convert_to_tensor(indices), convert_to_tensor(values)
    product = matmul(mat1, mat2)
    return at, alpha * gather_nd_dense(product, at) + beta * held, convert_to_tensor(dense_shape)


def add(a: Any, b: Any, threshold: Any = 0) -> Any:
    """The sum of two sparse tensors of one shape, sparse; or of a sparse and a dense one, dense.

    Of the sparse sum only those elements stay of which the absolute value is at least ``threshold``. TypeError if
    neither is sparse, InvalidArgumentError where the shapes differ.

    >>> import eagernb as tf
    >>> a, b = tf.sparse.from_dense([1, 0, 2]), tf.sparse.from_dense([0, 5, 5])
    >>> tf.sparse.to_dense(tf.sparse.add(a, b)).numpy()
    array([1, 5, 7], dtype=int32)
    """
    sparse = [isinstance(x, (SparseTensor, SparseTensorValue)) for x in (a, b)]
    if not any(sparse):
        raise TypeError("At least one input should be SparseTensor; do you mean to use tf.add()?")
    if not all(sparse):
        x, dense = (as_sparse(a), b) if sparse[0] else (as_sparse(b), a)
        dense = convert_to_tensor(dense, x.dtype)
        if not dense.shape.is_compatible_with(x.shape):
            raise ShapeError(f"Cannot add a SparseTensor of shape {x.shape} to a tensor of shape {dense.shape}.")
        return tensor_scatter_nd_add(dense, x.indices, x.values)
    x, y = as_sparse(a), as_sparse(b)
    total = _combined(x, y, lambda left, right: left + right)
    least = convert_to_tensor(threshold, x.dtype.real_dtype)
    large = reshape(where(greater_equal(abs(total.values), least)), [-1])
    return x._like(SparseTensor(gather(total.indices, large), take(total.values, large, 0), x.dense_shape))


def _combined(x: SparseTensor, y: SparseTensor, function: Callable[[Tensor, Tensor], Tensor]) -> SparseTensor:
    """What a function of the elements of both gives, at every place where one of them has an element."""
    both, at_x, at_y = together(x, y)
    shape = [size(both)]
    left, right = (scatter_nd(at[:, None], v, shape) for at, v in ((at_x, x.values), (at_y, y.values)))
    return sparse_of_sizes(coordinates(both, x.sizes), function(left, right), x.sizes)


def maximum_sparse(sp_a: Any, sp_b: Any, name: str | None = None) -> SparseTensor:
    """The larger of the elements, at every place where one of two sparse tensors of one shape has an element.

    Where only one has, the other counts as 0. ShapeError for two shapes, DTypeError for two dtypes.

    >>> import eagernb as tf
    >>> a, b = tf.sparse.from_dense([1, 0, 2]), tf.sparse.from_dense([0, -5, 5])
    >>> tf.sparse.to_dense(tf.sparse.maximum(a, b)).numpy()
    array([1, 0, 5], dtype=int32)
    """
    return _combined(as_sparse(sp_a), as_sparse(sp_b), maximum)


def minimum_sparse(sp_a: Any, sp_b: Any, name: str | None = None) -> SparseTensor:
    """The smaller of the elements, at every place where one of two sparse tensors of one shape has an element.

    Where only one has, the other counts as 0. ShapeError for two shapes, DTypeError for two dtypes.

    >>> import eagernb as tf
    >>> a, b = tf.sparse.from_dense([1, 0, 2]), tf.sparse.from_dense([0, -5, 5])
    >>> tf.sparse.to_dense(tf.sparse.minimum(a, b)).numpy()
    array([ 0, -5,  2], dtype=int32)
    """
    return _combined(as_sparse(sp_a), as_sparse(sp_b), minimum)


def _with_dense(x: SparseTensor, dense: Any, function: Callable[[Tensor, Tensor], Tensor]) -> SparseTensor:
    """A function of the elements of x and those of a dense tensor at the same places, which is broadcast to x."""
    y = convert_to_tensor(dense, x.dtype)
    missing = len(x.sizes) - len(y._dims)
    fits = missing >= 0 and all(
        have in (None, 1) or wanted in (None, have)
        for have, wanted in zip(y._dims, x.shape.as_list()[missing:], strict=True)
    )
    if not fits:
        raise ShapeError(f"A tensor of shape {y.shape} cannot be broadcast to a SparseTensor of shape {x.shape}.")
    y = y[(None,) * missing] if missing else y
    dims = shape_of(y, int64)
    there = x.indices * cast(not_equal(dims, ones_like(dims)), int64)  # along an axis of size 1, the only place
    return x.with_values(function(x.values, gather_nd_dense(y, there)))


def _multiplied(x: SparseTensor, y: Any) -> SparseTensor:
    __tracebackhide__ = True
    return _with_dense(x, y, multiply)


def _divided(x: SparseTensor, y: Any) -> SparseTensor:
    __tracebackhide__ = True
    return _with_dense(x, y, divide)


for _name, _operator in (("mul", _multiplied), ("rmul", _multiplied), ("truediv", _divided)):
    setattr(SparseTensor, f"__{_name}__", _operator)


def map_values(op: Callable[..., Any], *args: Any, **kwargs: Any) -> SparseTensor:
    """What a function gives for the values of the sparse tensors among its arguments, at their places.

    All of them must have the same indices and shape: InvalidArgumentError. ValueError if there is none.

    >>> import eagernb as tf
    >>> tf.sparse.map_values(tf.square, tf.sparse.from_dense([0.0, 3.0])).values.numpy()
    array([9.], dtype=float32)
    """
    found: list[SparseTensor] = []

    def values(leaf: Any) -> Any:
        if not isinstance(leaf, SparseTensor):
            return leaf
        found.append(leaf)
        return leaf.values

    inner = nest.map_structure(values, (args, kwargs))
    if not found:
        raise ValueError("No SparseTensor in argument list of map_values")
    for other in found[1:]:
        assert_equal(found[0].dense_shape, other.dense_shape, "Mismatched shapes!")
        assert_equal(found[0].indices, other.indices, "Mismatched indices!")
    return found[0].with_values(op(*inner[0], **inner[1]))


def _kept(x: SparseTensor, axis: Any) -> list[int]:
    """The axes that stay when these are reduced."""
    rank = len(x.sizes)
    gone = range(rank) if axis is None else {axis_of(a, rank) for a in static_ints(axis, "axis")}
    return [i for i in range(rank) if i not in gone]


def _reduced(
    x: SparseTensor, axis: Any, keepdims: Any, sparse: bool,
    dense_reduction: Callable[[Tensor, Tensor, Any], Tensor], sparse_reduction: Callable[[Tensor, Tensor], Tensor],
) -> Any:  # fmt: skip
    kept = _kept(x, axis)
    sizes = [x.sizes[i] for i in kept]
    numbers = places(gather(x.indices, kept, axis=1), sizes) if kept else zeros_like(x.indices[:, 0])
    shape = [n if i in kept else 1 for i, n in enumerate(x.sizes)] if keepdims else sizes
    if not sparse:
        return reshape(dense_reduction(x.values, numbers, prod(sizes)), shape)
    order, different, group = grouped(numbers)
    return sparse_of_sizes(coordinates(different, shape), sparse_reduction(take(x.values, order, 0), group), shape)


def reduce_sum_sparse(
    sp_input: Any, axis: Any = None, keepdims: Any = None, output_is_sparse: bool = False, name: str | None = None
) -> Any:
    """The sum over one or several axes, by default all: a dense tensor, or if asked for, a sparse one.

    ``keepdims`` keeps the axes, with size 1. InvalidArgumentError for an axis that is out of range.

    >>> import eagernb as tf
    >>> tf.sparse.reduce_sum(tf.sparse.from_dense([[1, 0, 2], [0, 0, 3]]), axis=1).numpy()
    array([3, 3], dtype=int32)
    """
    return _reduced(as_sparse(sp_input), axis, keepdims, output_is_sparse, unsorted_segment_sum, segment_sum)


def reduce_max_sparse(
    sp_input: Any, axis: Any = None, keepdims: Any = None, output_is_sparse: bool = False, name: str | None = None
) -> Any:
    """The largest of the elements that are held, along axes as for ``reduce_sum``; 0 where there is none.

    (TensorFlow has no gradient of it. Here ties share it evenly, as in ``tf.reduce_max``.)

    >>> import eagernb as tf
    >>> tf.sparse.reduce_max(tf.SparseTensor([[0, 1], [1, 0]], [-1, -2], [3, 2]), axis=1).numpy()
    array([-1, -2,  0], dtype=int32)
    """

    def largest(values: Tensor, group: Tensor, count: Any) -> Tensor:
        found = unsorted_segment_max(values, group, count)
        held = greater(unsorted_segment_sum(ones_like(group), group, count), convert_to_tensor(0, int64))
        return where(held, found, zeros_like(found))

    return _reduced(as_sparse(sp_input), axis, keepdims, output_is_sparse, largest, segment_max)


def softmax(sp_input: Any, name: str | None = None) -> SparseTensor:
    """``tf.nn.softmax`` along the last axis, of the elements that are held alone: what is not held has no share.

    Of a floating dtype and rank 2 or more: DTypeError, ShapeError.

    >>> import eagernb as tf
    >>> tf.sparse.softmax(tf.SparseTensor([[0, 0], [0, 2]], [1.0, 1.0], [1, 3])).values.numpy()
    array([0.5, 0.5], dtype=float32)
    """
    x = as_sparse(sp_input)
    sizes: Sequence[Any] = x.sizes
    if len(sizes) < 2:
        raise ShapeError(f"sparse softmax: the input should have rank 2 or more, not the shape {x.shape}.")
    rows, row = unique(places(x.indices[:, :-1], sizes[:-1]))
    count = size(rows)
    highest = stop_gradient(unsorted_segment_max(x.values, row, count))
    shares = exp(x.values - take(highest, row, 0))
    return x.with_values(shares / take(unsorted_segment_sum(shares, row, count), row, 0))
