"""Circulant matrices, which the Fourier transform diagonalizes: products with them are circular convolutions.

C = F^-1 diag(spectrum) F, F being the discrete Fourier transform in one, two or three dimensions (Gene Golub and
Charles Van Loan, "Matrix Computations", 4th edition, section 4.8).

>>> import eagernb as tf
>>> kernel = tf.constant([1.0, 10.0, 100.0])
>>> spectrum = tf.signal.fft(tf.cast(kernel, tf.complex64))
>>> tf.linalg.LinearOperatorCirculant(spectrum, tf.float32).to_dense().numpy().round(3)
array([[  1., 100.,  10.],
       [ 10.,   1., 100.],
       [100.,  10.,   1.]], dtype=float32)
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype, complex64
from eagernb.core.shape import TensorShape
from eagernb.core.tensor import Tensor
from eagernb.linear_operators import hints
from eagernb.linear_operators.checks import assert_no_zeros, assert_real
from eagernb.linear_operators.operands import adjoined, as_complex, column, held
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, as_tensor, sizes
from eagernb.ops.arithmetic import abs
from eagernb.ops.assertions import assert_less, assert_positive
from eagernb.ops.casting import cast
from eagernb.ops.complex import conj, imag, real
from eagernb.ops.creation import ones
from eagernb.ops.exponential import log
from eagernb.ops.fft import fft, ifft
from eagernb.ops.reduce import reduce_max, reduce_min, reduce_prod, reduce_sum
from eagernb.ops.shape import expand_dims, matrix_transpose, reshape


class _Circulant(LinearOperator):
    """What circulant matrices of one level, of circulant blocks, and of blocks of blocks have in common."""

    _depth: int  # the number of axes of the Fourier transform

    def __init__(
        self, spectrum: Any, input_output_dtype: Any = complex64, is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None, is_positive_definite: bool | None = None, is_square: bool | None = True,
        name: str | None = None,
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        name = name or type(self).__name__
        self._spectrum = held(spectrum, "spectrum", self._depth)
        if not self._spectrum.dtype.is_complex:
            is_self_adjoint = hints.always(
                True, is_self_adjoint, "A real spectrum always corresponds to a self-adjoint operator."
            )
        is_square = hints.always(True, is_square, "A [[nested] block] circulant operator is always square.")
        super().__init__(
            as_dtype(input_output_dtype), None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name,
            parameters | {"name": name},
        )  # fmt: skip

    @property
    def spectrum(self) -> Any:
        """The eigenvalues: the Fourier transform of the first column."""
        return self._spectrum

    @property
    def block_depth(self) -> int:
        """How many axes are transformed: 1, 2 or 3."""
        return self._depth

    @property
    def block_shape(self) -> TensorShape:
        """The shape of what is transformed: the last axes of the spectrum."""
        return self._spectrum.shape[-self._depth :]

    def block_shape_tensor(self) -> Tensor:
        """``block_shape`` as a vector of int32, with the sizes that are known only when a graph runs."""
        return as_tensor(self._block_sizes())

    def convolution_kernel(self, name: str = "convolution_kernel") -> Tensor:
        """The first column, in the shape of the block: what the product convolves with."""
        return cast(ifft(as_complex(self._spectrum), self._block_axes()), self.dtype)

    def assert_hermitian_spectrum(self, name: str = "assert_hermitian_spectrum") -> Any:
        """InvalidArgumentError, when it runs, unless the matrix is real."""
        parts = abs(imag(ifft(as_complex(self._spectrum), self._block_axes())))
        limit = np.finfo(self.dtype.real_dtype.as_numpy_dtype).eps * cast(self._sizes()[-1], parts.dtype)
        return assert_less(parts, limit, message="Spectrum was not Hermitian")

    def _block_axes(self) -> tuple[int, ...]:
        return tuple(range(-self._depth, 0))

    def _block_sizes(self) -> Sizes:
        return sizes(self._spectrum)[-self._depth :]

    def _sizes(self) -> Sizes:
        given = sizes(self._spectrum)
        n: Any = 1
        for size in self._block_sizes():
            n = n * size
        return (*given[: -self._depth], n, n)

    def _flat(self, x: Any) -> Tensor:
        """Blocks [..., a, b] as vectors [..., a b]."""
        x = convert_to_tensor(x)
        return reshape(x, (*sizes(x)[: -self._depth], self._sizes()[-1]))

    def _filtered(self, x: Tensor, factors: Tensor) -> Tensor:
        """F^-1 diag(factors) F x, for the columns of x."""
        rows = matrix_transpose(cast(x, factors.dtype))
        blocks = reshape(rows, (*sizes(rows)[:-1], *self._block_sizes()))
        axes = self._block_axes()
        filtered = ifft(expand_dims(factors, -self._depth - 1) * fft(blocks, axes), axes)
        return cast(matrix_transpose(self._flat(filtered)), self.dtype)

    def _factors(self, adjoint: bool) -> Tensor:
        return conj(as_complex(self._spectrum)) if adjoint else as_complex(self._spectrum)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._filtered(adjoined(x, adjoint_arg), self._factors(adjoint))

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._filtered(adjoined(rhs, adjoint_arg), 1.0 / self._factors(adjoint))

    def _with_spectrum(self, spectrum: Any, known: dict[str, Any]) -> LinearOperator:
        return type(self)(spectrum, self.dtype, **known)

    def _product(self, right: LinearOperator) -> LinearOperator:
        if type(right) is not type(self):
            return super()._product(right)
        return self._with_spectrum(self.spectrum * right.spectrum, hints.of_commuting(self, right))

    def _quotient(self, right: LinearOperator) -> LinearOperator:
        if type(right) is not type(self):
            return super()._quotient(right)
        return self._with_spectrum(right.spectrum / self.spectrum, hints.of_commuting(self, right))

    def _adjoint(self) -> LinearOperator:
        return self._with_spectrum(conj(self.spectrum), hints.shared(self))

    def _inverse(self) -> LinearOperator:
        return self._with_spectrum(1.0 / self.spectrum, hints.shared(self))

    def _determinant(self) -> Any:
        return cast(reduce_prod(self._spectrum, axis=self._block_axes()), self.dtype)

    def _log_abs_determinant(self) -> Any:
        return cast(reduce_sum(log(abs(self._spectrum)), axis=self._block_axes()), self.dtype)

    def _trace(self) -> Any:
        return cast(reduce_sum(self._spectrum, axis=self._block_axes()), self.dtype)

    def _diag_part(self) -> Any:
        mean = self.trace() / cast(self._sizes()[-1], self.dtype)
        return column(mean) * ones(self._sizes()[:-1], self.dtype)

    def _eigvals(self) -> Any:
        return self._flat(self._spectrum)

    def _cond(self) -> Any:
        values = abs(self._flat(self._spectrum))
        return reduce_max(values, axis=-1) / reduce_min(values, axis=-1)

    def _assert_non_singular(self) -> Any:
        return assert_no_zeros(self._spectrum, "Singular operator: Spectrum contained zero values.")

    def _assert_positive_definite(self) -> Any:
        message = "Not positive definite: Real part of spectrum was not all positive."
        return assert_positive(real(self._spectrum), message=message)

    def _assert_self_adjoint(self) -> Any:
        return assert_real(self._spectrum, "Not self-adjoint: The spectrum contained non-zero imaginary part.")


class LinearOperatorCirculant(_Circulant):
    """A circulant matrix [..., n, n]: each column is the one before it, turned by one place.

    It is given by its ``spectrum`` [..., n], the Fourier transform of its first column. A product or a solution costs
    O(k n log n) for k columns, by the fast Fourier transform; the determinant O(n). It takes and gives matrices of
    ``input_output_dtype``: a real one is for spectra of real kernels (imaginary parts are dropped).

    Its adjoint and inverse, and products with its like, keep that dtype (in TensorFlow 2.21 some fall back to the
    default, complex64). ValueError for a scalar spectrum, and for ``is_self_adjoint=False`` with a real one.

    >>> operator = LinearOperatorCirculant([6.0, 2.0, 2.0], "float32")
    >>> operator.convolution_kernel().numpy().round(3), operator.solvevec([6.0, 6.0, 6.0]).numpy().round(3)
    (array([3.333, 1.333, 1.333], dtype=float32), array([1., 1., 1.], dtype=float32))
    """

    _depth = 1
    _axes: ClassVar[dict[str, Any]] = {"spectrum": 1}


class LinearOperatorCirculant2D(_Circulant):
    """A block circulant matrix [..., a b, a b] of a x a circulant blocks of size b.

    Its product is a convolution of images that wraps round at the edges. It is given by its ``spectrum`` [..., a, b],
    the two-dimensional Fourier transform of its kernel. Costs and errors are those of ``LinearOperatorCirculant``, with
    n = a b.

    >>> operator = LinearOperatorCirculant2D([[4.0, 2.0], [2.0, 2.0]], "float32")
    >>> operator.shape, float(operator.determinant())
    (TensorShape([4, 4]), 32.0)
    """

    _depth = 2
    _axes: ClassVar[dict[str, Any]] = {"spectrum": 2}


class LinearOperatorCirculant3D(_Circulant):
    """A nested block circulant matrix [..., a b c, a b c]: a convolution of volumes that wraps round at the edges.

    It is given by its ``spectrum`` [..., a, b, c], the three-dimensional Fourier transform of its kernel. Costs and
    errors are those of ``LinearOperatorCirculant``, with n = a b c.

    >>> LinearOperatorCirculant3D([[[4.0, 2.0]], [[2.0, 2.0]]], "float32").block_shape
    TensorShape([2, 1, 2])
    """

    _depth = 3
    _axes: ClassVar[dict[str, Any]] = {"spectrum": 3}
