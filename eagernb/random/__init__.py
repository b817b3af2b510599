"""tf.random: random tensors and their seeds."""

from __future__ import annotations

from typing import Any as _Any

from eagernb.ops.candidate_sampling import (
    all_candidate_sampler,
    log_uniform_candidate_sampler,
    uniform_candidate_sampler,
)
from eagernb.ops.random import categorical, gamma, normal, poisson, shuffle, truncated_normal, uniform
from eagernb.ops.random_generator import (
    Algorithm,
    Generator,
    create_rng_state,
    get_global_generator,
    set_global_generator,
)
from eagernb.ops.random_seeds import set_seed
from eagernb.ops.random_stateless import (
    fold_in,
    split,
    stateless_binomial,
    stateless_categorical,
    stateless_gamma,
    stateless_normal,
    stateless_parameterized_truncated_normal,
    stateless_poisson,
    stateless_truncated_normal,
    stateless_uniform,
)
from eagernb.random import experimental

__all__ = [
    "Algorithm",
    "Generator",
    "all_candidate_sampler",
    "categorical",
    "create_rng_state",
    "experimental",
    "fixed_unigram_candidate_sampler",
    "fold_in",
    "gamma",
    "get_global_generator",
    "learned_unigram_candidate_sampler",
    "log_uniform_candidate_sampler",
    "normal",
    "poisson",
    "set_global_generator",
    "set_seed",
    "shuffle",
    "split",
    "stateless_binomial",
    "stateless_categorical",
    "stateless_gamma",
    "stateless_normal",
    "stateless_parameterized_truncated_normal",
    "stateless_poisson",
    "stateless_truncated_normal",
    "stateless_uniform",
    "truncated_normal",
    "uniform",
    "uniform_candidate_sampler",
]

# What is imported when it is first asked for.
_UNIGRAMS = ("fixed_unigram_candidate_sampler", "learned_unigram_candidate_sampler")


def __getattr__(name: str) -> _Any:
    if name in _UNIGRAMS:
        from eagernb.ops import unigram_sampling

        return getattr(unigram_sampling, name)
    raise AttributeError(f"module 'eagernb.random' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_UNIGRAMS})
