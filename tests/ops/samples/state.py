"""Variables, printing, random numbers."""

import io

import numpy as np

from eagernb.core.dtypes import float64, int32

from .making import DRAW, NUMBER, A, B, Sample, case

SAMPLES: dict[str, list[Sample]] = {
    "read_variable": [case([A], reference=lambda v: v)],
    "assign": [case([A], B, reference=lambda v, x: x)],
    "assign_add": [case([A], B, reference=lambda v, x: v + x)],
    "assign_sub": [case([A], B, reference=lambda v, x: v - x)],
    "print": [
        case(A, NUMBER, template=("x:", None, None), end="\n", stream=io.StringIO(),
             reference=lambda *xs, **_: np.array(False)),
    ],
    "random_normal": [case(**DRAW)],
    "random_truncated_normal": [case(**DRAW)],
    "random_uniform": [case(**DRAW), case(**{**DRAW, "dtype": float64, "seed": 3})],
    "random_integers": [case(shape=(5,), dtype=int32, seed=7, low=-2, high=3)],
    "random_permutation": [case(count=6, seed=None)],
}  # fmt: skip
