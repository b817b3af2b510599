"""What a session is asked for and given: structures of tensors, operations and names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from eagernb.compat.v1.operation import GraphTensor, Operation
from eagernb.core import dtypes, nest
from eagernb.core.convert import array_from
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.shape import TensorShape
from eagernb.core.sparse_tensor import SparseTensor, SparseTensorValue
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable


class IndexedSlicesValue(NamedTuple):
    """What a session gives for IndexedSlices: a sparse gradient's rows, and which ones they are."""

    values: Any
    indices: Any
    dense_shape: Any


class Fetches:
    """The fetches of one run: which tensors and operations they come to, and how to pack the results."""

    def __init__(self, graph: Any, fetches: Any) -> None:
        self._structure = fetches
        self.tensors: list[GraphTensor] = []
        self.operations: list[Operation] = []
        self._leaves = [self._leaf(graph, leaf) for leaf in nest.flatten(fetches)]
        self._is_flat_list = fetches.__class__ is list and not any(map(nest.is_nested, fetches))
        self.key = (*self.tensors, None, *self.operations)

    def pack(self, arrays: list[Any]) -> Any:
        """The results in the structure of the fetches: None for an operation."""
        leaves = [leaf(arrays) for leaf in self._leaves]
        return leaves if self._is_flat_list else nest.pack(self._structure, leaves)

    def _leaf(self, graph: Any, leaf: Any) -> Any:
        if leaf is None:
            raise TypeError('Argument `fetch` = None has invalid type "NoneType". Cannot be None')
        if isinstance(leaf, IndexedSlices):
            parts = [self._place(graph, part) for part in (leaf.values, leaf.indices)]
            return lambda arrays: IndexedSlicesValue(arrays[parts[0]], arrays[parts[1]], None)
        if isinstance(leaf, SparseTensor):
            of_parts = [self._leaf(graph, part) for part in leaf._components]
            return lambda arrays: SparseTensorValue(*(of_part(arrays) for of_part in of_parts))
        if isinstance(leaf, EagerTensor):  # made with the graph, but before it knew
            return lambda arrays: leaf.numpy()
        place = self._place(graph, leaf)
        return lambda arrays: None if place is None else arrays[place]

    def _place(self, graph: Any, fetch: Any) -> int | None:
        """The position of a tensor among those that are fetched; None for an operation."""
        try:
            element = graph.as_graph_element(fetch)
        except TypeError as error:
            kind = type(fetch).__name__
            raise TypeError(
                f'Argument `fetch` = {fetch} has invalid type "{kind}" must be a string or Tensor. ({error})'
            ) from None
        except (ValueError, KeyError) as error:
            raise ValueError(f"Argument `fetch` = {fetch} cannot be interpreted as a Tensor. ({error})") from None
        if isinstance(element, Operation):
            self.operations.append(element)
            return None
        self.tensors.append(element)
        return len(self.tensors) - 1


def feeds(graph: Any, feed_dict: Any) -> dict[GraphTensor, Any]:
    """From each tensor that is fed to its array; TypeError or ValueError for what cannot be fed."""
    if feed_dict is None:
        return {}
    if not isinstance(feed_dict, Mapping):
        raise TypeError(
            f"feed_dict must be a dictionary of tensors and their values, not {type(feed_dict).__name__}: "
            "{placeholder: value}."
        )
    found: dict[GraphTensor, Any] = {}
    for key, value in feed_dict.items():
        if isinstance(key, GraphTensor) and key.graph is graph:
            found[key] = _fed_array(key, value)
            continue
        if isinstance(key, SparseTensor):
            pairs = _sparse_pairs(key, value)
        elif isinstance(key, tuple):
            pairs = [*zip(nest.flatten(key), nest.flatten(value), strict=True)]
        else:
            pairs = [(key, value)]
        for one, its_value in pairs:
            tensor = _fed_tensor(graph, one)
            found[tensor] = _fed_array(tensor, its_value)
    return found


def _sparse_pairs(key: SparseTensor, value: Any) -> list[tuple[Any, Any]]:
    """Each part of a sparse tensor with its value; the shape may be left out where the graph knows it."""
    if not isinstance(value, tuple) or len(value) not in (2, 3):
        raise ValueError(
            "The feed for a SparseTensor must be a tf.compat.v1.SparseTensorValue, or a tuple of its indices, values "
            f"and shape, not {value!r}."
        )
    return [*zip(key._components, value, strict=False)]


def _fed_tensor(graph: Any, key: Any) -> GraphTensor:
    try:
        return graph.as_graph_element(key, allow_operation=False)
    except Exception as error:
        raise TypeError(f"Cannot interpret feed_dict key as Tensor: {error}") from None


def _fed_array(tensor: GraphTensor, value: Any) -> np.ndarray:
    if isinstance(value, (Tensor, Variable)):
        raise TypeError(
            "The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, "
            f"lists and numpy ndarrays: feed its value. It was passed to `feed_dict` with key {tensor}."
        )
    if tensor.dtype is dtypes.string:
        array = array_from(value, tensor.dtype)
    else:
        wanted = tensor.dtype.numpy
        if isinstance(value, int) and wanted.kind in "iu" and np.array(value, wanted) != value:
            raise TypeError(
                f"Type of feed value {value} with type {type(value).__name__} is not compatible with Tensor type "
                f"{tensor.dtype.name}. Try setting the type of the feed tensor to a larger one, such as int64."
            )
        array = np.asarray(value, wanted)
    if not _fits(array.shape, tensor.shape):
        raise ValueError(
            f"Cannot feed value of shape {array.shape} for Tensor {tensor.name}, which has shape {tensor.shape}"
        )
    return array


def _fits(sizes: tuple[int, ...], shape: TensorShape) -> bool:
    dims = shape._dims
    return dims is None or (len(sizes) == len(dims) and all(map(_fits_size, sizes, dims)))


def _fits_size(size: int, dim: int | None) -> bool:
    return dim is None or dim == size
