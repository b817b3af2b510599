"""Operators of blocks take and give a list with a part for each block, or one tensor of all parts.

>>> import eagernb as tf
>>> blocks = [tf.linalg.LinearOperatorIdentity(1), tf.linalg.LinearOperatorDiag([2.0, 3.0])]
>>> operator = tf.linalg.LinearOperatorBlockDiag(blocks)
>>> operator.matvec([1.0, 1.0, 1.0]).numpy()
array([1., 2., 3.], dtype=float32)
>>> [part.numpy() for part in operator.matvec([tf.ones([1]), tf.ones([2])])]
[array([1.], dtype=float32), array([2., 3.], dtype=float32)]
"""

from __future__ import annotations

from functools import reduce
from operator import add, mul
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import Tensor
from eagernb.linear_operators.operands import column, sum_of_logarithms
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import in_common_batch
from eagernb.ops.joining import concat, split
from eagernb.ops.shape import adjoint, squeeze


class BlockwiseOperator(LinearOperator):
    """What operators of blocks have in common: how arguments are cut, and what the diagonal blocks tell.

    A subclass gives ``_multiplied(parts, adjoint)`` and ``_solved(parts, adjoint)``, lists to lists.
    """

    _diagonal_operators: list[LinearOperator]

    def _multiplied(self, parts: list[Any], adjoint: bool) -> list[Any]:
        raise NotImplementedError

    def _solved(self, parts: list[Any], adjoint: bool) -> list[Any]:
        raise NotImplementedError

    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """As any operator's; of a list with a part for each block, the list of the product's parts."""
        parts = self._given_parts(x, adjoint, -1 if adjoint_arg else -2)
        if parts is None:
            return super().matmul(x, adjoint, adjoint_arg)
        return self._multiplied(_adjoined(parts, adjoint_arg), adjoint)

    def matvec(self, x: Any, adjoint: bool = False, name: str = "matvec") -> Any:
        """As any operator's; of a list with a vector for each block, the list of the product's parts."""
        parts = self._given_parts(x, adjoint, -1)
        if parts is None:
            return super().matvec(x, adjoint)
        return [squeeze(part, -1) for part in self._multiplied([column(part) for part in parts], adjoint)]

    def solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "solve") -> Any:
        """As any operator's; of a list with a part for each block, the list of the solution's parts."""
        parts = self._given_parts(rhs, not adjoint, -1 if adjoint_arg else -2)
        if parts is None:
            return super().solve(rhs, adjoint, adjoint_arg)
        self._check_solvable()
        return self._solved(_adjoined(parts, adjoint_arg), adjoint)

    def solvevec(self, rhs: Any, adjoint: bool = False, name: str = "solve") -> Any:
        """As any operator's; of a list with a vector for each block, the list of the solution's parts."""
        parts = self._given_parts(rhs, not adjoint, -1)
        if parts is None:
            return super().solvevec(rhs, adjoint)
        self._check_solvable()
        return [squeeze(part, -1) for part in self._solved([column(part) for part in parts], adjoint)]

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        parts = self._cut(x, adjoint, -1 if adjoint_arg else -2)
        return concat(in_common_batch(*self._multiplied(_adjoined(parts, adjoint_arg), adjoint)), axis=-2)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        parts = self._cut(rhs, not adjoint, -1 if adjoint_arg else -2)
        return concat(in_common_batch(*self._solved(_adjoined(parts, adjoint_arg), adjoint)), axis=-2)

    def _cut(self, x: Tensor, adjoint: bool, axis: int) -> list[Tensor]:
        lengths = [block._sizes()[-2 if adjoint else -1] for block in self._diagonal_operators]
        return split(x, lengths, axis=axis)

    def _given_parts(self, x: Any, adjoint: bool, axis: int) -> list[Any] | None:
        """The parts that were given as a list; None for one tensor of all parts, or another operator.

        A list of numbers, or of lists of numbers, is what it fits. ValueError where it fits neither.
        """
        blocks = self._diagonal_operators
        if not isinstance(x, (list, tuple)) or len(x) != len(blocks):
            return None
        if not any(hasattr(part, "shape") for part in x) and not self._is_of_parts(x, adjoint, axis):
            return None
        return [
            part if isinstance(part, LinearOperator) else block._argument(part, block._columns(adjoint), axis)
            for part, block in zip(x, blocks, strict=True)
        ]

    def _is_of_parts(self, x: Any, adjoint: bool, axis: int) -> bool:
        parts = [convert_to_tensor(part) for part in x]
        if any(len(part._dims) < -axis for part in parts):
            return False
        found = [part.shape[axis] for part in parts]
        wanted = [block._columns(adjoint) for block in self._diagonal_operators]
        if found == wanted:
            return True
        if len(set(found)) == 1:  # rows of one matrix
            return False
        raise ValueError(
            f"Input dimension does not match operator dimension: the parts have {found}, the blocks {wanted}."
        )

    def _diag_part(self) -> Any:
        self._check_square_blocks("diag_part")
        return concat(in_common_batch(*(block.diag_part() for block in self._diagonal_operators), rank=1), axis=-1)

    def _eigvals(self) -> Any:
        self._check_square_blocks("eigvals")
        return concat(in_common_batch(*(block.eigvals() for block in self._diagonal_operators), rank=1), axis=-1)

    def _trace(self) -> Any:
        self._check_square_blocks("trace")
        return reduce(add, (block.trace() for block in self._diagonal_operators))

    def _determinant(self) -> Any:
        return reduce(mul, (block.determinant() for block in self._diagonal_operators))

    def _log_abs_determinant(self) -> Any:
        return sum_of_logarithms(self._diagonal_operators)

    def _check_square_blocks(self, method: str) -> None:
        if any(block.is_square is False for block in self._diagonal_operators):
            raise NotImplementedError(f"`{method}` not implemented for an operator whose blocks are not square.")

    def _assert_non_singular(self) -> Any:
        for block in self._diagonal_operators:
            block.assert_non_singular()


def _adjoined(parts: list[Any], wanted: bool) -> list[Any]:
    return [adjoint(part) for part in parts] if wanted else parts
