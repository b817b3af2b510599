"""Comparisons, logic and tests for special values: all give bool.

>>> import eagernb as tf
>>> (tf.constant([1, 2, 3]) > 2).numpy()
array([False, False,  True])
>>> tf.math.is_nan(tf.constant([1.0, float("nan")])).numpy()
array([False,  True])
"""

from __future__ import annotations

import numpy as np

from eagernb.core.dtypes import ANY, BOOLS, FLOATS, REAL, bool_
from eagernb.core.laws import Laws
from eagernb.ops.families import broadcasting, elementwise

equal = broadcasting("equal", np.equal, label="=", allowed=ANY, dtype=bool_, commutative=True,
                     laws=Laws(of_itself=True), doc="x == y, elementwise.",
                     example="equal([1, 2], 2) -> [False  True]")  # fmt: skip
not_equal = broadcasting("not_equal", np.not_equal, label="≠", allowed=ANY, dtype=bool_, commutative=True,
                         laws=Laws(of_itself=False), doc="x != y, elementwise.",
                         example="not_equal([1, 2], 2) -> [ True False]")  # fmt: skip
less = broadcasting("less", np.less, label="<", allowed=REAL, dtype=bool_, laws=Laws(of_itself=False),
                    doc="x < y, elementwise.",
                    example="less([1, 2, 3], 2) -> [ True False False]")  # fmt: skip
less_equal = broadcasting("less_equal", np.less_equal, label="≤", allowed=REAL, dtype=bool_,
                          laws=Laws(of_itself=True), doc="x <= y, elementwise.",
                          example="less_equal([1, 2, 3], 2) -> [ True  True False]")  # fmt: skip
greater = broadcasting("greater", np.greater, label=">", allowed=REAL, dtype=bool_, laws=Laws(of_itself=False),
                       doc="x > y, elementwise.",
                       example="greater([1, 2, 3], 2) -> [False False  True]")  # fmt: skip
greater_equal = broadcasting("greater_equal", np.greater_equal, label="≥", allowed=REAL, dtype=bool_,
                             laws=Laws(of_itself=True), doc="x >= y, elementwise.",
                             example="greater_equal([1, 2, 3], 2) -> [False  True  True]")  # fmt: skip
logical_and = broadcasting("logical_and", np.logical_and, label="and", allowed=BOOLS, commutative=True,
                           laws=Laws(identity=True, absorbing=False, associative=True, idempotent=True),
                           doc="Whether both are true, elementwise.",
                           example="logical_and([True, False], True) -> [ True False]")  # fmt: skip
logical_or = broadcasting("logical_or", np.logical_or, label="or", allowed=BOOLS, commutative=True,
                          laws=Laws(identity=False, absorbing=True, associative=True, idempotent=True),
                          doc="Whether one is true, elementwise.",
                          example="logical_or([True, False], False) -> [ True False]")  # fmt: skip
logical_xor = broadcasting("logical_xor", np.logical_xor, label="xor", allowed=BOOLS, commutative=True,
                           laws=Laws(identity=False, of_itself=False, associative=True),
                           doc="Whether just one is true, elementwise.",
                           example="logical_xor([True, False], True) -> [False  True]")  # fmt: skip
logical_not = elementwise("logical_not", np.logical_not, label="not", allowed=BOOLS,
                          laws=Laws(involution=True, negates=True),
                          doc="Whether it is false, elementwise.",
                          example="logical_not([True, False]) -> [False  True]")  # fmt: skip
is_nan = elementwise("is_nan", np.isnan, label="NaN?", allowed=FLOATS, dtype=bool_,
                     doc="Whether it is NaN, elementwise.",
                     example="is_nan([1.0, float('nan')]) -> [False  True]")  # fmt: skip
is_inf = elementwise("is_inf", np.isinf, label="inf?", allowed=FLOATS, dtype=bool_,
                     doc="Whether it is infinite, elementwise.",
                     example="is_inf([1.0, float('-inf')]) -> [False  True]")  # fmt: skip
is_finite = elementwise("is_finite", np.isfinite, label="finite?", allowed=FLOATS, dtype=bool_,
                        doc="Whether it is neither infinite nor NaN, elementwise.",
                        example="is_finite([1.0, float('inf')]) -> [ True False]")  # fmt: skip
