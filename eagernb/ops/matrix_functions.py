"""Functions of matrices: exponential, logarithm, square root.

>>> import eagernb as tf
>>> tf.linalg.expm([[0.0, 1.0], [0.0, 0.0]]).numpy()
array([[1., 1.],
       [0., 1.]], dtype=float32)
>>> tf.linalg.sqrtm([[4.0, 0.0], [0.0, 9.0]]).numpy()
array([[2., 0.],
       [0., 3.]], dtype=float32)
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import COMPLEX
from eagernb.core.late import sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.tensor import Tensor
from eagernb.ops.creation import zeros_like
from eagernb.ops.joining import concat
from eagernb.ops.matrix_specs import LAPACK, batches, cubic, square, square_like
from eagernb.ops.shape import adjoint


def _one_by_one(function: Callable[[Any], Any], x: Any) -> Any:
    """SciPy's function of each matrix; NaN where there is none of the same dtype."""
    square(x.shape)
    result = np.full_like(x, np.nan)
    for index in batches(x) if x.size else ():
        if np.isfinite(x[index]).all():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about singular matrices: they give NaN, as elsewhere
                value = function(x[index])
            if x.dtype.kind == "c" or _is_real(value):
                result[index] = value if x.dtype.kind == "c" else value.real
    return result


def _is_real(x: Any) -> Any:
    """Whether the imaginary parts are none, or rounding errors: some versions of SciPy leave them."""
    return np.abs(x.imag).max() <= 1e3 * np.finfo(x.dtype).eps * np.abs(x).max()


def _rule(function: Callable[[Any], Tensor]) -> Rule:
    """The gradient of a function of matrices, by the function itself: of [[X^H, G], [0, X^H]], the upper right block.

    See Nicholas Higham, "Functions of Matrices" (2008), theorem 3.6.
    """

    def rule(g: Tensor, x: Tensor) -> Tensor:
        x_h = adjoint(x)
        blocks = concat([concat([x_h, g], -1), concat([zeros_like(x_h), x_h], -1)], -2)
        n = sizes_of(x)[-1]
        return function(blocks)[..., :n, n:]

    return Rule.of(rule)


def _expm_kernel(x: Any) -> Any:
    from scipy.linalg import expm

    return _one_by_one(expm, x)


EXPM = register(
    Op("expm", ("x",), _expm_kernel, square_like, rules=(_rule(lambda x: expm(x)),), label="expm", family="linalg",
       dtypes=LAPACK, typed=(0,), flops=cubic(20))
)  # fmt: skip


def expm(input: Any, name: str | None = None) -> Tensor:
    """The exponential of square matrices, I + A + A A / 2! + ...; NaN where an element is not finite.

    Its values are SciPy's (scaling and squaring: Al-Mohy and Higham, 2009), its gradient is by the exponential of a
    block matrix (Higham, "Functions of Matrices", 2008, theorem 3.6). The shape stays. ShapeError unless the last two
    axes have one size, ValueError for integers.

    >>> expm([[0.0, 1.0], [0.0, 0.0]]).numpy()
    array([[1., 1.],
           [0., 1.]], dtype=float32)
    """
    x = convert_to_tensor(input)
    if not x.dtype.is_differentiable:
        raise ValueError(f"expm: the matrix must be of floats or complex numbers, not {x.dtype.name}.")
    return apply(EXPM, (x,))


def _logm_kernel(x: Any) -> Any:
    from scipy.linalg import logm

    return _one_by_one(logm, x)


LOGM = register(
    Op("logm", ("x",), _logm_kernel, square_like, rules=(_rule(lambda x: logm(x)),), label="logm", family="linalg",
       dtypes=COMPLEX, typed=(0,), flops=cubic(50))
)  # fmt: skip


def logm(input: Any, name: str | None = None) -> Tensor:
    """The principal logarithm of complex square matrices: the matrix whose exponential they are.

    Its eigenvalues have imaginary parts in (-pi, pi]. A singular matrix has none. Values are SciPy's, the gradient is
    found as for ``expm``. The shape [..., n, n] stays. DTypeError for what is not complex, ShapeError for matrices that
    are not square.

    >>> logm([[1.0 + 0j, 0.0], [0.0, 1.0]]).numpy()
    array([[0.+0.j, 0.+0.j],
           [0.+0.j, 0.+0.j]])
    """
    return apply(LOGM, (input,))


def _sqrtm_kernel(x: Any) -> Any:
    from scipy.linalg import sqrtm

    return _one_by_one(sqrtm, x)


SQRTM = register(
    Op("sqrtm", ("x",), _sqrtm_kernel, square_like, rules=(_rule(lambda x: sqrtm(x)),), label="sqrtm", family="linalg",
       dtypes=LAPACK, typed=(0,), flops=cubic(28))
)  # fmt: skip


def sqrtm(input: Any, name: str | None = None) -> Tensor:
    """The principal square root of square matrices, with S S = A; NaN for a real matrix without a real one.

    Values are SciPy's, the gradient is found as for ``expm``. (Of complex matrices the gradient is the conjugate of the
    derivative, as everywhere; TensorFlow 2.21 forgets to conjugate the root in it.) The shape [..., n, n] stays.
    ShapeError for matrices that are not square, DTypeError for integers.

    >>> sqrtm([[4.0, 0.0], [0.0, 9.0]]).numpy()
    array([[2., 0.],
           [0., 3.]], dtype=float32)
    """
    return apply(SQRTM, (input,))
