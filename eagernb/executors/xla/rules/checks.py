"""Assertions: XLA cannot raise, so that, as in TensorFlow, they are left out of what it compiles."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from eagernb.executors.xla.table import rules


def _passed(*values: Any, **params: Any) -> Any:
    return jnp.ones((), bool)


rules({
    "assert": _passed,
    "assert_comparison": _passed,
    "assert_near": _passed,
    "check_numerics": lambda tensor, message: tensor,
})  # fmt: skip
