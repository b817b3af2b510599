"""Diagonals and bands of matrices: taking them out, putting them in, cutting away what is outside of them.

>>> import eagernb as tf
>>> x = tf.reshape(tf.range(9), [3, 3])
>>> tf.linalg.diag_part(x).numpy(), tf.linalg.trace(x).numpy()
(array([0, 4, 8], dtype=int32), np.int32(12))
>>> tf.linalg.band_part(x, 0, -1).numpy()
array([[0, 1, 2],
       [0, 4, 5],
       [0, 0, 8]], dtype=int32)

How diagonals are numbered, and how a band of several is kept, is in bands.py.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import BOOLS, NUMBERS
from eagernb.core.late import sizes_of
from eagernb.core.matrix_free import MatrixFree
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int, static_value
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError, ShapeError
from eagernb.ops.bands import Bounds, alignment_of, band_of, bounds_of, in_rows, longest_in, matrix_size
from eagernb.ops.creation import zeros
from eagernb.ops.matrix_specs import matrix
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import reshape

ANY_NUMBER = NUMBERS | BOOLS


def _diag_part_infer(x: TensorSpec, k: Bounds, padding: Any, align: str) -> TensorSpec:
    return TensorSpec(_part_dims(x.dims, k), x.dtype)


def _part_dims(dims: Dims, k: Bounds) -> Dims:
    """The dimensions of the array that holds a band of such matrices; ValueError unless they have such diagonals."""
    rows, columns = matrix(dims)
    for offset in k:
        if (rows is not None and offset and offset <= -rows) or (columns is not None and offset and offset >= columns):
            raise ValueError(f"there is no diagonal {offset} in a matrix of {rows} rows and {columns} columns")
    length = None if rows is None or columns is None else longest_in(rows, columns, k)
    return (*dims[:-2], length) if k[0] == k[1] else (*dims[:-2], k[1] - k[0] + 1, length)


def _diag_part_kernel(x: Any, k: Bounds, padding: Any, align: str) -> Any:
    dims: Any = _part_dims(x.shape, k)
    band = band_of(*x.shape[-2:], k, align)
    if k[0] == k[1]:
        return x[..., band.rows, band.columns]
    result = np.full(dims, padding, x.dtype)
    result[in_rows(band, k)] = x[..., band.rows, band.columns]
    return result


def _diag_part_rule(g: Tensor, dims_x: Any, k: Bounds, align: str) -> Tensor:
    if None in dims_x:
        return set_diag(zeros(dims_x, g.dtype), g, k=k, align=align)
    rows, columns = dims_x[-2:]
    return diag(g, k=k, num_rows=rows, num_cols=columns, align=align)


DIAG_PART = register(
    Op("diag_part", ("x",), _diag_part_kernel, _diag_part_infer, rules=(Rule.of(_diag_part_rule),), label="diag_part",
       family="linalg", dtypes=ANY_NUMBER, typed=(0,))
)  # fmt: skip


def diag_part(
    input: Any, name: str = "diag_part", k: Any = 0, padding_value: Any = 0, align: str = "RIGHT_LEFT"
) -> Tensor:
    """The diagonal ``k`` of matrices [..., m, n], or a band of them: ``k=(lowest, highest)``.

    One diagonal gives [..., length]; a band [..., number of diagonals, length of the longest], the highest diagonal
    first. ``align`` says on which side the shorter ones are put, those above the main diagonal first: "RIGHT_LEFT" pads
    them on the left, and those below it on the right. Padding is ``padding_value``. ShapeError for a rank below 2 and
    for diagonals that are not there; InvalidArgumentError for an unknown ``align``.

    >>> diag_part(convert_to_tensor([[1, 2], [3, 4]]), k=(-1, 0)).numpy()
    array([[1, 4],
           [3, 0]], dtype=int32)
    """
    if isinstance(input, MatrixFree):
        return input.diag_part()
    x = convert_to_tensor(input)
    return apply(DIAG_PART, (x,), k=bounds_of(k), padding=_padding(padding_value, x), align=alignment_of(align))


def _diag_infer(diagonal: TensorSpec, k: Bounds, rows: int, columns: int, padding: Any, align: str) -> TensorSpec:
    return TensorSpec(_whole_dims(diagonal.dims, k, rows, columns), diagonal.dtype)


def _whole_dims(diagonal: Dims, k: Bounds, rows: int, columns: int) -> Dims:
    """The dimensions of the matrices that have such diagonals."""
    held, count = (1, 1) if k[0] == k[1] else (2, k[1] - k[0] + 1)
    if len(diagonal) < held:
        raise ValueError(f"the diagonals of a band k={k} are the rows of a matrix" if held == 2 else "it is a scalar")
    if held == 2 and diagonal[-2] not in (None, count):
        raise ValueError(f"{diagonal[-2]} diagonals were given, but there are {count} in k={k}")
    length = diagonal[-1]
    if length is None:
        return (*diagonal[:-held], *(None if n == -1 else n for n in (rows, columns)))
    return (*diagonal[:-held], *matrix_size(length, k, rows, columns))


def _diag_kernel(diagonal: Any, k: Bounds, rows: int, columns: int, padding: Any, align: str) -> Any:
    dims: Any = _whole_dims(diagonal.shape, k, rows, columns)
    band = band_of(*dims[-2:], k, align)
    result = np.full(dims, padding, diagonal.dtype)
    result[..., band.rows, band.columns] = diagonal[in_rows(band, k)]
    return result


def _diag_rule(g: Tensor, k: Bounds, align: str) -> Tensor:
    return diag_part(g, k=k, align=align)


DIAG = register(
    Op("diag", ("diagonal",), _diag_kernel, _diag_infer, rules=(Rule.of(_diag_rule),), label="diag",
       family="linalg", dtypes=ANY_NUMBER, typed=(0,))
)  # fmt: skip


def diag(
    diagonal: Any, name: str = "diag", k: Any = 0, num_rows: Any = -1, num_cols: Any = -1, padding_value: Any = 0,
    align: str = "RIGHT_LEFT",
) -> Tensor:  # fmt: skip
    """Matrices with the given diagonal, or with the band of diagonals ``k=(lowest, highest)``: see ``diag_part``.

    Elsewhere they are ``padding_value``. The matrix is the smallest square that holds the diagonals, unless
    ``num_rows`` or ``num_cols`` says otherwise.

    >>> diag([1, 2], k=-1).numpy()
    array([[0, 0, 0],
           [1, 0, 0],
           [0, 2, 0]], dtype=int32)
    """
    x = convert_to_tensor(diagonal)
    return apply(
        DIAG, (x,), k=bounds_of(k), rows=static_int(num_rows, "num_rows"), columns=static_int(num_cols, "num_cols"),
        padding=_padding(padding_value, x), align=alignment_of(align),
    )  # fmt: skip


def _set_diag_infer(x: TensorSpec, diagonal: TensorSpec, k: Bounds, align: str) -> TensorSpec:
    _check_fit(x.dims, diagonal.dims, k)
    return x


def _check_fit(x: Dims, diagonal: Dims, k: Bounds) -> None:
    needed = _part_dims(x, k)
    if len(needed) != len(diagonal) or any(
        None not in pair and pair[0] != pair[1] for pair in zip(needed, diagonal, strict=True)
    ):
        raise ValueError(f"the diagonals k={k} of such a matrix have shape {list(needed)}, not {list(diagonal)}")


def _set_diag_kernel(x: Any, diagonal: Any, k: Bounds, align: str) -> Any:
    _check_fit(x.shape, diagonal.shape, k)
    band = band_of(*x.shape[-2:], k, align)
    result = x.copy()
    result[..., band.rows, band.columns] = diagonal[in_rows(band, k)]
    return result


def _set_diag_rule(g: Tensor, dims_diagonal: Any, k: Bounds, align: str) -> Tensor:
    return set_diag(g, zeros(dims_diagonal, g.dtype), k=k, align=align)


SET_DIAG = register(
    Op("set_diag", ("x", "diagonal"), _set_diag_kernel, _set_diag_infer,
       rules=(Rule.of(_set_diag_rule), Rule.of(_diag_rule)), label="set_diag", family="linalg",
       dtypes=ANY_NUMBER, typed=(0, 1))
)  # fmt: skip


def set_diag(input: Any, diagonal: Any, name: str = "set_diag", k: Any = 0, align: str = "RIGHT_LEFT") -> Tensor:
    """The matrices with other elements on the diagonal, or band of diagonals, ``k``: see ``diag_part``.

    ShapeError if the diagonal has another length than the matrices' own.

    >>> set_diag(convert_to_tensor([[1, 2], [3, 4]]), [0, 0]).numpy()
    array([[0, 2],
           [3, 0]], dtype=int32)
    """
    return apply(SET_DIAG, (input, diagonal), k=bounds_of(k), align=alignment_of(align))


def _band_part_infer(x: TensorSpec, lower: int, upper: int) -> TensorSpec:
    _check_band(x.dims, lower, upper)
    return x


def _check_band(dims: Dims, lower: int, upper: int) -> None:
    rows, columns = matrix(dims)
    for name, count, size in (("lower", lower, rows), ("upper", upper, columns)):
        if size is not None and count > size:
            raise ValueError(f"num_{name} is {count}, but the matrix has only {size}; -1 keeps all")


def _band_part_kernel(x: Any, lower: int, upper: int) -> Any:
    _check_band(x.shape, lower, upper)
    offset = np.arange(x.shape[-1]) - np.arange(x.shape[-2])[:, None]  # column minus row
    inside = ((lower < 0) | (offset >= -lower)) & ((upper < 0) | (offset <= upper))
    return np.where(inside, x, x.dtype.type(0))


BAND_PART = register(
    Op("band_part", ("x",), _band_part_kernel, _band_part_infer,
       rules=(Rule.of(lambda g, lower, upper: band_part(g, lower, upper)),), label="band_part", family="linalg",
       dtypes=ANY_NUMBER, typed=(0,), linear=True)
)  # fmt: skip


def band_part(input: Any, num_lower: Any, num_upper: Any, name: str | None = None) -> Tensor:
    """Zeros outside of ``num_lower`` diagonals below the main one and ``num_upper`` above it; -1 keeps them all.

    So ``band_part(x, -1, 0)`` is the lower triangle of x. The shape stays. ShapeError for a rank below 2, and for more
    diagonals than there are.

    >>> band_part(convert_to_tensor([[1, 2], [3, 4]]), -1, 0).numpy()
    array([[1, 0],
           [3, 4]], dtype=int32)
    """
    return apply(
        BAND_PART, (input,), lower=static_int(num_lower, "num_lower"), upper=static_int(num_upper, "num_upper")
    )


def lower_half(x: Tensor) -> Tensor:
    """The lower triangle with half of the diagonal: a Hermitian matrix is this, plus its adjoint."""
    return band_part(set_diag(x, diag_part(x) * scalar_like(0.5, x)), -1, 0)


def trace(x: Any, name: str | None = None) -> Tensor:
    """The sum of the main diagonal of matrices [..., m, n], as a tensor [...].

    ShapeError for a tensor of rank 0 or 1.

    >>> int(trace([[1, 2], [3, 4]]))
    5
    """
    return x.trace() if isinstance(x, MatrixFree) else reduce_sum(diag_part(x), axis=[-1])


def tensor_diag(diagonal: Any, name: str | None = None) -> Tensor:
    """A tensor of shape s + s with a tensor of shape s on its diagonal: ``result[i..., i...] = diagonal[i...]``.

    ShapeError for a scalar.

    >>> tensor_diag([1, 2]).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    x = convert_to_tensor(diagonal)
    if not x._dims:
        raise ShapeError("tensor_diag: the input must have rank 1 or more; it is a scalar.", "tensor_diag")
    dims = sizes_of(x)
    return reshape(diag(reshape(x, [-1])), [*dims, *dims])


