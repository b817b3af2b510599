"""Automatic differentiation: the tape that records, the walk back, and the accumulator that goes forward.

Under TensorFlow's names there are two in ``tf.autodiff``.
"""

from eagernb.autodiff.tape import GradientTape
from eagernb.core.late_names import late_names

# What is imported when it is first asked for.
_LATE = {"ForwardAccumulator": "eagernb.autodiff.forward"}

__all__ = ["GradientTape", *_LATE]

__getattr__ = late_names(__name__, _LATE)


def __dir__() -> list[str]:
    return __all__
