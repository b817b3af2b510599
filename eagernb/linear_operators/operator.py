"""LinearOperator: a matrix that is known by what it does, in batches, and the dense way of doing it.

Every method has a default that goes through ``matmul`` or ``to_dense``. A subclass overrides what its structure makes
cheaper: that is all there is to a structured operator.
"""

from __future__ import annotations

import logging
from abc import ABCMeta, abstractmethod
from typing import Any, ClassVar

import numpy as np

from eagernb.core.apply import scalar_like
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import as_dtype
from eagernb.core.matrix_free import MatrixFree
from eagernb.core.shape import TensorShape
from eagernb.core.tensor import Tensor
from eagernb.linear_operators import hints
from eagernb.linear_operators.operands import adjoined, twice_log_of_diagonal
from eagernb.linear_operators.sizes import Sizes, as_tensor, known, sizes
from eagernb.linear_operators.systems import solve_in_batch
from eagernb.linear_operators.value import OperatorValue
from eagernb.modules.module import Module
from eagernb.ops.arithmetic import abs
from eagernb.ops.assertions import assert_equal, assert_less, assert_positive
from eagernb.ops.cholesky import cholesky, cholesky_solve
from eagernb.ops.complex import real
from eagernb.ops.creation import eye
from eagernb.ops.determinants import det, slogdet
from eagernb.ops.diagonals import diag_part
from eagernb.ops.eigen import eigvalsh
from eagernb.ops.exponential import exp
from eagernb.ops.reduce import reduce_max, reduce_min, reduce_sum
from eagernb.ops.shape import adjoint, expand_dims, squeeze
from eagernb.ops.svd import svd

_log = logging.getLogger("eagernb")


