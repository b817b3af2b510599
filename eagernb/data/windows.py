"""Transformations to datasets of elements that belong together: window, group_by_window, bucket_by_sequence_length."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.autograph_status import converted_here
from eagernb.core.dtypes import int32, int64
from eagernb.core.spec import TensorSpec
from eagernb.data.batching import batch, padded_batch
from eagernb.data.dataset import Dataset, DatasetSpec, made, method, number
from eagernb.data.functions import TracedFunction, traced
from eagernb.data.pipeline import Element, Pipeline, transformation
from eagernb.data.structure import component_specs, map_element
from eagernb.errors import InvalidArgumentError
from eagernb.ops.casting import cast
from eagernb.ops.compare import less, less_equal, logical_and
from eagernb.ops.creation import constant
from eagernb.ops.gather import gather
from eagernb.ops.reduce import reduce_min
from eagernb.ops.where import where


class Kept(Pipeline):
    """Elements that have been read already."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._elements = elements

    @property
    def cardinality(self) -> int:
        return len(self._elements)

    def elements(self) -> Iterator[Element]:
        return iter(self._elements)


@transformation("_WindowDataset")
class Window(Pipeline):
    """``groups`` is how many of the components belong to each part of an element."""

    def __init__(
        self, source: Pipeline, size: Any, shift: Any, stride: Any, drop_remainder: bool, groups: tuple[int, ...]
    ) -> None:
        self.source, self._drop, self._groups = source, drop_remainder, groups
        self._size, self._shift, self._stride = int(size), int(shift), int(stride)
        for value, what in ((size, "size"), (shift, "shift"), (stride, "stride")):
            if value < 1:
                raise InvalidArgumentError(f"Window {what} must be greater than zero.", "window")

    @property
    def _span(self) -> int:
        """From the first to the last element of a window."""
        return (self._size - 1) * self._stride + 1

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        if n < 0:
            return n
        return -(-max(0, n - self._span + 1 if self._drop else n) // self._shift)

    def elements(self) -> Iterator[Element]:
        source = self.source.elements()
        buffer: deque[Element] = deque()
        while True:
            while len(buffer) < self._span and (element := next(source, None)) is not None:
                buffer.append(element)
            if not buffer or (self._drop and len(buffer) < self._span):
                return
            yield self._window(list(buffer)[:: self._stride])
            for _ in range(self._shift):
                if buffer:
                    buffer.popleft()
                else:
                    next(source, None)

    def _window(self, elements: Sequence[Element]) -> Element:
        parts, at = [], 0
        for count in self._groups:
            parts.append(Kept([element[at : at + count] for element in elements]))
            at += count
        return tuple(parts)


@transformation("_GroupByWindowDataset")
class GroupByWindow(Pipeline):
    """The functions take what they capture from the inputs, of which ``counts`` are each one's."""

    def __init__(
        self, source: Pipeline, *captured: Any, functions: tuple[TracedFunction, ...], counts: tuple[int, ...]
    ) -> None:
        self.source = source
        ends = np.cumsum(counts)
        self._calls = [
            (function.run, captured[end - count : end])
            for function, count, end in zip(functions, counts, ends, strict=True)
        ]

    def _called(self, which: int, *arrays: Any) -> Any:
        run, captured = self._calls[which]
        return run([*arrays, *captured])[0]

    def elements(self) -> Iterator[Element]:
        groups: dict[int, tuple[int, list[Element]]] = {}
        for element in self.source.elements():
            key = int(self._called(0, *element))
            if key not in groups:
                groups[key] = self._window_size(key), []
            size, members = groups[key]
            members.append(element)
            if len(members) == size:
                del groups[key]
                yield from self._reduced(key, members)
        for key, (_, members) in sorted(groups.items()):
            yield from self._reduced(key, members)

    def _window_size(self, key: int) -> int:
        size = int(self._called(2, np.array(key, np.int64)))
        if size < 1:
            raise InvalidArgumentError(f"Window size must be greater than zero, but got {size}.", "group_by_window")
        return size

    def _reduced(self, key: int, members: list[Element]) -> Iterator[Element]:
        return self._called(1, np.array(key, np.int64), Kept(members)).elements()


@method
def window(
    self: Dataset, size: Any, shift: Any = None, stride: Any = 1, drop_remainder: bool = False,
    name: str | None = None,
) -> Dataset:  # fmt: skip
    """Windows of ``size`` elements, each a dataset; a tuple of datasets, or a dict, where elements are such.

    A window begins ``shift`` elements (``size``, if not given) after the one before and takes every ``stride``-th.
    With ``drop_remainder``, only full windows.

    Raises InvalidArgumentError for a number below 1.

    >>> import eagernb as tf
    >>> windows = tf.data.Dataset.range(5).window(3, shift=1, drop_remainder=True)
    >>> [x.tolist() for x in windows.flat_map(lambda window: window.batch(3)).as_numpy_iterator()]
    [[0, 1, 2], [1, 2, 3], [2, 3, 4]]
    """
    numbers = [number(n) for n in (size, size if shift is None else shift, stride)]
    spec = map_element(DatasetSpec, self.element_spec)
    groups = tuple(len(component_specs(part)) for part in nest.flatten(self.element_spec))
    return made(Window, [self, *numbers], spec, drop_remainder=bool(drop_remainder), groups=groups)


@method
def group_by_window(
    self: Dataset, key_func: Callable[..., Any], reduce_func: Callable[..., Any], window_size: Any = None,
    window_size_func: Callable[..., Any] | None = None, name: str | None = None,
) -> Dataset:  # fmt: skip
    """Elements with the same ``key_func(element)``, an int64 scalar, ``window_size`` at a time.

    ``reduce_func(key, window)`` makes a dataset of each window, which is a dataset too; the last windows may be
    smaller. ``window_size_func(key)`` gives a size for each key.

    Raises ValueError unless there is one of the sizes, or for keys that are no int64 scalars.

    >>> import eagernb as tf
    >>> by_rest = tf.data.Dataset.range(6).group_by_window(
    ...     lambda x: x % 2, lambda key, window: window.batch(3), window_size=3)
    >>> [x.tolist() for x in by_rest.as_numpy_iterator()]
    [[0, 2, 4], [1, 3, 5]]
    """
    __tracebackhide__ = True
    if (window_size is None) == (window_size_func is None):
        raise ValueError(
            "Either the `window_size` argument or the `window_size_func` argument must be specified, and not both."
        )
    key = TensorSpec([], int64)
    keys = traced(_to_number(key_func), "group_by_window", self.element_spec)
    if keys.output_spec != key:
        raise ValueError(
            "Invalid `key_func`. `key_func` must return a single `tf.int64` scalar tensor but its return type is "
            f"{keys.output_spec}."
        )
    reduced = traced(reduce_func, "group_by_window", key, DatasetSpec(self.element_spec), unpack=False)
    if not isinstance(reduced.output_spec, DatasetSpec):
        raise TypeError(f"Invalid `reduce_func`. `reduce_func` must return a dataset, not {reduced.output_spec}.")
    sizes = traced(_to_number(window_size_func or (lambda _: window_size)), "group_by_window", key)
    functions = (keys, reduced, sizes)
    return made(
        GroupByWindow, [self, *(x for function in functions for x in function.captured)],
        reduced.output_spec.element_spec, functions=functions,
        counts=tuple(len(function.captured) for function in functions),
    )  # fmt: skip


def _to_number(func: Callable[..., Any]) -> Callable[..., Any]:
    """The user's function with its result as an int64 tensor."""
    return lambda *args: number(converted_here(func)(*args))


@method
def bucket_by_sequence_length(
    self: Dataset, element_length_func: Callable[..., Any], bucket_boundaries: Sequence[int],
    bucket_batch_sizes: Sequence[int], padded_shapes: Any = None, padding_values: Any = None,
    pad_to_bucket_boundary: bool = False, no_padding: bool = False, drop_remainder: bool = False,
    name: str | None = None,
) -> Dataset:  # fmt: skip
    """Padded batches of elements whose lengths lie in the same bucket.

    ``element_length_func(element)`` gives an int32 scalar; the buckets are below the first boundary, from it to below
    the next, and so on, with a batch size for each. Batches are padded to the largest element, or, with
    ``pad_to_bucket_boundary``, to the largest length of the bucket; see padded_batch for the other arguments.

    Raises ValueError unless there is one batch size more than there are boundaries.

    >>> import eagernb as tf
    >>> rows = tf.data.Dataset.range(1, 5).map(lambda n: tf.fill([n], n))
    >>> for x in rows.bucket_by_sequence_length(tf.size, bucket_boundaries=[3], bucket_batch_sizes=[2, 2]):
    ...     print(x.numpy().tolist())
    [[1, 0], [2, 2]]
    [[3, 3, 3, 0], [4, 4, 4, 4]]
    """
    __tracebackhide__ = True
    if len(bucket_batch_sizes) != len(bucket_boundaries) + 1:
        raise ValueError(
            f"`len(bucket_batch_sizes)` must equal `len(bucket_boundaries) + 1` but "
            f"`len(bucket_batch_sizes)={len(bucket_batch_sizes)}` and `len(bucket_boundaries)="
            f"{len(bucket_boundaries)}`."
        )
    lower = constant([int32.min, *bucket_boundaries])
    upper = constant([*bucket_boundaries, int32.max])
    sizes = constant(list(bucket_batch_sizes), int64)

    def bucket(*element: Any) -> Any:
        length = converted_here(element_length_func)(*element)
        inside = logical_and(less_equal(lower, length), less(length, upper))
        return reduce_min(where(inside))

    def batches(key: Any, members: Dataset) -> Dataset:
        size = gather(sizes, key)
        if no_padding:
            return batch(members, size, drop_remainder)
        shapes = padded_shapes
        if pad_to_bucket_boundary:
            shapes = map_element(lambda spec: _filled(spec.shape, gather(upper, key) - 1), members.element_spec)
        return padded_batch(members, size, shapes, padding_values, drop_remainder)

    return group_by_window(self, bucket, batches, window_size_func=lambda key: cast(gather(sizes, key), int64))


def _filled(shape: Any, size: Any) -> list[Any]:
    return [size if dim is None else dim for dim in shape.as_list()]
