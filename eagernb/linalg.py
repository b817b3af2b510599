"""tf.linalg: matrices."""

from __future__ import annotations

from eagernb.ops.clipping import global_norm
from eagernb.ops.creation import eye
from eagernb.ops.einsum import einsum
from eagernb.ops.matmul import matmul, matvec
from eagernb.ops.shape import adjoint, matrix_transpose
from eagernb.ops.tensordot import tensordot

__all__ = ["adjoint", "einsum", "eye", "global_norm", "matmul", "matrix_transpose", "matvec", "tensordot"]
