"""Repeating, rolling, reversing; ranges; shapes that are reckoned with."""

from typing import Any

import numpy as np

from .making import COLUMN, CUBE, EMPTY, INTS, ROW, SPECIAL, STRIDED, A, Sample, case

LENGTHS = np.array([3, 1], np.int32)


def reversed_rows(x: Any, lengths: Any, seq_axis: int, batch_axis: int) -> Any:
    result = x.copy()
    for item, n in enumerate(lengths):
        for i in range(n):
            to: list[Any] = [slice(None)] * x.ndim
            source: list[Any] = [slice(None)] * x.ndim
            to[batch_axis] = source[batch_axis] = item
            to[seq_axis], source[seq_axis] = i, n - 1 - i
            result[tuple(to)] = x[tuple(source)]
    return result


def mirrored_back(g: Any, paddings: Any, mode: str) -> Any:
    """The gradient of a vector's padding, an element at a time."""
    (before, after), edge = paddings[0], 1 if mode == "REFLECT" else 0
    size = len(g) - before - after
    result = np.zeros(size, g.dtype)
    for i, value in enumerate(g):
        at = i - before
        at = -at - (1 - edge) if at < 0 else 2 * size - at - 1 - edge if at >= size else at
        result[at] += value
    return result


SAMPLES: dict[str, list[Sample]] = {
    "repeat": [
        case(A, repeats=(2,), axis=0, reference=lambda x, **_: x[[0, 0, 1, 1]]),
        case(A, repeats=(0, 3, 1), axis=1, reference=lambda x, **_: x[:, [1, 1, 1, 2]]),
        case(CUBE, repeats=(1, 0, 2), axis=1, reference=lambda x, **_: x[:, [0, 2, 2]]),
        case(STRIDED, repeats=(0,), axis=0, reference=lambda x, **_: np.zeros((0, 3))),
        case(EMPTY, repeats=(3,), axis=0, reference=lambda x, **_: x),
    ],
    "roll": [
        case(ROW, shift=(1,), axis=(0,), back=False, reference=lambda x, **_: x[[2, 0, 1]]),
        case(A, shift=(-1, 4), axis=(-1, 0), back=False, reference=lambda x, **_: x[:, [1, 2, 0]]),
        case(A, shift=(1, 1), axis=(1, 1), back=True, reference=lambda x, **_: x[:, [2, 0, 1]]),
        case(SPECIAL, shift=(-2,), axis=(0,), back=True, reference=lambda x, **_: x[[4, 5, 0, 1, 2, 3]]),
        case(EMPTY, shift=(1,), axis=(1,), back=False, reference=lambda x, **_: x),
    ],
    "reverse_sequence": [
        case(A, LENGTHS, seq_axis=1, batch_axis=0, reference=reversed_rows),
        case(CUBE, LENGTHS.astype(np.int64), seq_axis=2, batch_axis=0, reference=reversed_rows),
        case(STRIDED, np.array([0, 2, 3], np.int32), seq_axis=0, batch_axis=1, reference=reversed_rows),
        case(EMPTY, LENGTHS[:0], seq_axis=-1, batch_axis=0, reference=lambda x, *_, **__: x),
    ],
    "slice": [
        case(A, begin=(0, 1), size=(2, -1), reference=lambda x, **_: x[:, 1:]),
        case(CUBE, begin=(1, 0, 2), size=(1, 2, 1), reference=lambda x, **_: x[1:, :2, 2:3]),
        case(INTS, begin=(2, 0), size=(0, 2), reference=lambda x, **_: np.zeros((0, 2), np.int32)),
    ],
    "pad_grad": [
        case(SPECIAL[5] * np.arange(1.0, 8), paddings=((2, 1),), mode=mode, reference=mirrored_back)
        for mode in ("REFLECT", "SYMMETRIC")
    ],
    "sum_to_like": [
        case(A, ROW, reference=lambda g, like: g[0] + g[1]),
        case(A, COLUMN, reference=lambda g, like: (g[:, 0] + g[:, 1] + g[:, 2])[:, None]),
        case(CUBE, np.ones((3, 1)), reference=lambda g, like: g.sum((0, 2))[:, None]),
        case(A, A, reference=lambda g, like: g),
    ],
    "range": [
        case(np.int32(2), np.int32(9), np.int32(3), reference=lambda *_: np.array([2, 5, 8], np.int32)),
        case(np.float64(1), np.float64(-1), np.float64(-0.5), reference=lambda *_: np.array([1, 0.5, 0, -0.5])),
        case(np.int64(3), np.int64(3), np.int64(1), reference=lambda *_: np.zeros(0, np.int64)),
    ],
    "linspace": [
        case(np.float64(1), np.float64(3), num=5, axis=0, reference=lambda *_, **__: np.array([1, 1.5, 2, 2.5, 3])),
        case(ROW, np.float64(2), num=2, axis=-1, reference=lambda x, y, **_: np.stack([x, [2.0] * 3], 1)),
        case(COLUMN, ROW, num=3, axis=1,
             reference=lambda x, y, **_: np.stack([x + 0 * y, (x + y) / 2, 0 * x + y], 1)),
        case(ROW, ROW, num=0, axis=0, reference=lambda *_, **__: np.zeros((0, 3))),
        case(np.float64(4), np.float64(9), num=1, axis=0, reference=lambda *_, **__: np.array([4.0])),
    ],
    "broadcast_dynamic_shape": [
        case(np.array([3, 1], np.int32), np.array([2, 1, 4], np.int32),
             reference=lambda *_: np.array([2, 3, 4], np.int32)),
        case(np.array([], np.int64), np.array([5]), reference=lambda *_: np.array([5])),
    ],
    "ensure_shape": [case(A, shape=s, reference=lambda x, shape: x) for s in ((2, 3), (None, 3), (None, None), None)],
    "unravel_index": [
        case(np.array([[0, 5], [3, 4]], np.int32), np.array([2, 3], np.int32),
             reference=lambda *_: np.array([[[0, 1], [1, 1]], [[0, 2], [0, 1]]], np.int32)),
        case(np.int64(7), np.array([3, 3]), reference=lambda *_: np.array([2, 1])),
    ],
}  # fmt: skip
