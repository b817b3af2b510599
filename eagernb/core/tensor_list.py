"""The value that a list of tensors has while a graph runs.

A list never changes: setting an element gives a new list. The newest one holds the elements; an older one, if somebody
still asks for it, knows how it differs from the next (Baker's persistent arrays, "Shallow binding makes functional
arrays fast", 1991), so that setting takes constant time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.variant import Variant, plus


class TensorList(Variant):
    """Arrays at the positions 0 to size - 1; None where nothing was set, which is read as zeros."""

    __slots__ = ("_changed", "_elements", "_next")

    def __init__(self, elements: list[Any] | None) -> None:
        self._elements = elements
        self._next: TensorList | None = None  # the newer list that holds the elements, or leads there
        self._changed: tuple[int, Any] | None = None  # what differs here from the next; the size, where that differs

    def elements(self) -> list[Any]:
        """The elements, as a list that must not be changed and holds until the next call on any list."""
        if self._elements is None:
            self._take_back()
        assert self._elements is not None
        return self._elements

    def _take_back(self) -> None:
        """Undo the changes up to this list, so that it holds the elements again."""
        path = [self]
        while path[-1]._elements is None:
            assert path[-1]._next is not None
            path.append(path[-1]._next)
        for older, newer in zip(path[-2::-1], path[:0:-1], strict=True):
            elements, newer._elements = newer._elements, None
            assert elements is not None
            assert older._changed is not None
            at, value = older._changed
            if at == len(elements) - 1 and value is _NOT_THERE:
                newer._changed = (at, elements.pop())
            elif at == len(elements):
                newer._changed = (at, _NOT_THERE)
                elements.append(value)
            else:
                newer._changed = (at, elements[at])
                elements[at] = value
            newer._next, older._next, older._changed = older, None, None
            older._elements = elements

    def with_element(self, at: int, value: Any) -> TensorList:
        """The list with this element set; one place further than the last it grows."""
        elements = self.elements()
        new = TensorList(elements)
        if at == len(elements):
            self._changed = (at, _NOT_THERE)
            elements.append(value)
        else:
            self._changed = (at, elements[at])
            elements[at] = value
        self._elements, self._next = None, new
        return new

    def without_last(self) -> TensorList:
        """The list without its last element."""
        elements = self.elements()
        new = TensorList(elements)
        self._changed = (len(elements) - 1, elements.pop())
        self._elements, self._next = None, new
        return new

    @property
    def count(self) -> int:
        """The number of elements."""
        return len(self.elements())

    def plus(self, other: Any) -> TensorList:
        if isinstance(other, SparseList) and other.is_sparse:
            at, value = other.place, other.value
            return self if at is None else self.with_element(at, added(self.elements()[at], value))
        pairs = zip(self.elements()[:], other.elements(), strict=True)
        return TensorList([added(x, y) for x, y in pairs])

    def zeros(self) -> TensorList:
        return SparseList(self.count)

    def __repr__(self) -> str:
        return f"<list of {self.count} tensors>"


_NOT_THERE: Any = object()


def added(x: Any, y: Any) -> Any:
    """The sum of two elements, each None where nothing was set."""
    return y if x is None else x if y is None else held(plus(x, y))


def held(value: Any) -> Any:
    """A value as lists hold it: an array, or a list of its own."""
    return value if isinstance(value, Variant) else np.asarray(value)


class SparseList(TensorList):
    """A list with at most one element that is set, made and added to another in constant time.

    The gradient of reading an element is such a list: in a loop over all elements there are as many of them. It becomes
    a list as any other as soon as something else is done with it.
    """

    __slots__ = ("_count", "place", "value")

    def __init__(self, count: int, place: int | None = None, value: Any = None) -> None:
        super().__init__(None)
        self._count, self.place, self.value = count, place, value

    @property
    def is_sparse(self) -> bool:
        return self._elements is None and self._next is None

    @property
    def count(self) -> int:
        return self._count

    def elements(self) -> list[Any]:
        if self.is_sparse:
            self._elements = [None] * self._count
            if self.place is not None:
                self._elements[self.place] = self.value
        return super().elements()

    def with_element(self, at: int, value: Any) -> TensorList:
        if self.is_sparse and self.place is None and at < self._count:
            return SparseList(self._count, at, value)
        return super().with_element(at, value)

    def plus(self, other: Any) -> TensorList:
        if self.is_sparse and self.place is None:
            return other
        if self.is_sparse and not (isinstance(other, SparseList) and other.is_sparse):
            return other.plus(self)
        return super().plus(other)
