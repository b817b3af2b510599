"""What operators do with the tensors that they hold or are given."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any

from eagernb.core.apply import scalar_like
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import complex64, complex128, float64
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.ops.casting import cast
from eagernb.ops.diagonals import diag_part
from eagernb.ops.exponential import log
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import adjoint, expand_dims


def held(value: Any, name: str, rank: int) -> Any:
    """A tensor to hold, of at least this rank (else ValueError); a variable as it is, to be read when it is needed."""
    tensor = value if isinstance(value, Variable) else convert_to_tensor(value)
    if tensor.shape.rank is not None and tensor.shape.rank < rank:
        raise ValueError(f"Argument {name} must have at least {rank} dimensions. Found: {tensor!r}")
    return tensor


def adjoined(x: Any, wanted: bool) -> Any:
    """The adjoint of an argument, where ``adjoint_arg`` asks for it."""
    return adjoint(x) if wanted else x


def column(x: Any) -> Tensor:
    """Vectors [..., n] as matrices of one column [..., n, 1]."""
    return expand_dims(x, -1)


def as_complex(x: Any) -> Tensor:
    """The numbers as complex ones of the same precision."""
    x = convert_to_tensor(x)
    return x if x.dtype.is_complex else cast(x, complex128 if x.dtype == float64 else complex64)


def twice_log_of_diagonal(factor: Tensor) -> Tensor:
    """The logarithm of det(L L^H), of a Cholesky factor L."""
    return scalar_like(2, factor) * reduce_sum(log(diag_part(factor)), axis=[-1])


def sum_of_logarithms(operators: Any) -> Any:
    """The logarithm of the product of the determinants' absolute values.

    Some kinds give a real number where the operator is complex, as in TensorFlow: all are brought to its dtype.
    """
    return reduce(add, (cast(operator.log_abs_determinant(), operator.dtype) for operator in operators))


def held_operators(operators: Any) -> list[Any]:
    """The list of operators that another one is made of.

    Raises ValueError for an empty one, TypeError for what is no list, and for different dtypes.
    """
    if not isinstance(operators, Iterable) or is_dense_tensor(operators):
        raise TypeError(f"Expected a list of operators. Found: {operators!r}")
    found = list(operators)
    if not found:
        raise ValueError(f"Expected a non-empty list of operators. Found: {operators!r}")
    if any(operator.dtype != found[0].dtype for operator in found):
        pairs = "   ".join(str((operator.name, operator.dtype.name)) for operator in found)
        raise TypeError(f"Expected all operators to have the same dtype. Found {pairs}")
    return found
