"""Reductions over segments: rows that have the same segment id are summed, averaged, ...

For the ``segment_`` functions the ids are sorted, [0, 0, 1, 3], for the ``unsorted_segment_`` ones in any order.

>>> import eagernb as tf
>>> tf.math.segment_sum([1.0, 2.0, 3.0], [0, 0, 1]).numpy()
array([3., 3.], dtype=float32)
>>> tf.math.unsorted_segment_max([5, 1, 7], [1, 0, 1], num_segments=2).numpy()
array([1, 7], dtype=int32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.late import Late, apply_late, known_dims, late_int
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import maximum
from eagernb.ops.casting import cast
from eagernb.ops.compare import equal, greater_equal
from eagernb.ops.creation import ones_like
from eagernb.ops.declared import declared
from eagernb.ops.exponential import sqrt
from eagernb.ops.families import as_doctest
from eagernb.ops.gather import gather
from eagernb.ops.shape import reshape
from eagernb.ops.where import where

_IDS = frozenset({dtypes.int32, dtypes.int64})
# bfloat16 as it is: in float32, an empty segment would get a number that is too large for it.
_WITH_LIMITS = dtypes.REAL | {dtypes.BFLOAT16}


def _check_ids(ids: TensorSpec) -> None:
    if ids.dtype not in _IDS:
        raise TypeError(f"the segment ids must be int32 or int64, not {ids.dtype.name}. Use tf.cast to convert")


def _flops(ins: Any, outs: Any, **params: Any) -> int:
    return ins[0].size or 0


# Sorted ids


def _sorted_spec(data: TensorSpec, segment_ids: TensorSpec) -> TensorSpec:
    _check_ids(segment_ids)
    if not data.dims or len(segment_ids.dims) != 1:
        raise ValueError("data must have rank 1 or more, segment_ids rank 1")
    if not segment_ids.shape.is_compatible_with(data.dims[:1]):
        raise ValueError(f"there are {data.dims[0]} rows of data, but {segment_ids.dims[0]} segment ids")
    return TensorSpec([None, *data.dims[1:]], data.dtype)


def _sorted_kernel(ufunc: np.ufunc, empty: int) -> Callable[..., Any]:
    def kernel(data: Any, segment_ids: Any) -> Any:
        _sorted_spec(TensorSpec.from_tensor(data), TensorSpec.from_tensor(segment_ids))
        if not len(data):
            return data.copy()
        if segment_ids[0] < 0 or (segment_ids[1:] < segment_ids[:-1]).any():
            raise ValueError("segment ids must be sorted and not negative; use the tf.math.unsorted_segment_ function")
        starts = np.flatnonzero(np.diff(segment_ids, prepend=-1))
        result = np.full((segment_ids[-1] + 1, *data.shape[1:]), empty, data.dtype)
        result[segment_ids[starts]] = ufunc.reduceat(data, starts, axis=0, dtype=data.dtype)
        return result

    return kernel


def _mean_kernel(data: Any, segment_ids: Any) -> Any:
    total = _sorted_kernel(np.add, 0)(data, segment_ids)
    count = np.maximum(np.bincount(segment_ids, minlength=len(total)), 1).reshape(-1, *[1] * (data.ndim - 1))
    if data.dtype.kind in "iu":
        count = count.astype(data.dtype)
        return (total - np.fmod(total, count)) // count
    return (total / count.astype(data.dtype)).astype(data.dtype)


def _counts(segment_ids: Tensor, g: Tensor) -> Tensor:
    """How many rows each segment has, at least 1, to divide g by."""
    ones = ones_like(segment_ids)
    count = cast(maximum(segment_sum(ones, segment_ids), scalar_like(1, ones)), g.dtype)
    return reshape(count, [-1, *[1] * (len(g._dims) - 1)])


def _extremum_rule(g: Tensor, data: Tensor, segment_ids: Tensor, out: Tensor) -> Tensor:
    """g to the extreme elements, evenly split among ties."""
    hit = equal(data, gather(out, segment_ids))
    shares = maximum(segment_sum(cast(hit, g.dtype), segment_ids), scalar_like(1, g))  # an empty segment has no hit
    return where(hit, gather(g / shares, segment_ids), scalar_like(0, g))


def _prod_rule(g: Tensor, data: Tensor, segment_ids: Tensor, out: Tensor) -> Tensor:
    return _of_the_others(
        g, data, out, lambda x: segment_sum(x, segment_ids), lambda x: segment_prod(x, segment_ids),
        lambda x: gather(x, segment_ids),
    )  # fmt: skip


def _of_the_others(g: Tensor, data: Tensor, out: Tensor, add: Any, multiply: Any, pick: Any) -> Tensor:
    """g times the product of a segment's other elements: out / element, but exact where elements are 0."""
    one, zero = scalar_like(1, g), scalar_like(0, g)
    is_zero = equal(data, zero)
    without_zeros = where(is_zero, one, data)
    zeros = add(cast(is_zero, dtypes.int32))
    alone = where(zeros > 1, zero, g)  # two zeros leave nothing of the others' product
    return pick(alone) * where(is_zero, pick(multiply(without_zeros)), pick(out) / without_zeros)


