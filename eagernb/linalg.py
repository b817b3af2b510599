"""tf.linalg: matrices, and linear operators: matrices that are known by what they do.

The operators are imported when one is first asked for.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import Any as _Any

from eagernb.ops.cholesky import cholesky, cholesky_solve, logdet
from eagernb.ops.clipping import global_norm
from eagernb.ops.creation import eye
from eagernb.ops.cross import cross
from eagernb.ops.determinants import det, slogdet
from eagernb.ops.diagonals import band_part, diag, diag_part, set_diag, tensor_diag, tensor_diag_part, trace
from eagernb.ops.eigen import eig, eigh, eigh_tridiagonal, eigvals, eigvalsh
from eagernb.ops.einsum import einsum
from eagernb.ops.lstsq import lstsq
from eagernb.ops.lu import lu, lu_matrix_inverse, lu_reconstruct, lu_solve
from eagernb.ops.matmul import matmul, matvec
from eagernb.ops.matrix_functions import expm, logm, sqrtm
from eagernb.ops.normalization import l2_normalize
from eagernb.ops.norms import norm, normalize
from eagernb.ops.pinv import matrix_rank, pinv
from eagernb.ops.qr import qr
from eagernb.ops.shape import adjoint, matrix_transpose
from eagernb.ops.solve import banded_triangular_solve, inv, solve, triangular_solve
from eagernb.ops.svd import svd
from eagernb.ops.tensordot import tensordot
from eagernb.ops.tridiagonal import tridiagonal_matmul, tridiagonal_solve

__all__ = [
    "adjoint",
    "band_part",
    "banded_triangular_solve",
    "cholesky",
    "cholesky_solve",
    "cross",
    "det",
    "diag",
    "diag_part",
    "eig",
    "eigh",
    "eigh_tridiagonal",
    "eigvals",
    "eigvalsh",
    "einsum",
    "expm",
    "eye",
    "global_norm",
    "inv",
    "l2_normalize",
    "logdet",
    "logm",
    "lstsq",
    "lu",
    "lu_matrix_inverse",
    "lu_reconstruct",
    "lu_solve",
    "matmul",
    "matrix_rank",
    "matrix_transpose",
    "matvec",
    "norm",
    "normalize",
    "pinv",
    "qr",
    "set_diag",
    "slogdet",
    "solve",
    "sqrtm",
    "svd",
    "tensor_diag",
    "tensor_diag_part",
    "tensordot",
    "trace",
    "triangular_solve",
    "tridiagonal_matmul",
    "tridiagonal_solve",
]

# In which module of eagernb.linear_operators each operator is.
_OPERATORS = {
    "LinearOperator": "operator",
    "LinearOperatorAdjoint": "adjoint",
    "LinearOperatorBlockDiag": "block_diag",
    "LinearOperatorBlockLowerTriangular": "block_lower_triangular",
    "LinearOperatorCirculant": "circulant",
    "LinearOperatorCirculant2D": "circulant",
    "LinearOperatorCirculant3D": "circulant",
    "LinearOperatorComposition": "composition",
    "LinearOperatorDiag": "diag",
    "LinearOperatorFullMatrix": "full_matrix",
    "LinearOperatorHouseholder": "householder",
    "LinearOperatorIdentity": "identity",
    "LinearOperatorInversion": "inversion",
    "LinearOperatorKronecker": "kronecker",
    "LinearOperatorLowRankUpdate": "low_rank_update",
    "LinearOperatorLowerTriangular": "lower_triangular",
    "LinearOperatorPermutation": "permutation",
    "LinearOperatorScaledIdentity": "identity",
    "LinearOperatorToeplitz": "toeplitz",
    "LinearOperatorTridiag": "tridiag",
    "LinearOperatorZeros": "zeros",
}


def __getattr__(name: str) -> _Any:
    if name in _OPERATORS:
        return getattr(_import_module(f"eagernb.linear_operators.{_OPERATORS[name]}"), name)
    if name == "experimental":
        return _import_module("eagernb.linear_operators.experimental")
    raise AttributeError(f"module 'eagernb.linalg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *_OPERATORS, "experimental"})
