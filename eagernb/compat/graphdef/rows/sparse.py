"""Sparse tensors: TensorFlow's ops take and give the three parts of one."""

from __future__ import annotations

from typing import Any

from eagernb.compat.graphdef.mapping import In, Number, Param, Row, TypeOf
from eagernb.core.dtypes import int64
from eagernb.ops import ctc_decoders, sparse_math  # noqa: F401  they register the operations


def _listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


_SHAPE = Number("shape", int64, read=_listed)

ROWS = [
    Row("sparse_to_dense", "SparseToDense", [In(0), _SHAPE, In(1), In(2)],
        {"T": TypeOf(1), "Tindices": int64, "validate_indices": Param("validate")}),
    Row("sparse_dense_matmul", "SparseTensorDenseMatMul", [In(0), In(1), _SHAPE, In(2)],
        {"T": TypeOf(1), "Tindices": int64, "adjoint_a": Param("adjoint_a"), "adjoint_b": Param("adjoint_b")}),
    Row("ctc_greedy_decoder", "CTCGreedyDecoder",
        attrs={"T": TypeOf(), "merge_repeated": Param("merge_repeated"), "blank_index": Param("blank_index")}),
    Row("ctc_beam_search_decoder", "CTCBeamSearchDecoder",
        attrs={"T": TypeOf(), **{name: Param(name) for name in ("beam_width", "top_paths", "merge_repeated")}}),
]  # fmt: skip
