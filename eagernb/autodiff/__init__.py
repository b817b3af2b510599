"""Automatic differentiation: the tape that records, the walk back, and the accumulator that goes forward.

Under TensorFlow's names there are two in ``tf.autodiff``.
"""

from typing import TYPE_CHECKING
from typing import Any as _Any

from eagernb.autodiff.tape import GradientTape as GradientTape

if TYPE_CHECKING:
    from eagernb.autodiff.forward import ForwardAccumulator as ForwardAccumulator


def __getattr__(name: str) -> _Any:
    if name == "ForwardAccumulator":  # loaded when it is first asked for
        from eagernb.autodiff.forward import ForwardAccumulator

        return ForwardAccumulator
    raise AttributeError(f"module 'eagernb.autodiff' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), "ForwardAccumulator"})
