"""Sparse tensors: the references go through the elements one by one."""

from typing import Any

import numpy as np

import eagernb.sparse  # noqa: F401  registers the operations

from .making import Sample, case

rng = np.random.default_rng(11)
PLACES = np.array([[0, 1], [1, 0], [1, 2], [2, 2]])
VALUES, LEFT, RIGHT = rng.normal(size=4), rng.normal(size=(3, 2)), rng.normal(size=(4, 2))
NOWHERE = np.zeros((0, 2), np.int64)


def dense(indices: Any, values: Any, default_value: Any, shape: Any, validate: bool = True) -> Any:
    result = np.full(shape, default_value, values.dtype)
    for place, value in zip(indices, values, strict=True):
        result[tuple(place)] = value
    return result


def product(indices: Any, values: Any, b: Any, shape: Any, adjoint_a: bool, adjoint_b: bool) -> Any:
    a = dense(indices, values, 0, shape)
    return (a.conj().T if adjoint_a else a) @ (b.conj().T if adjoint_b else b)


def products(values: Any, *factors: Any) -> list[Sample]:
    """Of a [3, 4] matrix with these values: each factor as it is, or with a transpose on one side or both."""
    options = [(False, False), (False, True), (True, False), (True, True)]
    return [
        case(PLACES, values, b.T.copy() if turned else b, shape=(3, 4), adjoint_a=adjoint, adjoint_b=turned,
             reference=product)
        for adjoint, turned in options for b in [factors[0] if adjoint else factors[1]]
    ]  # fmt: skip


SAMPLES: dict[str, list[Sample]] = {
    "sparse_to_dense": [
        case(PLACES, VALUES, np.float64(0.5), shape=(3, 4), validate=True, reference=dense),
        case(PLACES[::-1].copy(), VALUES, np.float64(0), shape=(3, 4), validate=False, reference=dense),
        case(PLACES[:3, 1:], np.array([7, 8, 9], np.int32), np.int32(-1), shape=(4,), validate=False, reference=dense),
        case(NOWHERE, VALUES[:0], np.float64(2), shape=(2, 3), validate=True, reference=dense),
    ],
    "sparse_dense_matmul": [
        *products(VALUES, LEFT, RIGHT),
        *products(VALUES + 1j * VALUES[::-1], LEFT + 1j * LEFT[::-1], RIGHT + 1j * RIGHT[::-1]),
        case(NOWHERE, VALUES[:0], RIGHT, shape=(3, 4), adjoint_a=False, adjoint_b=False, reference=product),
        # Out of order.
        case(PLACES[[2, 0, 1]], VALUES[:3], RIGHT, shape=(3, 4), adjoint_a=False, adjoint_b=False, reference=product),
    ],
}
