"""Factors of matrices, their eigenvalues and diagonals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.compat.graphdef.mapping import In, Number, Param, Row, TypeOf
from eagernb.core.op import find_op


def _both(k: Any) -> tuple[Any, ...]:
    """The lowest and the highest diagonal: TensorFlow takes one number, too."""
    k = k if isinstance(k, tuple) else (k,)
    return k if len(k) == 2 else k * 2


def _text(value: bytes) -> str:
    return value.decode()


_K = Number("k", read=_both)
_ALIGN = {"T": TypeOf(), "align": Param("align", read=_text)}


def _none(reader: Any) -> Any:
    """What TensorFlow's op gives in the place of vectors that nobody asked for."""
    return reader.constant_beside(np.zeros([0], np.float32))


def _read_svd(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    if not reader.attribute("compute_uv", True):
        return [reader.build(find_op("singular_values"), inputs, {}), _none(reader), _none(reader)]
    return reader.build(find_op("svd"), inputs, {"full_matrices": reader.attribute("full_matrices", False)})


def _eigen(with_vectors: str, values_only: str) -> Any:
    def read(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
        if not reader.attribute("compute_v", True):
            return [reader.build(find_op(values_only), inputs, {}), _none(reader)]
        return reader.build(find_op(with_vectors), inputs, {})

    return read


_EIG = {"T": TypeOf(), "Tout": TypeOf(None)}

ROWS = [
    Row("svd", "Svd", attrs={"compute_uv": True, "full_matrices": Param("full_matrices"), "T": TypeOf()},
        read=_read_svd),
    Row("singular_values", "Svd", attrs={"compute_uv": False, "full_matrices": False, "T": TypeOf()}, read=_read_svd),
    Row("eigh", "SelfAdjointEigV2", attrs={"compute_v": True, "T": TypeOf()}, read=_eigen("eigh", "eigvalsh")),
    Row("eigvalsh", "SelfAdjointEigV2", attrs={"compute_v": False, "T": TypeOf()}, read=_eigen("eigh", "eigvalsh")),
    Row("eig", "Eig", attrs={"compute_v": True, **_EIG}, read=_eigen("eig", "eigvals")),
    Row("eigvals", "Eig", attrs={"compute_v": False, **_EIG}, read=_eigen("eig", "eigvals")),
    Row("slogdet", "LogMatrixDeterminant"),
    Row("lu", "Lu", attrs={"T": TypeOf(), "output_idx_type": Param("dtype")}),
    Row("qr", "Qr", attrs={"T": TypeOf(), "full_matrices": Param("full_matrices")}),
    Row("sqrtm", "MatrixSquareRoot"),
    Row("logm", "MatrixLogarithm"),
    Row("tridiagonal_solve", "TridiagonalSolve",
        attrs={"partial_pivoting": True, "perturb_singular": False, "T": TypeOf()}),
    Row("diag_part", "MatrixDiagPartV3", [In(0), _K, Number("padding", None, name="padding_value")], _ALIGN),
    Row("diag", "MatrixDiagV3",
        [In(0), _K, Number("rows", name="num_rows"), Number("columns", name="num_cols"),
         Number("padding", None, name="padding_value")], _ALIGN),
    Row("set_diag", "MatrixSetDiagV3", [In(0), In(1), _K], _ALIGN),
]  # fmt: skip
