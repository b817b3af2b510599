"""Arguments that an op needs as Python numbers: axes, shapes, sizes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from eagernb.core.convert import is_dense_tensor
from eagernb.core.dispatch import KERNEL_ERRORS
from eagernb.core.op import Op
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Symbol, Tensor
from eagernb.core.variant import Variant
from eagernb.errors import DTypeError, OpError, ShapeError

# Values that follow from shapes are worked out while code is traced, so that they can serve as Python numbers; larger
# arrays are not shapes.
_LARGEST_SHAPE = 64


def static_value(tensor: Any) -> np.ndarray | None:
    """The value of a tensor or variable as far as it is known now; None for a symbol that is not.

    A tracer knows the values that follow from static shapes, such as ``tf.shape(x)[0]``.
    """
    if isinstance(tensor, Symbol):
        known = tensor._tracer.static_value(tensor)
        return None if known is None or is_partial(known) else known
    return tensor._array


# Stands for an unknown size among the values of a shape: no size is negative.
UNKNOWN_SIZE = np.iinfo(np.int32).min


def is_partial(known: np.ndarray) -> bool:
    """Whether some of the numbers are not known."""
    return known.dtype.kind == "i" and bool((known == UNKNOWN_SIZE).any())


def static_elements(vector: Symbol) -> list[int | None] | None:
    """The numbers in a vector, None for those that are not known; None if even their count is unknown."""
    known = vector._tracer.static_value(vector)
    if known is not None and known.ndim == 1:
        return [None if n == UNKNOWN_SIZE else n for n in known.tolist()]
    count = vector._dims[0] if len(vector._dims) == 1 else None
    return None if count is None else [None] * count


def shape_like(array: np.ndarray) -> bool:
    """Whether the array may be a shape, an axis or an index: a few integers."""
    return array.dtype.kind in "iu" and array.size <= _LARGEST_SHAPE


def known_output(
    op: Op, specs: Sequence[TensorSpec], values: Sequence[np.ndarray | None], params: dict[str, Any]
) -> np.ndarray | None:
    """The op's output if it follows from its inputs' shapes, or from their values as far as those are known."""
    if op.known:
        return None if any(spec.shape.rank is None for spec in specs) else op.known(*specs, **params)
    if op.pure and values and not op.multiple and all(value is not None for value in values):
        if any(is_partial(value) for value in _computed_with(op, values) if value is not None):
            return None
        with suppress(*KERNEL_ERRORS, OpError):  # if it fails, it shall fail when it is carried out
            result = op.kernel(*values, **params)
            return None if isinstance(result, Variant) else np.asarray(result)
    return None


def _computed_with(op: Op, values: Sequence[np.ndarray | None]) -> Sequence[np.ndarray | None]:
    """Those inputs among whose elements an unknown one would do harm: it is not only put elsewhere."""
    if not op.moves:
        return values
    return values[len(op.late_of.inputs) :] if op.late_of else ()


def static_int(value: Any, argument: str) -> int:
    """One Python int; ShapeError if it is None, TypeError if it is a symbol without a known value or no integer."""
    if value is None:
        raise ShapeError(
            f"{argument} must be known, but a size in it is None. In tf.reshape, -1 stands for the size that follows "
            "from the others; the size of a tensor while a graph is traced is tf.shape(x)[i]."
        )
    if is_dense_tensor(value):
        known = static_value(value)
        if known is None:
            raise TypeError(
                f"{argument} must be known while a graph is traced, but {value!r} gets its value only when the "
                "graph runs. Use a Python number, or the shape of a tensor whose shape is known."
            )
        value = known[()]
    try:
        return value.__index__()
    except (AttributeError, TypeError):
        raise DTypeError(f"{argument} must be an integer, not {value!r}.") from None


def static_ints(value: Any, argument: str) -> tuple[int, ...]:
    """A tuple of Python ints from a list, a shape, an array, a 1-D tensor or a single number.

    >>> static_ints([2, np.int64(3)], "shape"), static_ints(4, "shape")
    ((2, 3), (4,))
    """
    if is_dense_tensor(value):
        known = static_value(value)
        if known is None:
            return (static_int(value, argument),)  # raises, naming the symbol
        value = known
    if isinstance(value, TensorShape):
        value = value.as_list()
    if isinstance(value, np.ndarray):
        if value.size and value.dtype.kind not in "iu":
            raise DTypeError(f"{argument} must hold integers, not {value.dtype.name}.")
        value = value.tolist()
    if not isinstance(value, Sequence):
        value = (value,)
    return tuple(static_int(v, argument) for v in value)


def static_shape(value: Any, argument: str, unknown: int = 0) -> tuple[int, ...]:
    """A shape's dimensions, none of them negative but for up to ``unknown`` times -1; else ShapeError.

    >>> static_shape([2, 3], "shape"), static_shape([2, -1], "shape", unknown=1)
    ((2, 3), (2, -1))
    """
    dims = static_ints(value, argument)
    if any(d < (-1 if unknown else 0) for d in dims) or (unknown and dims.count(-1) > unknown):
        allowed = f", but for {unknown} that may be -1" if unknown else ""
        raise ShapeError(f"{argument} {list(dims)}: no dimension may be negative{allowed}.")
    return dims


def normal_axis(axis: int, rank: int) -> int:
    """A negative axis counted from the end; ValueError outside [-rank, rank).

    >>> normal_axis(-1, 3)
    2
    """
    if not -rank <= axis < rank:
        raise ValueError(f"axis {axis} is out of range for a tensor of rank {rank}: expected [{-rank}, {rank})")
    return axis % rank if rank else axis


def normal_axes(axis: int | tuple[int, ...] | None, rank: int) -> tuple[int, ...]:
    """All axes for None, else each one counted from the start; ValueError if one is twice or out of range.

    >>> normal_axes(None, 2), normal_axes(-1, 2)
    ((0, 1), (1,))
    """
    if axis is None:
        return tuple(range(rank))
    axes = tuple(normal_axis(a, rank) for a in (axis if isinstance(axis, tuple) else (axis,)))
    if len(set(axes)) < len(axes):
        raise ValueError(f"an axis is named twice in {axis}")
    return axes


def get_static_value(tensor: Any, partial: bool = False) -> Any:
    """The value of a tensor as a NumPy array, or None for a symbol whose value is not known before the graph runs.

    With ``partial``, the numbers of a vector of which some are known, as a list with None for the others.

    >>> import eagernb as tf
    >>> get_static_value(tf.constant([1, 2]))
    array([1, 2], dtype=int32)
    """
    if not isinstance(tensor, Tensor):  # a variable has no value that stays; a Python value is its own
        return None if is_dense_tensor(tensor) else tensor
    known = static_value(tensor)
    if known is None and partial and isinstance(tensor, Symbol):
        elements = static_elements(tensor)
        return elements if elements and any(n is not None for n in elements) else None
    return None if known is None else known.copy() if known.ndim else known[()]
