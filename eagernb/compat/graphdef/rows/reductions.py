"""Sums, means, extremes along axes."""

from __future__ import annotations

from typing import Any

from eagernb.compat.graphdef.mapping import In, Number, Param, Row, TypeOf
from eagernb.core.dtypes import int32
from eagernb.graph.ir import Node


def _all_axes(axis: Any, node: Node) -> Any:
    return range(len(node.inputs[0].spec.dims)) if axis is None else axis


_AXES = Number("axis", write=_all_axes, read=lambda axis: axis if isinstance(axis, tuple) else (axis,),
               name="reduction_indices")  # fmt: skip
_ATTRS = {"keep_dims": Param("keepdims"), "Tidx": int32}
_NUMERIC = {
    "reduce_sum": "Sum", "reduce_mean": "Mean", "reduce_max": "Max", "reduce_min": "Min", "reduce_prod": "Prod",
    "reduce_euclidean_norm": "EuclideanNorm",
}  # fmt: skip
_ALONG = {"Tidx": int32, "T": TypeOf(), "exclusive": Param("exclusive"), "reverse": Param("reverse")}

ROWS = [
    *(Row(op, kind, [In(0), _AXES], {"T": TypeOf(), **_ATTRS}) for op, kind in _NUMERIC.items()),
    Row("reduce_any", "Any", [In(0), _AXES], _ATTRS),
    Row("reduce_all", "All", [In(0), _AXES], _ATTRS),
    *(
        Row(op, kind, [In(0), Number("axis", name="dimension")],
            {"T": TypeOf(), "Tidx": int32, "output_type": Param("dtype")})
        for op, kind in {"argmax": "ArgMax", "argmin": "ArgMin"}.items()
    ),
    *(
        Row(op, kind, [In(0), Number("axis")], _ALONG)
        for op, kind in {"cumsum": "Cumsum", "cumprod": "Cumprod",
                         "cumulative_logsumexp": "CumulativeLogsumexp"}.items()
    ),
]  # fmt: skip
