"""TensorShape: the public form of a shape, whose dimensions may be unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import index
from typing import Any

Dims = tuple[int | None, ...]


class SymbolDims(tuple[int | None, ...]):
    """The dims of a symbol, some of them unknown: they remember whom to ask for them when the graph runs."""

    symbol: Any

    def __new__(cls, dims: Dims, symbol: Any) -> SymbolDims:
        self = super().__new__(cls, dims)
        self.symbol = symbol
        return self


class TensorShape:
    """A shape whose rank or single dimensions may be unknown (None).

    >>> shape = TensorShape([None, 3])
    >>> shape.rank, shape[1], shape.is_fully_defined(), shape.is_compatible_with([5, 3])
    (2, 3, False, True)
    >>> TensorShape([2, 3]) == (2, 3)
    True
    """

    __slots__ = ("_dims",)

    def __init__(self, dims: Any) -> None:
        if dims is None:
            self._dims: Dims | None = None
        elif isinstance(dims, TensorShape):
            self._dims = dims._dims
        elif isinstance(dims, int):
            self._dims = (_dimension(dims),)
        else:
            self._dims = tuple(_dimension(d) for d in dims)

    @property
    def rank(self) -> int | None:
        return None if self._dims is None else len(self._dims)

    ndims = rank

    @property
    def dims(self) -> list[int | None] | None:
        return None if self._dims is None else list(self._dims)

    def as_list(self) -> list[int | None]:
        """The dimensions as a list; ValueError for an unknown rank."""
        return list(self._known())

    def num_elements(self) -> int | None:
        """The product of the dimensions, or None while one of them is unknown."""
        if self._dims is None:
            return None
        total = 1
        for d in self._dims:
            if d is None:
                return None
            total *= d
        return total

    def is_fully_defined(self) -> bool:
        return self._dims is not None and None not in self._dims

    def is_compatible_with(self, other: Any) -> bool:
        """Whether some concrete shape fits both."""
        theirs = TensorShape(other)._dims
        if self._dims is None or theirs is None:
            return True
        return len(self._dims) == len(theirs) and all(
            a is None or b is None or a == b for a, b in zip(self._dims, theirs, strict=True)
        )

    def merge_with(self, other: Any) -> TensorShape:
        """The most that both shapes tell together; ValueError if they contradict each other."""
        other = TensorShape(other)
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {other} are not compatible")
        if self._dims is None or other._dims is None:
            return other if self._dims is None else self
        return TensorShape(b if a is None else a for a, b in zip(self._dims, other._dims, strict=True))

    def concatenate(self, other: Any) -> TensorShape:
        other = TensorShape(other)
        if self._dims is None or other._dims is None:
            return TensorShape(None)
        return TensorShape(self._dims + other._dims)

    def _known(self) -> Dims:
        if self._dims is None:
            raise ValueError("The shape has an unknown rank, so its dimensions cannot be listed.")
        return self._dims

    def __len__(self) -> int:
        return len(self._known())

    def __bool__(self) -> bool:
        return self._dims is not None

    def __iter__(self) -> Iterator[int | None]:
        return iter(self._known())

    def __getitem__(self, key: int | slice) -> Any:
        if isinstance(key, slice):
            return TensorShape(self._known()[key])
        return self._known()[key]

    def __add__(self, other: Any) -> TensorShape:
        return self.concatenate(other)

    def __radd__(self, other: Any) -> TensorShape:
        return TensorShape(other).concatenate(self)

    def __eq__(self, other: object) -> bool:
        try:
            return self._dims == TensorShape(other)._dims
        except TypeError:
            return NotImplemented

    def __hash__(self) -> int:
        return hash(self._dims)

    def __repr__(self) -> str:
        return f"TensorShape({None if self._dims is None else list(self._dims)})"

    def __str__(self) -> str:
        return "<unknown>" if self._dims is None else str(self._dims)


def _dimension(value: Any) -> int | None:
    if value is None:
        return None
    size = index(value)
    if size < 0:
        raise ValueError(f"Dimension {size} must be >= 0")
    return size


def broadcast_dims(*shapes: Sequence[int | None]) -> Dims:
    """The shape that these broadcast to, by NumPy's rule; None stands for an unknown size.

    Raises ValueError where two known sizes differ and neither is 1.

    >>> broadcast_dims((4, 1), (3,), ())
    (4, 3)
    >>> broadcast_dims((None, 3), (1, 3))
    (None, 3)
    """
    rank = max(map(len, shapes), default=0)
    result: list[int | None] = []
    for axis in range(-rank, 0):
        sizes = {shape[axis] for shape in shapes if -axis <= len(shape)} - {1}
        known = sizes - {None}
        if len(known) > 1:
            raise ValueError(f"cannot broadcast {' with '.join(str(list(s)) for s in shapes)}")
        result.append(known.pop() if known else None if sizes else 1)
    return tuple(result)
