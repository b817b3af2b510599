"""Logic on the bits of integers: what `&`, `|`, `^` and `~` mean for them.

>>> import eagernb as tf
>>> (tf.constant([6, 5]) & 3).numpy(), (~tf.constant([0, 5])).numpy()
(array([2, 1], dtype=int32), array([-1, -6], dtype=int32))
"""

from __future__ import annotations

import numpy as np

from eagernb.core.dtypes import INTEGERS
from eagernb.ops.families import broadcasting, elementwise

bitwise_and = broadcasting("bitwise_and", np.bitwise_and, label="&", allowed=INTEGERS, commutative=True,
                           doc="The bits that are set in both, elementwise.")  # fmt: skip
bitwise_or = broadcasting("bitwise_or", np.bitwise_or, label="|", allowed=INTEGERS, commutative=True,
                          doc="The bits that are set in one of them, elementwise.")  # fmt: skip
bitwise_xor = broadcasting("bitwise_xor", np.bitwise_xor, label="^", allowed=INTEGERS, commutative=True,
                           doc="The bits that are set in just one of them, elementwise.")  # fmt: skip
invert = elementwise("invert", np.invert, label="~", allowed=INTEGERS, doc="Every bit flipped, elementwise.")
