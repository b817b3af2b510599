"""tf.bitwise: logic on the bits of integers."""

from __future__ import annotations

from eagernb.ops.bitwise import bitwise_and, bitwise_or, bitwise_xor, invert, left_shift, right_shift

__all__ = ["bitwise_and", "bitwise_or", "bitwise_xor", "invert", "left_shift", "right_shift"]


def __dir__() -> list[str]:
    return __all__
