"""Random numbers are drawn by NumPy, before the program runs or while it waits: the same as in eager mode.

What is left to compile is the place of a Generator in its sequence, and the sample that a gradient passes.
"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from eagernb.executors.xla.table import rules, state_rules
from eagernb.ops.random_generator import STEP


def _skip(state: Any, delta: Any) -> tuple[Any, Any]:
    """Move the counter on, a number in little-endian words of 64 bits, and give the state before."""
    words = state[:-1].astype(jnp.uint64)
    carry = delta.astype(jnp.uint64) * jnp.uint64(STEP)
    moved = []
    for word in words:
        total = word + carry
        carry = (total < word).astype(jnp.uint64)
        moved.append(total)
    return jnp.stack([*(word.astype(jnp.int64) for word in moved), state[-1]]), state


rules({"gamma_sample": lambda alpha, x: x})
state_rules({"rng_skip": _skip})
