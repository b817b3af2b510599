"""Positions, by NumPy's rules: where the order of elements, their search and their choice differ from TensorFlow's.

NaN is larger than all numbers, and argmax finds it; indices are int64. ``eagernb.numpy`` has these under the standard's
names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import BOOLS, NUMBERS, int64
from eagernb.core.late import apply_late, known_dims, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis
from eagernb.core.tensor import Tensor
from eagernb.ops.families import reduced_dims

_SORTABLE = NUMBERS | BOOLS


def _elements(ins: Any, outs: Any, **params: Any) -> int:
    return ins[0].size or 0


def _first_of(name: str, function: Callable[..., Any]) -> Op:
    return register(
        Op(
            name, ("x",),
            kernel=lambda x, axis: np.asarray(function(x, axis), np.int64),
            infer=lambda x, axis: TensorSpec(reduced_dims(x, axis, False), int64),
            rules=(None,), label=name.replace("_", " "), family="reduction", dtypes=_SORTABLE, typed=(0,),
            flops=_elements,
        )
    )  # fmt: skip


FIRST_LARGEST = _first_of("first_largest", np.argmax)
FIRST_SMALLEST = _first_of("first_smallest", np.argmin)


def _order(x: Any, axis: int, descending: bool) -> Any:
    if not descending:
        return np.argsort(x, axis=axis, kind="stable")
    # From the back and turned around, so that equal elements keep their order.
    backwards = np.argsort(np.flip(x, axis), axis=axis, kind="stable")
    return x.shape[axis] - 1 - np.flip(backwards, axis)


def _same_shape(x: TensorSpec, axis: int, descending: bool) -> TensorSpec:
    normal_axis(axis, len(x.dims))
    return TensorSpec(x.shape, int64)


SORTED_ORDER = register(
    Op("sorted_order", ("x",), _order, _same_shape, rules=(None,), label="order", family="indexing", dtypes=_SORTABLE,
       typed=(0,), flops=_elements)
)  # fmt: skip
INSERTION_POINTS = register(
    Op(
        "insertion_points", ("sequence", "values"),
        kernel=lambda sequence, values, side: np.asarray(np.searchsorted(sequence, values, side), np.int64),
        infer=lambda sequence, values, side: _points_spec(sequence, values),
        rules=(None, None), label="insertion points", family="indexing", dtypes=_SORTABLE, typed=(0, 1),
        flops=_elements,
    )
)  # fmt: skip


def _points_spec(sequence: TensorSpec, values: TensorSpec) -> TensorSpec:
    if len(sequence.dims) != 1:
        raise ValueError(f"the sorted sequence must have one axis, not {len(sequence.dims)}")
    return TensorSpec(values.shape, int64)


def _unique(x: Any) -> tuple[Any, ...]:
    _, indices, inverse, counts = np.unique(
        x, return_index=True, return_inverse=True, return_counts=True, equal_nan=False
    )
    return indices.astype(np.int64), inverse.reshape(x.shape).astype(np.int64), counts.astype(np.int64)


UNIQUE_ELEMENTS = register(
    Op(
        "unique_elements", ("x",), _unique,
        infer=lambda x: (TensorSpec([None], int64), TensorSpec(x.shape, int64), TensorSpec([None], int64)),
        rules=(None,), label="unique", family="indexing", dtypes=_SORTABLE, typed=(0,), multiple=True,
        flops=_elements,
    )
)  # fmt: skip


def _along_spec(x: TensorSpec, indices: TensorSpec, axis: int) -> TensorSpec:
    if len(indices.dims) != len(x.dims):
        raise ValueError(f"indices of rank {len(indices.dims)} for a tensor of rank {len(x.dims)}: they must be equal")
    at = normal_axis(axis, len(x.dims))
    dims: list[Any] = list(broadcast_dims([*x.dims[:at], 1, *x.dims[at + 1 :]], indices.dims))
    dims[at] = indices.dims[at]
    return TensorSpec(dims, x.dtype)


def _along_kernel(x: Any, indices: Any, axis: int) -> Any:
    return x[_positions(indices, x.shape, normal_axis(axis, x.ndim))]


TAKE_ALONG_AXIS = register(
    Op(
        "take_along_axis", ("x", "indices"), _along_kernel, _along_spec,
        rules=(
            Rule.of(lambda g, like_x, indices, axis:
                    apply_late(TAKE_ALONG_AXIS_GRAD, (g, indices), shape=sizes_of(like_x), axis=axis)),
            None,
        ),
        label="take along axis", family="indexing", moves=True, linear=True,
    )
)  # fmt: skip


def take_along_axis(x: Tensor, indices: Tensor, axis: int) -> Tensor:
    """The elements at ``indices`` along an axis; along the others both tensors broadcast."""
    return apply(TAKE_ALONG_AXIS, (x, indices), axis=axis)


def _back_along(g: Any, indices: Any, shape: tuple[int, ...], axis: int) -> Any:
    result = np.zeros(shape, g.dtype)
    np.add.at(result, _positions(indices, shape, normal_axis(axis, len(shape))), g)
    return result


TAKE_ALONG_AXIS_GRAD = register(
    Op(
        "take_along_axis_grad", ("g", "indices"), _back_along,
        infer=lambda g, indices, shape, axis: TensorSpec(known_dims(shape), g.dtype),
        rules=(Rule.of(lambda g, indices, axis: apply(TAKE_ALONG_AXIS, (g, indices), axis=axis)), None),
        label="take along axis'", family="indexing", linear=True, flops=_elements,
    )
)  # fmt: skip


def _positions(indices: Any, shape: tuple[int, ...], axis: int) -> tuple[Any, ...]:
    """The index of each element along every axis: ``indices`` along one, the element's own along the others."""
    own = np.ogrid[tuple(slice(n) for n in shape)]
    return (*own[:axis], indices, *own[axis + 1 :])
