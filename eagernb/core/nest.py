"""Flatten structures of lists, tuples, named tuples and dicts, and pack them again, as tf.nest does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any


def is_nested(value: Any) -> bool:
    """Whether the value is a list, tuple or dict, and so has parts of its own.

    >>> is_nested([]), is_nested("text"), is_nested({})
    (True, False, True)
    """
    return isinstance(value, (list, tuple, Mapping))


def flatten(structure: Any) -> list[Any]:
    """The leaves, left to right; a dict's in the order of its sorted keys.

    >>> flatten({"b": [1, (2,)], "a": None})
    [None, 1, 2]
    """
    leaves: list[Any] = []
    _collect(structure, leaves)
    return leaves


def _collect(structure: Any, leaves: list[Any]) -> None:
    if isinstance(structure, (list, tuple)):
        for item in structure:
            _collect(item, leaves)
    elif isinstance(structure, Mapping):
        for key in _sorted_keys(structure):
            _collect(structure[key], leaves)
    else:
        leaves.append(structure)


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


pack_sequence_as = pack


def _pack(structure: Any, leaves: Iterator[Any]) -> Any:
    if isinstance(structure, Mapping):
        packed = {key: _pack(structure[key], leaves) for key in _sorted_keys(structure)}
        in_order = {key: packed[key] for key in structure}
        return in_order if type(structure) is dict else type(structure)(in_order)  # type: ignore[call-arg]
    if isinstance(structure, (list, tuple)):
        items = [_pack(item, leaves) for item in structure]
        if hasattr(structure, "_fields"):
            return type(structure)(*items)
        return items if type(structure) is list else type(structure)(items)
    return next(leaves)


def map_structure(function: Callable[..., Any], *structures: Any) -> Any:
    """Apply a function to corresponding leaves, and pack the results like the first structure.

    >>> map_structure(lambda a, b: a + b, [1, (2,)], [10, (20,)])
    [11, (22,)]
    """
    for other in structures[1:]:
        assert_same_structure(structures[0], other)
    return pack(structures[0], map(function, *map(flatten, structures)))


def assert_same_structure(first: Any, second: Any) -> None:
    """Raise ValueError (or TypeError, for different kinds of container) unless both nest alike."""
    if is_nested(first) != is_nested(second):
        raise ValueError(f"The two structures don't have the same nested structure: {first!r} and {second!r}")
    if not is_nested(first):
        return
    if isinstance(first, Mapping) != isinstance(second, Mapping) or (
        not isinstance(first, Mapping) and type(first) is not type(second)
    ):
        raise TypeError(
            f"The two structures don't have the same sequence type: {type(first).__name__} and {type(second).__name__}"
        )
    if isinstance(first, Mapping):
        if set(first) != set(second):
            raise ValueError(f"The two dictionaries don't have the same keys: {list(first)}, {list(second)}")
        parts: Iterable[tuple[Any, Any]] = ((first[key], second[key]) for key in first)
    else:
        if len(first) != len(second):
            raise ValueError(f"The two structures have {len(first)} and {len(second)} items")
        parts = zip(first, second, strict=True)
    for a, b in parts:
        assert_same_structure(a, b)


def _sorted_keys(mapping: Mapping[Any, Any]) -> list[Any]:
    try:
        return sorted(mapping)
    except TypeError:
        raise TypeError(f"nest needs keys that can be sorted; got {list(mapping)!r}") from None
