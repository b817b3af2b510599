"""Rounding, and the divisions that round: quotients and their remainders; and the float next to one.

>>> import eagernb as tf
>>> (tf.constant([7, -7]) // 2).numpy(), (tf.constant([7, -7]) % 2).numpy()
(array([ 3, -4], dtype=int32), array([1, 1], dtype=int32))
>>> tf.truncatediv([7, -7], 2).numpy(), tf.truncatemod([7, -7], 2).numpy()
(array([ 3, -3], dtype=int32), array([ 1, -1], dtype=int32))
>>> tf.round([0.5, 1.5, -2.7]).numpy()
array([ 0.,  2., -3.], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.dtypes import FLOATS, REAL, WIDE_FLOATS
from eagernb.core.laws import Laws
from eagernb.ops.arithmetic import negative, no_slope
from eagernb.ops.families import broadcasting, elementwise, no_gradient

floor = elementwise("floor", np.floor, allowed=FLOATS, label="⌊x⌋", laws=Laws(idempotent=True),
                    doc="Rounded towards minus infinity; no gradient.",
                    example="floor([1.5, -1.5]) -> [ 1. -2.]")  # fmt: skip
ceil = elementwise("ceil", np.ceil, allowed=FLOATS, label="⌈x⌉", laws=Laws(idempotent=True),
                   doc="Rounded towards infinity; no gradient.",
                   example="ceil([1.5, -1.5]) -> [ 2. -1.]")  # fmt: skip
round = elementwise("round", np.round, allowed=REAL, label="round", fresh=False, laws=Laws(idempotent=True),
                    doc="Rounded to the nearest integer, halves to the even one; no gradient.",
                    example="round([0.5, 1.5, -2.7]) -> [ 0.  2. -3.]")  # fmt: skip
rint = elementwise("rint", np.rint, allowed=WIDE_FLOATS, laws=Laws(idempotent=True),
                   doc="``round`` by another name, of float32 and float64 only.",
                   example="rint([0.5, 1.5, -2.7]) -> [ 0.  2. -3.]")  # fmt: skip


_BY_ZERO = "InvalidArgumentError for integers divided by 0; floats give infinities or NaN."


def _checked(of_integers: Any, of_floats: Any) -> Any:
    """A kernel that refuses to divide integers by 0."""

    def kernel(x: Any, y: Any) -> Any:
        if y.dtype.kind not in "iu":
            return of_floats(x, y)
        if x.size and not np.all(y):
            raise ValueError("integer division by zero. Mask the zeros first, for example with tf.where")
        return of_integers(x, y)

    return kernel


def _float_mod(x: Any, y: Any) -> Any:
    rest = np.fmod(x, y)  # of x's sign; it moves to y's side. (np.mod rounds -0.0 to 0.0, TensorFlow does not.)
    return np.where((rest != 0) & ((rest < 0) != (y < 0)), rest + y, rest)


floordiv = broadcasting(
    "floordiv", _checked(np.floor_divide, lambda x, y: np.floor(x / y)), label="⌊÷⌋", allowed=REAL, total=False,
    doc="x / y rounded towards minus infinity, elementwise. No gradient.\n\n" + _BY_ZERO,
    example="floordiv([7, -7], 2) -> [ 3 -4]",
)  # fmt: skip
floormod = broadcasting(
    "floormod", _checked(np.mod, _float_mod), lambda g: g, lambda g, x, y: g * negative(floordiv(x, y)),
    label="mod", allowed=REAL, total=False,
    doc="x - y * floordiv(x, y), elementwise: the remainder, with the sign of y.\n\n" + _BY_ZERO,
    example="floormod([7, -7], 3) -> [1 2]",
)  # fmt: skip
truncatediv = broadcasting(
    "truncatediv", _checked(lambda x, y: (x - np.fmod(x, y)) // y, lambda x, y: np.trunc(x / y)),
    label="trunc ÷", allowed=REAL, total=False,
    doc="x / y rounded towards zero, elementwise. No gradient.\n\n" + _BY_ZERO,
    example="truncatediv([7, -7], 2) -> [ 3 -3]",
)  # fmt: skip
truncatemod = broadcasting(
    "truncatemod", _checked(np.fmod, np.fmod), *[no_gradient("TruncateMod")] * 2, label="trunc mod", total=False,
    allowed=WIDE_FLOATS | {np.dtype(np.int32), np.dtype(np.int64)},
    doc="x - y * truncatediv(x, y), elementwise: the remainder, with the sign of x.\n\n" + _BY_ZERO,
    example="truncatemod([7, -7], 3) -> [ 1 -1]",
)  # fmt: skip

nextafter = broadcasting(
    "nextafter", np.nextafter, lambda g: g, no_slope, inputs=("x1", "x2"),
    label="next", allowed=WIDE_FLOATS, doc="The float next to x1 in the direction of x2, elementwise.",
    example="(2.0**23 * (nextafter(1.0, 2.0) - 1.0)) -> 1.0",
)  # fmt: skip
