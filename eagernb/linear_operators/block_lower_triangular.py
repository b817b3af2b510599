"""Block lower triangular matrices.

>>> import eagernb as tf
>>> one, two = tf.linalg.LinearOperatorIdentity(1), tf.linalg.LinearOperatorDiag([2.0, 2.0])
>>> below = tf.linalg.LinearOperatorFullMatrix([[5.0], [6.0]])
>>> tf.linalg.LinearOperatorBlockLowerTriangular([[one], [below, two]]).to_dense().numpy()
array([[1., 0., 0.],
       [5., 2., 0.],
       [6., 0., 2.]], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any, ClassVar

from eagernb.linear_operators import hints
from eagernb.linear_operators.blockwise import BlockwiseOperator
from eagernb.linear_operators.full_matrix import LinearOperatorFullMatrix
from eagernb.linear_operators.operands import held_operators
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, in_common_batch, sizes
from eagernb.ops.creation import zeros
from eagernb.ops.joining import concat


class LinearOperatorBlockLowerTriangular(BlockwiseOperator):
    """Operators on and below the diagonal, zeros above: ``operators`` is a list of rows, of 1, 2, 3, ... blocks.

    A product costs what those of all blocks cost, a solution the solutions of the diagonal blocks and the products of
    the others (block substitution), a determinant those of the diagonal blocks. Arguments may be lists with a part for
    each block; then so are the results.

    ValueError for rows of other lengths, blocks that do not fit, diagonal blocks that are not square or a contradicting
    hint; TypeError for different dtypes.

    >>> import eagernb as tf
    >>> one, two = tf.linalg.LinearOperatorIdentity(1), tf.linalg.LinearOperatorScaledIdentity(1, 2.0)
    >>> operator = LinearOperatorBlockLowerTriangular([[one], [tf.linalg.LinearOperatorScaledIdentity(1, 4.0), two]])
    >>> operator.solvevec([1.0, 6.0]).numpy(), float(operator.determinant())
    (array([1., 1.], dtype=float32), 2.0)
    """

    _axes: ClassVar[dict[str, Any]] = {"operators": 0}

    def __init__(
        self, operators: Sequence[Sequence[LinearOperator]], is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None, is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str = "LinearOperatorBlockLowerTriangular",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._operators = rows = [held_operators(row) for row in operators]
        if not rows:
            raise ValueError(f"Argument `operators` must be a list of >=1 operators. Received: {operators!r}.")
        held_operators([block for row in rows for block in row])  # of one dtype
        _check_fit(rows)
        self._diagonal_operators = diagonal = [row[-1] for row in rows]
        known = [block.is_non_singular for block in diagonal]
        if all(known) or False in known:
            is_non_singular = hints.always(
                False not in known, is_non_singular,
                "A blockwise lower-triangular operator is non-singular if and only if its diagonal blocks are.",
            )  # fmt: skip
        is_square = hints.always(True, is_square, "LinearOperatorBlockLowerTriangular must be square.")
        super().__init__(
            rows[0][0].dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, parameters
        )

    @property
    def operators(self) -> list[list[LinearOperator]]:
        """The blocks, row by row, up to the diagonal."""
        return self._operators

    def _sizes(self) -> Sizes:
        n = sum(block._sizes()[-1] for block in self._diagonal_operators)
        batches = [block._sizes()[:-2] for row in self.operators for block in row]
        return (*broadcast_sizes(*batches), n, n)

    def _multiplied(self, parts: list[Any], adjoint: bool) -> list[Any]:
        rows = self.operators
        if adjoint:  # the columns, from the diagonal down
            terms = [[rows[i][j].matmul(parts[i], adjoint=True) for i in range(j, len(rows))] for j in range(len(rows))]
        else:
            terms = [[block.matmul(part) for block, part in zip(row, parts, strict=False)] for row in rows]
        return [reduce(add, each) for each in terms]

    def _solved(self, parts: list[Any], adjoint: bool) -> list[Any]:
        rows, found = self.operators, list(parts)
        order = range(len(rows))
        for i in reversed(order) if adjoint else order:
            before = order[i + 1 :] if adjoint else order[:i]
            for j in before:
                block = rows[j][i] if adjoint else rows[i][j]
                found[i] = found[i] - block.matmul(found[j], adjoint=adjoint)
            found[i] = rows[i][i].solve(found[i], adjoint=adjoint)
        return found

    def _inverse(self) -> LinearOperator:
        """The inverse B of A is block lower triangular too: B_ij = -A_ii^-1 (A_ij B_jj + ... + A_i,i-1 B_i-1,j)."""
        rows: list[list[LinearOperator]] = []
        for i, row in enumerate(self.operators):
            inverses: list[LinearOperator] = []
            for j in range(i):
                terms = [row[k].matmul(rows[k][j].to_dense()) for k in range(j, i)]
                inverses.append(LinearOperatorFullMatrix(-row[i].solve(reduce(add, terms))))
            rows.append([*inverses, row[i].inverse()])
        return LinearOperatorBlockLowerTriangular(rows, **hints.shared(self))

    def _to_dense(self) -> Any:
        flat = iter(in_common_batch(*(block.to_dense() for row in self.operators for block in row)))
        total, dense, width = self._sizes()[-1], [], 0
        for row in self.operators:
            blocks = [next(flat) for _ in row]
            *batch, height, last = sizes(blocks[-1])
            width = width + last
            dense.append(concat([*blocks, zeros((*batch, height, total - width), self.dtype)], axis=-1))
        return concat(dense, axis=-2)


def _check_fit(rows: list[list[LinearOperator]]) -> None:
    for i, row in enumerate(rows):
        if len(row) != i + 1:
            raise ValueError(f"Argument `operators[{i}]` must contain `{i + 1}` blocks. Received: {len(row)} blocks.")
        if row[-1].is_square is False:
            raise ValueError(f"Blocks on the diagonal must be square: `operators[{i}][-1]` has shape {row[-1].shape}.")
    for i, row in enumerate(rows):
        for j, block in enumerate(row[:-1]):
            height, width = rows[i][i].range_dimension, rows[j][j].domain_dimension
            found = block.range_dimension, block.domain_dimension
            if any(None not in pair and pair[0] != pair[1] for pair in zip(found, (height, width), strict=True)):
                raise ValueError(
                    f"`operators[{i}][{j}]` has shape {block.shape}: its rows must be those of the diagonal block "
                    f"beside it ({height}), its columns those of the one above it ({width})."
                )
