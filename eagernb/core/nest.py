"""Flatten structures of lists, tuples, dicts and their like, and pack them again, as tf.nest does."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, MappingView, Sequence
from functools import lru_cache
from typing import Any


def is_nested(seq: Any) -> bool:
    """Whether the value has parts of its own, as lists, tuples, dicts and other sequences and mappings have.

    So have named tuples, instances of attrs classes, and those of a class with ``__tf_flatten__`` and
    ``__tf_unflatten__``. Text, arrays and tensors are whole.

    >>> is_nested([]), is_nested("text"), is_nested({})
    (True, False, True)
    """
    return isinstance(seq, (list, tuple, dict)) or _is_nested_kind(seq.__class__)


@lru_cache(1024)
def _is_nested_kind(kind: type) -> bool:
    if issubclass(kind, (str, bytes, bytearray, memoryview)):
        return False
    nested = issubclass(kind, (Sequence, Mapping, MappingView, deque))
    return nested or hasattr(kind, "__tf_flatten__") or hasattr(kind, "__attrs_attrs__")


def flatten(structure: Any) -> list[Any]:
    """The leaves, left to right; a dict's in the order of its sorted keys.

    >>> flatten({"b": [1, (2,)], "a": None})
    [None, 1, 2]
    """
    leaves: list[Any] = []
    _collect(structure, leaves)
    return leaves


def _collect(structure: Any, leaves: list[Any]) -> None:
    if not _is_nested_kind(structure.__class__):
        leaves.append(structure)
        return
    for item in structure if isinstance(structure, (list, tuple)) else parts_of(structure):
        if _is_nested_kind(item.__class__):
            _collect(item, leaves)
        else:
            leaves.append(item)


def parts_of(structure: Any) -> list[Any]:
    """What is nested right in a structure, left to right; a dict's in the order of its sorted keys."""
    if isinstance(structure, Mapping):
        return [structure[key] for key in _sorted_keys(structure)]
    if hasattr(structure, "__tf_flatten__"):
        return list(structure.__tf_flatten__()[1])
    if hasattr(structure, "__attrs_attrs__"):
        return [getattr(structure, attribute.name) for attribute in structure.__attrs_attrs__]
    return list(structure)


def _with_parts(structure: Any, parts: list[Any]) -> Any:
    """A structure like the first, with other parts."""
    kind: Any = type(structure)
    if isinstance(structure, Mapping):
        packed = dict(zip(_sorted_keys(structure), parts, strict=True))
        in_order = {key: packed[key] for key in structure}
        if kind is dict:
            return in_order
        return kind(structure.default_factory, in_order) if isinstance(structure, defaultdict) else kind(in_order)
    if hasattr(structure, "__tf_unflatten__"):
        return kind.__tf_unflatten__(structure.__tf_flatten__()[0], tuple(parts))
    if hasattr(structure, "_fields") or hasattr(structure, "__attrs_attrs__"):
        return kind(*parts)
    return parts if isinstance(structure, (range, MappingView)) or kind is list else kind(parts)


def pack(structure: Any, leaves: Iterable[Any]) -> Any:
    """A structure like the first, with these leaves instead of its own; ValueError if the counts differ.

    >>> pack({"b": [0, (0,)], "a": 0}, [1, 2, 3])
    {'b': [2, (3,)], 'a': 1}
    """
    leaves = list(leaves)
    expected = len(flatten(structure))
    if len(leaves) != expected:
        raise ValueError(f"The structure has {expected} leaves, but {len(leaves)} were given: {structure!r}")
    return _pack(structure, iter(leaves))


def _pack(structure: Any, leaves: Iterator[Any]) -> Any:
    if not is_nested(structure):
        return next(leaves)
    return _with_parts(structure, [_pack(part, leaves) for part in parts_of(structure)])


def map_structure(function: Callable[..., Any], *structures: Any, check_types: bool = True) -> Any:
    """Apply a function to corresponding leaves, and pack the results like the first structure.

    >>> map_structure(lambda a, b: a + b, [1, (2,)], [10, (20,)])
    [11, (22,)]
    """
    for other in structures[1:]:
        assert_same_structure(structures[0], other, check_types)
    return pack(structures[0], map(function, *map(flatten, structures)))


def assert_same_structure(first: Any, second: Any, check_types: bool = True) -> None:
    """Raise ValueError (or TypeError, for different kinds of container) unless both nest alike."""
    if is_nested(first) != is_nested(second):
        raise ValueError(f"The two structures don't have the same nested structure: {first!r} and {second!r}")
    if not is_nested(first):
        return
    if check_types and not _same_kind(first, second):
        raise TypeError(
            "The two structures don't have the same sequence type: "
            f"{type(first).__name__} {first!r} and {type(second).__name__} {second!r}"
        )
    if isinstance(first, Mapping) and isinstance(second, Mapping) and set(first) != set(second):
        raise ValueError(f"The two dictionaries don't have the same keys: {list(first)}, {list(second)}")
    parts = parts_of(first), parts_of(second)
    if len(parts[0]) != len(parts[1]):
        raise ValueError(
            f"The two structures don't have the same number of elements: {len(parts[0])} in {first!r}, "
            f"{len(parts[1])} in {second!r}"
        )
    for a, b in zip(*parts, strict=True):
        assert_same_structure(a, b, check_types)


def _same_kind(first: Any, second: Any) -> bool:
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return True
    a, b = type(first), type(second)
    return a is b or (
        hasattr(first, "_fields") and (a.__name__, first._fields) == (b.__name__, getattr(second, "_fields", ()))
    )


def _sorted_keys(mapping: Mapping[Any, Any]) -> list[Any]:
    try:
        return sorted(mapping)
    except TypeError:
        raise TypeError(f"nest needs keys that can be sorted; got {list(mapping)!r}") from None
