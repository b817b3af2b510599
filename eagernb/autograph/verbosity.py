"""How much AutoGraph tells about what it does."""

from __future__ import annotations

from typing import Any


def set_verbosity(level: int, alsologtostdout: bool = False) -> None:
    """How much to log: 0 nothing but warnings, 1 and more each function that is converted, with its new code.

    The environment variable AUTOGRAPH_VERBOSITY does the same. With ``alsologtostdout``, it is printed as well.
    """
    from malt.utils import ag_logging

    ag_logging.set_verbosity(level, alsologtostdout)


def trace(*args: Any) -> None:
    """Print the arguments while a function is traced: symbols, not values.

    >>> import eagernb as tf
    >>> @tf.function
    ... def double(x):
    ...     tf.autograph.trace("tracing")
    ...     return 2 * x
    >>> int(double(tf.constant(2)))
    tracing
    4
    """
    print(*args)
