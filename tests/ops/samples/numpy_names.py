"""What eagernb.numpy adds: elementwise functions, orders and positions by NumPy's rules."""

import numpy as np

from .making import BOOLS, CUBE, INTS, NUMBER, SPECIAL, A, B, Sample, case, elementwise, pairs

Z = np.array([[0.3 + 1.2j, -2.0 - 0.5j, 1.5j], [2.0 + 0j, -0.7 + 3j, 0.4 - 0.9j]])
UNSIGNED = np.array([[7, 0, 3], [2, 5, 1]], np.uint8)
WIDE = np.array([[7.5, -7.5, 0.3], [-2.2, 5.0, -0.6]])
TIES = np.array([[2.0, 1.0, 2.0, 1.0], [3.0, 3.0, 3.0, 0.0]])
WITH_NAN = np.array([1.0, np.nan, 3.0, np.nan])


def by_hand(x, axis, descending):
    """Insertion sort of each line: an element goes before those that it is strictly before."""

    def comes_first(a, b):
        return a > b if descending else a < b

    def order(line):
        result = []
        for i, value in enumerate(line):
            place = len(result)
            while place and comes_first(value, line[result[place - 1]]):
                place -= 1
            result.insert(place, i)
        return np.array(result, np.int64)

    return np.apply_along_axis(order, axis, x)


def along(x, indices, axis):
    moved, chosen = np.moveaxis(x, axis, 0), np.moveaxis(indices, axis, 0)
    shape = np.broadcast_shapes(moved.shape[1:], chosen.shape[1:])
    result = np.empty((len(chosen), *shape))
    lines = np.broadcast_to(moved, (len(moved), *shape))
    for place in np.ndindex(result.shape):
        result[place] = lines[(np.broadcast_to(chosen, result.shape)[place], *place[1:])]
    return np.moveaxis(result, 0, axis)


def back_along(g, indices, shape, axis):
    """The sum over all positions, of g where the position was chosen."""
    positions = np.arange(shape[axis]).reshape([-1 if i == axis else 1 for i in range(len(shape))])
    parts = [
        np.where(positions == part % shape[axis], weight, 0)
        for part, weight in zip(
            np.split(indices, indices.shape[axis], axis), np.split(g, g.shape[axis], axis), strict=True
        )
    ]
    total = np.sum(parts, axis=0)
    extra = tuple(i for i, n in enumerate(shape) if n == 1 and total.shape[i] != 1)
    return total.sum(extra, keepdims=True)


def unique(x):
    flat = x.ravel().tolist()
    values = sorted(set(flat))
    return (
        np.array([flat.index(v) for v in values], np.int64),
        np.array([values.index(v) for v in flat], np.int64).reshape(x.shape),
        np.array([flat.count(v) for v in values], np.int64),
    )


