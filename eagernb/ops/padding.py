"""pad: wider tensors, filled with a constant or with mirror images.

>>> import eagernb as tf
>>> tf.pad([1, 2, 3], [[1, 2]]).numpy(), tf.pad([1, 2, 3], [[2, 1]], "REFLECT").numpy()
(array([0, 1, 2, 3, 0, 0], dtype=int32), array([3, 2, 1, 2, 3, 2], dtype=int32))
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import NUMBERS, string
from eagernb.core.late import apply_late, known_dims, late_shape, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int, static_value
from eagernb.core.tensor import Tensor

Paddings = tuple[tuple[Any, Any], ...]
_PAD_MODES = {"CONSTANT": "constant", "REFLECT": "reflect", "SYMMETRIC": "symmetric"}


def _pad_spec(x: TensorSpec, paddings: Paddings, mode: str, value: float) -> TensorSpec:
    if len(paddings) != len(x.dims):
        raise ValueError(f"paddings need a pair for each of the {len(x.dims)} axes, not {len(paddings)}")
    _check_mirror(x.dims, paddings, mode)
    dims = []
    for d, pair in zip(x.dims, paddings, strict=True):
        before, after = known_dims(pair)
        dims.append(None if d is None or before is None or after is None else d + before + after)
    return TensorSpec(dims, x.dtype)


def _check_mirror(dims: Dims, paddings: Paddings, mode: str) -> None:
    """A mirror image is no longer than what it shows: REFLECT leaves the edge out."""
    if mode == "CONSTANT":
        return
    for d, pair in zip(dims, paddings, strict=True):
        longest = d if d is None or mode == "SYMMETRIC" else d - 1
        most = max((n for n in known_dims(pair) if n is not None), default=0)
        if longest is not None and most > longest:
            raise ValueError(f"an axis of size {d} can be padded by {longest} at most with mode {mode}, not {most}")


def _pad_kernel(x: Any, paddings: Paddings, mode: str, value: float) -> Any:
    if len(paddings) != x.ndim:
        raise ValueError("a pair is needed for each axis")
    _check_mirror(x.shape, paddings, mode)
    if not paddings:
        return x
    if mode == "CONSTANT":
        return np.pad(x, paddings, constant_values=value)
    return np.pad(x, paddings, mode=_PAD_MODES[mode])  # type: ignore[call-overload]


def _pad_rule(g: Tensor, like_x: Any, paddings: Paddings, mode: str) -> Tensor:
    if mode == "CONSTANT":
        return g[tuple(slice(a, a + d) for (a, _), d in zip(paddings, sizes_of(like_x), strict=True))]
    return apply_late(PAD_GRAD, (g,), paddings=paddings, mode=mode)


PAD = register(
    Op("pad", ("x",), _pad_kernel, _pad_spec, rules=(Rule.of(_pad_rule),), label="pad", family="shape", moves=True,
       unchanged=lambda x, paddings, mode, value: all(pair == (0, 0) for pair in paddings))
)  # fmt: skip


def pad(
    tensor: Any, paddings: Any, mode: str = "CONSTANT", constant_values: Any = 0, name: str | None = None
) -> Tensor:
    """Wider along each axis by a pair (before, after): filled with a constant, or mirrored.

    ``mode`` is CONSTANT, REFLECT (the edge is not repeated) or SYMMETRIC (it is). ShapeError unless there is a pair for
    each axis, none of them negative; ValueError for an unknown ``mode``.

    >>> pad(convert_to_tensor([1, 2]), [[1, 2]]).numpy()
    array([0, 1, 2, 0, 0], dtype=int32)
    """
    mode = mode.upper()
    if mode not in _PAD_MODES:
        raise ValueError(f"pad: unknown mode {mode!r}; use one of {', '.join(_PAD_MODES)}.")
    x = convert_to_tensor(tensor)
    pairs = tuple(late_shape(pair, "paddings") for pair in _rows(paddings))
    return apply_late(PAD, (x,), paddings=pairs, mode=mode, value=_filling(constant_values, x))


def _folded_spec(g: TensorSpec, paddings: Paddings, mode: str) -> TensorSpec:
    sizes = [None if None in pair else sum(pair) for pair in map(known_dims, paddings)]  # type: ignore[arg-type]
    dims = [None if d is None or n is None else d - n for d, n in zip(g.dims, sizes, strict=True)]
    return TensorSpec(dims, g.dtype)


def _fold_kernel(g: Any, paddings: Paddings, mode: str) -> Any:
    """Add the gradient of each mirrored element to that of the element which it shows."""
    for axis, (before, after) in enumerate(paddings):
        size = g.shape[axis] - before - after
        shown = np.pad(np.arange(size), (before, after), mode=_PAD_MODES[mode])  # type: ignore[call-overload]
        folded = np.zeros((size, *g.shape[:axis], *g.shape[axis + 1 :]), g.dtype)
        np.add.at(folded, shown, np.moveaxis(g, axis, 0))
        g = np.moveaxis(folded, 0, axis)
    return g


PAD_GRAD = register(
    Op("pad_grad", ("g",), _fold_kernel, _folded_spec,
       rules=(Rule.of(lambda g, paddings, mode: apply_late(PAD, (g,), paddings=paddings, mode=mode, value=0)),),
       label="pad'", family="shape", dtypes=NUMBERS, linear=True)
)  # fmt: skip


def _filling(value: Any, x: Tensor) -> Any:
    """What to pad x with, as a Python value of x's dtype."""
    if not is_dense_tensor(value) and value == 0:
        return b"" if x.dtype is string else 0
    known = static_value(convert_to_tensor(value, x.dtype))
    if known is None:
        raise TypeError("pad: constant_values must be known while a graph is traced. Use a Python number.")
    return known.item()


def _rows(paddings: Any) -> Any:
    """The pairs of a matrix: numbers as far as they are known."""
    if isinstance(paddings, (list, tuple)):
        return paddings
    known = static_value(convert_to_tensor(paddings))
    return unstacked(paddings) if known is None else known


def unstacked(x: Tensor) -> list[Tensor]:
    """The rows of a tensor whose first size is known."""
    return [x[i] for i in range(static_int(x._dims[0], "the number of rows"))]