def tensor_diag_part(input: Any, name: str | None = None) -> Tensor:
    """The diagonal of a tensor of shape s + s: ``result[i...] = input[i..., i...]``.

    ShapeError unless the second half of the shape is the first once more.

    >>> tensor_diag_part([[1, 2], [3, 4]]).numpy()
    array([1, 4], dtype=int32)
    """
    x = convert_to_tensor(input)
    half = len(x._dims) // 2
    if len(x._dims) % 2 or not x.shape[:half].is_compatible_with(x.shape[half:]):
        raise ShapeError(
            f"tensor_diag_part: the second half of the shape must be the first half again; it is {x.shape}.",
            "tensor_diag_part",
        )
    dims = sizes_of(x)[:half]
    count = math.prod(dims)
    return reshape(diag_part(reshape(x, [count, count])), dims)


def _padding(value: Any, x: Tensor) -> Any:
    """The padding as a NumPy value of the tensor's dtype; TypeError if it does not fit."""
    if value.__class__ is int and value == 0:
        return 0  # fits every dtype
    if x.dtype.is_bool and not is_dense_tensor(value):
        value = bool(value)
    known = static_value(convert_to_tensor(value, x.dtype))
    if known is None:
        raise DTypeError("padding_value must be known while a graph is traced. Use a Python number.")
    return known[()]