_SORTED_IDS = """\
``segment_ids`` [rows] has an id for each row of ``data`` [rows, ...], sorted; the result has a row for each id up to
the last. InvalidArgumentError for ids that are not sorted or negative, and unless there are as many as rows."""


def _sorted(
    name: str, kernel: Callable[..., Any], rule: Any, doc: str, allowed: Any, example: str
) -> Callable[..., Tensor]:
    op = register(
        Op(name, ("data", "segment_ids"), kernel, _sorted_spec, rules=(Rule.of(rule), None), label=name,
           family="segment", dtypes=allowed, typed=(0,), flops=_flops)
    )  # fmt: skip

    def segment(data: Any, segment_ids: Any, name: str | None = None) -> Tensor:
        __tracebackhide__ = True
        return apply(op, (data, segment_ids))

    segment.__name__ = segment.__qualname__ = name
    segment.__doc__ = f"{doc}\n\n{_SORTED_IDS}\n{as_doctest(example)}"
    return declared(segment)


segment_sum = _sorted(
    "segment_sum", _sorted_kernel(np.add, 0), lambda g, segment_ids: gather(g, segment_ids),
    "The sum of the rows of each segment; 0 for an id without rows.", dtypes.NUMBERS,
    "segment_sum([10, 20, 30], [0, 0, 1]) -> [30 30]",
)  # fmt: skip
segment_mean = _sorted(
    "segment_mean", _mean_kernel, lambda g, segment_ids: gather(g / _counts(segment_ids, g), segment_ids),
    "The mean of the rows of each segment, truncated for integers; 0 for an id without rows.", dtypes.NUMBERS,
    "segment_mean([10, 20, 30], [0, 0, 1]) -> [15 30]",
)  # fmt: skip
segment_prod = _sorted(
    "segment_prod", _sorted_kernel(np.multiply, 1), _prod_rule,
    "The product of the rows of each segment; 1 for an id without rows.", dtypes.NUMBERS,
    "segment_prod([10, 20, 30], [0, 0, 1]) -> [200  30]",
)  # fmt: skip
segment_max = _sorted(
    "segment_max", _sorted_kernel(np.maximum, 0), _extremum_rule,
    "The largest of each segment; 0 for an id without rows. Ties share the gradient evenly.", dtypes.REAL,
    "segment_max([10, 20, 30], [0, 0, 1]) -> [20 30]",
)  # fmt: skip
segment_min = _sorted(
    "segment_min", _sorted_kernel(np.minimum, 0), _extremum_rule,
    "The smallest of each segment; 0 for an id without rows. Ties share the gradient evenly.", dtypes.REAL,
    "segment_min([10, 20, 30], [0, 0, 1]) -> [10 30]",
)  # fmt: skip


# Ids in any order


def check_prefix(data: TensorSpec, ids: TensorSpec, what: str) -> None:
    """The ids have a shape that data's begins with."""
    if not TensorSpec(data.dims[: len(ids.dims)]).shape.is_compatible_with(ids.shape):
        raise ValueError(f"data's shape {data.shape} must begin with the shape of {what}, {ids.shape}")


def _unsorted_spec(data: TensorSpec, segment_ids: TensorSpec, num_segments: Any) -> TensorSpec:
    _check_ids(segment_ids)
    check_prefix(data, segment_ids, "segment_ids")
    if not isinstance(num_segments, Late) and num_segments < 0:
        raise ValueError(f"num_segments must not be negative, but is {num_segments}")
    return TensorSpec([*known_dims([num_segments]), *data.dims[len(segment_ids.dims) :]], data.dtype)


def _unsorted_kernel(ufunc: np.ufunc, empty: Callable[[dtypes.DType], Any]) -> Callable[..., Any]:
    def kernel(data: Any, segment_ids: Any, num_segments: int) -> Any:
        _unsorted_spec(TensorSpec.from_tensor(data), TensorSpec.from_tensor(segment_ids), num_segments)
        if segment_ids.size and segment_ids.max() >= num_segments:
            raise ValueError(f"the segment id {segment_ids.max()} is not below num_segments")
        result = np.full((num_segments, *data.shape[segment_ids.ndim :]), empty(dtypes.of_array(data)), data.dtype)
        kept = segment_ids >= 0
        ufunc.at(result, segment_ids[kept], data[kept])
        return result

    return kernel


def _pick(x: Tensor, segment_ids: Tensor) -> Tensor:
    """The row of each id, zeros for the negative ones, which belong to no segment."""
    found = gather(x, maximum(segment_ids, scalar_like(0, segment_ids)))
    belongs = greater_equal(segment_ids, scalar_like(0, segment_ids))
    extra = len(found._dims) - len(segment_ids._dims)
    for _ in range(extra):
        belongs = belongs[..., None]
    return where(belongs, found, scalar_like(0, x))


