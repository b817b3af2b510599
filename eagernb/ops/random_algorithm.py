"""Algorithm: the ways to make random bits, of which this library has TensorFlow's for CPUs, Philox."""

from __future__ import annotations

from enum import Enum
from typing import Any

from eagernb.errors import InvalidArgumentError


class Algorithm(Enum):
    """The ways to make random bits. A Generator's state may have ThreeFry's form, but only Philox draws, as on CPUs.

    >>> import eagernb as tf
    >>> tf.random.Generator.from_seed(1, alg=Algorithm.PHILOX).algorithm == Algorithm.PHILOX.value
    True
    """

    PHILOX = 1
    THREEFRY = 2
    AUTO_SELECT = 3


def algorithm(value: Any) -> Algorithm:
    """The algorithm of this name or number; ValueError if there is none."""
    try:
        named = value.strip().upper() if isinstance(value, str) else None
        chosen = Algorithm(value) if named is None else Algorithm["AUTO_SELECT" if named == "AUTOSELECT" else named]
    except (KeyError, ValueError):
        raise ValueError(f"alg must be one of {', '.join(a.name.lower() for a in Algorithm)}, not {value!r}.") from None
    return Algorithm.PHILOX if chosen is Algorithm.AUTO_SELECT else chosen


def check_drawable(chosen: Algorithm) -> None:
    """Raise InvalidArgumentError for what draws on no CPU."""
    if chosen is not Algorithm.PHILOX:
        raise InvalidArgumentError(f"No CPU draws by {chosen.name.lower()}: use alg='philox'.")
