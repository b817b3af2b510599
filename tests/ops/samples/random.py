"""Random ops. Their numbers are tested in test_random.py: here, that they are the same in every mode."""

import numpy as np

import eagernb.ops.fractional_pooling  # noqa: F401  registers operations
from eagernb.core.dtypes import float16, float32, float64, int32, int64, uint64
from eagernb.ops.random_seeds import Stream

from .making import DRAW, Sample, case

SEED = np.array([1, -2], np.int32)
STATE = np.array([5, 6, -7], np.int64)
DIMS = {"shape": (3, 2), "dtype": float32}
ALPHA, LAM = np.array([0.5, 20.0], np.float32), np.array([[3.0, 0.0], [0.5, 9.0], [50.0, 10.0]])
LOGITS = np.array([[0.0, -np.inf, 2.0], [1.0, 1.0, 1.0]])
COUNTS, PROBS = np.array([10.0, 100.0]), np.array([[0.3], [0.5], [1.0]])
BOUNDS = np.float64(0), np.float64(2), np.array([-1.0, 0.5]), np.array([1.0, 3.0])
SAMPLER = {"count": 3, "range_max": 7, "seed": 1}


SAMPLES: dict[str, list[Sample]] = {
    "random_normal": [case(**DRAW), case(**{**DRAW, "seed": Stream((1, 2))}), case(**{**DRAW, "seed": Stream((1, 0))})],
    "random_truncated_normal": [case(**DRAW)],
    "random_uniform": [case(**DRAW), case(**{**DRAW, "dtype": float64, "seed": 3})],
    "random_integers": [case(shape=(5,), dtype=int32, seed=7, low=-2, high=3)],
    "random_permutation": [case(count=6, dtype=float32, seed=None), case(count=1, dtype=int32, seed=Stream((1, 2)))],
    "random_gamma": [case(ALPHA, **DRAW), case(ALPHA.astype(np.float64), **{**DRAW, "dtype": float64})],
    "random_poisson": [case(LAM, **DRAW), case(LAM.astype(np.int32), **{**DRAW, "dtype": int64})],
    "random_categorical": [
        case(LOGITS, count=4, dtype=int32, seed=None),
        case(LOGITS[:0], count=4, dtype=int64, seed=1),
    ],
    "stateless_normal": [
        case(SEED, **DIMS),
        case(STATE, shape=(), dtype=float16),
        case(STATE, shape=(70,), dtype=float64),
    ],
    "stateless_truncated_normal": [case(SEED, **DIMS)],
    "stateless_uniform": [case(SEED, **DIMS), case(SEED, shape=(0, 2), dtype=float64)],
    "stateless_integers": [case(SEED, shape=(5,), dtype=int64, low=-7, high=2**40)],
    "stateless_full_int": [case(SEED, shape=(5,), dtype=uint64), case(SEED, shape=(5,), dtype=int32)],
    "stateless_permutation": [case(SEED, count=6, dtype=float32)],
    "stateless_gamma": [case(SEED, ALPHA, **DIMS)],
    "stateless_poisson": [case(SEED, LAM, **DIMS)],
    "stateless_binomial": [case(SEED, COUNTS, PROBS, shape=(3, 2), dtype=int32)],
    "stateless_categorical": [case(SEED, LOGITS, count=4, dtype=int64)],
    "stateless_truncated_normal_between": [case(SEED, *BOUNDS, shape=(3, 2), dtype=float64)],
    "index_shuffle": [
        case(SEED, np.arange(5), np.int64(4)),
        case(np.array([[1, 2], [3, 4]]), np.array(7, np.int32), np.array(2000, np.int32)),
    ],
    "gamma_sample": [case(ALPHA, ALPHA * 2, reference=lambda alpha, x: x)],
    "rng_skip": [case([STATE], np.int64(3), reference=lambda state, delta: state)],
    "pooling_sequences": [
        case(height=9, width=7, ratios=(1.4, 2.0), pseudo_random=evenly, seeds=(1, 2)) for evenly in (False, True)
    ],
    "candidate_sampler": [
        case(np.array([[1], [2]]), law="uniform", unique=True, **SAMPLER),
        case(np.array([[1, 6]]), law="log_uniform", unique=False, **SAMPLER),
    ],
}
