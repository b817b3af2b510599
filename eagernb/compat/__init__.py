"""What older programs need: ``tf.compat.v1``, TensorFlow 1's names over the same engine."""

import sys

from eagernb.compat import v1
from eagernb.compat.python_types import (
    bytes_or_text_types,
    complex_types,
    dimension_at_index,
    dimension_value,
    forward_compatible,
    integral_types,
    path_to_str,
    real_types,
)
from eagernb.compat.text import as_bytes, as_str, as_str_any, as_text

v2 = sys.modules["eagernb"]  # which is being loaded, or has been, whenever this is

__all__ = [
    "as_bytes", "as_str", "as_str_any", "as_text", "bytes_or_text_types", "complex_types", "dimension_at_index",
    "dimension_value", "forward_compatible", "integral_types", "path_to_str", "real_types", "v1", "v2",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__
