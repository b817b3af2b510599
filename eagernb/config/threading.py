"""tf.config.threading: on how many threads operations run."""

from __future__ import annotations

from eagernb.core.large import get_threads as get_intra_op_parallelism_threads
from eagernb.core.large import set_threads as set_intra_op_parallelism_threads

__all__ = [
    "get_inter_op_parallelism_threads",
    "get_intra_op_parallelism_threads",
    "set_inter_op_parallelism_threads",
    "set_intra_op_parallelism_threads",
]


def __dir__() -> list[str]:
    return __all__


_inter = 0


def get_inter_op_parallelism_threads() -> int:
    """What ``set_inter_op_parallelism_threads`` set."""
    return _inter


def set_inter_op_parallelism_threads(num_threads: int) -> None:
    """How many operations may run side by side. It is kept, but here they run one after the other."""
    global _inter
    _inter = num_threads
