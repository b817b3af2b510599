"""Picking elements."""

import numpy as np

from eagernb.core.dtypes import float32, int32
from eagernb.ops.slicing import Slice

from .making import BOOLS, COLUMN, CUBE, DIVISORS, FLAGS, INTS, ROW, A, B, Sample, case

SAMPLES: dict[str, list[Sample]] = {
    "strided_slice": [
        case(A, key=(0,), reference=lambda x, key: x[0]),
        case(A, key=(1, -1), reference=lambda x, key: x[1, 2]),
        case(A, key=(Slice(None, None, -1), Slice(0, 9, 2)), reference=lambda x, key: x[[1, 0]][:, [0, 2]]),
        case(CUBE, key=(Ellipsis, None, Slice(1, 2, None)), reference=lambda x, key: x[:, :, None, 1:2]),
        case(CUBE, key=(Slice(3, 1, None),), reference=lambda x, key: np.zeros((0, 3, 4))),
    ],
    "strided_slice_grad": [
        case(ROW, shape=(2, 3), key=(1,), reference=lambda g, shape, key: np.array([g * 0, g])),
        case(ROW[:2], shape=(4,), key=(Slice(None, None, -2),),
             reference=lambda g, shape, key: np.array([0, g[1], 0, g[0]])),
    ],
    "gather": [
        case(A, np.array([2, 0, 2]), axis=1, batch_dims=0, reference=lambda x, i, **_: x[:, [2, 0, 2]]),
        case(CUBE, np.array([[1], [0]]), axis=0, batch_dims=0, reference=lambda x, i, **_: x[::-1][:, None]),
        case(A, np.array([[2, 0], [1, 1]]), axis=1, batch_dims=1,
             reference=lambda x, i, **_: np.take_along_axis(x, i, 1)),
        case(CUBE, np.array([[2, 0], [1, 1]]), axis=2, batch_dims=1,
             reference=lambda x, i, **_: np.stack([x[0][:, [2, 0]], x[1][:, [1, 1]]])),
        case(CUBE, np.array([[[3, 0], [1, 1], [0, 2]], [[2, 2], [0, 1], [3, 3]]]), axis=-1, batch_dims=2,
             reference=lambda x, i, **_: np.take_along_axis(x, i, 2)),
        case(A[:0], np.zeros((0, 2), np.int64), axis=1, batch_dims=1, reference=lambda x, i, **_: np.zeros((0, 2))),
    ],
    "gather_grad": [
        case(A, np.array([2, 0, 2]), shape=(2, 4), axis=1, batch_dims=0,
             reference=lambda g, i, **_: np.stack([g[:, 1], 0 * g[:, 0], g[:, 0] + g[:, 2], 0 * g[:, 0]], 1)),
        case(A[:, :2], np.array([[2, 0], [1, 1]]), shape=(2, 3), axis=1, batch_dims=1,
             reference=lambda g, i, **_: np.array([[g[0, 1], 0, g[0, 0]], [0, g[1].sum(), 0]])),
        case(CUBE[:, :, :2], np.array([[2, 0], [1, 1]]), shape=(2, 3, 3), axis=2, batch_dims=1,
             reference=lambda g, i, **_: np.stack([
                 np.stack([g[0, :, 1], 0 * g[0, :, 0], g[0, :, 0]], 1),
                 np.stack([0 * g[1, :, 0], g[1].sum(1), 0 * g[1, :, 0]], 1),
             ])),
    ],
    "gather_nd": [
        case(A, np.array([[0, 1], [1, 0]]), reference=lambda x, i: np.array([x[0, 1], x[1, 0]])),
        case(CUBE, np.array([[1]]), reference=lambda x, i: x[1:]),
    ],
    "with_batch_positions": [
        case(np.array([[[5], [6]], [[7], [8]]]), batch_dims=1,
             reference=lambda i, batch_dims: np.array([[[0, 5], [0, 6]], [[1, 7], [1, 8]]])),
        case(np.array([[3, 1], [2, 0]], np.int32), batch_dims=1,
             reference=lambda i, batch_dims: np.array([[0, 3, 1], [1, 2, 0]], np.int32)),
    ],
    "where": [
        case(BOOLS, A, B, reference=lambda c, x, y: np.choose(c, [y, x])),
        case(FLAGS, COLUMN, B, reference=lambda c, x, y: np.hstack([x, x, y[:, 2:]])),
        case(np.array(True), INTS, DIVISORS, reference=lambda c, x, y: x),
    ],
    "where_true": [case(BOOLS, reference=lambda c: np.array([[0, 0], [0, 2], [1, 2]]))],
    "one_hot": [
        case(np.array([0, 2, 5]), depth=3, axis=-1, on=1, off=0, dtype=float32,
             reference=lambda i, **_: np.array([[1, 0, 0], [0, 0, 1], [0, 0, 0]], np.float32)),
        case(np.array([1, 0]), depth=3, axis=0, on=5, off=-1, dtype=int32,
             reference=lambda i, **_: np.array([[-1, 5], [5, -1], [-1, -1]], np.int32)),
    ],
}  # fmt: skip
