"""Held: a stack or list that a program gave and another one takes, such as what a loop saved for its gradient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core.variant import Variant
from eagernb.executors.xla.backend import load_jax, wide_numbers


class Held(Variant):
    """The arrays that it consists of, and how JAX puts them together."""

    __slots__ = ("arrays", "structure")

    def __init__(self, arrays: Sequence[Any], structure: Any) -> None:
        self.arrays = tuple(arrays)
        self.structure = structure

    def plus(self, other: Any) -> Held:
        from eagernb.executors.xla import variants

        with wide_numbers():
            return held(variants.plus(self.value(), other.value()))

    def zeros(self) -> Held:
        from eagernb.executors.xla import variants

        with wide_numbers():
            return held(variants.zeros(self.value()))

    def value(self, arrays: Sequence[Any] | None = None) -> Any:
        """The stack or list itself, of these arrays in the place of its own."""
        return load_jax().tree.unflatten(self.structure, self.arrays if arrays is None else arrays)

    def __repr__(self) -> str:
        return f"<{len(self.arrays)} arrays of XLA's>"


def held(value: Any) -> Held:
    """A stack or list that is not being traced."""
    arrays, structure = load_jax().tree.flatten(value)
    return Held(list(map(np.asarray, arrays)), structure)
