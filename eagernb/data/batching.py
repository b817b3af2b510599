"""Transformations that put elements together, and take them apart: batch, padded_batch, unbatch, rebatch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import int64
from eagernb.core.shape import TensorShape
from eagernb.core.sparse_tensor import SparseTensorSpec
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_elements, static_value
from eagernb.core.tensor import Symbol, Tensor
from eagernb.data.dataset import Dataset, known, made, method, number
from eagernb.data.pipeline import UNKNOWN, Element, Pipeline, transformation
from eagernb.data.sparse_parts import SparseArray, boxed, sparse_parts, spec_of_slice, unboxed
from eagernb.data.structure import map_element
from eagernb.errors import DataLossError, InvalidArgumentError
from eagernb.ops.casting import cast
from eagernb.ops.creation import zeros


class _Batches(Pipeline):
    def __init__(self, source: Pipeline, batch_size: Any, drop_remainder: bool, sparse: tuple[bool, ...] = ()) -> None:
        self.source, self._size, self._drop, self._sparse = source, int(batch_size), drop_remainder, sparse
        if self._size < 1:
            raise InvalidArgumentError("Batch size must be greater than zero.", "batch")

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        return n if n < 0 else n // self._size if self._drop else -(-n // self._size)

    def elements(self) -> Iterator[Element]:
        source = self.source.elements()
        while rows := list(islice(source, self._size)):
            if self._drop and len(rows) < self._size:
                return
            if self._sparse:
                rows = [boxed(row, self._sparse) for row in rows]
            joined = tuple([self._joined(i, arrays) for i, arrays in enumerate(zip(*rows, strict=True))])
            yield unboxed(joined) if self._sparse else joined

    def _joined(self, component: int, arrays: Sequence[Any]) -> Any:
        raise NotImplementedError


@transformation("_BatchDataset")
class Batch(_Batches):
    def _joined(self, component: int, arrays: Sequence[Any]) -> Any:
        if isinstance(arrays[0], SparseArray):
            return SparseArray.stack(arrays)
        shape = arrays[0].shape
        for i, array in enumerate(arrays):
            if array.shape != shape:
                raise InvalidArgumentError(
                    f"Cannot batch tensors with different shapes in component {component}. First element had shape "
                    f"{list(shape)} and element {i} had shape {list(array.shape)}. Use padded_batch.",
                    "batch",
                )
        return np.stack(arrays)


@transformation("_PaddedBatchDataset")
class PaddedBatch(_Batches):
    """After the batch size come a padding value and a shape for each component, in which -1 is the largest size."""

    def __init__(self, source: Pipeline, batch_size: Any, *paddings_and_shapes: Any, drop_remainder: bool) -> None:
        super().__init__(source, batch_size, drop_remainder)
        self._paddings, self._shapes = paddings_and_shapes[::2], paddings_and_shapes[1::2]

    def _joined(self, component: int, arrays: Sequence[Any]) -> Any:
        wanted = self._shapes[component]
        largest = np.max([array.shape for array in arrays], axis=0, initial=0) if len(wanted) else ()
        shape = [int(size if limit == -1 else limit) for limit, size in zip(wanted, largest, strict=True)]
        joined = np.full((len(arrays), *shape), self._paddings[component], arrays[0].dtype)
        for row, array in zip(joined, arrays, strict=True) if shape else ():
            if any(size > limit for size, limit in zip(array.shape, shape, strict=True)):
                raise DataLossError(
                    f"Attempted to pad to a smaller size than the input element: {list(array.shape)} does not fit "
                    f"into {shape}.",
                    "padded_batch",
                )
            row[tuple(slice(size) for size in array.shape)] = array
        return joined if shape else np.stack(arrays)


@transformation("_UnbatchDataset")
class Unbatch(Pipeline):
    """``count`` is the size of all batches, where it is known."""

    def __init__(self, source: Pipeline, count: int | None, sparse: tuple[bool, ...] = ()) -> None:
        self.source, self._count, self._sparse = source, count, sparse

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        if n <= 0:
            return n
        return UNKNOWN if self._count is None else n * self._count

    def elements(self) -> Iterator[Element]:
        for arrays in self.source.elements():
            element = boxed(arrays, self._sparse)
            if len({len(array) for array in element}) > 1:
                raise InvalidArgumentError(
                    f"Input element must have the same batch size in each component, not "
                    f"{[len(array) for array in element]}.",
                    "unbatch",
                )
            for i in range(len(element[0])):
                row = tuple([array[i, ...] for array in element])
                yield unboxed(row) if self._sparse else row


@transformation("_RebatchDataset")
class Rebatch(Pipeline):
    def __init__(self, source: Pipeline, sizes: Any, drop_remainder: bool, sparse: tuple[bool, ...] = ()) -> None:
        self._rows, self._sparse = Unbatch(source, None, sparse), sparse
        self._sizes = [int(size) for size in np.ravel(sizes)]
        self._drop = drop_remainder
        if not self._sizes or min(self._sizes) < 0 or not any(self._sizes):
            raise InvalidArgumentError(f"rebatch: batch sizes must be greater than zero, not {self._sizes}.")

    def elements(self) -> Iterator[Element]:
        rows = self._rows.elements()
        while True:
            for size in self._sizes:
                found = list(islice(rows, size))
                if len(found) < size and (self._drop or not found):
                    return
                yield _stacked(found, self._sparse)
                if len(found) < size:
                    return


def _stacked(rows: list[Element], sparse: tuple[bool, ...]) -> Element:
    parts = zip(*(boxed(row, sparse) for row in rows), strict=True)
    return unboxed([SparseArray.stack(x) if isinstance(x[0], SparseArray) else np.stack(x) for x in parts])


@method
def batch(
    self: Dataset, batch_size: Any, drop_remainder: bool = False, num_parallel_calls: Any = None,
    deterministic: bool | None = None, name: str | None = None,
) -> Dataset:  # fmt: skip
    """``batch_size`` elements at a time, stacked along a new first axis.

    The last batch may be smaller, unless ``drop_remainder``; only then is the size of the axis known. The other
    arguments change nothing.

    Raises InvalidArgumentError for a size below 1 and, while it is read, for elements of different shapes.

    >>> import eagernb as tf
    >>> [x.tolist() for x in tf.data.Dataset.range(5).batch(2).as_numpy_iterator()]
    [[0, 1], [2, 3], [4]]
    """
    size = number(batch_size)
    rows = known(size) if drop_remainder else None
    spec = map_element(lambda part: _batched(part, rows), self.element_spec)
    sparse = sparse_parts(self.element_spec)
    params = {"drop_remainder": bool(drop_remainder)} | ({"sparse": sparse} if sparse else {})
    return made(Batch, [self, size], spec, **params)


def _batched(spec: Any, rows: int | None, shape: Any = None) -> Any:
    if isinstance(spec, SparseTensorSpec) and shape is None:
        return SparseTensorSpec(TensorShape([rows]).concatenate(spec.shape), spec.dtype)
    if not isinstance(spec, TensorSpec):
        raise TypeError(f"Elements with {spec} cannot be batched: only tensors can be.")
    return TensorSpec(TensorShape([rows]).concatenate(spec.shape if shape is None else shape), spec.dtype)


@method
def padded_batch(
    self: Dataset, batch_size: Any, padded_shapes: Any = None, padding_values: Any = None,
    drop_remainder: bool = False, name: str | None = None,
) -> Dataset:  # fmt: skip
    """``batch``, for elements of different shapes: they are padded at their ends.

    ``padded_shapes``, a shape or a structure of them like the elements, says to which shape; where it has None, or
    is left out, to the largest size in the batch. ``padding_values`` are zeros or empty strings, if not given.

    Raises ValueError for shapes of another rank, TypeError for values of another dtype; while it is read,
    DataLossError for an element that is too large.

    >>> import eagernb as tf
    >>> dataset = tf.data.Dataset.range(1, 4).map(lambda n: tf.fill([n], n))
    >>> [x.tolist() for x in dataset.padded_batch(2).as_numpy_iterator()]
    [[[1, 0], [2, 2]], [[3, 3, 3]]]
    """
    specs = nest.flatten(self.element_spec)
    size = number(batch_size)
    rows = known(size) if drop_remainder else None
    inputs, batched = [self, size], []
    shapes, values = (_per_part(given, self.element_spec) for given in (padded_shapes, padding_values))
    for spec, shape, value in zip(specs, shapes, values, strict=True):
        wanted = _padded_sizes(shape, spec)
        limits = _known_sizes(wanted)
        _check_fits(spec.shape, limits)
        batched.append(_batched(spec, rows, limits))
        inputs += [_padding(value, spec), wanted]
    return made(
        PaddedBatch, inputs, nest.pack(self.element_spec, batched), drop_remainder=bool(drop_remainder)
    )  # fmt: skip


def _per_part(values: Any, element_spec: Any) -> list[Any]:
    """The value for each part of an element; shapes are lists, so that tuples and dicts are structures."""
    if values is None:
        return [None] * len(nest.flatten(element_spec))
    found: list[Any] = []

    def walk(spec: Any, value: Any) -> None:
        if isinstance(spec, tuple):
            if not isinstance(value, tuple) or len(value) != len(spec):
                raise TypeError(f"The structure of {value} must be that of the elements: {element_spec}.")
            for a, b in zip(spec, value, strict=True):
                walk(a, b)
        elif isinstance(spec, dict):
            if not isinstance(value, dict) or set(value) != set(spec):
                raise TypeError(f"The structure of {value} must be that of the elements: {element_spec}.")
            for key in sorted(spec):
                walk(spec[key], value[key])
        else:
            found.append(value)

    walk(element_spec, values)
    return found


def _padded_sizes(shape: Any, spec: TensorSpec) -> Tensor:
    """The shape to pad to as a tensor, with -1 where it is the largest size in the batch."""
    if not isinstance(spec, TensorSpec):
        raise TypeError(f"Elements with {spec} cannot be batched: only tensors can be.")
    if shape is None:
        if spec.shape.rank is None:
            raise ValueError("You must provide `padded_shapes` for elements of unknown rank.")
        shape = spec.shape
    if isinstance(shape, Tensor):
        return cast(shape, int64)
    sizes = [-1 if n is None else cast(n, int64) if is_dense_tensor(n) else n for n in shape]
    return convert_to_tensor(sizes, int64) if sizes else zeros([0], int64)


def _known_sizes(sizes: Tensor) -> TensorShape:
    numbers = static_elements(sizes) if isinstance(sizes, Symbol) else sizes.numpy().tolist()
    return TensorShape(None if numbers is None else [None if n in (None, -1) else n for n in numbers])


def _check_fits(shape: TensorShape, wanted: TensorShape) -> None:
    fits = shape.rank is None or (
        shape.rank == wanted.rank
        and all(
            size is None or limit is None or size <= limit
            for size, limit in zip(shape.as_list(), wanted.as_list(), strict=True)
        )
    )
    if not fits:
        raise ValueError(
            f"The padded shape {wanted} is not compatible with the shape {shape} of the corresponding input component."
        )


def _padding(value: Any, spec: TensorSpec) -> Tensor:
    if value is None:
        return zeros([], spec.dtype)
    tensor = convert_to_tensor(value)
    if tensor.dtype is not spec.dtype:
        raise TypeError(
            f"Invalid `padding_values`. `padding_values` values type {tensor.dtype} does not match type {spec.dtype} "
            "of the corresponding input component."
        )
    if tensor.shape.rank != 0:
        raise ValueError(f"Invalid `padding_values`. `padding_values` should be a scalar, not of shape {tensor.shape}.")
    return tensor


@method
def unbatch(self: Dataset, name: str | None = None) -> Dataset:
    """The slices of each element along the first axis; ValueError for scalars.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.from_tensors([1, 2, 3]).unbatch().as_numpy_iterator())
    [np.int32(1), np.int32(2), np.int32(3)]
    """
    spec, count = _without_rows(self.element_spec, "Cannot unbatch an input with scalar components.")
    sparse = sparse_parts(self.element_spec)
    return made(Unbatch, [self], spec, count=count, **({"sparse": sparse} if sparse else {}))


def _without_rows(element_spec: Any, message: str) -> tuple[Any, int | None]:
    """The spec of a batch's elements, and how many there are in each batch, where that is known."""
    specs = nest.flatten(element_spec)
    if any(not isinstance(spec, (TensorSpec, SparseTensorSpec)) or spec.shape.rank == 0 for spec in specs):
        raise ValueError(message)
    rows = TensorShape([None])
    for spec in specs:
        rows = rows if spec.shape.rank is None else rows.merge_with(spec.shape[:1])
    return nest.map_structure(spec_of_slice, element_spec), rows[0]


@method
def rebatch(self: Dataset, batch_size: Any, drop_remainder: bool = False, name: str | None = None) -> Dataset:
    """Batches of another size, or of the sizes in a list, in turn; ValueError for elements that are no batches.

    >>> import eagernb as tf
    >>> dataset = tf.data.Dataset.range(7).batch(4).rebatch(3)
    >>> [x.tolist() for x in dataset.as_numpy_iterator()]
    [[0, 1, 2], [3, 4, 5], [6]]
    """
    sizes = number(batch_size)
    inner, count = _without_rows(
        self.element_spec,
        "Invalid `batch_sizes`. Expected dataset with rank of >= 1 but found a dataset with scalar elements. Fix the "
        "issue by adding the `batch` transformation to the dataset.",
    )
    value = static_value(sizes)
    size = int(value) if value is not None and value.ndim == 0 else None
    always_full = drop_remainder or (size and count is not None and count % size == 0)
    rows = size if always_full else None
    spec = map_element(lambda part: _batched(part, rows), inner)
    sparse = sparse_parts(self.element_spec)
    params = {"drop_remainder": bool(drop_remainder)} | ({"sparse": sparse} if sparse else {})
    return made(Rebatch, [self, sizes], spec, **params)
