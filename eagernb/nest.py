"""tf.nest: structures of lists, tuples, dicts, and what is in them.

>>> import eagernb as tf
>>> tf.nest.map_structure(lambda x: x * 2, {"weights": [1.0, 2.0], "bias": (3.0,)})
{'weights': [2.0, 4.0], 'bias': (6.0,)}
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.core import nest as _nest
from eagernb.core.composite import Composite, CompositeSpec
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.nest import is_nested

__all__ = ["assert_same_structure", "flatten", "is_nested", "map_structure", "pack_sequence_as"]


def __dir__() -> list[str]:
    return __all__


class _Components:
    """A value that is made of tensors in the form that nest takes apart: for ``expand_composites``."""

    def __init__(self, make: Callable[..., Any], parts: Sequence[Any]) -> None:
        self.make, self.parts = make, parts

    def __tf_flatten__(self) -> tuple[Callable[..., Any], Sequence[Any]]:
        return self.make, self.parts

    @classmethod
    def __tf_unflatten__(cls, make: Callable[..., Any], parts: tuple[Any, ...]) -> Any:
        return make(*parts)


def _expanded(structure: Any) -> Any:
    def expand(leaf: Any) -> Any:
        if isinstance(leaf, IndexedSlices):
            shape = [] if leaf.dense_shape is None else [leaf.dense_shape]
            return _Components(IndexedSlices, [leaf.values, leaf.indices, *shape])
        if isinstance(leaf, Composite):
            spec = leaf._type_spec
            return _Components(lambda *parts: spec._from_components(parts), leaf._components)
        if isinstance(leaf, CompositeSpec):
            return _Components(lambda *parts: leaf, leaf._component_specs)
        return leaf

    return _nest.map_structure(expand, structure)


def flatten(structure: Any, expand_composites: bool = False) -> list[Any]:
    """The leaves, left to right; a dict's in the order of its sorted keys.

    With ``expand_composites``, the tensors of an IndexedSlices, a SparseTensor or a dataset instead of itself.

    >>> flatten({"b": [1, (2,)], "a": None})
    [None, 1, 2]
    """
    return _nest.flatten(_expanded(structure) if expand_composites else structure)


def pack_sequence_as(structure: Any, flat_sequence: Any, expand_composites: bool = False) -> Any:
    """A structure like the first, with the items of a flat list for its leaves; ValueError if the counts differ.

    >>> pack_sequence_as({"b": [0, (0,)], "a": 0}, [1, 2, 3])
    {'b': [2, (3,)], 'a': 1}
    """
    if not is_nested(flat_sequence):
        raise TypeError(f"pack_sequence_as needs a list of leaves, not {type(flat_sequence).__name__}.")
    return _nest.pack(_expanded(structure) if expand_composites else structure, flat_sequence)


def map_structure(func: Callable[..., Any], *structure: Any, **kwargs: Any) -> Any:
    """Apply a function to corresponding leaves of the structures, and pack the results like the first.

    ``check_types=False`` lets lists go with tuples; ``expand_composites=True`` goes into SparseTensors and the like.

    >>> map_structure(lambda a, b: a + b, [1, (2,)], [10, (20,)])
    [11, (22,)]
    """
    if unknown := kwargs.keys() - {"check_types", "expand_composites"}:
        raise ValueError(f"map_structure takes check_types and expand_composites by name, not {sorted(unknown)}.")
    if not callable(func):
        raise TypeError(f"func must be callable, got: {func!r}")
    if not structure:
        raise ValueError("Must provide at least one structure")
    structures = tuple(map(_expanded, structure)) if kwargs.get("expand_composites") else structure
    return _nest.map_structure(func, *structures, check_types=kwargs.get("check_types", True))


def assert_same_structure(nest1: Any, nest2: Any, check_types: bool = True, expand_composites: bool = False) -> None:
    """Raise ValueError unless both nest alike, or TypeError where one has a list and the other a tuple.

    >>> assert_same_structure([1, (2, 3)], [4, (5, 6)])
    >>> assert_same_structure([1, 2], [3, [4]])
    Traceback (most recent call last):
        ...
    ValueError: ...
    """
    if expand_composites:
        nest1, nest2 = _expanded(nest1), _expanded(nest2)
    _nest.assert_same_structure(nest1, nest2, check_types)
