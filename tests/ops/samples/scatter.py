"""Writing at positions: the references go through the positions one by one."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .making import BOOLS, COLUMN, CUBE, INTS, ROW, STRIDED, A, B, Sample, case

POINTS, LINES = np.array([[0, 2], [1, 0], [0, 2]], np.int32), np.array([[1]])
GRID = np.array([[[0], [1]], [[1], [1]]])
NOWHERE = np.zeros((0, 2), np.int64)


def one_by_one(combine: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def reference(tensor: Any, indices: Any, updates: Any) -> Any:
        result = tensor.copy()
        for place in np.ndindex(indices.shape[:-1]):
            at = tuple(indices[place])
            result[at] = combine(result[at], updates[place])
        return result

    return reference


def updating(combine: Callable[[Any, Any], Any], *more: Any) -> list[Sample]:
    reference = one_by_one(combine)
    arrays = [
        (A, POINTS[:2], ROW[:2]), (A, LINES, B[:1]), (CUBE, POINTS[:2], CUBE[1, :2]), (STRIDED, LINES, ROW[None]),
        (INTS, POINTS, INTS[0]), (A, NOWHERE, ROW[:0]), *more,
    ]  # fmt: skip
    return [case(x, at, u, reference=reference) for x, at, u in arrays]


def larger(a: Any, b: Any) -> Any:
    return np.where(a > b, a, b)


def scattered(indices: Any, updates: Any, shape: Any) -> Any:
    return one_by_one(lambda a, b: a + b)(np.zeros(shape, updates.dtype), indices, updates)


REPEATED = (A, POINTS, ROW)  # where finite differences see what repeats as well

SAMPLES: dict[str, list[Sample]] = {
    "scatter_nd": [
        case(at, u, shape=shape, reference=scattered)
        for at, u, shape in (
            (POINTS, ROW, (2, 3)), (LINES, COLUMN.T, (3, 2)), (GRID, CUBE[:, :2], (2, 4)), (POINTS, INTS[0], (2, 3)),
            (NOWHERE, ROW[:0], (2, 2)),
        )
    ],
    "tensor_scatter_nd_update": updating(lambda a, b: b, (BOOLS, LINES, ~BOOLS[:1])),
    "tensor_scatter_nd_add": updating(lambda a, b: a + b, REPEATED),
    "tensor_scatter_nd_sub": updating(lambda a, b: a - b, REPEATED),
    "tensor_scatter_nd_max": updating(larger, REPEATED),
    "tensor_scatter_nd_min": updating(lambda a, b: -larger(-a, -b), REPEATED),
}  # fmt: skip
