"""Shapes: asking for them, and rearranging elements without computing.

>>> import eagernb as tf
>>> x = tf.reshape(tf.range(6), [2, 3])
>>> tf.transpose(x).numpy()
array([[0, 3],
       [1, 4],
       [2, 5]], dtype=int32)
>>> tf.expand_dims(x, 0).shape, tf.size(x).numpy()
(TensorShape([1, 2, 3]), np.int32(6))
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import as_dtype, int32, int64
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.late import apply_late, is_of_unknown_length, known_dims, late_shape
from eagernb.core.matrix_free import MatrixFree
from eagernb.core.op import PASS_ON, Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import UNKNOWN_SIZE, normal_axes, normal_axis, static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError, ShapeError
from eagernb.ops.complex import conj
from eagernb.ops.families import reshape_to


def rearranging(name: str, kernel: Callable[..., Any], infer: Callable[..., Any], rule: Callable[..., Any],
                label: str = "", remedy: str = "", **facts: Any) -> Op:  # fmt: skip
    """An op whose output has the elements of its input elsewhere, or several times."""
    return register(
        Op(name, ("x",), kernel, infer, rules=(Rule.of(rule),), label=label or name, family="shape", linear=True,
           moves=True, remedy=remedy, total=True, **facts)
    )  # fmt: skip


def _asking(name: str, value: Callable[[Any], Any], rank: int) -> Op:
    """An op whose value follows from the shape of its input."""

    def known(x: TensorSpec, dtype: Any) -> Any:
        dims = [UNKNOWN_SIZE if d is None else d for d in x.dims]
        if name == "size" and None in x.dims:
            return None
        return np.array(value(dims), dtype.numpy)

    def infer(x: TensorSpec, dtype: Any) -> TensorSpec:
        return TensorSpec([len(x.dims)] if rank else [], dtype)

    return register(
        Op(
            name,
            ("x",),
            kernel=lambda x, dtype: np.array(value(x.shape), dtype.numpy),
            infer=infer,
            rules=(None,),
            label=name,
            family="shape",
            known=known,
        )
    )


SHAPE, SIZE, RANK = _asking("shape", tuple, 1), _asking("size", math.prod, 0), _asking("rank", len, 0)


def shape(input: Any, out_type: Any = None, name: str | None = None) -> Tensor:
    """The shape as a 1-D tensor; ``x.shape`` is what is known of it before anything runs.

    ``out_type`` is int32 (the default) or int64, else DTypeError.

    >>> shape(convert_to_tensor([[1, 2, 3]])).numpy()
    array([1, 3], dtype=int32)
    """
    dtype = int32 if out_type is None else as_dtype(out_type)
    if dtype not in (int32, int64):
        raise DTypeError(f"shape: out_type must be int32 or int64, not {dtype.name}.", "shape")
    return apply(SHAPE, (input,), dtype=dtype)


def shape_n(input: Any, out_type: Any = int32, name: str | None = None) -> list[Tensor]:
    """The shape of each tensor of a list, as 1-D tensors of ``out_type``: int32 or int64, else DTypeError.

    >>> [dims.numpy().tolist() for dims in shape_n([[1, 2], [[3.0]]])]
    [[2], [1, 1]]
    """
    return [shape(x, out_type) for x in input]


def size(input: Any, out_type: Any = None, name: str | None = None) -> Tensor:
    """The number of elements, as a 0-d tensor of ``out_type`` (int32 by default); no gradient.

    >>> int(size([[1, 2, 3], [4, 5, 6]]))
    6
    """
    return apply(SIZE, (input,), dtype=int32 if out_type is None else as_dtype(out_type))


def rank(input: Any, name: str | None = None) -> Tensor:
    """The number of axes, as a 0-d int32 tensor; no gradient.

    >>> int(rank([[1, 2, 3]]))
    2
    """
    return apply(RANK, (input,), dtype=int32)


IDENTITY = register(
    Op("identity", ("x",), kernel=lambda x: x, infer=lambda x: TensorSpec(x.shape, x.dtype), rules=(PASS_ON,),
       label="identity", family="shape", linear=True, moves=True, unchanged=lambda x: True)
)  # fmt: skip


def identity(input: Any, name: str | None = None) -> Any:
    """The same value as a tensor of its own (or as an IndexedSlices), with the gradient of the identity: g.

    Shape and dtype, which may be any, stay. Of a Variable it is what the variable holds now.

    >>> import eagernb as tf
    >>> v = tf.Variable(1.0)
    >>> before = identity(v)
    >>> _ = v.assign(2.0)
    >>> float(before)
    1.0
    """
    if isinstance(input, IndexedSlices):
        return input.with_values(identity(input.values))
    return apply(IDENTITY, (input,))


def identity_n(input: Any, name: str | None = None) -> list[Tensor]:
    """``identity`` of each tensor of a list, as a list.

    >>> [x.numpy().tolist() for x in identity_n([[1, 2], 3.0])]
    [[1, 2], 3.0]
    """
    return [identity(x) for x in input]


def _reshaped(x: TensorSpec, shape: tuple[Any, ...]) -> TensorSpec:
    dims = [None if d == -1 else d for d in known_dims(shape)]
    rest = math.prod(d for d in dims if d is not None)
    if x.size is None:
        return TensorSpec(dims, x.dtype)
    if dims.count(None) == 1 and rest and x.size % rest == 0:
        dims[dims.index(None)] = x.size // rest
    elif dims.count(None) == 1 and x.size == rest == 0:  # any size would do: the one that fits but for the zeros
        dims[dims.index(None)] = math.prod(d for d in x.dims if d) // math.prod(d for d in dims if d)
    elif -1 in shape and known_dims(shape) == shape:
        raise ValueError(f"{x.size} elements cannot be spread over a shape of {list(shape)}")
    elif None not in dims and rest != x.size:
        raise ValueError(f"the tensor has {x.size} elements, but the shape {list(shape)} holds {rest}")
    return TensorSpec(dims, x.dtype)


def _reshape_kernel(x: Any, shape: tuple[int, ...]) -> Any:
    if not x.size and -1 in shape:  # NumPy leaves it open
        shape = _reshaped(TensorSpec(x.shape, x.dtype), shape).dims  # type: ignore[assignment]
    return np.reshape(x, shape)


RESHAPE = rearranging(
    "reshape", _reshape_kernel, _reshaped,
    lambda g, dims_x: reshape_to(g, dims_x),
    remedy="The number of elements must stay the same; -1 stands for the one dimension that follows from the rest.",
    movement="reshape",
)  # fmt: skip


def by_tensor(op: Op, name: str) -> Op:
    """The op for a shape that is a tensor of unknown length: an input, and no param."""

    def kernel(x: Any, shape: Any) -> Any:
        return op.kernel(x, shape=tuple(shape.tolist()))

    def infer(x: TensorSpec, shape: TensorSpec) -> TensorSpec:
        length = shape.dims[0]
        return TensorSpec(None if length is None else [None] * length, x.dtype)

    return register(
        Op(name, ("x", "shape"), kernel, infer, rules=(op.rules[0], None), label=op.label, family="shape", typed=(0,),
           linear=True, moves=True)
    )  # fmt: skip


RESHAPE_BY_TENSOR = by_tensor(RESHAPE, "reshape_by_tensor")


def reshape(tensor: Any, shape: Any, name: str | None = None) -> Tensor:
    """The same elements, row by row, in another shape; one dimension may be -1: it follows from the others.

    ShapeError unless both shapes have as many elements.

    >>> reshape(convert_to_tensor([1, 2, 3, 4]), [2, -1]).numpy()
    array([[1, 2],
           [3, 4]], dtype=int32)
    """
    if is_of_unknown_length(shape):
        return apply(RESHAPE_BY_TENSOR, (tensor, shape))
    return apply_late(RESHAPE, (tensor,), shape=late_shape(shape, "shape", unknown=1))


def _permutation(perm: tuple[int, ...] | None, rank: int) -> tuple[int, ...]:
    if perm is None:
        return tuple(range(rank))[::-1]
    axes = normal_axes(perm, rank)
    if len(axes) != rank:
        raise ValueError(f"perm {list(perm)} must name each of the {rank} axes once")
    return axes


TRANSPOSE = rearranging(
    "transpose", lambda x, perm: np.transpose(x, perm),
    lambda x, perm: TensorSpec([x.dims[a] for a in _permutation(perm, len(x.dims))], x.dtype),
    lambda g, perm: transpose(g, None if perm is None else _inverse(perm, len(g._dims))),
    label="xᵀ", movement="permute", permutation=lambda x, perm: _permutation(perm, len(x.dims)),
)  # fmt: skip


def transpose(a: Any, perm: Any = None, conjugate: bool = False, name: str = "transpose") -> Tensor:
    """The axes in another order: reversed, or as ``perm`` lists them; ``conjugate`` complex numbers as well.

    Axis i of the result is axis perm[i] of ``a``. ShapeError unless ``perm`` names each axis once.

    >>> transpose([[1, 2, 3], [4, 5, 6]]).numpy()
    array([[1, 4],
           [2, 5],
           [3, 6]], dtype=int32)
    >>> import eagernb as tf
    >>> transpose(tf.ones([2, 3, 5]), perm=[0, 2, 1]).shape
    TensorShape([2, 5, 3])
    """
    a = conj(a) if conjugate else a
    return apply(TRANSPOSE, (a,), perm=None if perm is None else static_ints(perm, "perm"))


def _inverse(perm: tuple[int, ...], rank: int) -> list[int]:
    axes = normal_axes(perm, rank)
    return sorted(range(rank), key=axes.__getitem__)


def matrix_transpose(a: Any, name: str = "matrix_transpose", conjugate: bool = False) -> Tensor:
    """The last two axes swapped: [..., n, m] for [..., m, n]; ``conjugate`` complex numbers as well.

    ValueError for a tensor of rank 0 or 1.

    >>> matrix_transpose([[1, 2, 3]]).numpy()
    array([[1],
           [2],
           [3]], dtype=int32)
    """
    a = convert_to_tensor(a)
    if len(a._dims) < 2:
        raise ValueError(f"matrix_transpose needs rank 2 or more; this tensor has shape {a.shape}.")
    order = list(range(len(a._dims)))
    return transpose(a, [*order[:-2], order[-1], order[-2]], conjugate and a.dtype.is_complex)


def adjoint(matrix: Any, name: str | None = None) -> Tensor:
    """The last two axes swapped, complex numbers conjugated: the Hermitian transpose.

    ValueError for a rank below 2.

    >>> adjoint(convert_to_tensor([[1 + 1j, 2j]])).numpy()
    array([[1.-1.j],
           [0.-2.j]])
    """
    return matrix.adjoint() if isinstance(matrix, MatrixFree) else matrix_transpose(matrix, conjugate=True)


def _expanded(x: TensorSpec, axis: int) -> TensorSpec:
    at = normal_axis(axis, len(x.dims) + 1)
    return TensorSpec([*x.dims[:at], 1, *x.dims[at:]], x.dtype)


def _expand_kernel(x: Any, axis: int) -> Any:
    at = normal_axis(axis, x.ndim + 1)
    return np.reshape(x, (*x.shape[:at], 1, *x.shape[at:]))


EXPAND_DIMS = rearranging(
    "expand_dims", _expand_kernel, _expanded,
    lambda g, dims_x: reshape_to(g, dims_x), movement="reshape",
)  # fmt: skip


def expand_dims(input: Any, axis: Any, name: str | None = None) -> Tensor:
    """An axis of size 1 more, before the given one (-1: at the end).

    ShapeError unless ``axis`` is in [-rank - 1, rank].

    >>> expand_dims(convert_to_tensor([1, 2]), 1).shape
    TensorShape([2, 1])
    """
    if axis.__class__ is not int:
        axes = static_ints(axis, "axis")
        if len(axes) != 1:
            raise ShapeError(f"expand_dims: axis must be one number, not {list(axes)}.")
        axis = axes[0]
    return apply(EXPAND_DIMS, (input,), axis=axis)


def _squeezed(x: TensorSpec, axis: tuple[int, ...] | None) -> TensorSpec:
    if not axis and None in x.dims:
        return TensorSpec(None, x.dtype)  # sizes of 1 will be found when the graph runs
    axes = normal_axes(axis, len(x.dims)) if axis else [i for i, d in enumerate(x.dims) if d == 1]
    for i in axes:
        if x.dims[i] not in (1, None):
            raise ValueError(f"axis {i} has size {x.dims[i]}; only axes of size 1 can be squeezed")
    return TensorSpec([d for i, d in enumerate(x.dims) if i not in axes], x.dtype)


SQUEEZE = rearranging(
    "squeeze",
    lambda x, axis: np.squeeze(x, axis or None),
    _squeezed,
    lambda g, dims_x: reshape_to(g, dims_x),
    movement="reshape",
)


def squeeze(input: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """Without the axes of size 1: all of them, or the ones given.

    ShapeError if an axis that is given has another size.

    >>> squeeze(convert_to_tensor([[[1, 2]]])).shape
    TensorShape([2])
    """
    if is_dense_tensor(axis):
        raise TypeError(f"squeeze: axis must be a list of Python numbers, not {axis!r}.")
    return apply(SQUEEZE, (input,), axis=None if axis is None else static_ints(axis, "axis"))
