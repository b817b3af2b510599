"""tf.linalg: matrices."""

from __future__ import annotations

from eagernb.ops.clipping import global_norm
from eagernb.ops.creation import eye
from eagernb.ops.cross import cross
from eagernb.ops.diagonals import band_part, diag, diag_part, set_diag, tensor_diag, tensor_diag_part, trace
from eagernb.ops.einsum import einsum
from eagernb.ops.matmul import matmul, matvec
from eagernb.ops.shape import adjoint, matrix_transpose
from eagernb.ops.tensordot import tensordot

__all__ = [
    "adjoint",
    "band_part",
    "cross",
    "diag",
    "diag_part",
    "einsum",
    "eye",
    "global_norm",
    "matmul",
    "matrix_transpose",
    "matvec",
    "set_diag",
    "tensor_diag",
    "tensor_diag_part",
    "tensordot",
    "trace",
]
