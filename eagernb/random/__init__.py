"""tf.random: random tensors and their seeds."""

from __future__ import annotations

from eagernb.core.lazy_import import lazy_import
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

# What is imported when it is first asked for.
_LAZY = {
    "fixed_unigram_candidate_sampler": "eagernb.ops.unigram_sampling",
    "learned_unigram_candidate_sampler": "eagernb.ops.unigram_sampling",
}

__all__ = [
    "Algorithm",
    "Generator",
    "all_candidate_sampler",
    "categorical",
    "create_rng_state",
    "experimental",
    "fold_in",
    "gamma",
    "get_global_generator",
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
    *_LAZY,
]

__getattr__ = lazy_import(__name__, _LAZY)


def __dir__() -> list[str]:
    return __all__
