"""Sparse tensors. Indices out of range are not found out: what belongs there is dropped."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from eagernb.executors.xla.rules.indexing import updated_at
from eagernb.executors.xla.table import rules


def _matmul(indices: Any, values: Any, b: Any, shape: Any, adjoint_a: bool, adjoint_b: bool) -> Any:
    rows, columns = (indices[:, 1], indices[:, 0]) if adjoint_a else (indices[:, 0], indices[:, 1])
    right = jnp.conj(jnp.transpose(b)) if adjoint_b else jnp.asarray(b)
    held = jnp.conj(values) if adjoint_a else jnp.asarray(values)
    result = jnp.zeros((shape[1] if adjoint_a else shape[0], right.shape[1]), right.dtype)
    return updated_at(result, rows[:, None]).add(held[:, None] * right[columns])


rules({
    "sparse_to_dense": lambda indices, values, default_value, shape, validate: (
        updated_at(jnp.full(shape, default_value, values.dtype), indices).set(values)
    ),
    "sparse_dense_matmul": _matmul,
})  # fmt: skip
