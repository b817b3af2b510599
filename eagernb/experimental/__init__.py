"""tf.experimental: what TensorFlow may still change."""

from __future__ import annotations

from eagernb.core.lazy_import import lazy_import
from eagernb.experimental import dlpack

# What is imported when it is first asked for.
_LAZY = {"Optional": "eagernb.data.optional"}

__all__ = ["dlpack", *_LAZY]

__getattr__ = lazy_import(__name__, _LAZY)


def __dir__() -> list[str]:
    return __all__
