"""tf.random.experimental: under these names TensorFlow had some of tf.random first."""

from __future__ import annotations

from eagernb.ops.random_generator import (
    Algorithm,
    Generator,
    create_rng_state,
    get_global_generator,
    set_global_generator,
)
from eagernb.ops.random_stateless import fold_in as stateless_fold_in
from eagernb.ops.random_stateless import index_shuffle, stateless_shuffle
from eagernb.ops.random_stateless import split as stateless_split

__all__ = [
    "Algorithm",
    "Generator",
    "create_rng_state",
    "get_global_generator",
    "index_shuffle",
    "set_global_generator",
    "stateless_fold_in",
    "stateless_shuffle",
    "stateless_split",
]


def __dir__() -> list[str]:
    return __all__
