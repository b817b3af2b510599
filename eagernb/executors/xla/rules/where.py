"""``where``: the same in JAX."""

from __future__ import annotations

import jax.numpy as jnp

from eagernb.executors.xla.table import rules

rules({"where": jnp.where})
