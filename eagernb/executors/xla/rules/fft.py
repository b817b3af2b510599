"""Fourier transforms along up to three axes, which come last for XLA."""

from __future__ import annotations

import jax.numpy as jnp

from eagernb.executors.xla.table import rules

rules({
    "fft": lambda x, axes, norm: jnp.fft.fftn(x, axes=axes, norm=norm),
    "ifft": lambda x, axes, norm: jnp.fft.ifftn(x, axes=axes, norm=norm),
    "rfft": lambda x, axes, norm: jnp.fft.rfftn(x, axes=axes, norm=norm),
    "irfft": lambda x, axes, norm, length: jnp.fft.irfftn(
        x, [*(x.shape[axis] for axis in axes[:-1]), length], axes, norm
    ),
})  # fmt: skip
