"""Parts of a batch of operators: ``operator[0]``, ``operator[..., tf.newaxis, 1:]``."""

from __future__ import annotations

from typing import Any

from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, in_batch


def batch_slice(operator: LinearOperator, slices: Any) -> LinearOperator:
    """The operator of a part of the batch: what it holds is brought to the batch's shape, and cut there."""
    slices = slices if isinstance(slices, tuple) else (slices,)
    return _sliced(operator, slices, operator._sizes()[:-2])


def _sliced(operator: LinearOperator, slices: tuple[Any, ...], batch: Sizes) -> LinearOperator:
    def part(value: Any, axes: Any) -> Any:
        if isinstance(value, (list, tuple)):
            of_each = axes if isinstance(axes, (list, tuple)) else [axes] * len(value)
            return [part(*pair) for pair in zip(value, of_each, strict=True)]
        if isinstance(value, LinearOperator):
            return _sliced(value, slices, batch)
        return in_batch(batch, value, axes)[_with_matrix_axes(slices, axes)]

    arguments = operator._own_arguments()
    cut = {
        name: part(arguments[name], axes) for name, axes in operator._axes.items() if arguments.get(name) is not None
    }
    return type(operator)(**(arguments | cut))


def _with_matrix_axes(slices: tuple[Any, ...], axes: int) -> tuple[Any, ...]:
    """The same slices of the axes before the last few, which are left whole."""
    more = () if any(part is Ellipsis for part in slices) else (Ellipsis,)
    return (*slices, *more, *[slice(None)] * axes)
