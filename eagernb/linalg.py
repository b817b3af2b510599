"""tf.linalg: matrices, and linear operators: matrices that are known by what they do.

The operators are imported when one is first asked for.
"""

from __future__ import annotations

from eagernb.core.lazy_import import lazy_import
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

# What is imported when it is first asked for.
_LAZY = {
    "LinearOperator": "eagernb.linear_operators.operator",
    "LinearOperatorAdjoint": "eagernb.linear_operators.adjoint",
    "LinearOperatorBlockDiag": "eagernb.linear_operators.block_diag",
    "LinearOperatorBlockLowerTriangular": "eagernb.linear_operators.block_lower_triangular",
    "LinearOperatorCirculant": "eagernb.linear_operators.circulant",
    "LinearOperatorCirculant2D": "eagernb.linear_operators.circulant",
    "LinearOperatorCirculant3D": "eagernb.linear_operators.circulant",
    "LinearOperatorComposition": "eagernb.linear_operators.composition",
    "LinearOperatorDiag": "eagernb.linear_operators.diag",
    "LinearOperatorFullMatrix": "eagernb.linear_operators.full_matrix",
    "LinearOperatorHouseholder": "eagernb.linear_operators.householder",
    "LinearOperatorIdentity": "eagernb.linear_operators.identity",
    "LinearOperatorInversion": "eagernb.linear_operators.inversion",
    "LinearOperatorKronecker": "eagernb.linear_operators.kronecker",
    "LinearOperatorLowRankUpdate": "eagernb.linear_operators.low_rank_update",
    "LinearOperatorLowerTriangular": "eagernb.linear_operators.lower_triangular",
    "LinearOperatorPermutation": "eagernb.linear_operators.permutation",
    "LinearOperatorScaledIdentity": "eagernb.linear_operators.identity",
    "LinearOperatorToeplitz": "eagernb.linear_operators.toeplitz",
    "LinearOperatorTridiag": "eagernb.linear_operators.tridiag",
    "LinearOperatorZeros": "eagernb.linear_operators.zeros",
    "experimental": "eagernb.linear_operators",
}

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
    *_LAZY,
]

__getattr__ = lazy_import(__name__, _LAZY)


def __dir__() -> list[str]:
    return __all__
