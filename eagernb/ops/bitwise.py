"""Logic on the bits of integers: what `&`, `|`, `^` and `~` mean for them; and shifts.

>>> import eagernb as tf
>>> (tf.constant([6, 5]) & 3).numpy(), (~tf.constant([0, 5])).numpy()
(array([2, 1], dtype=int32), array([-1, -6], dtype=int32))
>>> tf.bitwise.left_shift(5, 2).numpy(), tf.bitwise.right_shift(-8, 1).numpy()
(np.int32(20), np.int32(-4))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.dtypes import INTEGERS
from eagernb.core.laws import Laws
from eagernb.ops.families import broadcasting, elementwise

bitwise_and = broadcasting("bitwise_and", np.bitwise_and, label="&", allowed=INTEGERS, commutative=True,
                           laws=Laws(absorbing=0, associative=True, idempotent=True),
                           doc="The bits that are set in both, elementwise.",
                           example="bitwise_and([6, 5], 3) -> [2 1]")  # fmt: skip
bitwise_or = broadcasting("bitwise_or", np.bitwise_or, label="|", allowed=INTEGERS, commutative=True,
                          laws=Laws(identity=0, associative=True, idempotent=True),
                          doc="The bits that are set in one of them, elementwise.",
                          example="bitwise_or([6, 5], 3) -> [7 7]")  # fmt: skip
bitwise_xor = broadcasting("bitwise_xor", np.bitwise_xor, label="^", allowed=INTEGERS, commutative=True,
                           laws=Laws(identity=0, of_itself=0, associative=True),
                           doc="The bits that are set in just one of them, elementwise.",
                           example="bitwise_xor([6, 5], 3) -> [5 6]")  # fmt: skip
invert = elementwise("invert", np.invert, label="~", allowed=INTEGERS, laws=Laws(involution=True),
                     doc="Every bit flipped, elementwise.",
                     example="invert([0, 5]) -> [-1 -6]")  # fmt: skip


def _shift(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x, y: function(x, np.clip(y, 0, x.dtype.itemsize * 8 - 1))


left_shift = broadcasting(
    "left_shift", _shift(np.left_shift), label="<<", allowed=INTEGERS, laws=Laws(identity=0),
    doc="The bits of x moved up by y places, elementwise; y counts as 0 if negative, as at most all bits but one.",
    example="left_shift([1, 5], 2) -> [ 4 20]",
)  # fmt: skip
right_shift = broadcasting(
    "right_shift", _shift(np.right_shift), label=">>", allowed=INTEGERS, laws=Laws(identity=0),
    doc="The bits of x moved down by y places, elementwise, the sign kept; y has ``left_shift``'s limits.",
    example="right_shift([16, -8], 1) -> [ 8 -4]",
)  # fmt: skip
