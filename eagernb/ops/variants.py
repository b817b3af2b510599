"""Sums and zeros of variants: what gradients that are stacks or lists of tensors need."""

from __future__ import annotations

from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import VARIANTS
from eagernb.core.op import PASS_ON, Op, register
from eagernb.core.tensor import Tensor

ADD = register(
    Op("variant_add", ("x", "y"), kernel=lambda x, y: x.plus(y), infer=lambda x, y: x, rules=(PASS_ON, PASS_ON),
       label="+", family="stack", dtypes=VARIANTS, typed=(0, 1), commutative=True, linear=True)
)  # fmt: skip
ZEROS = register(
    Op("variant_zeros", ("x",), kernel=lambda x: x.zeros(), infer=lambda x: x, rules=(None,), label="zeros",
       family="stack", dtypes=VARIANTS, typed=(0,))
)  # fmt: skip


def variant_add(x: Tensor, y: Tensor) -> Tensor:
    """The sum of two variants that were made alike."""
    return dispatch(ADD, [x, y], {})


def variant_zeros(x: Tensor) -> Tensor:
    """A variant that was made like this one, of zeros."""
    return dispatch(ZEROS, [x], {})
