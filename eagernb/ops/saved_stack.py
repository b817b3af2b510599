"""Stacks of saved values: what a loop or a branch keeps for its gradient, an entry for each turn.

A stack never changes: ``push`` gives a new one that has the old one below, in constant time. What the gradient of a
push needs is a pop, and the other way round, so that gradients of any order come of themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import int32, variant
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.variant import Variant, plus, zeros_like

SPEC = TensorSpec([], variant)


class Stack(Variant):
    """The entry on top, a tuple of arrays, and the stack below (None for the empty one)."""

    __slots__ = ("below", "count", "entry")

    def __init__(self, entry: tuple[Any, ...], below: Stack | None) -> None:
        self.entry = entry
        self.below = below
        self.count: int = 0 if below is None else below.count + 1

    def entries(self) -> list[tuple[Any, ...]]:
        """All entries, from the top down."""
        found: list[tuple[Any, ...]] = []
        stack = self
        while stack.below is not None:
            found.append(stack.entry)
            stack = stack.below
        return found

    def plus(self, other: Any) -> Stack:
        pairs = zip(self.entries(), other.entries(), strict=True)
        return _of([tuple(map(plus, mine, theirs)) for mine, theirs in pairs])

    def zeros(self) -> Stack:
        return _of([tuple(map(zeros_like, entry)) for entry in self.entries()])

    def __repr__(self) -> str:
        return f"<stack of {self.count}>"


def _of(entries: Sequence[tuple[Any, ...]]) -> Stack:
    stack = _EMPTY
    for entry in reversed(entries):
        stack = Stack(entry, stack)
    return stack


_EMPTY = Stack((), None)


def _pop(stack: Stack, specs: tuple[TensorSpec, ...]) -> tuple[Any, ...]:
    assert stack.below is not None
    return (stack.below, *stack.entry)


def _push_rule(g: Tensor, like_values: Sequence[Any]) -> list[Any]:
    specs = tuple(TensorSpec(like._dims, like.dtype) for like in like_values[1:])
    below, *entry = dispatch(POP, [g], {"specs": specs})
    return [below, *(one if spec.dtype.is_differentiable else None for one, spec in zip(entry, specs, strict=True))]


def _pop_rule(g: Sequence[Tensor]) -> Tensor:
    return dispatch(PUSH, list(g), {})


EMPTY = register(
    Op("stack_empty", (), kernel=lambda capacity, specs: _EMPTY, infer=lambda capacity, specs: SPEC,
       label="empty stack", family="stack")
)  # fmt: skip
PUSH = register(
    Op("stack_push", ("*values",), kernel=lambda stack, *entry: Stack(entry, stack), infer=lambda *specs: SPEC,
       rules=(Rule.of(_push_rule),), label="push", family="stack", linear=True)
)  # fmt: skip
POP = register(
    Op("stack_pop", ("stack",), _pop, infer=lambda stack, specs: (SPEC, *specs), rules=(Rule.of(_pop_rule),),
       label="pop", family="stack", multiple=True, linear=True)
)  # fmt: skip
COUNT = register(
    Op("stack_count", ("stack",), kernel=lambda stack: np.int32(stack.count), infer=lambda stack: TensorSpec([], int32),
       rules=(None,), label="count", family="stack")
)  # fmt: skip


def empty_stack(capacity: int | None, specs: Sequence[TensorSpec]) -> Tensor:
    """A stack for entries that look like this, at most ``capacity`` of them if that is known."""
    return dispatch(EMPTY, [], {"capacity": capacity, "specs": tuple(specs)})


def push(stack: Tensor, entry: Sequence[Tensor]) -> Tensor:
    """The stack with another entry on top."""
    return dispatch(PUSH, [stack, *entry], {})


def pop(stack: Tensor, specs: Sequence[TensorSpec]) -> tuple[Tensor, list[Tensor]]:
    """The stack below, and the entry on top."""
    below, *entry = dispatch(POP, [stack], {"specs": tuple(specs)})
    return below, entry


def count(stack: Tensor) -> Tensor:
    """How many entries there are."""
    return dispatch(COUNT, [stack], {})
