"""Transformations that leave elements out: take, skip, filter, take_while, shard, unique."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, takewhile
from typing import Any

from eagernb.core.dtypes import bool_, int32, int64, string
from eagernb.core.spec import TensorSpec
from eagernb.data.dataset import Dataset, made, method, number
from eagernb.data.functions import TracedFunction, traced
from eagernb.data.pipeline import INFINITE, UNKNOWN, Element, Pipeline, transformation
from eagernb.data.structure import component_specs
from eagernb.errors import InvalidArgumentError


@transformation("_TakeDataset")
class Take(Pipeline):
    def __init__(self, source: Pipeline, count: Any) -> None:
        self.source, self._count = source, int(count)

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        if self._count < 0 or n == UNKNOWN:
            return n
        return self._count if n == INFINITE else min(n, self._count)

    def elements(self) -> Iterator[Element]:
        return islice(self.source.elements(), None if self._count < 0 else self._count)


@transformation("_SkipDataset")
class Skip(Pipeline):
    def __init__(self, source: Pipeline, count: Any) -> None:
        self.source, self._count = source, int(count)

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        if self._count < 0:
            return 0
        return n if n < 0 else max(0, n - self._count)

    def elements(self) -> Iterator[Element]:
        return iter(()) if self._count < 0 else islice(self.source.elements(), self._count, None)


@transformation("_ShardDataset")
class Shard(Pipeline):
    def __init__(self, source: Pipeline, num_shards: Any, index: Any) -> None:
        self.source, self._num_shards, self._index = source, int(num_shards), int(index)
        if self._num_shards < 1:
            raise InvalidArgumentError(f"Number of shards must be greater than zero (currently {num_shards}).")
        if not 0 <= self._index < self._num_shards:
            raise InvalidArgumentError(
                f"Index must be between 0 and {self._num_shards - 1} (currently index = {self._index})."
            )

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        return n if n < 0 else len(range(self._index, n, self._num_shards))

    def elements(self) -> Iterator[Element]:
        return islice(self.source.elements(), self._index, None, self._num_shards)


class _ByPredicate(Pipeline):
    def __init__(self, source: Pipeline, *captured: Any, function: TracedFunction) -> None:
        self.source, self._captured, self._run = source, captured, function.run

    def _holds(self, element: Element) -> bool:
        return bool(self._run([*element, *self._captured])[0])


@transformation("_FilterDataset")
class Filter(_ByPredicate):
    def elements(self) -> Iterator[Element]:
        return filter(self._holds, self.source.elements())


@transformation("_TakeWhileDataset")
class TakeWhile(_ByPredicate):
    def elements(self) -> Iterator[Element]:
        return takewhile(self._holds, self.source.elements())


@transformation("_UniqueDataset")
class Unique(Pipeline):
    def __init__(self, source: Pipeline) -> None:
        self.source = source

    def elements(self) -> Iterator[Element]:
        seen: set[Any] = set()
        for element in self.source.elements():
            value = element[0].item() if element[0].ndim == 0 else (element[0].shape, tuple(element[0].ravel()))
            if value not in seen:
                seen.add(value)
                yield element


@method
def take(self: Dataset, count: Any, name: str | None = None) -> Dataset:
    """The first ``count`` elements; all of them for -1.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(10).take(2).as_numpy_iterator())
    [np.int64(0), np.int64(1)]
    """
    return made(Take, [self, number(count)], self.element_spec)


@method
def skip(self: Dataset, count: Any, name: str | None = None) -> Dataset:
    """All but the first ``count`` elements; none for -1.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(4).skip(2).as_numpy_iterator())
    [np.int64(2), np.int64(3)]
    """
    return made(Skip, [self, number(count)], self.element_spec)


@method
def shard(self: Dataset, num_shards: Any, index: Any, name: str | None = None) -> Dataset:
    """Every ``num_shards``-th element from the one at ``index`` on; InvalidArgumentError for an index outside.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(5).shard(2, 1).as_numpy_iterator())
    [np.int64(1), np.int64(3)]
    """
    return made(Shard, [self, number(num_shards), number(index)], self.element_spec)


@method
def filter_(self: Dataset, predicate: Callable[..., Any], name: str | None = None) -> Dataset:
    """The elements for which ``predicate(element)`` is true; ValueError unless it gives a scalar bool.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(5).filter(lambda x: x % 2 == 0).as_numpy_iterator())
    [np.int64(0), np.int64(2), np.int64(4)]
    """
    return _by_predicate(Filter, self, predicate, "filter")


@method
def take_while(self: Dataset, predicate: Callable[..., Any], name: str | None = None) -> Dataset:
    """The elements before the first for which ``predicate(element)`` is false; ValueError unless that is a bool.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(9).take_while(lambda x: x < 2).as_numpy_iterator())
    [np.int64(0), np.int64(1)]
    """
    return _by_predicate(TakeWhile, self, predicate, "take_while")


def _by_predicate(kind: type[Pipeline], dataset: Dataset, predicate: Callable[..., Any], name: str) -> Dataset:
    __tracebackhide__ = True
    function = traced(predicate, name, dataset.element_spec)
    if function.output_spec != TensorSpec([], bool_):
        raise ValueError(
            "Invalid `predicate`. `predicate` must return a `tf.bool` scalar tensor, but its return type is "
            f"{function.output_spec}."
        )
    return made(kind, [dataset, *function.captured], dataset.element_spec, function=function)


@method
def unique(self: Dataset, name: str | None = None) -> Dataset:
    """The elements without those that were there before.

    Elements must be a single tensor (InvalidArgumentError) of int32, int64 or strings (TypeError).

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.from_tensor_slices([1, 3, 1]).unique().as_numpy_iterator())
    [np.int32(1), np.int32(3)]
    """
    specs = component_specs(self.element_spec)
    for spec in specs:
        if spec.dtype not in (int32, int64, string):
            raise TypeError(
                f"`tf.data.Dataset.unique` does not support type {spec.dtype} -- only `tf.int32`, `tf.int64`, and "
                "`tf.string` are supported."
            )
    if len(specs) != 1:
        raise InvalidArgumentError("UniqueDataset only supports inputs with a single component.")
    return made(Unique, [self], self.element_spec)
