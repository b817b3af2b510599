"""Shapes: reshape, transpose, joining, padding."""

import numpy as np

from eagernb.core.dtypes import int32, int64
from eagernb.core.shape import TensorShape

from .making import COLUMN, CUBE, EMPTY, NUMBER, ROW, SPECIAL, STRIDED, A, B, Sample, case

SAMPLES: dict[str, list[Sample]] = {
    "shape": [case(CUBE, dtype=int32, reference=lambda x, dtype: np.array([2, 3, 4], np.int32))],
    "size": [case(CUBE, dtype=int64, reference=lambda x, dtype: np.array(24))],
    "rank": [case(CUBE, dtype=int32, reference=lambda x, dtype: np.array(3, np.int32))],
    "ones_like": [case(CUBE, reference=np.ones_like), case(EMPTY, reference=np.ones_like)],
    "placeholder_with_default": [case(A, shape=TensorShape([2, 3]), reference=lambda x, shape: x)],
    "identity": [case(A, reference=lambda x: x), case(SPECIAL, reference=lambda x: x)],
    "reshape": [
        case(x, shape=s, reference=lambda x, shape: np.array(list(x.flat), x.dtype).reshape(shape))
        for x, s in ((A, (3, 2)), (STRIDED, (-1,)), (EMPTY, (3, 0)), (NUMBER, (1, 1)))
    ],
    "transpose": [
        case(A, perm=None, reference=lambda x, perm: x.T),
        case(CUBE, perm=(2, 0, 1), reference=lambda x, perm: np.moveaxis(x, 2, 0)),
        case(CUBE, perm=(0, -1, 1), reference=lambda x, perm: x.swapaxes(1, 2)),
    ],
    "expand_dims": [
        case(A, axis=0, reference=lambda x, axis: x[None]),
        case(A, axis=-1, reference=lambda x, axis: x[..., None]),
    ],
    "squeeze": [
        case(A[:, None], axis=None, reference=lambda x, axis: x[:, 0]),
        case(A[None, :, None], axis=(-2,), reference=lambda x, axis: x[:, :, 0]),
    ],
    "broadcast_to": [
        case(ROW, shape=(2, 3), reference=lambda x, shape: np.stack([x, x])),
        case(COLUMN, shape=(2, 2), reference=lambda x, shape: np.hstack([x, x])),
        case(NUMBER, shape=(0, 2), reference=lambda x, shape: np.zeros((0, 2))),
    ],
    "reshape_by_tensor": [
        case(A, np.array([3, 2], np.int32), reference=lambda x, shape: np.array(list(x.flat), x.dtype).reshape(3, 2)),
        case(STRIDED, np.array([-1], np.int64), reference=lambda x, shape: np.array(list(x.flat), x.dtype)),
    ],
    "broadcast_by_tensor": [
        case(ROW, np.array([2, 3], np.int32), reference=lambda x, shape: np.stack([x, x])),
        case(NUMBER, np.array([0, 2], np.int32), reference=lambda x, shape: np.zeros((0, 2))),
    ],
    "concat": [
        case(A, B, axis=0, reference=lambda x, y, axis: np.vstack([x, y])),
        case(A, COLUMN, A, axis=-1, reference=lambda *xs, axis: np.hstack(xs)),
    ],
    "stack": [
        case(A, B, axis=0, reference=lambda x, y, axis: np.array([x, y])),
        case(A, B, axis=-1, reference=lambda x, y, axis: np.dstack([x, y])),
    ],
    "split": [
        case(A, sizes=(1, 2), axis=1, reference=lambda x, sizes, axis: (x[:, :1], x[:, 1:])),
        case(A, sizes=(0, 2), axis=-2, reference=lambda x, sizes, axis: (x[:0], x)),
    ],
    "unstack": [
        case(A, axis=0, reference=lambda x, axis: (x[0], x[1])),
        case(A, axis=-1, reference=lambda x, axis: (x[:, 0], x[:, 1], x[:, 2])),
    ],
    "tile": [case(A, multiples=(2, 3), reference=lambda x, multiples: np.block([[x, x, x], [x, x, x]]))],
    "pad": [
        case(A, paddings=((1, 0), (0, 2)), mode="CONSTANT", value=0,
             reference=lambda x, **_: np.vstack([np.zeros((1, 5)), np.hstack([x, np.zeros((2, 2))])])),
        case(A, paddings=((0, 1), (2, 1)), mode="REFLECT", value=0,
             reference=lambda x, **_: x[[0, 1, 0]][:, [2, 1, 0, 1, 2, 1]]),
        case(A, paddings=((2, 0), (0, 3)), mode="SYMMETRIC", value=0,
             reference=lambda x, **_: x[[1, 0, 0, 1]][:, [0, 1, 2, 2, 1, 0]]),
    ],
    "reverse": [case(A, axis=(0, -1), reference=lambda x, axis: x[::-1, ::-1])],
}  # fmt: skip
