"""Automatic differentiation: the tape that records, the walk back, and the accumulator that goes forward.

Under TensorFlow's names there are two in ``tf.autodiff``.
"""

from eagernb.autodiff.tape import GradientTape
from eagernb.core.lazy_import import lazy_import

# What is imported when it is first asked for.
_LAZY = {"ForwardAccumulator": "eagernb.autodiff.forward"}

__all__ = ["GradientTape", *_LAZY]

__getattr__ = lazy_import(__name__, _LAZY)


def __dir__() -> list[str]:
    return __all__
