"""tf.image: pictures as tensors of shape [batch, rows, columns, channels]."""

from __future__ import annotations

from eagernb.ops.arranging import extract_patches

__all__ = ["extract_patches"]
