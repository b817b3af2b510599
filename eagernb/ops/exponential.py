"""Exponentials, logarithms and roots, elementwise.

>>> import eagernb as tf
>>> tf.exp(tf.constant([0.0, -1000.0])).numpy(), tf.sqrt(tf.constant([4.0, 9.0])).numpy()
(array([1., 0.], dtype=float32), array([2., 3.], dtype=float32))
>>> tf.sigmoid(tf.constant([-1000.0, 0.0, 1000.0])).numpy()
array([0. , 0.5, 1. ], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.dtypes import FLOATS, INEXACT
from eagernb.core.large import in_steps, spread
from eagernb.core.laws import Laws
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative, reciprocal, where_flowing
from eagernb.ops.complex import conj
from eagernb.ops.families import elementwise

exp = elementwise("exp", np.exp, lambda g, out: g * conj(out), label="eˣ", allowed=INEXACT, laws=Laws(inverse="log"),
                  doc="e to the power x, elementwise.",
                  example="exp([0.0, 1.0]) -> [1.     2.7183]")  # fmt: skip
expm1 = elementwise("expm1", np.expm1, lambda g, x: g * exp(conj(x)), label="eˣ−1", allowed=INEXACT,
                    laws=Laws(inverse="log1p"), doc="exp(x) - 1, elementwise, accurate near 0.",
                    example="expm1([0.0, 1.0]) -> [0.     1.7183]")  # fmt: skip
log = elementwise("log", np.log, lambda g, x: g * reciprocal(conj(x)), allowed=INEXACT, laws=Laws(inverse="exp"),
                  doc="The natural logarithm, elementwise.",
                  example="log([1.0, 10.0]) -> [0.     2.3026]")  # fmt: skip
log1p = elementwise("log1p", np.log1p, lambda g, x: g * reciprocal(conj(x) + 1), label="log(1+x)",
                    allowed=INEXACT, laws=Laws(inverse="expm1"),
                    doc="log(1 + x), elementwise, accurate near 0.",
                    example="log1p([0.0, 1.0]) -> [0.     0.6931]")  # fmt: skip
rsqrt = elementwise(
    "rsqrt", lambda x: in_steps(x, (np.sqrt,), (np.reciprocal,)),
    lambda g, out: where_flowing(g, -0.5 * _cube(conj(out))),
    label="1/√x", allowed=INEXACT, doc="1 / sqrt(x), elementwise.",
    example="rsqrt([4.0, 0.25]) -> [0.5 2. ]",
)  # fmt: skip
# The gradient at 0 is infinite, but 0 where nothing flows in, so that where(x > 0, sqrt(x), 0) has no NaN at 0.
sqrt = elementwise("sqrt", np.sqrt, lambda g, out: where_flowing(g, 0.5 / conj(out)), label="√x", allowed=INEXACT,
                   doc="The square root, elementwise; NaN for negative numbers.",
                   example="sqrt([4.0, 2.0]) -> [2.     1.4142]")  # fmt: skip


def _cube(x: Tensor) -> Tensor:
    return x * x * x


def _sigmoid(x: Any) -> Any:
    # Where exp(-x) overflows to infinity, its reciprocal is 0: the limit.
    return in_steps(x, (np.negative,), (np.exp,), (np.add, x.dtype.type(1)), (np.reciprocal,))


def _softplus(x: Any) -> Any:
    # log(exp(x) + exp(0)) with the larger one taken out; np.logaddexp does the same, but number by number.
    larger = spread(np.maximum, x, x.dtype.type(0))
    return in_steps(x, (np.absolute,), (np.negative,), (np.exp,), (np.log1p,), (np.add, larger))


sigmoid = elementwise(
    "sigmoid", _sigmoid, lambda g, out: g * conj(out) * (1 - conj(out)), label="σ", allowed=INEXACT,
    doc="1 / (1 + exp(-x)), elementwise, without overflow.",
    example="sigmoid([-1000.0, 0.0, 1.0]) -> [0.     0.5    0.7311]",
)  # fmt: skip
softplus = elementwise(
    "softplus", _softplus, lambda g, x: g * sigmoid(x), allowed=FLOATS,
    argument="features", doc="log(1 + exp(features)), elementwise, without overflow.",
    example="softplus([-1000.0, 0.0]) -> [0.     0.6931]",
)  # fmt: skip


def log_sigmoid(x: Any, name: str | None = None) -> Tensor:
    """log(sigmoid(x)), elementwise, without overflow.

    Takes floats, whose shape stays; DTypeError for integers.

    >>> log_sigmoid([-1000.0, 0.0]).numpy()
    array([-1.000000e+03, -6.931472e-01], dtype=float32)
    """
    return negative(softplus(negative(x)))
