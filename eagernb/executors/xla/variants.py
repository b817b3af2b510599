"""Stacks and lists of tensors as arrays: XLA has no others, and wants to know how large they are.

A stack that a loop pushes to is an array with a place for each turn, so that the number of turns must be bounded. What
a cond saves for its gradient is, for each of its branches, what that would have saved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jax.tree_util import register_dataclass

from eagernb.executors.xla.table import UnboundedError


@register_dataclass
@dataclass(frozen=True)
class Entries:
    """A stack in straight code: how many entries it has is known, and each may look different."""

    entries: tuple[Any, ...]  # the last is on top
    capacity: int | None = field(metadata={"static": True})

    def push(self, entry: Any) -> Entries:
        return Entries((*self.entries, entry), self.capacity)

    def pop(self) -> tuple[Entries, Any]:
        return Entries(self.entries[:-1], self.capacity), self.entries[-1]

    @property
    def count(self) -> Any:
        return jnp.int32(len(self.entries))


@register_dataclass
@dataclass(frozen=True)
class Places:
    """A stack in a loop: arrays with a place for each turn, of which ``count`` are taken."""

    places: Any
    count: Any

    def push(self, entry: Any) -> Places:
        put = jax.tree.map(
            lambda all, one: lax.dynamic_update_index_in_dim(all, one, self.count, 0), self.places, entry
        )
        return Places(put, self.count + 1)

    def pop(self) -> tuple[Places, Any]:
        at = self.count - 1
        return Places(self.places, at), jax.tree.map(
            lambda all: lax.dynamic_index_in_dim(all, at, 0, False), self.places
        )


@register_dataclass
@dataclass(frozen=True)
class OneOf:
    """A variant that a cond gives: one for each branch, of which that of the branch that was taken counts."""

    alternatives: tuple[Any, ...]


@register_dataclass
@dataclass(frozen=True)
class Elements:
    """A list: an array of all elements, of zeros where nothing was set; None as long as nobody knows how they look."""

    array: Any
    size: int = field(metadata={"static": True})

    def like(self, element: Any) -> Elements:
        """The list, with an array for elements of this shape and dtype."""
        if self.array is not None:
            return self
        return Elements(jnp.zeros((self.size, *element.shape), element.dtype), self.size)


Variant = Entries | Places | OneOf | Elements


def zeros(x: Any) -> Any:
    """A variant made alike, of zeros."""
    if isinstance(x, Places):
        return Places(jax.tree.map(jnp.zeros_like, x.places), x.count)
    return jax.tree.map(jnp.zeros_like, x)


def plus(x: Any, y: Any) -> Any:
    """The sum of two variants that were made alike."""
    if isinstance(x, Places):
        return Places(jax.tree.map(jnp.add, x.places, y.places), x.count)
    if isinstance(x, Elements) and (x.array is None or y.array is None):
        return y if x.array is None else x
    return jax.tree.map(jnp.add, x, y)


def settled(before: Any, after: Any) -> Any:
    """A loop variable as it must look from the first turn on, given how the body leaves it.

    Raises UnboundedError for a stack without a capacity.
    """
    if isinstance(before, Entries) and not before.entries and isinstance(after, Entries) and after.entries:
        if before.capacity is None:
            raise UnboundedError
        places = jax.tree.map(lambda one: jnp.zeros((before.capacity, *one.shape), one.dtype), after.entries[-1])
        return Places(places, jnp.int32(0))
    if isinstance(before, Elements) and before.array is None and after.array is not None:
        if after.size != before.size:
            raise UnboundedError
        return Elements(jnp.zeros(after.array.shape, after.array.dtype), before.size)
    return before
