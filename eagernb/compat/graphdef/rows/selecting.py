"""Choosing among elements: the largest, each one once, those of a segment."""

from __future__ import annotations

from typing import Any

from eagernb.compat.graphdef.mapping import In, Number, Param, Row, TypeOf
from eagernb.core.dtypes import int32
from eagernb.graph.ir import Node

_SEGMENTS = {
    "segment_sum": "SegmentSum", "segment_mean": "SegmentMean", "segment_prod": "SegmentProd",
    "segment_max": "SegmentMax", "segment_min": "SegmentMin",
}  # fmt: skip
_UNIQUE = {"T": TypeOf(), "out_idx": Param("dtype")}


def _text(value: bytes) -> str:
    return value.decode()


def _from_the_first(axis: int, node: Node) -> int:
    rank = node.inputs[0].spec.shape.rank
    if axis < 0 and rank is None:
        raise NotImplementedError("the rank must be known")
    return axis if axis >= 0 else axis + (rank or 0)


_BATCH = {
    "T": TypeOf(), "Tlen": TypeOf(1), "seq_dim": Param("seq_axis", _from_the_first),
    "batch_dim": Param("batch_axis", _from_the_first),
}  # fmt: skip


def _is_index(value: Any) -> Any:
    return value or int32


ROWS = [
    Row("top_k", "TopKV2", [In(0), Number("k", name="k")],
        {"sorted": True, "T": TypeOf(), "Tk": int32, "index_type": Param("dtype", read=_is_index)}),
    Row("in_top_k", "InTopKV2", [In(1), In(0), Number("k", int32)], {"T": int32}),
    Row("unique", "Unique", attrs=_UNIQUE),
    Row("unique_with_counts", "UniqueWithCounts", attrs=_UNIQUE),
    Row("invert_permutation", "InvertPermutation"),
    Row("reverse_sequence", "ReverseSequence", attrs=_BATCH),
    Row("cross", "Cross"),
    Row("check_numerics", "CheckNumerics", attrs={"T": TypeOf(), "message": Param("message", read=_text)}),
    Row("dynamic_partition", "DynamicPartition",
        attrs={"num_partitions": Param("num_partitions"), "T": TypeOf()}),
    Row("histogram_fixed_width", "HistogramFixedWidth", [In(0), In(1), Number("nbins")],
        {"T": TypeOf(), "dtype": Param("dtype")}),
    *(Row(op, kind, attrs={"T": TypeOf(), "Tindices": TypeOf(1)}) for op, kind in _SEGMENTS.items()),
]  # fmt: skip
