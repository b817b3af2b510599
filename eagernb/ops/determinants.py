"""Determinants, and their logarithms.

>>> import eagernb as tf
>>> a = tf.constant([[2.0, 0.0], [1.0, -3.0]])
>>> tf.linalg.det(a).numpy(), tf.linalg.slogdet(a).sign.numpy()
(np.float32(-6.0), np.float32(-1.0))

The gradients are those of Mike Giles, "An extended collection of matrix derivative results for forward and reverse mode
algorithmic differentiation" (2008), section 2.2.4.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.matrix_free import MatrixFree
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.complex import complex, conj, imag, real
from eagernb.ops.matrix_specs import LAPACK, cubic, square
from eagernb.ops.shape import expand_dims
from eagernb.ops.solve import inv


def _number(x: TensorSpec) -> TensorSpec:
    """A number for each square matrix."""
    square(x.dims)
    return TensorSpec(x.dims[:-2], x.dtype)


def _times_inverse(factor: Tensor, x: Tensor) -> Tensor:
    """A number times A^-H, for each matrix."""
    return expand_dims(expand_dims(factor, -1), -1) * inv(x, adjoint=True)


def _det_kernel(x: Any) -> Any:
    with np.errstate(invalid="ignore"):
        return _nan_of_nan(x, np.linalg.det(x))


def _nan_of_nan(x: Any, result: Any) -> Any:
    """The result, but NaN for matrices that hold NaN: in search of a pivot LAPACK may pass it by."""
    return np.where(np.isnan(x).any((-2, -1)), x.dtype.type(np.nan), result)


DET = register(
    Op("det", ("x",), _det_kernel, _number,
       rules=(Rule.of(lambda g, x, out: _times_inverse(g * conj(out), x)),), label="det", family="linalg",
       dtypes=LAPACK, typed=(0,), flops=cubic(2 / 3))
)  # fmt: skip


def det(input: Any, name: str | None = None) -> Tensor:
    """The determinant of square matrices [..., n, n]. The gradient raises InvalidArgumentError for a singular one.

    For large matrices it overflows or underflows: use ``slogdet``. (Of complex matrices the gradient is the conjugate
    of the derivative, as everywhere; TensorFlow 2.21 forgets to conjugate the determinant in it.)

    ShapeError unless the last two axes have one size, DTypeError for integers.

    >>> float(det([[1.0, 2.0], [0.0, 4.0]]))
    4.0
    """
    return input.determinant() if isinstance(input, MatrixFree) else apply(DET, (input,))


def _slogdet_kernel(x: Any) -> Any:
    with np.errstate(invalid="ignore"):
        sign, logarithm = np.linalg.slogdet(x)
    return _nan_of_nan(x, sign), _nan_of_nan(x, logarithm).astype(x.dtype)


def _slogdet_rule(g: Any, x: Tensor, out: Any) -> Tensor:
    """The logarithm is real, and a complex sign can only turn: it changes by i Im tr(A^-1 dA) times itself."""
    factor = g[1]
    if x.dtype.is_complex:
        factor = complex(real(factor), imag(g[0] * conj(out[0])))
    return _times_inverse(factor, x)


SLOGDET = register(
    Op("slogdet", ("x",), _slogdet_kernel, lambda x: (_number(x),) * 2, rules=(Rule.of(_slogdet_rule),),
       label="slogdet", family="linalg", multiple=True,
       dtypes=LAPACK, typed=(0,), flops=cubic(2 / 3))
)  # fmt: skip


class LogMatrixDeterminant(NamedTuple):
    """The sign and the logarithm of the absolute value of a determinant."""

    sign: Tensor
    log_abs_determinant: Tensor


def slogdet(input: Any, name: str | None = None) -> LogMatrixDeterminant:
    """The sign of the determinant (for complex numbers of absolute value 1) and the logarithm of its absolute value.

    The determinant is ``sign * exp(log_abs_determinant)``; of a singular matrix they are 0 and minus infinity.
    ShapeError for matrices that are not square, DTypeError for integers.

    >>> sign, log_size = slogdet([[0.0, 1.0], [1.0, 0.0]])
    >>> float(sign), float(log_size)
    (-1.0, 0.0)
    """
    return LogMatrixDeterminant(*apply(SLOGDET, (input,)))
