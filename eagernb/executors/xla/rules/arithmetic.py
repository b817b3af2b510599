"""Arithmetic, divisions and powers. Integers divided by zero give what XLA gives: it cannot raise."""

from __future__ import annotations

from functools import reduce
from typing import Any

import jax.numpy as jnp
from jax import lax

from eagernb.executors.xla.table import rule, rules


def is_integer(x: Any) -> bool:
    return x.dtype.kind in "iu"


def _floordiv(x: Any, y: Any) -> Any:
    return jnp.floor_divide(x, y) if is_integer(x) else jnp.floor(x / y)


def _floormod(x: Any, y: Any) -> Any:
    if is_integer(x):
        return jnp.remainder(x, y)
    rest = jnp.fmod(x, y)
    return jnp.where((rest != 0) & ((rest < 0) != (y < 0)), rest + y, rest)


def _truncatediv(x: Any, y: Any) -> Any:
    return lax.div(*jnp.broadcast_arrays(x, y)) if is_integer(x) else jnp.trunc(x / y)


def _floor_divide(x: Any, y: Any) -> Any:
    if is_integer(x):
        return jnp.where(y == 0, 0, jnp.floor_divide(x, jnp.where(y == 0, 1, y)))  # NumPy's answer
    return jnp.where(jnp.isinf(x) | jnp.isinf(y), jnp.floor(x / y), jnp.floor_divide(x, y))


@rule("squared_difference")
def _squared_difference(x: Any, y: Any) -> Any:
    difference = x - y
    return jnp.square(difference.real) + jnp.square(difference.imag) if x.dtype.kind == "c" else difference * difference


@rule("cross")
def _cross(a: Any, b: Any) -> Any:
    after, before = jnp.array([1, 2, 0]), jnp.array([2, 0, 1])
    return a[..., after] * b[..., before] - a[..., before] * b[..., after]


def _bits(x: Any) -> int:
    return x.dtype.itemsize * 8 - 1


rules({
    "pow": jnp.power,
    "floordiv": _floordiv,
    "floormod": _floormod,
    "truncatediv": _truncatediv,
    "truncatemod": jnp.fmod,
    "floor_divide": _floor_divide,
    "divide_no_nan": lambda x, y: jnp.where(y == 0, 0, x / jnp.where(y == 0, 1, y)),
    "multiply_no_nan": lambda x, y: jnp.where(y == 0, 0, x * y),
    "xdivy": lambda x, y: jnp.where(x == 0, x, x / y),
    "xlogy": lambda x, y: jnp.where(x == 0, x, x * jnp.log(y)),
    "xlog1py": lambda x, y: jnp.where(x == 0, x, x * jnp.log1p(y)),
    "add_n": lambda *arrays: reduce(jnp.add, arrays),
    "left_shift": lambda x, y: jnp.left_shift(x, jnp.clip(y, 0, _bits(x))),
    "right_shift": lambda x, y: jnp.right_shift(x, jnp.clip(y, 0, _bits(x))),
    "complex": lambda real, imag: lax.complex(*jnp.broadcast_arrays(real, imag)),
})  # fmt: skip
