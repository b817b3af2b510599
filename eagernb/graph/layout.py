"""Layout: which tensors are in a structure of Python values, and how to build the structure from other tensors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from eagernb.core import nest
from eagernb.core.composite import Composite, CompositeSpec
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import DType
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.tensor import Tensor
from eagernb.ops.tensor_array import TensorArray


class Layout(NamedTuple):
    """The structure, and for each of its leaves what it is: a tensor, TensorArray, dataset, IndexedSlices or None."""

    structure: Any
    kinds: tuple[Any, ...]

    def pack(self, tensors: Sequence[Tensor]) -> Any:
        """The structure with these tensors."""
        left = iter(tensors)
        return nest.pack(self.structure, [_leaf(kind, left) for kind in self.kinds])

    def is_like(self, other: Layout) -> bool:
        """Whether tensors for the one are right for the other, given that the structures are the same."""
        arrays = [[isinstance(kind, TensorArray) for kind in layout.kinds] for layout in (self, other)]
        return arrays[0] == arrays[1] and all(
            is_array or mine == theirs
            for is_array, mine, theirs in zip(arrays[0], self.kinds, other.kinds, strict=True)
        )


def either(layouts: Sequence[Layout]) -> Layout:
    """The layout of what has one of these, that are alike: of TensorArrays, that which says most of its elements."""
    kinds = [
        _most_known(kinds) if isinstance(kinds[0], TensorArray) else kinds[0]
        for kinds in zip(*(layout.kinds for layout in layouts), strict=True)
    ]
    return Layout(layouts[0].structure, tuple(kinds))


def _most_known(arrays: Sequence[TensorArray]) -> TensorArray:
    return next((array for array in arrays if array.element_shape.rank is not None), arrays[0])


def laid_out(structure: Any, dtype: DType | None = None) -> tuple[list[Tensor], Layout]:
    """The tensors of a structure, Python numbers and arrays converted, and its layout."""
    tensors: list[Tensor] = []
    kinds: list[Any] = []
    for leaf in nest.flatten(structure):
        if leaf is None:
            kinds.append(None)
        elif isinstance(leaf, TensorArray):
            kinds.append(leaf)
            tensors.append(leaf.as_list())
        elif isinstance(leaf, Composite):
            kinds.append(leaf._type_spec)
            tensors += leaf._components
        elif isinstance(leaf, IndexedSlices):
            parts = [leaf.values, leaf.indices, *([] if leaf.dense_shape is None else [leaf.dense_shape])]
            kinds.append(len(parts))
            tensors += map(convert_to_tensor, parts)
        else:
            kinds.append(Tensor)
            tensors.append(convert_to_tensor(leaf, dtype))
    return tensors, Layout(nest.map_structure(lambda leaf: None, structure), tuple(kinds))


def _leaf(kind: Any, tensors: Iterator[Tensor]) -> Any:
    if kind is None:
        return None
    if isinstance(kind, TensorArray):
        return kind.of_list(next(tensors))
    if isinstance(kind, CompositeSpec):
        return kind._from_components([next(tensors) for _ in kind._component_specs])
    return next(tensors) if kind is Tensor else IndexedSlices(*(next(tensors) for _ in range(kind)))