def _unsorted_extremum_rule(g: Tensor, data: Tensor, segment_ids: Tensor, out: Tensor, num_segments: int) -> Tensor:
    hit = equal(data, _pick(out, segment_ids))
    shares = maximum(unsorted_segment_sum(cast(hit, g.dtype), segment_ids, num_segments), scalar_like(1, g))
    return where(hit, _pick(g / shares, segment_ids), scalar_like(0, g))


def _unsorted_prod_rule(g: Tensor, data: Tensor, segment_ids: Tensor, out: Tensor, num_segments: int) -> Tensor:
    return _of_the_others(
        g, data, out, lambda x: unsorted_segment_sum(x, segment_ids, num_segments),
        lambda x: unsorted_segment_prod(x, segment_ids, num_segments), lambda x: _pick(x, segment_ids),
    )  # fmt: skip


_ANY_IDS = """\
``segment_ids`` has a shape that data's begins with, ids below ``num_segments`` in any order; the result has the shape
[num_segments, ...]. Rows with a negative id are left out. InvalidArgumentError for an id that is too large."""


def _unsorted(
    name: str,
    ufunc: np.ufunc,
    empty: Callable[[dtypes.DType], Any],
    rule: Any,
    doc: str,
    allowed: Any,
    example: str,
) -> Callable[..., Tensor]:
    op = register(
        Op(name, ("data", "segment_ids"), _unsorted_kernel(ufunc, empty), _unsorted_spec,
           rules=(Rule.of(rule), None), label=name, family="segment", dtypes=allowed, typed=(0,), flops=_flops)
    )  # fmt: skip

    def segment(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
        __tracebackhide__ = True
        return apply_late(op, (data, segment_ids), num_segments=late_int(num_segments, "num_segments"))

    segment.__name__ = segment.__qualname__ = name
    segment.__doc__ = f"{doc}\n\n{_ANY_IDS}\n{as_doctest(example)}"
    return declared(segment)


unsorted_segment_sum = _unsorted(
    "unsorted_segment_sum", np.add, lambda dtype: 0, lambda g, segment_ids: _pick(g, segment_ids),
    "The sum of the rows of each segment; 0 for an empty one.", dtypes.NUMBERS,
    "unsorted_segment_sum([10, 20, 30], [0, 1, 0], 2) -> [40 20]",
)  # fmt: skip
unsorted_segment_prod = _unsorted(
    "unsorted_segment_prod", np.multiply, lambda dtype: 1, _unsorted_prod_rule,
    "The product of the rows of each segment; 1 for an empty one.", dtypes.NUMBERS,
    "unsorted_segment_prod([10, 20, 30], [0, 1, 0], 2) -> [300  20]",
)  # fmt: skip
unsorted_segment_max = _unsorted(
    "unsorted_segment_max", np.maximum, lambda dtype: dtype.min, _unsorted_extremum_rule,
    "The largest of each segment; the dtype's lowest finite number for an empty one. Ties share the gradient evenly.",
    _WITH_LIMITS,
    "unsorted_segment_max([10, 20, 30], [0, 1, 0], 2) -> [30 20]",
)  # fmt: skip
unsorted_segment_min = _unsorted(
    "unsorted_segment_min", np.minimum, lambda dtype: dtype.max, _unsorted_extremum_rule,
    "The smallest of each segment; the dtype's highest finite number for an empty one. Ties share the gradient evenly.",
    _WITH_LIMITS,
    "unsorted_segment_min([10, 20, 30], [0, 1, 0], 2) -> [10 20]",
)  # fmt: skip


def unsorted_segment_mean(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """The mean of the rows of each segment, 0 for an empty one: see ``unsorted_segment_sum``.

    >>> unsorted_segment_mean([1.0, 2.0, 5.0], [1, 0, 1], 3).numpy()
    array([2., 3., 0.], dtype=float32)
    """
    total, count = _sum_and_count(data, segment_ids, num_segments)
    return total / count


def unsorted_segment_sqrt_n(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> Tensor:
    """The sum of the rows of each segment over the root of their number: see ``unsorted_segment_sum``.

    >>> unsorted_segment_sqrt_n([1.0, 1.0, 1.0, 1.0], [0, 0, 0, 0], 1).numpy()
    array([2.], dtype=float32)
    """
    total, count = _sum_and_count(data, segment_ids, num_segments)
    return total / sqrt(count)


def _sum_and_count(data: Any, segment_ids: Any, num_segments: Any) -> tuple[Tensor, Tensor]:
    x, ids = convert_to_tensor(data), convert_to_tensor(segment_ids)
    total = unsorted_segment_sum(x, ids, num_segments)
    count = unsorted_segment_sum(ones_like(ids, x.dtype), ids, num_segments)
    count = maximum(count, scalar_like(1, count))
    return total, reshape(count, [-1, *[1] * (len(total._dims) - 1)])
