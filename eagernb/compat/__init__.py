"""What older programs need: ``tf.compat.v1``, TensorFlow 1's names over the same engine."""

from eagernb.compat import v1
from eagernb.compat.text import as_bytes, as_str, as_str_any, as_text

__all__ = ["as_bytes", "as_str", "as_str_any", "as_text", "v1"]
