"""How to write a sample, and the arrays that samples share."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.dtypes import float32


class Sample(NamedTuple):
    """Arguments of an op. An input in a list of its own, ``[array]``, is the value of a Variable.

    ``reference(*arrays, **params)`` is the answer, written without the op's kernel; None where it is random.
    ``determined(*results)`` is what is determined of the results where they are not, such as the signs of eigenvectors:
    the reference and the gradient are then of that. ``domain(x)`` makes of any input one that the gradient is for.
    """

    inputs: tuple[Any, ...]
    params: dict[str, Any]
    reference: Callable[..., Any] | None
    determined: Callable[..., Any] | None = None
    domain: Callable[[Any], Any] | None = None


def case(*inputs: Any, reference: Callable[..., Any] | None = None, **params: Any) -> Sample:
    return Sample(inputs, params, reference)


rng = np.random.default_rng(0)
A = rng.uniform(0.2, 0.9, (2, 3)) * np.array([[1, -1, 1], [-1, 1, 1]])  # no zeros, no ties, within asin's domain
B = rng.uniform(0.3, 1.9, (2, 3))
ROW, COLUMN, NUMBER = rng.uniform(0.3, 1.9, 3), rng.uniform(0.3, 1.9, (2, 1)), np.float64(0.6)
CUBE = rng.uniform(-2, 2, (2, 3, 4))
Z, W = A + 1j * B, B[::-1] - 1j * A  # complex
EMPTY = np.zeros((0, 3))
INTS = np.array([[7, -7, 3], [-2, 5, 0]], np.int32)
DIVISORS = np.array([2, -3, 5], np.int32)
BOOLS, FLAGS = np.array([[True, False, True], [False, False, True]]), np.array([True, True, False])
SPECIAL = np.array([np.nan, np.inf, -np.inf, -0.0, 0.0, 1.5])
F32 = A.astype(np.float32)
STRIDED = rng.uniform(0.2, 0.9, (6, 3))[::2, ::-1]  # neither contiguous nor in order


def elementwise(reference: Callable[..., Any], *arrays: Any) -> list[Sample]:
    return [case(x, reference=reference) for x in (*(arrays or (A, F32, SPECIAL)), STRIDED, NUMBER, EMPTY)]


def pairs(reference: Callable[..., Any], *more: tuple[Any, Any]) -> list[Sample]:
    """Equal shapes, broadcasting either way and both ways, rank 0, nothing at all."""
    floats = [(B, B[::-1]), (B, ROW), (COLUMN, B), (COLUMN, ROW), (B, NUMBER), (NUMBER, NUMBER + 1), (EMPTY, ROW)]
    return [case(x, y, reference=reference) for x, y in (*floats, *more)]


def logic(reference: Callable[..., Any]) -> list[Sample]:
    return [case(BOOLS, FLAGS, reference=reference), case(FLAGS, BOOLS[:0], reference=reference)]


def reducing(reference: Callable[..., Any], *arrays: Any) -> list[Sample]:
    axes: list[Any] = [None, (0,), (-1,), (0, 2), (2, 0), ()]
    samples = [case(CUBE, axis=a, keepdims=k, reference=reference) for a in axes for k in (False, True)]
    return samples + [case(x, axis=(1,), keepdims=False, reference=reference) for x in arrays]


def running(reference: Callable[..., Any]) -> list[Sample]:
    options = [(axis, exclusive, back) for axis in (0, 2, -2) for exclusive in (False, True) for back in (False, True)]
    with_zeros = CUBE.round()
    return [
        case(x, axis=a, exclusive=e, reverse=r, reference=reference) for x in (CUBE, with_zeros) for a, e, r in options
    ]


def by_loop(function: Any) -> Callable[..., Any]:
    """cumsum and cumprod, literally: each output reduces the elements before (or after) it."""

    def reference(x: Any, axis: int, exclusive: bool, reverse: bool) -> Any:
        moved = np.moveaxis(x, axis, 0)
        parts = []
        for i in range(len(moved)):
            taken = moved[i + exclusive :] if reverse else moved[: i + 1 - exclusive]
            parts.append(function(taken, axis=0))
        return np.moveaxis(np.stack(parts), 0, axis)

    return reference


def softmax(x: Any, axis: int) -> Any:
    e = np.exp(x)
    return e / e.sum(axis, keepdims=True)


def int_mean(x: Any, axis: Any, keepdims: bool) -> Any:
    return np.trunc(x.mean(axis, keepdims=keepdims)).astype(x.dtype)


LABELS = np.array([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])
DRAW = {"shape": (3, 2), "dtype": float32, "seed": None}
