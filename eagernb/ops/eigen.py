"""Eigenvalues and eigenvectors.

>>> import eagernb as tf
>>> e, v = tf.linalg.eigh([[2.0, 1.0], [1.0, 2.0]])
>>> e.numpy().round(4)
array([1., 3.], dtype=float32)
>>> tf.linalg.eigvals([[0.0, -1.0], [1.0, 0.0]]).numpy()
array([0.+1.j, 0.-1.j], dtype=complex64)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.casting import cast
from eagernb.ops.complex import complex, conj, real
from eagernb.ops.creation import zeros_like
from eagernb.ops.diagonals import diag, diag_part, lower_half
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_specs import LAPACK, cubic, square
from eagernb.ops.shape import adjoint
from eagernb.ops.solve import solve
from eagernb.ops.svd import gaps
from eagernb.ops.where import boolean_mask


def _finite(x: Any) -> Any:
    if not np.isfinite(x).all():
        raise ValueError("the matrix holds NaN or infinity, so that it has no eigenvalues")
    return x


def _to_lower_triangle(g: Tensor) -> Tensor:
    """The gradient of the elements that stand for themselves and for their mirror image."""
    return lower_half(g + adjoint(g))


def _values_infer(x: TensorSpec) -> TensorSpec:
    return TensorSpec([*x.dims[:-2], square(x.dims)], x.dtype)


def _vectors_infer(x: TensorSpec) -> tuple[TensorSpec, TensorSpec]:
    n = square(x.dims)
    return _values_infer(x), TensorSpec([*x.dims[:-2], n, n], x.dtype)


def _eigh_kernel(x: Any) -> Any:
    e, v = np.linalg.eigh(_finite(x))
    return e.astype(x.dtype), v


def _eigh_rule(g: Any, out: Any) -> Tensor:
    """V (dE + F ∘ (V^H dV)) V^H, F holding 1 / (e_j - e_i), brought to the lower triangle: only that is read."""
    (de, dv), (e, v) = g, out
    inner = diag(de) + gaps(e) * matmul(v, dv, adjoint_a=True)
    return _to_lower_triangle(matmul(v, matmul(inner, v, adjoint_b=True)))


EIGH = register(
    Op("eigh", ("x",), _eigh_kernel, _vectors_infer, rules=(Rule.of(_eigh_rule),), label="eigh", family="linalg",
       dtypes=LAPACK, typed=(0,), multiple=True, flops=cubic(9))
)  # fmt: skip


def eigh(tensor: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """e and v with A v = v diag(e), for Hermitian matrices A [..., n, n], of which only the lower triangle is read.

    The eigenvalues e [..., n] are sorted, the smallest first; the columns of v [..., n, n] are orthonormal, and
    determined but for their signs. The gradient is that of Mike Giles, "An extended collection of matrix derivative
    results for forward and reverse mode algorithmic differentiation" (2008), section 3.1; equal eigenvalues count as
    far apart in it. ShapeError for matrices that are not square, DTypeError for integers, InvalidArgumentError for NaN
    and infinities.

    >>> e, v = eigh([[2.0, 1.0], [1.0, 2.0]])
    >>> e.numpy().round(4), abs(v.numpy()).round(4)
    (array([1., 3.], dtype=float32), array([[0.7071, 0.7071],
           [0.7071, 0.7071]], dtype=float32))
    """
    return apply(EIGH, (tensor,))


def _eigvalsh_rule(g: Tensor, x: Tensor) -> Tensor:
    _, v = eigh(x)
    return _to_lower_triangle(matmul(v, matmul(diag(g), v, adjoint_b=True)))


EIGVALSH = register(
    Op("eigvalsh", ("x",), lambda x: np.linalg.eigvalsh(_finite(x)).astype(x.dtype), _values_infer,
       rules=(Rule.of(_eigvalsh_rule),), label="eigvalsh", family="linalg", dtypes=LAPACK, typed=(0,),
       flops=cubic(4 / 3))
)  # fmt: skip


def eigvalsh(tensor: Any, name: str | None = None) -> Tensor:
    """The eigenvalues of ``eigh`` alone.

    Of matrices [..., n, n], they are [..., n]; errors as for ``eigh``.

    >>> eigvalsh([[2.0, 1.0], [1.0, 2.0]]).numpy().round(4)
    array([1., 3.], dtype=float32)
    """
    return apply(EIGVALSH, (tensor,))


def _complexes(x: TensorSpec) -> TensorSpec:
    return TensorSpec(x.shape, as_dtype(np.result_type(x.dtype.numpy, np.complex64)))


def _eig_gradient(inner: Tensor, v: Tensor, like_x: Any) -> Tensor:
    result = solve(v, matmul(inner, v, adjoint_b=True), adjoint=True)
    return result if like_x.dtype.is_complex else real(result)


def _eig_kernel(x: Any) -> Any:
    e, v = np.linalg.eig(_finite(x))
    wanted = np.result_type(x.dtype, np.complex64)
    return e.astype(wanted), v.astype(wanted)


def _eig_rule(g: Any, like_x: Any, out: Any) -> Tensor:
    """V^-H (dE + conj(F) ∘ (W - V^H V diag(Re W))) V^H, W = V^H dV, and F holding 1 / (e_j - e_i).

    The term with Re W keeps the vectors at length one.
    """
    (de, dv), (e, v) = g, out
    w = matmul(v, dv, adjoint_a=True)
    lengths = real(diag_part(w))
    kept = matmul(matmul(v, v, adjoint_a=True), diag(complex(lengths, zeros_like(lengths))))
    return _eig_gradient(diag(de) + conj(gaps(e)) * (w - kept), v, like_x)


EIG = register(
    Op("eig", ("x",), _eig_kernel, lambda x: tuple(map(_complexes, _vectors_infer(x))),
       rules=(Rule.of(_eig_rule),), label="eig", family="linalg", dtypes=LAPACK, typed=(0,), multiple=True,
       flops=cubic(25))
)  # fmt: skip


def eig(tensor: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """e and v with A v = v diag(e), for any square matrices A [..., n, n]; both are complex, in no particular order.

    The columns of v have length one. The gradient is that of Boeddeker, Hanebrink, Drude, Heymann and Haeb-Umbach, "On
    the computation of complex-valued gradients with application to statistically optimum beamforming" (2017), 4.77.
    ShapeError for matrices that are not square, DTypeError for integers, InvalidArgumentError for NaN and infinities.

    >>> e, v = eig([[2.0, 0.0], [0.0, 3.0]])
    >>> e.numpy()
    array([2.+0.j, 3.+0.j], dtype=complex64)
    """
    return apply(EIG, (tensor,))


def _eigvals_rule(g: Tensor, x: Tensor) -> Tensor:
    _, v = eig(x)
    return _eig_gradient(diag(g), v, x)


EIGVALS = register(
    Op("eigvals", ("x",), lambda x: np.linalg.eigvals(_finite(x)).astype(np.result_type(x.dtype, np.complex64)),
       lambda x: _complexes(_values_infer(x)), rules=(Rule.of(_eigvals_rule),), label="eigvals", family="linalg",
       dtypes=LAPACK, typed=(0,), flops=cubic(10))
)  # fmt: skip


def eigvals(tensor: Any, name: str | None = None) -> Tensor:
    """The eigenvalues of ``eig`` alone.

    Of matrices [..., n, n], they are [..., n]; errors as for ``eig``.

    >>> eigvals([[0.0, -1.0], [1.0, 0.0]]).numpy().round(4) + 0.0  # a quarter of a turn
    array([0.+1.j, 0.-1.j], dtype=complex64)
    """
    return apply(EIGVALS, (tensor,))


def eigh_tridiagonal(
    alpha: Any, beta: Any, eigvals_only: bool = True, select: str = "a", select_range: Any = None, tol: Any = None,
    name: str | None = None,
) -> Any:  # fmt: skip
    """The eigenvalues of the Hermitian matrix with diagonal ``alpha`` [n] and upper diagonal ``beta`` [n - 1], sorted.

    ``select="i"`` keeps those with the positions ``select_range`` (both included), "v" those in the interval (min,
    max]. With ``eigvals_only=False`` the eigenvectors [n, k] come second. The imaginary part of ``alpha`` is not read;
    ``tol`` changes nothing: the precision is always that of the dtype. ValueError for another ``select`` and for two
    dtypes, InvalidArgumentError for an empty range.

    >>> eigh_tridiagonal([2.0, 2.0], [1.0]).numpy().round(4)
    array([1., 3.], dtype=float32)
    """
    alpha = convert_to_tensor(alpha)
    (n,) = static_ints(alpha._dims, "the shape of alpha")
    if n <= 1:
        return real(alpha)
    beta = convert_to_tensor(beta)
    if alpha.dtype != beta.dtype:
        raise ValueError(f"eigh_tridiagonal: alpha is {alpha.dtype.name}, but beta {beta.dtype.name}.")
    if select not in ("a", "i", "v"):
        raise ValueError(f"eigh_tridiagonal: select must be 'a', 'i' or 'v', not {select!r}.")
    dense = diag(cast(real(alpha), alpha.dtype)) + diag(conj(beta), k=-1)  # eigh reads no more
    e, v = eigh(dense)
    e = real(e)
    if select != "a":
        low, high = select_range
        if low > high or (select == "v" and low == high):
            raise InvalidArgumentError(f"eigh_tridiagonal: select_range {select_range} is empty.")
        if select == "i":
            e, v = e[low : high + 1], v[:, low : high + 1]
        else:
            inside = (e > low) & (e <= high)
            e, v = boolean_mask(e, inside), boolean_mask(v, inside, axis=1)
    return e if eigvals_only else (e, v)
