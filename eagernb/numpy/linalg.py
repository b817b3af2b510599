"""Linear algebra under the standard's names.

>>> import eagernb.numpy as xp
>>> x = xp.asarray([[2.0, 0.0], [1.0, 3.0]])
>>> xp.linalg.det(x), xp.linalg.solve(x, xp.asarray([2.0, 4.0])), xp.linalg.matrix_norm(x)
(Array(6., dtype=float64), Array([1., 1.], dtype=float64), Array(3.74165739, dtype=float64))
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import int64
from eagernb.core.shape import broadcast_dims
from eagernb.core.static import static_int, static_shape
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.numpy.array import gives_arrays
from eagernb.numpy.manipulation import moveaxis
from eagernb.numpy.norms import matrix_norm, vector_norm
from eagernb.numpy.products import matmul, matrix_transpose, tensordot, vecdot
from eagernb.numpy.promotion import promoted, tensor, wide_floats
from eagernb.numpy.statistics import sum as summed
from eagernb.ops import broadcasting, determinants, eigen
from eagernb.ops import cholesky as choleskys
from eagernb.ops import matmul as products
from eagernb.ops import qr as qrs
from eagernb.ops import shape as shapes
from eagernb.ops import solve as solving
from eagernb.ops import svd as svds
from eagernb.ops.casting import cast
from eagernb.ops.compare import greater
from eagernb.ops.complex import real
from eagernb.ops.gather import take
from eagernb.ops.joining import stack
from eagernb.ops.pinv import PINV
from eagernb.ops.reduce import reduce_max, reduce_sum

__all__ = [
    "cholesky", "cross", "det", "diagonal", "eigh", "eigvalsh", "inv", "matmul", "matrix_norm", "matrix_power",
    "matrix_rank", "matrix_transpose", "outer", "pinv", "qr", "slogdet", "solve", "svd", "svdvals", "tensordot",
    "trace", "vecdot", "vector_norm",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


class EighResult(NamedTuple):
    """What ``eigh`` gives."""

    eigenvalues: Tensor
    eigenvectors: Tensor


class QRResult(NamedTuple):
    """What ``qr`` gives: x = Q R."""

    Q: Tensor
    R: Tensor


class SlogdetResult(NamedTuple):
    """What ``slogdet`` gives: the determinant is sign * exp(logabsdet)."""

    sign: Tensor
    logabsdet: Tensor


class SVDResult(NamedTuple):
    """What ``svd`` gives: x = U diag(S) Vh."""

    U: Tensor
    S: Tensor
    Vh: Tensor


def _matrix(x: Any) -> Tensor:
    return wide_floats(x)[0]


@gives_arrays
def cholesky(x: Any, /, *, upper: bool = False) -> Tensor:
    """The lower triangular L with L L^H = x, of positive definite matrices; or the upper one, L^H."""
    lower = choleskys.cholesky(_matrix(x))
    return shapes.adjoint(lower) if upper else lower


@gives_arrays
def cross(x1: Any, x2: Any, /, *, axis: int = -1) -> Tensor:
    """The cross product of vectors of three elements along an axis; the other axes broadcast."""
    a, b = (moveaxis(x, axis, -1) for x in promoted(x1, x2))
    if a._dims[-1] != 3 or b._dims[-1] != 3:
        raise ValueError(f"cross: axis {axis} must have size 3, not {a._dims[-1]} and {b._dims[-1]}.")
    (a0, a1, a2), (b0, b1, b2) = ([x[..., i] for i in range(3)] for x in (a, b))
    return moveaxis(stack([a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0], axis=-1), -1, axis)


@gives_arrays
def det(x: Any, /) -> Tensor:
    """The determinant of square matrices."""
    return determinants.det(_matrix(x))


@gives_arrays
def diagonal(x: Any, /, *, offset: int = 0) -> Tensor:
    """The elements on a diagonal of matrices: above the main one for a positive offset."""
    return _diagonal(tensor(x), offset)


def _diagonal(x: Tensor, offset: int) -> Tensor:
    if len(x._dims) < 2:
        raise ValueError(f"diagonal needs matrices, not shape {x.shape}.")
    *batch, rows, columns = static_shape(x._dims, "the shape of the matrix")
    positions = np.diagonal(np.arange(rows * columns).reshape(rows, columns), offset)
    return take(shapes.reshape(x, [*batch, rows * columns]), EagerTensor._of(positions), len(batch))


@gives_arrays
def eigh(x: Any, /) -> EighResult:
    """The eigenvalues of symmetric (or Hermitian) matrices, the smallest first, and their vectors as columns."""
    values, vectors = eigen.eigh(_matrix(x))
    return EighResult(real(values), vectors)


@gives_arrays
def eigvalsh(x: Any, /) -> Tensor:
    """The eigenvalues of symmetric (or Hermitian) matrices, the smallest first."""
    return real(eigen.eigvalsh(_matrix(x)))


@gives_arrays
def inv(x: Any, /) -> Tensor:
    """The inverse of square matrices."""
    return solving.inv(_matrix(x))


@gives_arrays
def matrix_power(x: Any, n: int, /) -> Tensor:
    """Square matrices to a whole power: multiplied with themselves, inverted for a negative one."""
    x, power = tensor(x), static_int(n, "n")
    if power < 0:
        x, power = solving.inv(_matrix(x)), -power
    size = static_shape(x._dims[-2:], "the shape of the matrix")[0]
    result = broadcasting.broadcast_to(EagerTensor._of(np.eye(size, dtype=x.dtype.numpy)), x._dims)
    while power:  # by squaring: one product for each bit of n, one more for each bit that is set
        if power % 2:
            result = products.matmul(result, x)
        power //= 2
        x = products.matmul(x, x) if power else x
    return result


@gives_arrays
def matrix_rank(x: Any, /, *, rtol: Any = None) -> Tensor:
    """How many singular values are above ``rtol`` times the largest (by default max(m, n) times the precision)."""
    x = _matrix(x)
    values = svds.svd(x, compute_uv=False)
    (limit,) = promoted(_precision(x) if rtol is None else rtol)
    relative = shapes.expand_dims(cast(limit, values.dtype), -1)
    return reduce_sum(cast(greater(values, relative * reduce_max(values, -1, keepdims=True)), int64), -1)


def _precision(x: Tensor) -> float:
    """The rounding error to expect in singular values, relative to the largest."""
    return max(static_shape(x._dims[-2:], "the shape of the matrix")) * float(np.finfo(x.dtype.numpy).eps)


@gives_arrays
def outer(x1: Any, x2: Any, /) -> Tensor:
    """The products of each element of one vector with each of another."""
    a, b = promoted(x1, x2)
    if len(a._dims) != 1 or len(b._dims) != 1:
        raise ValueError(f"outer needs two vectors, not shapes {a.shape} and {b.shape}.")
    return shapes.expand_dims(a, 1) * b


@gives_arrays
def pinv(x: Any, /, *, rtol: Any = None) -> Tensor:
    """The pseudo-inverse; singular values up to ``rtol`` times the largest count as zero."""
    x = _matrix(x)
    (limit,) = promoted(_precision(x) if rtol is None else rtol)
    return apply(PINV, (x, cast(limit, x.dtype.real_dtype)))


@gives_arrays
def qr(x: Any, /, *, mode: str = "reduced") -> QRResult:
    """Q with orthonormal columns and upper triangular R, whose product is x; all of Q with mode="complete"."""
    if mode not in ("reduced", "complete"):
        raise ValueError(f'qr: mode is {mode!r}, not "reduced" or "complete".')
    return QRResult(*qrs.qr(_matrix(x), full_matrices=mode == "complete"))


@gives_arrays
def slogdet(x: Any, /) -> SlogdetResult:
    """The sign of the determinant, and the logarithm of its absolute value."""
    sign, log = determinants.slogdet(_matrix(x))
    return SlogdetResult(sign, cast(log, sign.dtype.real_dtype))


@gives_arrays
def solve(x1: Any, x2: Any, /) -> Tensor:
    """The solution y of x1 y = x2; a vector if x2 is one. Batches broadcast."""
    a, b = wide_floats(x1, x2)
    vector = len(b._dims) == 1
    b = shapes.expand_dims(b, 1) if vector else b
    batch = broadcast_dims(a._dims[:-2], b._dims[:-2])
    a, b = (broadcasting.broadcast_to(x, (*batch, *x._dims[-2:])) for x in (a, b))
    solution = solving.solve(a, b)
    return shapes.squeeze(solution, -1) if vector else solution


@gives_arrays
def svd(x: Any, /, *, full_matrices: bool = True) -> SVDResult:
    """U, the singular values S, the largest first, and V^H, whose product is x."""
    s, u, v = svds.svd(_matrix(x), full_matrices)
    return SVDResult(u, s, shapes.adjoint(v))


@gives_arrays
def svdvals(x: Any, /) -> Tensor:
    """The singular values, the largest first."""
    return svds.svd(_matrix(x), compute_uv=False)


@gives_arrays
def trace(x: Any, /, *, offset: int = 0, dtype: Any = None) -> Tensor:
    """The sum of a diagonal of matrices."""
    return summed(_diagonal(tensor(x), offset), axis=-1, dtype=dtype)
