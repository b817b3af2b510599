"""Assertions about an operator's elements: they fail when they run, in a graph at each run."""

from __future__ import annotations

from typing import Any, NoReturn

from eagernb.core.apply import scalar_like
from eagernb.errors import InvalidArgumentError
from eagernb.ops.arithmetic import abs
from eagernb.ops.assertions import assert_equal, assert_less
from eagernb.ops.complex import imag


def assert_real(x: Any, message: str) -> Any:
    """Imaginary parts are 0: always so for a real dtype."""
    return assert_equal(imag(x), scalar_like(0, imag(x)), message=message) if x.dtype.is_complex else None


def assert_no_zeros(x: Any, message: str) -> Any:
    sizes = abs(x)
    return assert_less(scalar_like(0, sizes), sizes, message=message)


def refuse(message: str) -> NoReturn:
    """What never holds."""
    raise InvalidArgumentError(message, "linear_operator")