class LinearOperator(Module, OperatorValue, MatrixFree, metaclass=ABCMeta):
    """Base of the operators: matrices [..., m, n], the axes before the last two being batches, which broadcast.

    To make one, give ``_shape`` and ``_matmul(x, adjoint=False, adjoint_arg=False)``; where sizes may be unknown
    while a graph is traced, ``_shape_tensor`` as well. Every other method then works, through the dense matrix, and may
    be given a cheaper form under its name with an underscore before it: ``_solve``, ``_determinant``,
    ``_log_abs_determinant``, ``_diag_part``, ``_trace``, ``_to_dense``, ``_eigvals``, ``_cond``, ...

    The hints ``is_non_singular``, ``is_self_adjoint``, ``is_positive_definite`` and ``is_square`` are promises of the
    user, which choose the algorithm and are not checked (``assert_self_adjoint()`` and its like do); None promises
    nothing. Those that contradict one another raise ValueError. ``parameters`` are the arguments of the subclass.

    >>> import eagernb as tf
    >>> class Difference(tf.linalg.LinearOperator):
    ...     def __init__(self, n):
    ...         self.n = n
    ...         super().__init__(dtype=tf.float32, is_square=True, parameters={"n": n})
    ...     def _shape(self):
    ...         return tf.TensorShape([self.n, self.n])
    ...     def _matmul(self, x, adjoint=False, adjoint_arg=False):
    ...         x = tf.linalg.adjoint(x) if adjoint_arg else x
    ...         return x - tf.roll(x, -1 if adjoint else 1, axis=-2)
    >>> operator = Difference(3)
    >>> operator.matvec([1.0, 4.0, 9.0]).numpy(), operator.to_dense().numpy()
    (array([-8.,  3.,  5.], dtype=float32),
     array([[ 1.,  0., -1.],
            [-1.,  1.,  0.],
            [ 0., -1.,  1.]], dtype=float32))
    """

    # The arguments that hold the elements, and how many of the last axes of each (or of each one's in a list) belong to
    # a matrix; those before are batches. Other operators have 0.
    _axes: ClassVar[dict[str, Any]] = {}

    def __init__(
        self, dtype: Any, graph_parents: Any = None, is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None, is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str | None = None, parameters: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        is_non_singular = hints.always_if(
            is_positive_definite, is_non_singular, "A positive definite matrix is always non-singular."
        )
        is_square = hints.always_if(is_non_singular, is_square, "A non-singular matrix is always square.")
        is_square = hints.always_if(is_self_adjoint, is_square, "A self-adjoint matrix is always square.")
        for i, parent in enumerate(graph_parents or []):
            if not is_dense_tensor(parent):
                raise ValueError(f"Graph parent item {i} is not a Tensor; {parent}.")
        self._graph_parents = list(graph_parents or [])
        self._dtype = dtype if dtype is None else as_dtype(dtype)
        self._is_non_singular, self._is_self_adjoint = is_non_singular, is_self_adjoint
        self._is_positive_definite, self._is_square = is_positive_definite, is_square
        self._parameters = dict(parameters or {})
        self._name = name or type(self).__name__

    # What it is

    @property
    def parameters(self) -> dict[str, Any]:
        """The arguments that it was made of."""
        return dict(self._parameters)

    @property
    def dtype(self) -> Any:
        """That of its elements, and of what it takes and gives."""
        return self._dtype

    @property
    def graph_parents(self) -> list[Any]:
        """The tensors that were given as ``graph_parents``: kept for old programs."""
        return self._graph_parents

    @property
    def is_non_singular(self) -> bool | None:
        """Whether it has an inverse, as far as that was promised."""
        return self._is_non_singular

    @property
    def is_self_adjoint(self) -> bool | None:
        """Whether A = A^H, as far as that was promised or follows."""
        return self._is_self_adjoint

    @property
    def is_positive_definite(self) -> bool | None:
        """Whether x^H A x has a positive real part for all x but 0, as far as that was promised or follows."""
        return self._is_positive_definite

    @property
    def is_square(self) -> bool | None:
        """Whether there are as many rows as columns; ValueError if the hint is False and there are."""
        rows, columns = self.range_dimension, self.domain_dimension
        found = None if rows is None or columns is None else rows == columns
        if self._is_square is False and found:
            raise ValueError("User set is_square hint to False, but the operator was square.")
        return found if self._is_square is None else self._is_square

    @property
    def shape(self) -> TensorShape:
        """The shape of the matrices, batches first; None for what is known later."""
        return self._shape()

    @property
    def batch_shape(self) -> TensorShape:
        """The shape without its last two dimensions."""
        return self.shape[:-2]

    @property
    def tensor_rank(self) -> int | None:
        """The rank of the dense form: that of the batch, and 2."""
        return self.shape.rank

    @property
    def domain_dimension(self) -> int | None:
        """The number of columns: the length of the vectors that it takes."""
        return self.shape[-1]

    @property
    def range_dimension(self) -> int | None:
        """The number of rows: the length of the vectors that it gives."""
        return self.shape[-2]

    def shape_tensor(self, name: str = "shape_tensor") -> Tensor:
        """The shape as a vector of int32, with the sizes that are known only when a graph runs."""
        return as_tensor(self._sizes())

    def batch_shape_tensor(self, name: str = "batch_shape_tensor") -> Tensor:
        """The shape of the batch as a vector of int32."""
        return as_tensor(self._sizes()[:-2])

    def tensor_rank_tensor(self, name: str = "tensor_rank_tensor") -> Tensor:
        """The rank of the dense form as a tensor."""
        return convert_to_tensor(self.tensor_rank)

    def domain_dimension_tensor(self, name: str = "domain_dimension_tensor") -> Tensor:
        """The number of columns as a tensor."""
        return convert_to_tensor(self._sizes()[-1])

    def range_dimension_tensor(self, name: str = "range_dimension_tensor") -> Tensor:
        """The number of rows as a tensor."""
        return convert_to_tensor(self._sizes()[-2])

    def _sizes(self) -> Sizes:
        """The shape, with symbols for what is known later. A subclass gives this, or ``_shape``."""
        if type(self)._shape is LinearOperator._shape:
            raise NotImplementedError("_shape is not implemented.")
        shape = self._shape()
        if shape.is_fully_defined():
            return tuple(shape)
        found = self._shape_tensor()
        return tuple(found[i] if d is None else d for i, d in enumerate(shape))

    def _shape(self) -> TensorShape:
        return known(self._sizes())

    def _shape_tensor(self) -> Tensor:
        if type(self)._sizes is LinearOperator._sizes:
            raise NotImplementedError("_shape_tensor is not implemented.")
        return as_tensor(self._sizes())

    # Products

    def __matmul__(self, other: Any) -> Any:
        return self.matmul(other)

    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """The product A X with matrices [..., n, k], or with another operator, which gives an operator.

        With ``adjoint`` A^H stands for A, with ``adjoint_arg`` X^H for X. ValueError for other sizes, TypeError for
        another dtype.
        """
        if isinstance(x, LinearOperator):
            left, right = self._operands(x, adjoint, adjoint_arg)
            return left._product(right)
        return self._matmul(
            self._argument(x, self._columns(adjoint), -1 if adjoint_arg else -2), adjoint=adjoint,
            adjoint_arg=adjoint_arg,
        )  # fmt: skip

    def matvec(self, x: Any, adjoint: bool = False, name: str = "matvec") -> Any:
        """The product A x with vectors [..., n]; with ``adjoint``, A^H x."""
        return self._matvec(self._argument(x, self._columns(adjoint), -1), adjoint=adjoint)

    @abstractmethod
    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        """The product with matrices that have been checked."""

    def _matvec(self, x: Any, adjoint: bool = False) -> Any:
        return squeeze(self.matmul(expand_dims(x, -1), adjoint=adjoint), -1)

    def _product(self, right: LinearOperator) -> LinearOperator:
        """The product with an operator. A subclass does better for those whose structure goes with its own."""
        from eagernb.linear_operators.products import composed

        return composed(self, right)

    # Systems of equations

    def solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "solve") -> Any:
        """X in A X = B for matrices B [..., n, k], or for an operator, which gives an operator.

        With ``adjoint`` A^H stands for A, with ``adjoint_arg`` B^H for B. NotImplementedError for an operator whose
        hints say that it is singular or not square, ValueError for other sizes, TypeError for another dtype.
        """
        self._check_solvable()
        if isinstance(rhs, LinearOperator):
            left, right = self._operands(rhs, adjoint, adjoint_arg)
            return left._quotient(right)
        return self._solve(
            self._argument(rhs, self._columns(not adjoint), -1 if adjoint_arg else -2), adjoint=adjoint,
            adjoint_arg=adjoint_arg,
        )  # fmt: skip

    def solvevec(self, rhs: Any, adjoint: bool = False, name: str = "solve") -> Any:
        """x in A x = b for vectors b [..., n]; with ``adjoint``, in A^H x = b."""
        return self._solvevec(self._argument(rhs, self._columns(not adjoint), -1), adjoint=adjoint)

    def _check_solvable(self) -> None:
        if self.is_non_singular is False:
            raise NotImplementedError("Exact solve not implemented for an operator that is expected to be singular.")
        if self.is_square is False:
            raise NotImplementedError("Exact solve not implemented for an operator that is expected to not be square.")

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        self._warn_of_default("solve")
        return self._dense_solve(rhs, adjoint, adjoint_arg)

    def _dense_solve(self, rhs: Any, adjoint: bool, adjoint_arg: bool) -> Tensor:
        rhs = adjoined(rhs, adjoint_arg)
        if self._can_use_cholesky():
            return cholesky_solve(cholesky(self.to_dense()), rhs)
        return solve_in_batch(convert_to_tensor(self.to_dense()), rhs, adjoint)

    def _solvevec(self, rhs: Any, adjoint: bool = False) -> Any:
        return squeeze(self.solve(expand_dims(rhs, -1), adjoint=adjoint), -1)

    def _quotient(self, right: LinearOperator) -> LinearOperator:
        """A^-1 times an operator. A subclass does better for those whose structure goes with its own."""
        from eagernb.linear_operators.products import solved

        return solved(self, right)

    # Other operators

    def adjoint(self, name: str = "adjoint") -> LinearOperator:
        """The operator A^H; itself where the hint says that it is self-adjoint."""
        return self if self.is_self_adjoint is True else self._adjoint()

    H = property(adjoint)

    def inverse(self, name: str = "inverse") -> LinearOperator:
        """The operator A^-1; ValueError where the hints say that there is none."""
        if self.is_square is False:
            raise ValueError("Cannot take the Inverse: This operator represents a non square matrix.")
        if self.is_non_singular is False:
            raise ValueError("Cannot take the Inverse: This operator represents a singular matrix.")
        return self._inverse()

    def cholesky(self, name: str = "cholesky") -> LinearOperator:
        """The lower triangular operator L with L L^H = A; ValueError unless the hints say that there is one."""
        if not self._can_use_cholesky():
            raise ValueError("Cannot take the Cholesky decomposition: Not a positive definite self adjoint matrix.")
        return self._cholesky()

    def _adjoint(self) -> LinearOperator:
        from eagernb.linear_operators.adjoint import LinearOperatorAdjoint

        return LinearOperatorAdjoint(self, **hints.shared(self))

    def _inverse(self) -> LinearOperator:
        from eagernb.linear_operators.inversion import LinearOperatorInversion

        return LinearOperatorInversion(self, **hints.shared(self))

    def _cholesky(self) -> LinearOperator:
        from eagernb.linear_operators.lower_triangular import LinearOperatorLowerTriangular

        factor = cholesky(self.to_dense())
        return LinearOperatorLowerTriangular(factor, is_non_singular=True, is_self_adjoint=False, is_square=True)

    def _can_use_cholesky(self) -> bool:
        return bool(self.is_self_adjoint and self.is_positive_definite)

    # Elements and numbers

    def to_dense(self, name: str = "to_dense") -> Any:
        """The matrices themselves, [..., m, n]."""
        return self._to_dense()

    def diag_part(self, name: str = "diag_part") -> Any:
        """The main diagonals, [..., min(m, n)]."""
        return self._diag_part()

    def trace(self, name: str = "trace") -> Any:
        """The sums of the main diagonals."""
        return self._trace()

    def determinant(self, name: str = "det") -> Any:
        """The determinants; NotImplementedError for an operator that is not square."""
        self._check_square()
        return self._determinant()

    def log_abs_determinant(self, name: str = "log_abs_det") -> Any:
        """The logarithms of the absolute values of the determinants, which do not overflow."""
        self._check_square()
        return self._log_abs_determinant()

    def cond(self, name: str = "cond") -> Any:
        """The condition numbers: the largest singular value over the smallest."""
        return self._cond()

    def eigvals(self, name: str = "eigvals") -> Any:
        """The eigenvalues [..., n] of a self-adjoint operator; NotImplementedError without that hint."""
        if not self.is_self_adjoint:
            raise NotImplementedError("Only self-adjoint matrices are supported.")
        return self._eigvals()

    def add_to_tensor(self, x: Any, name: str = "add_to_tensor") -> Any:
        """A + X for matrices [..., m, n]."""
        x = convert_to_tensor(x)
        self._check_dtype(x)
        return self._add_to_tensor(x)

    def _to_dense(self) -> Any:
        *batch, _, n = self._sizes()
        return self.matmul(eye(n, batch_shape=batch, dtype=self.dtype))

    def _diag_part(self) -> Any:
        return diag_part(self.to_dense())

    def _trace(self) -> Any:
        return reduce_sum(self.diag_part(), axis=-1)

    def _determinant(self) -> Any:
        self._warn_of_default("determinant")
        return exp(self.log_abs_determinant()) if self._can_use_cholesky() else det(self.to_dense())

    def _log_abs_determinant(self) -> Any:
        self._warn_of_default("log_abs_determinant")
        if self._can_use_cholesky():
            return twice_log_of_diagonal(cholesky(self.to_dense()))
        return slogdet(self.to_dense()).log_abs_determinant

    def _logdet(self) -> Any:
        """What ``tf.linalg.logdet`` gives."""
        if not self._can_use_cholesky():
            raise ValueError("Expected matrix to be self-adjoint positive definite, by its hints.")
        return self.log_abs_determinant()

    def _cond(self) -> Any:
        values = abs(self._eigvals()) if self.is_self_adjoint else svd(self.to_dense(), compute_uv=False)
        return reduce_max(values, axis=-1) / reduce_min(values, axis=-1)

    def _eigvals(self) -> Any:
        return eigvalsh(self.to_dense())

    def _add_to_tensor(self, x: Tensor) -> Any:
        return self.to_dense() + x

    # Assertions about the elements

    def assert_non_singular(self, name: str = "assert_non_singular") -> Any:
        """InvalidArgumentError, when it runs, if a matrix is singular up to the dtype's precision."""
        return self._assert_non_singular()

    def assert_positive_definite(self, name: str = "assert_positive_definite") -> Any:
        """InvalidArgumentError, when it runs, if a matrix is not positive definite."""
        return self._assert_positive_definite()

    def assert_self_adjoint(self, name: str = "assert_self_adjoint") -> Any:
        """InvalidArgumentError, when it runs, if a matrix is not its own adjoint."""
        return self._assert_self_adjoint()

    def _assert_non_singular(self) -> Any:
        self._warn_of_default("assert_non_singular")
        if self._can_use_cholesky():
            return self.assert_positive_definite()
        values = svd(self.to_dense(), compute_uv=False)
        condition = reduce_max(values, axis=-1) / reduce_min(values, axis=-1)
        size = max(100, *(d for d in self.shape[-2:] if d is not None))
        limit = 1.0 / (size * np.finfo(self.dtype.as_numpy_dtype).eps)
        return assert_less(condition, scalar_like(limit, condition), message="Singular matrix up to precision epsilon.")

    def _assert_positive_definite(self) -> Any:
        self._warn_of_default("assert_positive_definite")
        if not self.is_self_adjoint:
            raise NotImplementedError("assert_positive_definite is not implemented.")
        factor = diag_part(cholesky(self.to_dense()))
        return assert_positive(real(factor), message="Matrix was not positive definite.")

    def _assert_self_adjoint(self) -> Any:
        self._warn_of_default("assert_self_adjoint")
        dense = self.to_dense()
        return assert_equal(dense, adjoint(dense), message="Matrix was not equal to its adjoint.")

    # Checks of arguments

    def _columns(self, adjoint: bool) -> int | None:
        return self.range_dimension if adjoint else self.domain_dimension

    def _argument(self, x: Any, size: int | None, axis: int) -> Tensor:
        """An argument as a tensor of the operator's dtype, of this size along an axis."""
        x = convert_to_tensor(x)
        self._check_dtype(x)
        rank = x.shape.rank
        if rank is not None and rank < -axis:
            raise IndexError(
                f"{self.name}: the argument has shape {x.shape}, where a matrix [..., n, k] is needed. For vectors "
                "there are matvec and solvevec."
            )
        found = x.shape[axis] if rank is not None else None
        if None not in (size, found) and size != found:
            raise ValueError(
                f"{self.name}: Dimensions {size} and {found} are not compatible: the operator has shape {self.shape}, "
                f"the argument {x.shape}."
            )
        return x

    def _check_rows(self, x: Tensor, rows: Any) -> None:
        """What ``assert_proper_shapes`` asks for: sizes that are known only when a graph runs are compared then."""
        message = f"{self.name}: the argument must have as many rows as the operator has columns."
        assert_equal(sizes(x)[-2], rows, message=message)

    def _check_dtype(self, x: Any) -> None:
        if x.dtype != self.dtype:
            raise TypeError(
                f"{self.name}: Expected argument to have dtype {self.dtype.name}. Found: {x.dtype.name} in {x!r}. Use "
                "tf.cast to convert it."
            )

    def _check_square(self) -> None:
        if self.is_square is False:
            raise NotImplementedError("Determinant not implemented for an operator that is expected to not be square.")

    def _operands(self, x: LinearOperator, adjoint: bool, adjoint_arg: bool) -> tuple[LinearOperator, LinearOperator]:
        left, right = self.adjoint() if adjoint else self, x.adjoint() if adjoint_arg else x
        wanted, found = left.domain_dimension, right.range_dimension
        if None not in (wanted, found) and wanted != found:
            raise ValueError(
                f"Operators are incompatible. Expected {right.name} to have {wanted} rows, but it has shape "
                f"{right.shape}; {left.name} has {left.shape}."
            )
        return left, right

    def _warn_of_default(self, method: str) -> None:
        _log.warning(
            "%s: Using (possibly slow) default implementation of %s. Requires conversion to a dense matrix%s.",
            self.name, method, "" if "self_adjoint" in method else " and O(N^3) operations",
        )  # fmt: skip

    # Parts of a batch

    def __getitem__(self, slices: Any) -> LinearOperator:
        from eagernb.linear_operators.slicing import batch_slice

        return batch_slice(self, slices)
