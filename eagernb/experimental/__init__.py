"""tf.experimental: what TensorFlow may still change."""

from __future__ import annotations

from eagernb.core.late_names import late_names
from eagernb.experimental import dlpack

# What is imported when it is first asked for.
_LATE = {"Optional": "eagernb.data.optional"}

__all__ = ["dlpack", *_LATE]

__getattr__ = late_names(__name__, _LATE)


def __dir__() -> list[str]:
    return __all__
