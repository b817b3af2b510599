"""Exponentials and roots that have other names in JAX, or none."""

from __future__ import annotations

import jax.numpy as jnp
from jax import lax

from eagernb.executors.xla.table import rules

rules({
    "rsqrt": lax.rsqrt,
    "sigmoid": lambda x: 1 / (1 + jnp.exp(-x)),
    "softplus": lambda x: jnp.logaddexp(x, jnp.zeros((), x.dtype)),
    "complex_expm1": lambda x: jnp.where(jnp.isfinite(x) & (x != 0), jnp.expm1(x), jnp.exp(x) - 1),
})  # fmt: skip
