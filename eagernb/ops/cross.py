"""The cross product of vectors in space.

>>> import eagernb as tf
>>> tf.linalg.cross([1, 0, 0], [0, 1, 0]).numpy()
array([0, 0, 1], dtype=int32)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.apply import apply
from eagernb.core.dtypes import REAL
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import FailedPreconditionError


def _cross_infer(a: TensorSpec, b: TensorSpec) -> TensorSpec:
    dims = a.shape.merge_with(b.shape)
    if not len(dims):
        raise ValueError("vectors are needed, not scalars")
    if dims[-1] not in (3, None):
        raise FailedPreconditionError(f"cross: only vectors of 3 elements have a cross product, not of {dims[-1]}.")
    return TensorSpec(dims, a.dtype)


def _cross_kernel(a: Any, b: Any) -> Any:
    if a.shape != b.shape or a.shape[-1:] != (3,):
        raise ValueError("both must be vectors of 3 elements")
    after, before = [1, 2, 0], [2, 0, 1]  # of each element, the next and the one before it, in a ring
    return a[..., after] * b[..., before] - a[..., before] * b[..., after]


CROSS = register(
    Op("cross", ("a", "b"), _cross_kernel, _cross_infer,
       rules=(Rule.of(lambda g, b: cross(b, g)), Rule.of(lambda g, a: cross(g, a))), label="cross", family="linalg",
       dtypes=REAL, typed=(0, 1), linear=True, flops=lambda ins, outs: 3 * (outs[0].size or 0))
)  # fmt: skip


def cross(a: Any, b: Any, name: str | None = None) -> Tensor:
    """The cross product of vectors [..., 3]; the shapes must be equal: else ShapeError.

    >>> cross([1, 0, 0], [0, 1, 0]).numpy()
    array([0, 0, 1], dtype=int32)
    """
    return apply(CROSS, (a, b))
