"""Dealing rows out to several tensors by a number that each has, and putting them back.

>>> import eagernb as tf
>>> x, where_to = tf.constant([10, 20, 30]), [1, 0, 1]
>>> parts = tf.dynamic_partition(x, where_to, 2)
>>> places = tf.dynamic_partition(tf.range(3), where_to, 2)
>>> [part.numpy().tolist() for part in parts], tf.dynamic_stitch(places, parts).numpy()
([[20], [10, 30]], array([10, 20, 30], dtype=int32))
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int32
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.creation import ones_like
from eagernb.ops.cumulative import cumsum
from eagernb.ops.gather import gather
from eagernb.ops.segment import check_prefix
from eagernb.ops.shape import reshape


def _partition_spec(data: TensorSpec, partitions: TensorSpec, num_partitions: int) -> tuple[TensorSpec, ...]:
    check_prefix(data, partitions, "partitions")
    part = TensorSpec([None, *data.dims[len(partitions.dims) :]], data.dtype)
    return (part,) * num_partitions


def _partition_kernel(data: Any, partitions: Any, num_partitions: int) -> Any:
    _partition_spec(TensorSpec.from_tensor(data), TensorSpec.from_tensor(partitions), num_partitions)
    if ((partitions < 0) | (partitions >= num_partitions)).any():
        raise ValueError(f"a partition is not in [0, {num_partitions})")
    return tuple(data[partitions == i] for i in range(num_partitions))


def _partition_rule(g: list[Tensor], like_data: Any, partitions: Tensor, num_partitions: int) -> Tensor:
    places = dynamic_partition(_numbered(partitions), partitions, num_partitions)
    return reshape(dynamic_stitch(places, g), like_data._dims)


def _numbered(x: Tensor) -> Tensor:
    """0, 1, 2, ... in the shape of x."""
    return reshape(cumsum(ones_like(reshape(x, [-1])), exclusive=True), x._dims)


PARTITION = register(
    Op("dynamic_partition", ("data", "partitions"), _partition_kernel, _partition_spec,
       rules=(Rule.of(_partition_rule), None), label="partition", family="segment", multiple=True)
)  # fmt: skip


def dynamic_partition(data: Any, partitions: Any, num_partitions: int, name: str | None = None) -> list[Tensor]:
    """The rows of data dealt out to ``num_partitions`` tensors, in their order: each goes where ``partitions`` says.

    ``partitions`` (int32) has a shape that data's begins with: ShapeError if not. Of data [*partitions.shape, *rest]
    each part is [rows, *rest]. InvalidArgumentError for a number outside [0, num_partitions).

    >>> [part.numpy().tolist() for part in dynamic_partition([10, 20, 30], [1, 0, 1], 2)]
    [[20], [10, 30]]
    """
    ids = convert_to_tensor(partitions, int32)
    return list(apply(PARTITION, (data, ids), num_partitions=static_int(num_partitions, "num_partitions")))


def _stitch_spec(*specs: TensorSpec, count: int) -> TensorSpec:
    indices, data = specs[:count], specs[count:]
    rest = None
    for at, rows in zip(indices, data, strict=True):
        if rows.dtype is not data[0].dtype:
            raise TypeError(f"the data have different dtypes, {data[0].dtype.name} and {rows.dtype.name}")
        check_prefix(rows, at, "its indices")
        row = TensorSpec(rows.dims[len(at.dims) :]).shape
        rest = row if rest is None else rest.merge_with(row)
    assert rest is not None
    return TensorSpec([None, *rest], data[0].dtype)


def _stitch_kernel(*arrays: Any, count: int) -> Any:
    indices, data = arrays[:count], arrays[count:]
    spec = _stitch_spec(*map(TensorSpec.from_tensor, arrays), count=count)
    if any((at < 0).any() for at in indices):
        raise ValueError("an index is negative")
    length = max((at.max() + 1 for at in indices if at.size), default=0)
    result = np.zeros((length, *spec.dims[1:]), data[0].dtype)  # type: ignore[type-var]
    for at, rows in zip(indices, data, strict=True):
        result[at] = rows
    return result


def _stitch_rule(g: Tensor, values: list[Any], count: int) -> list[Any]:
    return [None] * count + [gather(g, at) for at in values[:count]]


STITCH = register(
    Op("dynamic_stitch", ("*values",), _stitch_kernel, _stitch_spec, rules=(Rule(_stitch_rule, ("values", "count")),),
       label="stitch", family="segment")
)  # fmt: skip


def dynamic_stitch(indices: Any, data: Any, name: str | None = None) -> Tensor:
    """The reverse of ``dynamic_partition``: row ``indices[i][j]`` of the result is ``data[i][j]``.

    ``indices`` (int32) and ``data`` are lists of as many tensors. Where an index repeats, the last row is kept.
    ValueError unless there are as many indices as data, InvalidArgumentError for a negative index.

    >>> dynamic_stitch([[0, 2], [1]], [[10, 30], [20]]).numpy()
    array([10, 20, 30], dtype=int32)
    """
    places = [convert_to_tensor(at, int32) for at in indices]
    rows = [convert_to_tensor(part) for part in data]
    if len(places) != len(rows) or not places:
        raise ValueError(f"dynamic_stitch needs as many indices as data; there are {len(places)} and {len(rows)}.")
    return apply(STITCH, [*places, *rows], count=len(places))
