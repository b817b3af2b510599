"""TensorShape: the public form of a shape, whose dimensions may be unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import index
from typing import Any

from eagernb.errors import ShapeError

Dims = tuple[int | None, ...]


class SymbolDims(tuple[int | None, ...]):
    """The dims of a symbol, some of them unknown: they remember whom to ask for them when the graph runs."""

    symbol: Any

    def __new__(cls, dims: Dims, symbol: Any) -> SymbolDims:
        self = super().__new__(cls, dims)
        self.symbol = symbol
        return self


class UnknownDims(SymbolDims):
    """The dims of a symbol of which not even the rank is known: what asks for them is refused."""

    def _refuse(self, *_: Any) -> Any:
        raise ShapeError(
            f"The rank of {self.symbol!r} must be known here. Give its TensorSpec or placeholder a shape, such as "
            "[None, 3], where None stands for any size, or say what is known with x.set_shape or tf.ensure_shape."
        )

    __len__ = __iter__ = __getitem__ = _refuse

    def __contains__(self, item: object) -> bool:
        return item is None

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = object.__hash__


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
        elif isinstance(dims, (str, bytes)):
            raise TypeError(f"A shape is a number or a list of numbers and None, not {dims!r}.")
        elif hasattr(type(dims), "ndim") and dims.ndim == 0:  # an array or a tensor of one number
            self._dims = (_dimension(dims),)
        else:
            self._dims = tuple(_dimension(d) for d in dims)

    @property
    def rank(self) -> int | None:
        """How many axes there are; None where that is unknown."""
        return None if self._dims is None else len(self._dims)

    ndims = rank

    @property
    def dims(self) -> list[int | None] | None:
        """The dimensions as a list, or None for an unknown rank."""
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
        """Whether all sizes are known."""
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

    def most_specific_compatible_shape(self, other: Any) -> TensorShape:
        """The most that is true of both shapes: None where they differ.

        >>> TensorShape([2, 3]).most_specific_compatible_shape([2, 4])
        TensorShape([2, None])
        """
        other = TensorShape(other)
        if self._dims is None or other._dims is None or len(self._dims) != len(other._dims):
            return TensorShape(None)
        return TensorShape(a if a == b else None for a, b in zip(self._dims, other._dims, strict=True))

    def most_specific_common_supertype(self, others: Sequence[TensorShape]) -> TensorShape:
        """The most that is true of this shape and all others."""
        result = self
        for other in others:
            result = result.most_specific_compatible_shape(other)
        return result

    def is_subtype_of(self, other: TensorShape) -> bool:
        """Whether every shape that fits this one fits the other too."""
        if other._dims is None:
            return True
        if self._dims is None or len(self._dims) != len(other._dims):
            return False
        return all(b is None or a == b for a, b in zip(self._dims, other._dims, strict=True))

    def with_rank(self, rank: int) -> TensorShape:
        """The shape, of this rank if its own is unknown; ValueError if it has another one."""
        try:
            return self.merge_with([None] * rank)
        except ValueError:
            raise ValueError(f"Shape {self} must have rank {rank}") from None

    def with_rank_at_least(self, rank: int) -> TensorShape:
        """The shape; ValueError if its rank is lower."""
        if self.rank is not None and self.rank < rank:
            raise ValueError(f"Shape {self} must have rank at least {rank}")
        return self

    def with_rank_at_most(self, rank: int) -> TensorShape:
        """The shape; ValueError if its rank is higher."""
        if self.rank is not None and self.rank > rank:
            raise ValueError(f"Shape {self} must have rank at most {rank}")
        return self

    def assert_has_rank(self, rank: int) -> None:
        """Raise ValueError if the rank is another one."""
        if self.rank not in (None, rank):
            raise ValueError(f"Shape {self} must have rank {rank}")

    def assert_same_rank(self, other: Any) -> None:
        """Raise ValueError if the ranks are known and differ."""
        other = TensorShape(other)
        if None not in (self.rank, other.rank) and self.rank != other.rank:
            raise ValueError(f"Shapes {self} and {other} must have the same rank")

    def assert_is_compatible_with(self, other: Any) -> None:
        """Raise ValueError if no concrete shape fits both."""
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {TensorShape(other)} are incompatible")

    def assert_is_fully_defined(self) -> None:
        """Raise ValueError if the rank or a dimension is unknown."""
        if not self.is_fully_defined():
            raise ValueError(f"Shape {self} is not fully defined")

    def concatenate(self, other: Any) -> TensorShape:
        """This shape followed by the other; of unknown rank if one of them is."""
        other = TensorShape(other)
        if self._dims is None or other._dims is None:
            return TensorShape(None)
        return TensorShape(self._dims + other._dims)

    def _known(self) -> Dims:
        if self._dims is None:
            raise ValueError(
                "The shape has an unknown rank, so its dimensions cannot be listed. Where it is a tensor's, "
                "x.set_shape([...]) says what is known of it."
            )
        return self._dims

    def __len__(self) -> int:
        return len(self._known())

    def __bool__(self) -> bool:
        return self._dims is not None

    def __iter__(self) -> Iterator[int | None]:
        return iter(self._known())

    def __getitem__(self, key: int | slice) -> Any:
        if self._dims is None:
            return _sliced_unknown(key)
        return TensorShape(self._dims[key]) if isinstance(key, slice) else self._dims[key]

    def __add__(self, other: Any) -> TensorShape:
        return self.concatenate(other)

    def __radd__(self, other: Any) -> TensorShape:
        return TensorShape(other).concatenate(self)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is TensorShape:
            return self._dims == other._dims
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


def _sliced_unknown(key: int | slice) -> Any:
    """What can be said of a part of a shape of unknown rank: its length, if both bounds count from the start."""
    if not isinstance(key, slice):
        return None
    start = 0 if key.start is None else key.start
    if key.stop is None or key.stop < 0 or start < 0 or key.step not in (None, 1):
        return TensorShape(None)
    return TensorShape([None] * max(key.stop - start, 0))


def _dimension(value: Any) -> int | None:
    if value is None:
        return None
    try:
        size = index(value)
    except TypeError:
        raise TypeError(f"A dimension is a whole number or None, not {value!r}.") from None
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
