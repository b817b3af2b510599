"""JAX, loaded when the first graph is compiled, and in which numbers of 64 bits are just that."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from importlib import import_module
from typing import Any

from eagernb.errors import MissingExtraError


@cache
def load_jax() -> Any:
    """The jax module; MissingExtraError, which says what to install, if there is none."""
    try:
        import jax
    except ImportError as error:
        raise MissingExtraError(
            "XLA (jit_compile=True, %%graph --hlo) is reached through JAX, which is not installed: "
            'pip install "eagernb[xla]".',
            name="jax",
        ) from error
    return jax


def wide_numbers() -> AbstractContextManager[Any]:
    """A context in which JAX leaves float64 and int64 as they are; outside of it, JAX is as the user has set it."""
    jax = load_jax()
    if hasattr(jax, "enable_x64"):
        return jax.enable_x64(True)
    return import_module("jax.experimental").enable_x64()  # its place in earlier versions
