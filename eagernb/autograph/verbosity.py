"""How much AutoGraph tells about what it does."""

from __future__ import annotations

from typing import Any


def set_verbosity(level: int, alsologtostdout: bool = False) -> None:
    """How much to tell: 0 nothing but warnings, 1 and more each function that is converted, with its new code.

    It is logged as information, and printed as well with ``alsologtostdout``. The environment variable
    AUTOGRAPH_VERBOSITY does the same.

    >>> import eagernb as tf
    >>> tf.autograph.set_verbosity(1, alsologtostdout=True)
    >>> int(tf.function(lambda x: x if x > 0 else -x)(tf.constant(-2)))
    AutoGraph converted <function <lambda> at 0x...> to:
    ag__lam = lambda x: ...
    2
    >>> tf.autograph.set_verbosity(0)
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
