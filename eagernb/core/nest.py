"""Flatten structures of lists, tuples, named tuples and dicts, and pack them again, as tf.nest does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any


def is_nested(seq: Any) -> bool:
    """Whether the value is a list, tuple or dict, and so has parts of its own.

    >>> is_nested([]), is_nested("text"), is_nested({})
    (True, False, True)
    """
    return isinstance(seq, (list, tuple, Mapping))


def flatten(structure: Any, expand_composites: bool = False) -> list[Any]:
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


def pack_sequence_as(structure: Any, flat_sequence: Iterable[Any], expand_composites: bool = False) -> Any:
    """A structure like the first, with these leaves instead of its own; ValueError if the counts differ.

    >>> pack_sequence_as({"b": [0, (0,)], "a": 0}, [1, 2, 3])
    {'b': [2, (3,)], 'a': 1}
    """
    leaves = list(flat_sequence)
    expected = len(flatten(structure))
    if len(leaves) != expected:
        raise ValueError(f"The structure has {expected} leaves, but {len(leaves)} were given: {structure!r}")
    return _pack(structure, iter(leaves))


pack = pack_sequence_as


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


def map_structure(
    func: Callable[..., Any], *structure: Any, check_types: bool = True, expand_composites: bool = False
) -> Any:
    """Apply a function to corresponding leaves, and pack the results like the first structure.

    >>> map_structure(lambda a, b: a + b, [1, (2,)], [10, (20,)])
    [11, (22,)]
    """
    if not callable(func):
        raise TypeError(f"map_structure needs a function first, not {func!r}")
    if not structure:
        raise ValueError("map_structure needs at least one structure after the function")
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types)
    return pack(structure[0], map(func, *map(flatten, structure)))


def assert_same_structure(nest1: Any, nest2: Any, check_types: bool = True, expand_composites: bool = False) -> None:
    """Raise ValueError (or TypeError, for different kinds of container) unless both nest alike.

    Without ``check_types``, a list, a tuple and a dict of as many items are alike.
    """
    if is_nested(nest1) != is_nested(nest2):
        raise ValueError(f"The two structures don't have the same nested structure: {nest1!r} and {nest2!r}")
    if not is_nested(nest1):
        return
    both_mappings = isinstance(nest1, Mapping) and isinstance(nest2, Mapping)
    if check_types and not both_mappings and type(nest1) is not type(nest2):
        raise TypeError(
            f"The two structures don't have the same sequence type: {type(nest1).__name__} and {type(nest2).__name__}"
        )
    if both_mappings and set(nest1) != set(nest2):
        raise ValueError(f"The two dictionaries don't have the same keys: {list(nest1)}, {list(nest2)}")
    if len(nest1) != len(nest2):
        raise ValueError(f"The two structures have {len(nest1)} and {len(nest2)} items")
    for a, b in zip(_items(nest1), _items(nest2), strict=True):
        assert_same_structure(a, b, check_types)


def _items(structure: Any) -> Iterable[Any]:
    return (structure[key] for key in _sorted_keys(structure)) if isinstance(structure, Mapping) else structure


def _sorted_keys(mapping: Mapping[Any, Any]) -> list[Any]:
    try:
        return sorted(mapping)
    except TypeError:
        raise TypeError(f"nest needs keys that can be sorted; got {list(mapping)!r}") from None
