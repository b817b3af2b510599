"""Block diagonal matrices.

>>> import eagernb as tf
>>> first = tf.linalg.LinearOperatorFullMatrix([[1.0, 2.0], [3.0, 4.0]])
>>> tf.linalg.LinearOperatorBlockDiag([first, tf.linalg.LinearOperatorIdentity(1)]).to_dense().numpy()
array([[1., 2., 0.],
       [3., 4., 0.],
       [0., 0., 1.]], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.linear_operators import hints
from eagernb.linear_operators.blockwise import BlockwiseOperator
from eagernb.linear_operators.of_parts import PartByPart
from eagernb.linear_operators.operands import held_operators
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, in_common_batch, sizes
from eagernb.ops.creation import zeros
from eagernb.ops.joining import concat


class LinearOperatorBlockDiag(PartByPart, BlockwiseOperator):
    """Operators along the diagonal, zeros beside them.

    Each block works on its part alone: a product, a solution, a determinant costs what those of the blocks cost
    together, for b dense blocks of n x n numbers O(b n^3) instead of O(b^3 n^3). Arguments may be lists with a part for
    each block; then so are the results.

    ValueError for no operators or a contradicting hint, TypeError for different dtypes.

    >>> import eagernb as tf
    >>> blocks = [tf.linalg.LinearOperatorDiag([1.0, 2.0]), tf.linalg.LinearOperatorIdentity(1)]
    >>> operator = LinearOperatorBlockDiag(blocks)
    >>> operator.diag_part().numpy(), [type(block).__name__[14:] for block in operator.inverse().operators]
    (array([1., 2., 1.], dtype=float32), ['Diag', 'Identity'])
    """

    def __init__(
        self, operators: Sequence[LinearOperator], is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None, is_positive_definite: bool | None = None, is_square: bool | None = True,
        name: str | None = None,
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._operators = self._diagonal_operators = operators = held_operators(operators)
        shared = hints.of_all(operators, parameters, "A block diagonal operator", "blocks")
        name = name or "_ds_".join(block.name for block in operators)
        super().__init__(operators[0].dtype, **shared, is_square=is_square, name=name, parameters=parameters)

    def _sizes(self) -> Sizes:
        of_blocks = [block._sizes() for block in self.operators]
        rows, columns = (sum(size[axis] for size in of_blocks) for axis in (-2, -1))
        return (*broadcast_sizes(*(size[:-2] for size in of_blocks)), rows, columns)

    def _multiplied(self, parts: list[Any], adjoint: bool) -> list[Any]:
        return [block.matmul(part, adjoint=adjoint) for block, part in zip(self.operators, parts, strict=True)]

    def _solved(self, parts: list[Any], adjoint: bool) -> list[Any]:
        return [block.solve(part, adjoint=adjoint) for block, part in zip(self.operators, parts, strict=True)]

    def _product(self, right: LinearOperator) -> LinearOperator:
        if not isinstance(right, LinearOperatorBlockDiag):
            return super()._product(right)
        self._check_blocks(right, "multiply")
        products = [a.matmul(b) for a, b in zip(self.operators, right.operators, strict=True)]
        return LinearOperatorBlockDiag(products, is_non_singular=hints.both_non_singular(self, right))

    def _quotient(self, right: LinearOperator) -> LinearOperator:
        if not isinstance(right, LinearOperatorBlockDiag):
            return super()._quotient(right)
        self._check_blocks(right, "solve")
        quotients = [a.solve(b) for a, b in zip(self.operators, right.operators, strict=True)]
        return LinearOperatorBlockDiag(quotients, is_non_singular=hints.both_non_singular(self, right))

    def _check_blocks(self, right: LinearOperatorBlockDiag, doing: str) -> None:
        if len(self.operators) != len(right.operators):
            raise ValueError(
                f"Can not efficiently {doing} two `LinearOperatorBlockDiag`s when the number of blocks differs: "
                f"{len(self.operators)} and {len(right.operators)}."
            )

    def _of_each(self, method: str) -> LinearOperator:
        return LinearOperatorBlockDiag([getattr(block, method)() for block in self.operators])

    def _to_dense(self) -> Any:
        rows, before, total = [], 0, self._sizes()[-1]
        for block in in_common_batch(*(operator.to_dense() for operator in self.operators)):
            *batch, height, width = sizes(block)
            left = zeros((*batch, height, before), self.dtype)
            right = zeros((*batch, height, total - before - width), self.dtype)
            rows.append(concat([left, block, right], axis=-1))
            before = before + width
        return concat(rows, axis=-2)

    def _assert_self_adjoint(self) -> Any:
        for block in self.operators:
            block.assert_self_adjoint()

    def _assert_positive_definite(self) -> Any:
        for block in self.operators:
            block.assert_positive_definite()
