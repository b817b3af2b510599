"""tf.experimental: what TensorFlow may still change."""

from __future__ import annotations

from eagernb.experimental import dlpack

__all__ = ["dlpack"]
