"""Variables: reading, assigning, and updating some of their elements."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from eagernb.executors.xla.rules.arithmetic import is_integer
from eagernb.executors.xla.rules.indexing import late_key, updated_at
from eagernb.executors.xla.table import state_rules
from eagernb.ops.slicing import numpy_key


def _both(new: Any) -> tuple[Any, Any]:
    return new, new


def _rows(variable: Any, indices: Any) -> Any:
    return variable.at[jnp.where(indices < 0, variable.shape[0], indices)]


def _truncated_quotient(variable: Any, at: Any, updates: Any) -> Any:
    if not is_integer(variable):
        return at(variable).divide(updates)
    # Truncated towards zero. An integer may be divided more than once, which is a division by the product.
    divisor = at(jnp.ones(variable.shape, jnp.int64)).multiply(updates.astype(jnp.int64))
    return lax.div(variable.astype(jnp.int64), divisor).astype(variable.dtype)


def _assign_slice(variable: Any, value: Any, key: Any) -> tuple[Any, Any]:
    rank = jax.eval_shape(lambda x: x[numpy_key(key)], variable).ndim
    leading = max(value.ndim - rank, 0)  # axes of one element, which NumPy leaves out
    return _both(variable.at[numpy_key(key)].set(jnp.reshape(value, value.shape[leading:])))


def _late_assign_slice(variable: Any, value: Any, *numbers: Any, key: Any) -> tuple[Any, Any]:
    place = late_key(key, (variable, value, *numbers))
    rank = jax.eval_shape(lambda x: x[place], variable).ndim
    return _both(variable.at[place].set(jnp.reshape(value, value.shape[max(value.ndim - rank, 0) :])))


def _batch_rows(variable: Any, indices: Any, updates: Any) -> tuple[Any, Any]:
    return _both(variable.at[(*np.indices(indices.shape)[:-1], indices)].set(updates))


state_rules({
    "read_variable": lambda variable: (variable, variable),
    "assign": lambda variable, value: (value, value),
    "assign_variable": lambda variable, value: (value, value),
    "assign_add": lambda variable, value: _both(variable + value),
    "assign_sub": lambda variable, value: _both(variable - value),
    "assign_slice": _assign_slice,
    "late_assign_slice": _late_assign_slice,
    "variable_scatter_add": lambda variable, indices, updates: _both(_rows(variable, indices).add(updates)),
    "variable_scatter_sub": lambda variable, indices, updates: _both(_rows(variable, indices).add(-updates)),
    "variable_scatter_mul": lambda variable, indices, updates: _both(_rows(variable, indices).multiply(updates)),
    "variable_scatter_div": lambda variable, indices, updates: _both(
        _truncated_quotient(variable, lambda x: _rows(x, indices), updates)
    ),
    "variable_scatter_max": lambda variable, indices, updates: _both(_rows(variable, indices).max(updates)),
    "variable_scatter_min": lambda variable, indices, updates: _both(_rows(variable, indices).min(updates)),
    "variable_scatter_update": lambda variable, indices, updates: _both(_rows(variable, indices).set(updates)),
    "variable_scatter_nd_add": lambda variable, indices, updates: _both(updated_at(variable, indices).add(updates)),
    "variable_scatter_nd_sub": lambda variable, indices, updates: _both(updated_at(variable, indices).add(-updates)),
    "variable_scatter_nd_max": lambda variable, indices, updates: _both(updated_at(variable, indices).max(updates)),
    "variable_scatter_nd_min": lambda variable, indices, updates: _both(updated_at(variable, indices).min(updates)),
    "variable_scatter_nd_update": lambda variable, indices, updates: _both(updated_at(variable, indices).set(updates)),
    "variable_batch_scatter_update": _batch_rows,
})  # fmt: skip
