"""Sorting, the largest elements, searching in what is sorted.

NaN comes last, in either direction. (TensorFlow leaves its place to chance: it compares NaN with nothing.)

>>> import eagernb as tf
>>> x = tf.constant([3.0, 1.0, 2.0])
>>> tf.sort(x).numpy(), tf.argsort(x, direction="DESCENDING").numpy()
(array([1., 2., 3.], dtype=float32), array([0, 2, 1], dtype=int32))
>>> tf.math.top_k(x, k=2).values.numpy()
array([3., 2.], dtype=float32)
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import DType, as_dtype, float32, int32
from eagernb.core.late import Late, apply_late, known_dims, late_int, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative
from eagernb.ops.gather import GATHER_GRAD, gather
from eagernb.ops.shape import transpose

_DIRECTIONS = ("ASCENDING", "DESCENDING")


def _is_descending(direction: str) -> bool:
    if direction not in _DIRECTIONS:
        raise ValueError(f"Argument `direction` should be one of {', '.join(_DIRECTIONS)}. Received: {direction!r}.")
    return direction == "DESCENDING"


def _order(x: Any, axis: int, descending: bool) -> Any:
    """The positions of the elements in sorted order; equal ones keep the order that they have."""
    axis = normal_axis(axis, x.ndim)
    if descending:  # what turns the order around, also for the lowest integer and for unsigned ones
        x = np.invert(x) if x.dtype.kind in "iu" else np.negative(x)
    return np.argsort(x, axis, kind="stable").astype(np.int32)


def _same_shape(x: TensorSpec, axis: int, descending: bool) -> TensorSpec:
    normal_axis(axis, len(x.dims))
    return TensorSpec(x.shape, x.dtype)


def sort_flops(ins: Any, outs: Any, **params: Any) -> int:
    size = ins[0].size or 0
    return size * max(1, math.ceil(math.log2(size))) if size else 0


def _along(x: Tensor, indices: Tensor, axis: int) -> Tensor:
    """x at ``indices`` along an axis, which are different for each position on the other axes."""
    rank = len(x._dims)
    order = [i for i in range(rank) if i != axis % rank] + [axis % rank]
    picked = gather(transpose(x, order), transpose(indices, order), axis=-1, batch_dims=rank - 1)
    return transpose(picked, sorted(range(rank), key=order.__getitem__))


SORT = register(
    Op(
        "sort", ("x",),
        kernel=lambda x, axis, descending: np.take_along_axis(x, _order(x, axis, descending), axis),
        infer=_same_shape,
        rules=(
            # Each element's gradient is at the place to which it was sorted.
            Rule.of(lambda g, x, axis, descending: _along(
                g, argsort(argsort(x, axis, _DIRECTIONS[descending]), axis), axis)),
        ),
        label="sort", family="sorting", dtypes=dtypes.REAL, typed=(0,), flops=sort_flops,
    )
)  # fmt: skip


def sort(values: Any, axis: Any = -1, direction: str = "ASCENDING", name: str | None = None) -> Tensor:
    """The elements in order along an axis; ``direction`` is ASCENDING or DESCENDING.

    The shape stays; the axis is the last by default. Takes real numbers, else DTypeError; ShapeError for an axis that
    is not there, ValueError for another direction.

    >>> sort(convert_to_tensor([[3, 1], [2, 4]]), axis=0).numpy()
    array([[2, 1],
           [3, 4]], dtype=int32)
    """
    return apply(SORT, (values,), axis=static_int(axis, "axis"), descending=_is_descending(direction))


ARGSORT = register(
    Op(
        "argsort", ("x",), _order,
        infer=lambda x, axis, descending: TensorSpec(_same_shape(x, axis, descending).shape, int32),
        rules=(None,),
        label="argsort", family="sorting", dtypes=dtypes.REAL, typed=(0,), flops=sort_flops,
    )
)  # fmt: skip


def argsort(
    values: Any, axis: Any = -1, direction: str = "ASCENDING", stable: bool = False, name: str | None = None
) -> Tensor:
    """The positions, as int32, that ``sort`` takes the elements from; always stable, whatever ``stable`` says.

    Shapes and errors as for ``sort``.

    >>> argsort(convert_to_tensor([20, 10, 20])).numpy()
    array([1, 0, 2], dtype=int32)
    """
    return apply(ARGSORT, (values,), axis=static_int(axis, "axis"), descending=_is_descending(direction))


class TopKV2(NamedTuple):
    """The largest elements, and where they were."""

    values: Tensor
    indices: Tensor


def _top_k_kernel(x: Any, k: int, dtype: DType) -> Any:
    if not 0 <= k <= x.shape[-1]:
        raise ValueError("k is out of range")
    indices = _order(x, -1, True)[..., :k]
    return np.take_along_axis(x, indices, -1), indices.astype(dtype.numpy)


def _top_k_spec(x: TensorSpec, k: Any, dtype: DType) -> tuple[TensorSpec, TensorSpec]:
    if not x.dims:
        raise ValueError("a scalar has no last axis")
    last = x.dims[-1]
    if not isinstance(k, Late) and (k < 0 or (last is not None and k > last)):
        raise ValueError(f"there are {x.dims[-1]} elements along the last axis, of which k={k} cannot be taken")
    dims = [*x.dims[:-1], *known_dims([k])]
    return TensorSpec(dims, x.dtype), TensorSpec(dims, dtype)


def _top_k_rule(g: list[Tensor], like_input: Any, out: tuple[Tensor, Tensor]) -> Tensor:
    last = len(like_input._dims) - 1
    return apply_late(GATHER_GRAD, (g[0], out[1]), shape=sizes_of(like_input), axis=last, batch_dims=last)


TOP_K = register(
    Op("top_k", ("input",), _top_k_kernel, _top_k_spec, rules=(Rule.of(_top_k_rule),), label="top_k",
       family="sorting", dtypes=dtypes.REAL, typed=(0,), multiple=True, flops=sort_flops)
)  # fmt: skip


def top_k(input: Any, k: Any = 1, sorted: bool = True, index_type: Any = int32, name: str | None = None) -> TopKV2:
    """The k largest elements along the last axis, the largest first, and their indices; of equal ones, the first.

    Both are [..., k], the indices int32 (``index_type``). They come sorted, whatever ``sorted`` says. The gradient goes
    to the elements that were taken. Raises ShapeError if there are fewer than k.

    >>> top_k(convert_to_tensor([1, 5, 3]), k=2).indices.numpy()
    array([1, 2], dtype=int32)
    """
    return TopKV2(*apply_late(TOP_K, (input,), k=late_int(k, "k"), dtype=as_dtype(index_type)))


def approx_max_k(
    operand: Any, k: Any, reduction_dimension: int = -1, recall_target: float = 0.95,
    reduction_input_size_override: int = -1, aggregate_to_topk: bool = True, name: str | None = None,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """The k largest elements along an axis, the largest first, and their positions: exactly, as on TensorFlow's CPU.

    The axis gets the size k, the positions are int32. ShapeError for more than there are, ValueError for an axis that
    is not there.

    >>> values, places = approx_max_k([1.0, 3.0, 2.0], 2)
    >>> values.numpy(), places.numpy()
    (array([3., 2.], dtype=float32), array([1, 2], dtype=int32))
    """
    x = convert_to_tensor(operand)
    axis = normal_axis(reduction_dimension, len(x._dims))
    order = [i for i in range(len(x._dims)) if i != axis] + [axis]
    back = [order.index(i) for i in range(len(order))]
    values, indices = top_k(transpose(x, order), k)
    return transpose(values, back), transpose(indices, back)


def approx_min_k(
    operand: Any, k: Any, reduction_dimension: int = -1, recall_target: float = 0.95,
    reduction_input_size_override: int = -1, aggregate_to_topk: bool = True, name: str | None = None,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """The k smallest elements along an axis, the smallest first, and their positions; see ``approx_max_k``.

    >>> values, places = approx_min_k([1.0, 3.0, 2.0], 2)
    >>> values.numpy(), places.numpy()
    (array([1., 2.], dtype=float32), array([0, 2], dtype=int32))
    """
    values, indices = approx_max_k(negative(convert_to_tensor(operand)), k, reduction_dimension)
    return negative(values), indices


def approx_top_k(
    input: Any, k: Any, reduction_dimension: int = -1, recall_target: float = 0.95, is_max_k: bool = True,
    reduction_input_size_override: int = -1, aggregate_to_topk: bool = True, name: str | None = None,
) -> TopKV2:  # fmt: skip
    """``approx_max_k``, or without ``is_max_k``, ``approx_min_k``.

    Arguments, shapes and errors as for ``approx_max_k``.

    >>> approx_top_k([1.0, 3.0, 2.0], k=2).values.numpy()
    array([3., 2.], dtype=float32)
    """
    function = approx_max_k if is_max_k else approx_min_k
    return TopKV2(*function(input, k, reduction_dimension, recall_target))


def _in_top_k_kernel(targets: Any, predictions: Any, k: int) -> Any:
    if predictions.ndim != 2 or targets.shape != predictions.shape[:1]:
        raise ValueError("the shapes do not fit")
    classes = predictions.shape[1]
    known = (targets >= 0) & (targets < classes) & np.isfinite(predictions).all(axis=1)
    if not classes:
        return known
    chosen = np.take_along_axis(predictions, np.clip(targets, 0, classes - 1)[:, None], 1)
    return known & ((predictions > chosen).sum(axis=1) < k)


def _in_top_k_spec(targets: TensorSpec, predictions: TensorSpec, k: int) -> TensorSpec:
    if len(predictions.dims) != 2 or not targets.shape.is_compatible_with(predictions.dims[:1]):
        raise ValueError("predictions must be [batch, classes], and targets [batch]")
    return TensorSpec(targets.shape.merge_with(predictions.dims[:1]), dtypes.bool_)


IN_TOP_K = register(
    Op("in_top_k", ("targets", "predictions"), _in_top_k_kernel, _in_top_k_spec, rules=(None, None),
       label="in_top_k", family="sorting", dtypes=frozenset({dtypes.int32.numpy, dtypes.int64.numpy}), typed=(0,),
       flops=lambda ins, outs, **params: ins[1].size or 0)
)  # fmt: skip


def in_top_k(targets: Any, predictions: Any, k: Any, name: str | None = None) -> Tensor:
    """Whether fewer than k classes are predicted higher than the target class: bool, [batch].

    ``targets`` are classes, [batch]; ``predictions`` float32, [batch, classes]. A tie at the edge counts as in; a row
    with a NaN or an infinity, or a target that is no class, as out. ShapeError unless there is a target for each row,
    DTypeError for targets that are no integers, ValueError for predictions that are not float32.

    >>> in_top_k([1, 0], [[0.1, 0.9], [0.2, 0.8]], k=1).numpy()
    array([ True, False])
    """
    return apply(IN_TOP_K, (targets, convert_to_tensor(predictions, float32)), k=static_int(k, "k"))


def _searchsorted_kernel(sorted_sequence: Any, values: Any, side: Any, dtype: DType) -> Any:
    rows = math.prod(sorted_sequence.shape[:-1])
    if rows != math.prod(values.shape[:-1]):
        raise ValueError("the numbers of rows differ")
    pairs = zip(
        sorted_sequence.reshape(rows, sorted_sequence.shape[-1]), values.reshape(rows, values.shape[-1]), strict=True
    )
    found = [np.searchsorted(sequence, wanted, side) for sequence, wanted in pairs]
    return np.array(found, dtype.numpy).reshape(values.shape)


def _searchsorted_spec(sorted_sequence: TensorSpec, values: TensorSpec, side: str, dtype: DType) -> TensorSpec:
    if not sorted_sequence.dims or not values.dims:
        raise ValueError("both need at least one axis")
    rows, wanted = (TensorSpec(spec.dims[:-1]).size for spec in (sorted_sequence, values))
    if None not in (rows, wanted) and rows != wanted:
        raise ValueError(f"there are {rows} sorted rows, but {wanted} rows of values")
    return TensorSpec(values.shape, dtype)


SEARCHSORTED = register(
    Op("searchsorted", ("sorted_sequence", "values"), _searchsorted_kernel, _searchsorted_spec, rules=(None, None),
       label="searchsorted", family="sorting", dtypes=dtypes.REAL, typed=(0, 1),
       flops=lambda ins, outs, **params: outs[0].size or 0)
)  # fmt: skip


def searchsorted(
    sorted_sequence: Any, values: Any, side: str = "left", out_type: Any = int32, name: str | None = None
) -> Tensor:
    """Where along the last axis each value would be inserted to keep it sorted: before equal elements, or after.

    All axes but the last are batches, and must agree. ``side`` is left or right. The positions have the shape of the
    values, and are int32 or ``out_type``; no gradient. ValueError for another ``side``, DTypeError unless both are real
    numbers of one dtype.

    >>> searchsorted([1, 3, 3, 5], [3, 4]).numpy(), searchsorted([1, 3, 3, 5], [3], side="right").numpy()
    (array([1, 3], dtype=int32), array([3], dtype=int32))
    """
    if side not in ("left", "right"):
        raise ValueError(f"Argument `side` must be either 'right' or 'left'. Received: {side!r}.")
    return apply(SEARCHSORTED, (sorted_sequence, values), side=side, dtype=as_dtype(out_type))
