"""Sparse tensors made, and their elements put elsewhere: from and to dense tensors, order, shape, parts, joining.

>>> import eagernb as tf
>>> x = tf.sparse.from_dense([[1, 0, 0], [0, 0, 2]])
>>> tf.sparse.to_dense(tf.sparse.transpose(x)).numpy()
array([[1, 0],
       [0, 0],
       [0, 2]], dtype=int32)
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import bool_, float32, int64
from eagernb.core.late import Late, apply_late, known_dims, late_ints
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import TensorShape
from eagernb.core.sparse_tensor import SparseTensor
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int, static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError, ShapeError
from eagernb.ops.arithmetic import maximum, minimum
from eagernb.ops.assertions import assert_equal, assert_less_equal
from eagernb.ops.casting import cast
from eagernb.ops.compare import greater_equal, less, logical_and, not_equal
from eagernb.ops.creation import ones, ones_like, zeros, zeros_like
from eagernb.ops.gather import gather, take
from eagernb.ops.gather_nd import gather_nd, positions
from eagernb.ops.joining import concat, stack
from eagernb.ops.ranges import range as arange
from eagernb.ops.reduce import reduce_all, reduce_max, reduce_sum
from eagernb.ops.shape import identity, reshape
from eagernb.ops.shape import shape as shape_of
from eagernb.ops.sparse_places import as_sparse, axis_of, coordinates, in_order, places, sparse_of_sizes
from eagernb.ops.where import where


def _to_dense_kernel(indices: Any, values: Any, default_value: Any, shape: tuple[int, ...], validate: bool) -> Any:
    specs = [TensorSpec.from_tensor(x) for x in (indices, values, default_value)]
    _to_dense_spec(specs[0], specs[1], specs[2], shape, validate)
    outside = np.flatnonzero(((indices < 0) | (indices >= np.array(shape, np.int64))).any(1))
    if outside.size:
        i = outside[0]
        raise ValueError(f"indices[{i}] = {indices[i].tolist()} is out of bounds: need 0 <= index < {list(shape)}")
    if validate:
        _check_order(indices)
    result = np.full(shape, default_value, values.dtype)
    result[positions(indices)] = values
    return result


def _check_order(indices: Any) -> None:
    """ValueError unless each row comes after the one before it."""
    before, after = indices[:-1], indices[1:]
    differ = before != after
    same = np.flatnonzero(~differ.any(1))
    if same.size:
        raise ValueError(f"indices[{same[0] + 1}] = {after[same[0]].tolist()} is repeated")
    first = differ.argmax(1) if indices.shape[1] else np.zeros(len(after), int)
    rows = np.arange(len(after))
    wrong = np.flatnonzero(before[rows, first] > after[rows, first]) if len(after) else rows
    if wrong.size:
        i = wrong[0] + 1
        raise ValueError(f"indices[{i}] = {indices[i].tolist()} is out of order. Use tf.sparse.reorder first")


def _to_dense_spec(
    indices: TensorSpec, values: TensorSpec, default_value: TensorSpec, shape: tuple[Any, ...], validate: bool
) -> TensorSpec:
    if not TensorShape([values.dims[0], len(shape)]).is_compatible_with(indices.dims):
        raise ValueError(f"indices of shape {indices.shape} do not fit {values.shape} values and a shape of {shape}")
    if default_value.dims:
        raise ValueError(f"default_value must be a scalar, not of shape {default_value.shape}")
    if any(not isinstance(n, Late) and n < 0 for n in shape):
        raise ValueError("no size may be negative")
    return TensorSpec(known_dims(shape), values.dtype)


SPARSE_TO_DENSE = register(
    Op("sparse_to_dense", ("indices", "values", "default_value"), _to_dense_kernel, _to_dense_spec,
       rules=(
           None, Rule.of(lambda g, indices: gather_nd_dense(g, indices)),
           Rule.of(lambda g, indices: reduce_sum(g) - reduce_sum(gather_nd_dense(g, indices))),
       ),
       label="to dense", family="indexing", typed=(1, 2), dtypes=dtypes.ANY,
       flops=lambda ins, outs, **params: ins[1].size or 0)
)  # fmt: skip


def gather_nd_dense(x: Tensor, indices: Tensor) -> Tensor:
    """``gather_nd``, with a plain tensor for its gradient where x is a vector, too."""
    return take(x, indices[:, 0], 0) if len(x._dims) == 1 else gather_nd(x, indices)


def to_dense(
    sp_input: Any, default_value: Any = None, validate_indices: bool = True, name: str | None = None
) -> Tensor:
    """The dense tensor: the values where they belong, ``default_value`` (0) everywhere else.

    InvalidArgumentError for an index out of bounds, and, with ``validate_indices``, unless the indices are in order
    without repetition. TypeError for what is no SparseTensor, as everywhere in tf.sparse.

    >>> import eagernb as tf
    >>> tf.sparse.to_dense(tf.SparseTensor([[1], [2]], [7, 8], [4]), default_value=-1).numpy()
    array([-1,  7,  8, -1], dtype=int32)
    """
    x = as_sparse(sp_input)
    default = zeros([], x.dtype) if default_value is None else default_value
    inputs = x.indices, x.values, default
    return apply_late(SPARSE_TO_DENSE, inputs, shape=x.sizes, validate=bool(validate_indices))


def from_dense(tensor: Any, name: str | None = None) -> SparseTensor:
    """The elements of a tensor that are not 0, as a SparseTensor.

    Of the tensor's shape and dtype, in order. ShapeError for a scalar.

    >>> import eagernb as tf
    >>> tf.sparse.from_dense([0, 5, 0, 7]).indices.numpy().tolist()
    [[1], [3]]
    """
    x = convert_to_tensor(tensor)
    indices = where(not_equal(x, zeros_like(x)))
    return SparseTensor(indices, gather_nd(x, indices), shape_of(x, int64))


def eye(num_rows: Any, num_columns: Any = None, dtype: Any = float32, name: str | None = None) -> SparseTensor:
    """The identity matrix [num_rows, num_columns], by default square.

    InvalidArgumentError for a negative number.

    >>> import eagernb as tf
    >>> tf.sparse.to_dense(tf.sparse.eye(2, 3)).numpy()
    array([[1., 0., 0.],
           [0., 1., 0.]], dtype=float32)
    """
    rows = _count(num_rows, "num_rows")
    columns = rows if num_columns is None else _count(num_columns, "num_columns")
    count = minimum(rows, columns)
    diagonal = arange(count, dtype=int64)
    return SparseTensor(stack([diagonal, diagonal], 1), ones([count], dtype), stack([rows, columns]))


def _count(number: Any, argument: str) -> Tensor:
    if not is_dense_tensor(number) and not isinstance(number, (int, np.integer)):
        raise TypeError(f"{argument} must be an integer value, not {number!r}.")
    return cast(number, int64) if is_dense_tensor(number) else convert_to_tensor(int(number), int64)


def reorder(sp_input: Any, name: str | None = None) -> SparseTensor:
    """The same with its elements in order, row by row, as most functions want them.

    Shape and dtype stay. TypeError for what is no SparseTensor.

    >>> import eagernb as tf
    >>> tf.sparse.reorder(tf.SparseTensor([[1, 0], [0, 1]], [7, 8], [2, 2])).values.numpy()
    array([8, 7], dtype=int32)
    """
    return in_order(as_sparse(sp_input))


def transpose(sp_input: Any, perm: Any = None, name: str | None = None) -> SparseTensor:
    """Axes permuted: axis i of the result is ``perm[i]`` of the input; without ``perm``, all in reverse.

    ShapeError unless ``perm`` names each axis once.

    >>> import eagernb as tf
    >>> tf.sparse.transpose(tf.SparseTensor([[0, 2]], [7], [2, 3])).indices.numpy()
    array([[2, 0]])
    """
    x = as_sparse(sp_input)
    sizes = x.sizes
    order = list(range(len(sizes)))[::-1] if perm is None else list(static_ints(perm, "perm"))
    if sorted(order) != list(range(len(sizes))):
        raise ShapeError(f"perm {order} is no permutation of the axes of a tensor of rank {len(sizes)}.")
    return in_order(sparse_of_sizes(gather(x.indices, order, axis=1), x.values, [sizes[i] for i in order]))


def reshape_sparse(sp_input: Any, shape: Any, name: str | None = None) -> SparseTensor:
    """The same elements in another shape, in which one size may be -1: what is left for it.

    InvalidArgumentError for a shape with another number of elements.

    >>> import eagernb as tf
    >>> tf.sparse.reshape(tf.SparseTensor([[1, 2]], [7], [2, 3]), [3, -1]).indices.numpy()
    array([[2, 1]])
    """
    x = as_sparse(sp_input)
    have, wanted = prod(x.sizes), list(late_ints(shape, "shape"))
    known = [n for n in wanted if not is_dense_tensor(n)]
    if known.count(-1) > 1 or any(n < -1 for n in known):
        raise ShapeError(f"The shape {known} may have one -1, for what is left; no other size may be negative.")
    if -1 in known:
        at = next(i for i, n in enumerate(wanted) if not is_dense_tensor(n) and n == -1)
        rest = prod(wanted[:at] + wanted[at + 1 :])
        wanted[at] = have // rest if is_dense_tensor(rest) or rest else 0
    _check_count(have, prod(wanted), f"a SparseTensor of shape {x.shape} to {list(late_ints(shape, 'shape'))}")
    wanted = [cast(n, int64) if is_dense_tensor(n) else n for n in wanted]
    indices = coordinates(places(x.indices, x.sizes), wanted)
    return sparse_of_sizes(indices, identity(x.values), wanted)


def _check_count(have: Any, wanted: Any, what: str) -> None:
    if is_dense_tensor(have) or is_dense_tensor(wanted):
        assert_equal(cast(have, int64), cast(wanted, int64), f"Cannot reshape {what}: the numbers of elements differ.")
    elif have != wanted:
        raise ShapeError(f"Cannot reshape {what}: it has {have} dense elements, not {wanted}.")


def reset_shape(sp_input: Any, new_shape: Any = None, name: str | None = None) -> SparseTensor:
    """The same elements in a larger shape; without ``new_shape``, in the smallest that has them all.

    ValueError for a shape of another rank or a smaller size.

    >>> import eagernb as tf
    >>> tf.sparse.reset_shape(tf.SparseTensor([[0, 1]], [7], [5, 5])).shape
    TensorShape([1, 2])
    """
    x = as_sparse(sp_input)
    if new_shape is None:
        sizes = maximum(reduce_max(x.indices, 0) + 1, convert_to_tensor(0, int64))
        return SparseTensor(identity(x.indices), identity(x.values), sizes)
    shape = cast(convert_to_tensor(new_shape), int64)
    wanted = TensorShape(None) if len(shape._dims) != 1 else shape.shape
    if not wanted.is_compatible_with(x.dense_shape.shape) or len(shape._dims) != 1:
        raise ValueError(f"new_shape must have a size for each dimension of {x.shape}, not be {shape}.")
    result = SparseTensor(identity(x.indices), identity(x.values), shape)
    if x.shape.is_fully_defined() and result.shape.is_fully_defined():
        if any(a > b for a, b in zip(x.sizes, result.sizes, strict=True)):
            raise ValueError(
                f"Requested new_shape should have dimension sizes >= sp_input.shape. Found {result.shape} for "
                f"{x.shape}."
            )
    else:
        assert_less_equal(x.dense_shape, shape)
    return result


def expand_dims(sp_input: Any, axis: Any = None, name: str | None = None) -> SparseTensor:
    """With a new axis of size 1 before ``axis``, by default as the last one.

    InvalidArgumentError for an axis that is out of range.

    >>> import eagernb as tf
    >>> tf.sparse.expand_dims(tf.SparseTensor([[1, 2]], [7], [2, 3]), 1).indices.numpy()
    array([[1, 0, 2]])
    """
    x = as_sparse(sp_input)
    sizes = x.sizes
    if axis is not None and not is_dense_tensor(axis) and not isinstance(axis, (int, np.integer)):
        raise TypeError(f"axis must be an integer value in range [-rank - 1, rank], not {axis!r}.")
    at = axis_of(-1 if axis is None else axis, len(sizes) + 1)
    indices = concat([x.indices[:, :at], zeros_like(x.indices[:, :1]), x.indices[:, at:]], 1)
    return sparse_of_sizes(indices, x.values, [*sizes[:at], 1, *sizes[at:]])


def retain(sp_input: Any, to_retain: Any) -> SparseTensor:
    """The elements of which ``to_retain``, a bool for each, is true; ValueError for another number of bools.

    >>> import eagernb as tf
    >>> tf.sparse.retain(tf.sparse.from_dense([1, 2, 3]), [True, False, True]).values.numpy()
    array([1, 3], dtype=int32)
    """
    x, keep = as_sparse(sp_input), convert_to_tensor(to_retain, bool_)
    if not keep.shape.with_rank(1).is_compatible_with(x.values.shape):
        raise ValueError(f"to_retain must have a bool for each of the {x.values.shape} elements, not {keep.shape}.")
    kept = reshape(where(keep), [-1])
    return x._like(SparseTensor(gather(x.indices, kept), gather(x.values, kept), identity(x.dense_shape)))


def _block(x: SparseTensor, start: Sequence[Any], sizes: Sequence[Any]) -> SparseTensor:
    """The part of these sizes that begins there."""
    begin = convert_to_tensor(list(start), int64)
    end = begin + convert_to_tensor(list(sizes), int64)
    inside = reduce_all(logical_and(greater_equal(x.indices, begin), less(x.indices, end)), 1)
    kept = reshape(where(inside), [-1])
    return sparse_of_sizes(gather(x.indices, kept) - begin, take(x.values, kept, 0), sizes)


def _smaller(a: Any, b: Any) -> Any:
    return minimum(cast(a, int64), cast(b, int64)) if is_dense_tensor(a) or is_dense_tensor(b) else min(a, b)


def slice_sparse(sp_input: Any, start: Any, size: Any, name: str | None = None) -> SparseTensor:
    """The block of this size (cut off at the end) that begins at ``start``: a number each for every dimension.

    InvalidArgumentError for negative numbers.

    >>> import eagernb as tf
    >>> tf.sparse.to_dense(tf.sparse.slice(tf.sparse.from_dense([[1, 2, 3], [4, 5, 6]]), [0, 1], [2, 5])).numpy()
    array([[2, 3],
           [5, 6]], dtype=int32)
    """
    x = as_sparse(sp_input)
    sizes = x.sizes
    begin, wanted = late_ints(start, "start", len(sizes)), late_ints(size, "size", len(sizes))
    if len(begin) != len(sizes) or len(wanted) != len(sizes):
        raise ShapeError(f"start and size must have a number for each of the {len(sizes)} dimensions.")
    if any(not is_dense_tensor(n) and n < 0 for n in (*begin, *wanted)):
        raise InvalidArgumentError(f"Expected non-negative start and size, got {list(begin)} and {list(wanted)}.")
    left = [n - _smaller(b, n) for b, n in zip(begin, sizes, strict=True)]
    return _block(x, begin, [_smaller(a, b) for a, b in zip(wanted, left, strict=True)])


def split(sp_input: Any = None, num_split: Any = None, axis: Any = None, name: str | None = None) -> list[SparseTensor]:
    """``num_split`` parts along an axis; where they cannot be equal, the first ones are larger by 1.

    ValueError for an argument that is missing, InvalidArgumentError for more parts than the axis is long.

    >>> import eagernb as tf
    >>> parts = tf.sparse.split(tf.sparse.from_dense([1, 2, 3]), num_split=2, axis=0)
    >>> [tf.sparse.to_dense(part).numpy().tolist() for part in parts]
    [[1, 2], [3]]
    """
    for argument, value in (("sp_input", sp_input), ("num_split", num_split), ("axis", axis)):
        if value is None:
            raise ValueError(f"{argument} is required")
    x, count = as_sparse(sp_input), static_int(num_split, "num_split")
    sizes = x.sizes
    at = axis_of(axis, len(sizes))
    length = sizes[at]
    if count < 1 or (not is_dense_tensor(length) and count > length):
        raise InvalidArgumentError(f"num_split should be between 1 and the size of the axis, {length}; got {count}.")
    parts, begin = [], [0] * len(sizes)
    for i in range(count):
        more = (length + count - 1 - i) // count  # one more for the first ones
        parts.append(_block(x, begin, [*sizes[:at], more, *sizes[at + 1 :]]))
        begin[at] = begin[at] + more
    return parts


def concat_sparse(
    axis: Any, sp_inputs: Any, expand_nonconcat_dims: bool = False, name: str | None = None
) -> SparseTensor:
    """Sparse tensors one after the other along an axis; all other sizes must agree.

    With ``expand_nonconcat_dims``, the other sizes become the largest among them. InvalidArgumentError otherwise.

    >>> import eagernb as tf
    >>> x = tf.sparse.from_dense([1, 0, 2])
    >>> tf.sparse.to_dense(tf.sparse.concat(0, [x, x])).numpy()
    array([1, 0, 2, 1, 0, 2], dtype=int32)
    """
    if not isinstance(sp_inputs, (list, tuple)):
        raise TypeError("Inputs must be a list or tuple of SparseTensors.")
    xs = [as_sparse(x) for x in sp_inputs]
    if len(xs) == 1:
        return xs[0]
    at = axis_of(axis, len(xs[0].sizes))
    offset, indices = 0, []
    for x in xs:
        along = [0] * len(x.sizes)
        along[at] = offset
        indices.append(x.indices + convert_to_tensor(along, int64))
        offset = offset + x.sizes[at]
    sizes = [offset if i == at else _common(xs, i, expand_nonconcat_dims) for i in range(len(xs[0].sizes))]
    return in_order(sparse_of_sizes(concat(indices, 0), concat([x.values for x in xs], 0), sizes))


def _common(xs: list[SparseTensor], axis: int, expand: bool) -> Any:
    """The size that all have along an axis, or if they may differ, the largest."""
    if any(len(x.sizes) != len(xs[0].sizes) for x in xs):
        raise ShapeError(f"Ranks of all inputs must match, but the shapes are {[x.shape.as_list() for x in xs]}.")
    sizes = [x.sizes[axis] for x in xs]
    if expand:
        return reduce_max(convert_to_tensor(sizes, int64)) if any(map(is_dense_tensor, sizes)) else max(sizes)
    known = [n for n in sizes if not is_dense_tensor(n)]
    if len(set(known)) > 1:
        raise ShapeError(f"Input shapes must match but along the axis; dimension {axis} is {known}.")
    return known[0] if known else sizes[0]


def to_indicator(sp_input: Any, vocab_size: Any, name: str | None = None) -> Tensor:
    """For a sparse tensor of ids a dense bool tensor [..., vocab_size], in which the place of each id is True.

    The ids take the place of the last dimension. InvalidArgumentError for an id that is not in [0, vocab_size).

    >>> import eagernb as tf
    >>> tf.sparse.to_indicator(tf.SparseTensor([[0, 0], [0, 1]], [2, 0], [1, 2]), 3).numpy()
    array([[ True, False,  True]])
    """
    x = as_sparse(sp_input)
    if not is_dense_tensor(vocab_size) and not isinstance(vocab_size, (int, np.integer)):
        raise TypeError(f"vocab_size has to be a Tensor or Python int, not {vocab_size!r}.")
    ids = cast(x.values, int64)[:, None]
    sizes = [*x.sizes[:-1], late_ints(vocab_size, "vocab_size")[0]]
    marked = sparse_of_sizes(concat([x.indices[:, :-1], ids], 1), ones_like(x.values, bool_), sizes)
    return to_dense(marked, False, validate_indices=False)
