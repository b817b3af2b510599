"""tf.experimental: what TensorFlow may still change."""

from __future__ import annotations

from typing import Any

from eagernb.experimental import dlpack

__all__ = ["Optional", "dlpack"]


def __getattr__(name: str) -> Any:
    if name == "Optional":  # when it is first asked for
        from eagernb.data.optional import Optional

        return Optional
    raise AttributeError(f"module 'eagernb.experimental' has no attribute {name!r}")
