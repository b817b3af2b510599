"""``slice``: a block, by where it begins and its size. (``x[...]`` is in slicing.py.)

>>> import eagernb as tf
>>> tf.slice(tf.constant([[1, 2, 3], [4, 5, 6]]), begin=[0, 1], size=[2, -1]).numpy()
array([[2, 3],
       [5, 6]], dtype=int32)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.late import apply_late, check_vector, known_dims, late_ints, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.shape_algebra import ensure_shape


def _slice_spec(x: TensorSpec, begin: tuple[Any, ...], size: tuple[Any, ...]) -> TensorSpec:
    dims = []
    for start, length, dim in zip(known_dims(begin), known_dims(size), x.dims, strict=True):
        if (start is not None and start < 0) or (length is not None and length < -1):
            raise ValueError(f"begin {list(begin)} must not be negative, nor size {list(size)} but for -1")
        if None not in (start, length, dim) and start + max(length, 0) > dim:  # type: ignore[operator, type-var]
            raise ValueError(f"begin {list(begin)} and size {list(size)} go beyond the shape {x.shape}")
        to_the_end = None if start is None or dim is None else dim - start
        dims.append(to_the_end if length == -1 else length)
    return TensorSpec(dims, x.dtype)


def _slice_kernel(x: Any, begin: tuple[int, ...], size: tuple[int, ...]) -> Any:
    _slice_spec(TensorSpec.from_tensor(x), begin, size)
    return x[tuple(slice(a, None if n == -1 else a + n) for a, n in zip(begin, size, strict=True))]


def _slice_rule(g: Tensor, dims_x: Any, begin: tuple[Any, ...]) -> Tensor:
    from eagernb.ops.padding import pad

    ends = zip(begin, sizes_of(dims_x), sizes_of(g), strict=True)
    return pad(g, [(start, total - start - taken) for start, total, taken in ends])


def _whole(x: TensorSpec, begin: tuple[Any, ...], size: tuple[Any, ...]) -> bool:
    """Whether a slice is all of x."""
    return all(a == 0 and n in (-1, d) and n is not None for a, n, d in zip(begin, size, x.dims, strict=True))


SLICE = register(
    Op("slice", ("x",), _slice_kernel, _slice_spec, rules=(Rule.of(_slice_rule),), label="slice", family="indexing",
       moves=True, linear=True, unchanged=lambda x, begin, size: _whole(x, begin, size))
)  # fmt: skip


def slice_(input_: Any, begin: Any, size: Any, name: str | None = None) -> Tensor:
    """The block that starts at ``begin`` and has ``size`` (-1: to the end), a number each for every axis.

    ShapeError for another number of them, or a block that is not within the tensor.

    >>> slice_(convert_to_tensor([1, 2, 3, 4]), [1], [2]).numpy()
    array([2, 3], dtype=int32)
    """
    x = convert_to_tensor(input_)
    if x.shape.rank is None:
        count = begin.shape[0] if is_dense_tensor(begin) else len(begin)
        x = ensure_shape(x, [None] * count)
    rank = len(x._dims)
    check_vector(begin, "begin")
    check_vector(size, "size")
    starts, sizes = late_ints(begin, "begin", rank), late_ints(size, "size", rank)
    if len(starts) != rank or len(sizes) != rank:
        raise ShapeError(f"slice: begin and size need a number for each of the {rank} axes.")
    return apply_late(SLICE, (x,), begin=starts, size=sizes)
