"""From one dtype to another."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from eagernb.core.dtypes import DType
from eagernb.executors.xla.table import rules


def _cast(x: Any, dtype: DType) -> Any:
    return (x.real if x.dtype.kind == "c" and not dtype.is_complex else x).astype(dtype.numpy)


def _bitcast(x: Any, dtype: DType) -> Any:
    if x.dtype.kind != "c" and not dtype.is_complex:
        return lax.bitcast_convert_type(x, dtype.numpy)
    # XLA has no bits of complex numbers, only of their parts: by way of single bytes.
    parts = jnp.stack([x.real, x.imag], -1) if x.dtype.kind == "c" else x
    octets = lax.bitcast_convert_type(parts, np.uint8)
    octets = octets if parts.dtype.itemsize > 1 else octets[..., None]
    narrower = dtype.size <= x.dtype.itemsize
    lead = x.shape if narrower else x.shape[:-1]
    part = dtype.real_dtype
    octets = octets.reshape(*lead, -1, part.size) if part.size > 1 else octets.reshape(*lead, -1)
    result = lax.bitcast_convert_type(octets, part.numpy)
    if dtype.is_complex:
        result = result.reshape(*lead, -1, 2)
        result = lax.complex(result[..., 0], result[..., 1])
    return result.reshape(lead) if dtype.size >= x.dtype.itemsize else result


rules({"cast": _cast, "bitcast": _bitcast})
