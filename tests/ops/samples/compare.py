"""Comparisons, logic, bits."""

import numpy as np

from .making import BOOLS, DIVISORS, FLAGS, INTS, SPECIAL, Sample, case, elementwise, logic, pairs

SAMPLES: dict[str, list[Sample]] = {
    "equal": pairs(lambda x, y: x == y, (INTS, DIVISORS), (SPECIAL, SPECIAL), (BOOLS, FLAGS)),
    "not_equal": pairs(lambda x, y: x != y, (INTS, DIVISORS), (SPECIAL, SPECIAL)),
    "less": pairs(lambda x, y: x < y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "less_equal": pairs(lambda x, y: x <= y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "greater": pairs(lambda x, y: x > y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "greater_equal": pairs(lambda x, y: x >= y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "logical_and": logic(lambda x, y: x & y),
    "logical_or": logic(lambda x, y: x | y),
    "logical_xor": logic(lambda x, y: x ^ y),
    "logical_not": [case(BOOLS, reference=lambda x: ~x)],
    "is_nan": elementwise(lambda x: x != x),
    "is_inf": elementwise(lambda x: np.abs(x) == np.inf),
    "is_finite": elementwise(lambda x: np.abs(x) < np.inf),
    "bitwise_and": [case(INTS, DIVISORS, reference=lambda x, y: x & y)],
    "bitwise_or": [case(INTS, DIVISORS, reference=lambda x, y: x | y)],
    "bitwise_xor": [case(INTS, DIVISORS, reference=lambda x, y: x ^ y)],
    "left_shift": [
        case(INTS, DIVISORS, reference=lambda x, y: x * np.array([4, 1, 32], np.int32)),
        case(np.uint8(255), np.uint8(1), reference=lambda x, y: np.uint8(254)),
        case(np.int8(1), np.int8(100), reference=lambda x, y: np.int8(-128)),
    ],
    "right_shift": [
        case(INTS, DIVISORS, reference=lambda x, y: np.floor(x / [4, 1, 32]).astype(np.int32)),
        case(np.int8(-128), np.int8(100), reference=lambda x, y: np.int8(-1)),
    ],
    "invert": [case(INTS, reference=lambda x: -x - 1)],
}  # fmt: skip
