"""Isotonic regression: the nearest sequence that never rises (or never falls).

>>> solution, segments = isotonic_regression([[3.0, 1.0, 2.0], [1.0, 3.0, 4.0]])
>>> solution.numpy()
array([[3.       , 1.5      , 1.5      ],
       [2.6666667, 2.6666667, 2.6666667]], dtype=float32)
>>> segments.numpy()
array([[0, 1, 1],
       [0, 0, 0]], dtype=int32)
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import FLOATS, bfloat16, float16, float32, float64, int8, int16, int32
from eagernb.core.late import sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative
from eagernb.ops.casting import cast
from eagernb.ops.gather import gather
from eagernb.ops.ranges import range as arange
from eagernb.ops.segment import unsorted_segment_mean
from eagernb.ops.shape import reshape, transpose


def _pooled(row: Any) -> tuple[Any, Any]:
    """Neighbours that rise are put into one segment of their mean, and that with the one before, as long as need be."""
    sums: list[float] = []
    sizes: list[int] = []
    for value in row.tolist():
        total, size = value, 1
        while sums and sums[-1] * size < total * sizes[-1]:
            total, size = total + sums.pop(), size + sizes.pop()
        sums.append(total)
        sizes.append(size)
    means = np.repeat(np.divide(sums, sizes), sizes)
    return means, np.repeat(np.arange(len(sizes)), sizes)


def _kernel(x: Any) -> tuple[Any, Any]:
    rows = [_pooled(row) for row in x.reshape(prod(x.shape[:-1]), x.shape[-1])]
    solutions, segments = (np.array([row[i] for row in rows]).reshape(x.shape) for i in range(2))
    return solutions.astype(x.dtype), segments.astype(np.int32)


def _rule(g: Any, out: Any) -> Tensor:
    """Within a segment each element moves all by as much: the gradient is the segment's mean."""
    segments = out[1]
    *outer, length = sizes = sizes_of(segments._dims)
    rows = prod(outer)
    ids = reshape(reshape(segments, [rows, length]) + arange(rows)[:, None] * length, [-1])
    means = unsorted_segment_mean(reshape(g[0], [-1]), ids, rows * length)
    return reshape(gather(means, ids), sizes)


ISOTONIC = register(
    Op("isotonic_regression", ("x",), _kernel, lambda x: (x, TensorSpec(x.shape, int32)), (Rule.of(_rule),),
       label="isotonic", family="sorting", dtypes=FLOATS, typed=(0,), multiple=True)
)  # fmt: skip


def isotonic_regression(
    inputs: Any, decreasing: bool = True, axis: int = -1, name: str | None = None
) -> tuple[Tensor, Tensor]:
    """The nearest sequences, by squared differences, that never rise along the axis; and which segment each is in.

    Without ``decreasing``, those that never fall. Both results have the shape of the inputs. Integers of 8 and 16 bits
    become float32, others float64. ValueError for an axis that is not there. Found by pooling adjacent violators
    (Barlow et al., "Statistical inference under order restrictions", 1972).

    >>> solution, segments = isotonic_regression([3.0, 1.0, 2.0])
    >>> solution.numpy(), segments.numpy()
    (array([3. , 1.5, 1.5], dtype=float32), array([0, 1, 1], dtype=int32))
    """
    x = convert_to_tensor(inputs)
    if x.dtype not in (float16, bfloat16, float32, float64):
        x = cast(x, float32 if x.dtype in (int8, int16) else float64)
    last = len(x._dims) - 1
    at = normal_axis(axis, len(x._dims))
    order = [i for i in range(last + 1) if i != at] + [at]
    back = [order.index(i) for i in range(last + 1)]
    rows = transpose(x, order)
    solution, segments = apply(ISOTONIC, (rows if decreasing else negative(rows),))
    return transpose(solution if decreasing else negative(solution), back), transpose(segments, back)
