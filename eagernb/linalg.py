"""tf.linalg: matrices."""

from __future__ import annotations

from eagernb.ops.clipping import global_norm
from eagernb.ops.creation import eye
from eagernb.ops.linalg import matmul, matvec, tensordot
from eagernb.ops.shape import matrix_transpose

__all__ = ["eye", "global_norm", "matmul", "matrix_transpose", "matvec", "tensordot"]
