"""Choosing between the elements of two arrays, as np.where does, but fast where the choice is like chance.

NumPy asks for each element by itself which one it is to be, and a processor that guesses wrong loses the time of ten
additions. Bits can be chosen without asking: the condition becomes a mask of all ones or all zeros.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.large import empty

MANY = 8192  # elements: with fewer, np.where is done before the masks are made


def select(condition: Any, x: Any, y: Any) -> Any:
    """np.where(condition, x, y) of booleans and two arrays of one dtype.

    >>> select(np.array([True, False]), np.array([1.0, 2.0]), np.array(0.0))
    array([1., 0.])
    """
    if condition.size < MANY or x.dtype.kind != "f":
        return np.where(condition, x, y)
    bits = np.dtype(f"i{x.dtype.itemsize}")
    a, b = x.view(bits), y.view(bits)
    mask = np.negative(condition, out=empty(condition.shape, bits), dtype=bits, casting="unsafe")
    if b.ndim == 0 and b == 0:
        return np.bitwise_and(mask, a, out=mask if a.shape == mask.shape else None).view(x.dtype)
    chosen = (a ^ b) & mask
    chosen ^= b  # a where the mask is ones: a ^ b ^ b is a
    return chosen.view(x.dtype)
