"""Special functions, under the names that SciPy and JAX have for them."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax
from jax.scipy import special

from eagernb.executors.xla.table import rules


def _polygamma(a: Any, x: Any) -> Any:
    """By the series of zeta; of order 0 it is digamma. (JAX's own takes integers only as the order.)"""
    order = jnp.where(a == 0, 1, a)
    sign = jnp.where(order % 2 == 0, -1.0, 1.0).astype(x.dtype)
    return jnp.where(
        a == 0, special.digamma(x), sign * jnp.exp(special.gammaln(order + 1)) * special.zeta(order + 1, x)
    )


rules({
    "lgamma": special.gammaln,
    "digamma": special.digamma,
    "erf": special.erf,
    "erfc": special.erfc,
    "erfinv": special.erfinv,
    "ndtri": special.ndtri,
    "igamma": special.gammainc,
    "igammac": special.gammaincc,
    "igamma_by_a": lambda a, x: lax.igamma_grad_a(*jnp.broadcast_arrays(a, x)),
    "betainc": special.betainc,
    "polygamma": _polygamma,
    "zeta": special.zeta,
    "expint": special.expi,
    "spence": special.spence,
    "bessel_i0": special.i0,
    "bessel_i0e": special.i0e,
    "bessel_i1": special.i1,
    "bessel_i1e": special.i1e,
})  # fmt: skip
