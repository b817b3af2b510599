"""Putting tensors together and taking them apart: concat and split, stack and unstack.

>>> import eagernb as tf
>>> x = tf.reshape(tf.range(6), [2, 3])
>>> tf.concat([x, x], axis=0).shape, tf.stack([x, x]).shape
(TensorShape([4, 3]), TensorShape([2, 2, 3]))
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor, holds_tensor, is_dense_tensor
from eagernb.core.late import apply_late, known_dims, late_ints, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Symbol, Tensor
from eagernb.errors import ShapeError
from eagernb.ops.shape import identity


def _concat_spec(*values: TensorSpec, axis: int) -> TensorSpec:
    if not values:
        raise ValueError("at least one tensor is needed")
    first = values[0]
    at = normal_axis(axis, len(first.dims)) if first.dims else _no_scalars()
    total: int | None = 0
    for spec in values:
        if len(spec.dims) != len(first.dims):
            raise ValueError("the ranks differ")
        for i, (a, b) in enumerate(zip(first.dims, spec.dims, strict=True)):
            if i != at and None not in (a, b) and a != b:
                raise ValueError(f"dimension {i} differs, {a} and {b}; only axis {at} may")
        total = None if total is None or spec.dims[at] is None else total + spec.dims[at]  # type: ignore[operator]
    return TensorSpec([*first.dims[:at], total, *first.dims[at + 1 :]], first.dtype)


def _no_scalars() -> int:
    raise ValueError("scalars have no axis to join along; use tf.stack")


def _concat_rule(g: Tensor, values: list[Any], axis: int) -> list[Tensor]:
    return split(g, [sizes_of(v)[axis] for v in values], axis)


CONCAT = register(
    Op("concat", ("*values",), lambda *arrays, axis: np.concatenate(arrays, axis), _concat_spec,
       rules=(Rule(_concat_rule, ("like_values", "axis")),), label="concat", family="shape", typed=(0,), fresh=True,
       moves=True, total=True, unchanged=lambda *specs, axis: len(specs) == 1)
)  # fmt: skip


def concat(values: Any, axis: Any, name: str = "concat") -> Tensor:
    """Tensors joined along an axis that they have; the result has that axis's sizes added up.

    All other sizes must be the same, and the dtypes too: else ShapeError or DTypeError.

    >>> concat([[[1, 2]], [[3, 4], [5, 6]]], axis=0).numpy()
    array([[1, 2],
           [3, 4],
           [5, 6]], dtype=int32)
    """
    if not isinstance(values, (list, tuple)):
        return identity(values)
    return apply(CONCAT, values, axis=static_int(axis, "axis"))


def _stack_spec(*values: TensorSpec, axis: int) -> TensorSpec:
    merged = values[0].shape
    for spec in values[1:]:
        merged = merged.merge_with(spec.shape)
    at = normal_axis(axis, len(merged) + 1)
    dims = merged.as_list()
    return TensorSpec([*dims[:at], len(values), *dims[at:]], values[0].dtype)


STACK = register(
    Op("stack", ("*values",), lambda *arrays, axis: np.stack(arrays, axis), _stack_spec,
       rules=(Rule(lambda g, axis: unstack(g, axis=axis), ("axis",)),), label="stack", family="shape", typed=(0,),
       moves=True, fresh=True, total=True)
)  # fmt: skip


def stack(values: Any, axis: Any = 0, name: str = "stack") -> Tensor:
    """Tensors of one shape joined along a new axis, whose size is their number.

    ``axis`` says where it stands in the result (-1: at the end). ShapeError if the shapes differ, DTypeError if the
    dtypes do.

    >>> stack([[1, 2], [3, 4]], axis=1).numpy()
    array([[1, 3],
           [2, 4]], dtype=int32)
    """
    axis = static_int(axis, "axis")
    if isinstance(values, (list, tuple)) and not holds_tensor(values) and axis == 0:
        try:
            return convert_to_tensor(values)  # Python numbers find a dtype together
        except ValueError:
            parts = [convert_to_tensor(value) for value in values]
            if len({part._dims for part in parts}) < 2:
                raise
            values = parts  # of different shapes: the op says so
    return apply(STACK, unstack(values) if is_dense_tensor(values) else list(values), axis=axis)


def parallel_stack(values: Any, name: str = "parallel_stack") -> Tensor:
    """``stack`` along a new first axis, in graphs only: RuntimeError elsewhere, as in TensorFlow.

    >>> import eagernb as tf
    >>> tf.function(lambda x: parallel_stack([x, x]))(tf.constant([1, 2])).numpy()
    array([[1, 2],
           [1, 2]], dtype=int32)
    """
    if not any(isinstance(value, Symbol) for value in values):
        raise RuntimeError("tf.parallel_stack() is not compatible with eager execution. Use tf.stack.")
    return stack(values)


def _split_spec(x: TensorSpec, sizes: tuple[Any, ...], axis: int) -> tuple[TensorSpec, ...]:
    at = normal_axis(axis, len(x.dims))
    known = known_dims(sizes)
    total = x.dims[at]
    if None not in (total, *known) and sum(known) != total:  # type: ignore[arg-type]
        raise ValueError(f"the pieces {list(sizes)} do not add up to {total}, the size of axis {at}")
    return tuple(TensorSpec([*x.dims[:at], n, *x.dims[at + 1 :]], x.dtype) for n in known)


def _split_kernel(x: Any, sizes: tuple[int, ...], axis: int) -> Any:
    if sum(sizes) != x.shape[axis] or min(sizes) < 0:
        raise ValueError(f"the pieces {list(sizes)} do not add up to the size {x.shape[axis]}")
    before = (slice(None),) * (axis % x.ndim)
    pieces, start = [], 0
    for size in sizes:
        pieces.append(x[(*before, slice(start, start + size))])
        start += size
    return tuple(pieces)


SPLIT = register(
    Op("split", ("x",), _split_kernel, _split_spec, rules=(Rule.of(lambda g, axis: concat(g, axis)),),
       label="split", family="shape", moves=True, multiple=True, linear=True)
)  # fmt: skip


def split(value: Any, num_or_size_splits: Any, axis: Any = 0, num: Any = None, name: str = "split") -> list[Tensor]:
    """Pieces along an axis, as a list: a number of equal ones, or a list of their sizes (one may be -1: the rest).

    Only that axis's size changes. ShapeError where the pieces would not be equal, or the sizes do not add up to that of
    the axis. ``num`` changes nothing: it is for sizes whose number TensorFlow's graphs do not know.

    >>> [piece.numpy().tolist() for piece in split(convert_to_tensor([1, 2, 3, 4]), [1, 3])]
    [[1], [2, 3, 4]]
    """
    x = convert_to_tensor(value)
    axis = static_int(axis, "axis")
    if not -len(x._dims) <= axis < len(x._dims):
        raise ShapeError(f"split: axis {axis} is out of range for a tensor of shape {x.shape}.")
    length = sizes_of(x)[axis]
    if isinstance(num_or_size_splits, (int, np.integer)):
        pieces = int(num_or_size_splits)
        if pieces < 1 or (not is_dense_tensor(length) and length % pieces):
            raise ShapeError(f"split: axis {axis} of size {length} cannot be cut into {pieces} equal pieces.")
        sizes: tuple[Any, ...] = (length // pieces,) * pieces
    else:
        if is_dense_tensor(num_or_size_splits) and not num_or_size_splits._dims:
            raise ValueError("split: num_or_size_splits must be a Python number, or a list or vector of sizes.")
        sizes = late_ints(num_or_size_splits, "num_or_size_splits")
        if sum(map(_is_rest, sizes)) == 1:
            rest = length - sum(n for n in sizes if not _is_rest(n))
            sizes = tuple(rest if _is_rest(n) else n for n in sizes)
    return list(apply_late(SPLIT, (x,), sizes=sizes, axis=axis))


def _is_rest(size: Any) -> bool:
    return not is_dense_tensor(size) and size == -1


def _unstack_spec(x: TensorSpec, axis: int) -> tuple[TensorSpec, ...]:
    at = normal_axis(axis, len(x.dims))
    if x.dims[at] is None:
        raise ValueError(f"the size of axis {axis} must be known")
    return (TensorSpec([*x.dims[:at], *x.dims[at + 1 :]], x.dtype),) * (x.dims[at] or 0)


def _unstack_kernel(x: Any, axis: int) -> Any:
    moved = np.moveaxis(x, axis, 0)
    # Going through a vector of strings gives Python's bytes, which are no arrays.
    return tuple(moved[i, ...] for i in range(len(moved))) if x.dtype.kind == "O" else tuple(moved)


UNSTACK = register(
    Op("unstack", ("x",), _unstack_kernel, _unstack_spec,
       rules=(Rule.of(lambda g, axis: stack(g, axis)),), label="unstack", family="shape", moves=True, multiple=True,
       linear=True)
)  # fmt: skip


def unstack(value: Any, num: int | None = None, axis: Any = 0, name: str = "unstack") -> list[Tensor]:
    """The slices along an axis, as a list; they have the other axes. What ``stack`` puts together.

    ShapeError if ``num`` is given and is not the axis's size, which must be known while a graph is traced.

    >>> [row.numpy().tolist() for row in unstack(convert_to_tensor([[1, 2], [3, 4]]))]
    [[1, 2], [3, 4]]
    """
    pieces = list(apply(UNSTACK, (value,), axis=static_int(axis, "axis")))
    if num is not None and num != len(pieces):
        raise ShapeError(f"unstack: the axis has size {len(pieces)}, not num={num}.")
    return pieces