INDICES = np.array([[0, -1, 1], [1, 0, 0]])
SAMPLES: dict[str, list[Sample]] = {
    "log2": elementwise(lambda x: np.log(x) / np.log(2), B, SPECIAL, Z),
    "log10": elementwise(lambda x: np.log(x) / np.log(10), B, SPECIAL, Z),
    "trunc": elementwise(lambda x: np.copysign(np.floor(np.abs(x)), x), WIDE, SPECIAL),
    "signbit": elementwise(lambda x: np.copysign(1, x) < 0, WIDE, SPECIAL),
    "hypot": pairs(lambda x, y: np.where(np.isinf(x) | np.isinf(y), np.inf, (x * x + y * y) ** 0.5),
                   (SPECIAL, np.flip(SPECIAL)), (A, A.astype(np.float64) * 3)),
    "logaddexp": pairs(lambda x, y: np.maximum(x, y) + np.log(1 + np.exp(-np.abs(x - y))), (A * 2000, -A * 2000)),
    "copysign": pairs(lambda x, y: np.abs(x) * np.where(1 / y < 0, -1, 1), (A, -A),
                      (SPECIAL[1:], np.flip(SPECIAL[1:]))),
    "floor_divide": [
        *pairs(lambda x, y: np.floor(x / y), (WIDE, np.array([2.0, -3.0, np.inf])), (SPECIAL, NUMBER)),
        case(INTS, np.array([2, -3, 5], np.int32), reference=lambda x, y: np.floor(x / y).astype(np.int32)),
        case(INTS, np.zeros(3, np.int32), reference=lambda x, y: np.zeros_like(x)),
    ],
    "remainder": [
        *pairs(lambda x, y: x - y * np.floor(x / y), (WIDE, np.array([2.0, -3.0, 0.7]))),
        case(INTS, np.array([2, -3, 5], np.int32), reference=lambda x, y: x - y * np.floor(x / y).astype(np.int32)),
    ],
    "integer_power": [case(UNSIGNED, np.array([2, 0, 1], np.uint8),
                           reference=lambda x, y: np.array([[49, 1, 3], [4, 1, 1]], np.uint8))],
    "negated": [*elementwise(lambda x: 0.0 - x, A),
                case(UNSIGNED, reference=lambda x: (256 - x.astype(int)).astype(np.uint8))],
    "complex_expm1": [
        case(Z, reference=lambda x: np.exp(x) - 1),
        case(np.array([1e-10 + 1e-10j]), reference=lambda x: x + x * x / 2),
        case(np.array([complex(np.inf, 0.0), complex(-np.inf, 3.0), 0j]),
             reference=lambda x: np.array([complex(np.inf, 0.0), -1, 0])),
    ],
    "first_largest": [
        case(CUBE, axis=1, reference=lambda x, axis: by_hand(x, axis, True)[:, 0]),
        case(TIES, axis=-1, reference=lambda x, axis: np.array([0, 0])),
        case(WITH_NAN, axis=0, reference=lambda x, axis: np.int64(1)),
        case(BOOLS, axis=1, reference=lambda x, axis: np.array([0, 2])),
    ],
    "first_smallest": [
        case(CUBE, axis=1, reference=lambda x, axis: by_hand(x, axis, False)[:, 0]),
        case(TIES, axis=-1, reference=lambda x, axis: np.array([1, 3])),
        case(WITH_NAN, axis=0, reference=lambda x, axis: np.int64(1)),
    ],
    "sorted_order": [
        case(x, axis=axis, descending=down, reference=by_hand)
        for x, axis in ((CUBE, 1), (TIES, -1), (TIES, 0), (INTS, 1), (UNSIGNED, 0), (CUBE[:, :0], 1))
        for down in (False, True)
    ] + [case(WITH_NAN, axis=0, descending=False, reference=lambda x, **_: np.array([0, 2, 1, 3]))],
    "insertion_points": [
        case(np.array([1.0, 2.0, 2.0, 5.0]), TIES, side="left",
             reference=lambda s, v, side: (s[:, None, None] < v).sum(0)),
        case(np.array([1, 2, 2, 5]), np.array(2), side="right", reference=lambda s, v, side: np.int64(3)),
    ],
    "unique_elements": [
        case(x, reference=unique) for x in (TIES, INTS, np.array(3.0), np.zeros((0, 2)), Z.real.astype(np.float32))
    ],
    "take_along_axis": [
        case(A, INDICES, axis=0, reference=along),
        case(A, np.array([[2, 0], [1, 1]]), axis=-1, reference=along),
        case(A, np.array([[1], [-1]]), axis=1, reference=along),
        case(A[:1], np.array([[2], [0]]), axis=1, reference=along),
        case(CUBE, np.array([[[0]], [[2]]]), axis=1, reference=along),
    ],
    "take_along_axis_grad": [
        case(A, INDICES, shape=(2, 3), axis=0, reference=back_along),
        case(A, np.array([[0, 2, 0], [1, 1, 1]]), shape=(2, 3), axis=1, reference=back_along),
        case(A, np.array([[0, 2, 0], [1, 1, 1]]), shape=(1, 3), axis=1, reference=back_along),
    ],
}  # fmt: skip
