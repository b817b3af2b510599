"""Operations for their effects only: there is nothing to compute, and no value.

>>> import eagernb as tf
>>> v = tf.Variable(1.0)
>>> tf.group(v.assign(2.0), v.assign_add(3.0))
>>> v.numpy()
np.float32(5.0)
"""

from __future__ import annotations

from typing import Any


def no_op(name: str | None = None) -> None:
    """Does nothing."""


def group(*inputs: Any, name: str | None = None) -> None:
    """Several operations as one: they have run when Python gets here, and in a graph effects keep their order."""
