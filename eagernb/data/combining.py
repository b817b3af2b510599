"""Transformations that make one dataset of several: zip, concatenate, flat_map, interleave, and choosing among some."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int64
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_value
from eagernb.data.dataset import Dataset, DatasetSpec, made, method, number, source
from eagernb.data.functions import TracedFunction, traced
from eagernb.data.pipeline import INFINITE, UNKNOWN, Element, Pipeline, shortest, transformation
from eagernb.data.seeds import ReadingSeeds
from eagernb.data.structure import general_spec, map_element
from eagernb.errors import InvalidArgumentError
from eagernb.ops.philox import from_seed
from eagernb.ops.random_from_bits import categories


@transformation("_ZipDataset")
class Zip(Pipeline):
    def __init__(self, *sources: Pipeline) -> None:
        self._sources = sources

    @property
    def cardinality(self) -> int:
        return shortest([part.cardinality for part in self._sources])

    def elements(self) -> Iterator[Element]:
        return map(_joined, zip(*(part.elements() for part in self._sources), strict=False))


def _joined(elements: Sequence[Element]) -> Element:
    return tuple(chain.from_iterable(elements))


@transformation("_ConcatenateDataset")
class Concatenate(Pipeline):
    def __init__(self, first: Pipeline, second: Pipeline) -> None:
        self._sources = first, second

    @property
    def cardinality(self) -> int:
        sizes = [part.cardinality for part in self._sources]
        return INFINITE if INFINITE in sizes else UNKNOWN if UNKNOWN in sizes else sum(sizes)

    def elements(self) -> Iterator[Element]:
        for part in self._sources:
            yield from part.elements()


@transformation("_FlatMapDataset")
class FlatMap(Pipeline):
    def __init__(self, source: Pipeline, *captured: Any, function: TracedFunction) -> None:
        self.source, self._captured, self._run = source, captured, function.run

    def _inner(self, element: Element) -> Iterator[Element]:
        return self._run([*element, *self._captured])[0].elements()

    def elements(self) -> Iterator[Element]:
        for element in self.source.elements():
            yield from self._inner(element)


@transformation("_InterleaveDataset")
class Interleave(FlatMap):
    def __init__(
        self, source: Pipeline, cycle_length: Any, block_length: Any, *captured: Any, function: TracedFunction
    ) -> None:
        super().__init__(source, *captured, function=function)
        self._cycle_length, self._block_length = int(cycle_length), int(block_length)
        for length, argument in ((self._cycle_length, "cycle_length"), (self._block_length, "block_length")):
            if length < 1:
                raise InvalidArgumentError(f"interleave: {argument} must be greater than zero.")

    def elements(self) -> Iterator[Element]:
        """From each of the open datasets a block in turn; in the place of one that has ended comes the next."""
        outer = self.source.elements()
        cycle: list[Iterator[Element] | None] = [None] * self._cycle_length
        more, at, taken = True, 0, 0
        while more or any(cycle):
            inner = cycle[at]
            if inner is None and more:
                element = next(outer, None)
                more = element is not None
                if element is not None:
                    cycle[at] = self._inner(element)
                    continue
            found = None if inner is None else next(inner, None)
            if found is not None:
                yield found
                taken += 1
                if taken < self._block_length:
                    continue
            elif inner is not None:
                cycle[at] = None
            at, taken = (at + 1) % self._cycle_length, 0


@transformation("_DirectedInterleaveDataset")
class Directed(Pipeline):
    """The first of the sources says from which of the others each element comes."""

    def __init__(self, selector: Pipeline, *sources: Pipeline, stop: bool) -> None:
        self._selector, self._sources, self._stop = selector, sources, stop

    def elements(self) -> Iterator[Element]:
        open_: list[Iterator[Element] | None] = [part.elements() for part in self._sources]
        for (choice,) in self._selector.elements():
            if not 0 <= choice < len(open_):
                raise InvalidArgumentError(f"Selector index out of range: {choice} >= {len(open_)}")
            chosen = open_[choice]
            element = None if chosen is None else next(chosen, None)
            if element is not None:
                yield element
                continue
            open_[choice] = None
            if self._stop or not any(open_):
                return


@transformation("_WeightedChoiceDataset")
class Choices(Pipeline):
    """Random positions, each as likely as its weight says."""

    def __init__(self, weights: Any, seed: int | None, again: bool) -> None:
        self._weights = weights
        self._seeds = ReadingSeeds(seed, again)

    @property
    def cardinality(self) -> int:
        return INFINITE

    def elements(self) -> Iterator[Element]:
        with np.errstate(divide="ignore"):
            logits = np.log(np.asarray(self._weights))[None]
        words = self._seeds.words()
        for seeds in zip(words, words, strict=False):  # two words are the seed of one choice
            yield (categories(from_seed(*seeds), logits, 1, int64)[0, 0],)


@source
def zip_(*args: Any, datasets: Any = None, name: str | None = None) -> Dataset:
    """Several datasets read side by side, until one of them ends; a tuple or dict of datasets gives such elements.

    Raises TypeError for anything else.

    >>> import eagernb as tf
    >>> pairs = tf.data.Dataset.zip(tf.data.Dataset.range(3), tf.data.Dataset.range(5, 7))
    >>> list(pairs.as_numpy_iterator())
    [(np.int64(0), np.int64(5)), (np.int64(1), np.int64(6))]
    """
    if not args and datasets is None:
        raise TypeError("Must pass at least one dataset to `zip`.")
    if args and datasets is not None:
        raise TypeError("Both `*args` and `datasets` cannot be set.")
    structure = datasets if not args else args[0] if len(args) == 1 else args
    found: list[Dataset] = []

    def spec(part: Any) -> Any:
        if not isinstance(part, Dataset):
            raise TypeError(
                "Invalid input to `zip`. Inputs are expected to be (nested) structures of `tf.data.Dataset` objects "
                f"but encountered object of type {type(part)}."
            )
        found.append(part)
        return part.element_spec

    if isinstance(structure, list):
        raise TypeError(
            "Invalid input to `zip`. Inputs are expected to be (nested) structures of `tf.data.Dataset` objects. "
            "Python `list` is not supported and you should use `tuple` instead."
        )
    element_spec = map_element(spec, structure)
    # The components of a dict come in the order of its sorted keys.
    order = _in_order(structure)
    return made(Zip, [found[i] for i in order], element_spec)


def _in_order(structure: Any) -> list[int]:
    """The positions of the parts of a structure, as they are met, in nest's order."""
    positions = count()
    return nest.flatten(map_element(lambda _: next(positions), structure))


@method
def concatenate(self: Dataset, dataset: Dataset, name: str | None = None) -> Dataset:
    """The elements of this dataset, then those of the other; TypeError if they are of different kinds.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(2).concatenate(tf.data.Dataset.range(7, 8)).as_numpy_iterator())
    [np.int64(0), np.int64(1), np.int64(7)]
    """
    return made(Concatenate, [self, dataset], general_spec(self.element_spec, dataset.element_spec))


@method
def flat_map(self: Dataset, map_func: Callable[..., Any], name: str | None = None) -> Dataset:
    """The elements of the datasets that ``map_func`` returns for each element, one dataset after the other.

    Raises TypeError for a function that does not return a dataset.

    >>> import eagernb as tf
    >>> rows = tf.data.Dataset.from_tensor_slices([[1, 2], [3, 4]])
    >>> list(rows.flat_map(tf.data.Dataset.from_tensor_slices).as_numpy_iterator())
    [np.int32(1), np.int32(2), np.int32(3), np.int32(4)]
    """
    __tracebackhide__ = True
    function, spec = _to_datasets(map_func, "flat_map", self)
    return made(FlatMap, [self, *function.captured], spec, function=function)


@method
def interleave(
    self: Dataset, map_func: Callable[..., Any], cycle_length: Any = None, block_length: Any = None,
    num_parallel_calls: Any = None, deterministic: bool | None = None, name: str | None = None,
) -> Dataset:  # fmt: skip
    """The elements of the datasets that ``map_func`` returns, of which ``cycle_length`` are read in turn.

    Each time, ``block_length`` elements (one, if nothing is said) come from one of them. Without ``cycle_length``,
    as many are read in turn as there are processors. The other arguments change nothing.

    Raises TypeError for a function that does not return a dataset, InvalidArgumentError for a length below 1.

    >>> import eagernb as tf
    >>> dataset = tf.data.Dataset.range(1, 4).interleave(
    ...     lambda x: tf.data.Dataset.from_tensors(x).repeat(2), cycle_length=2)
    >>> list(map(int, dataset))
    [1, 2, 1, 2, 3, 3]
    """
    __tracebackhide__ = True
    function, spec = _to_datasets(map_func, "interleave", self)
    cycle = number(os.cpu_count() or 1 if cycle_length in (None, -1) else cycle_length)
    block = number(1 if block_length is None else block_length)
    return made(Interleave, [self, cycle, block, *function.captured], spec, function=function)


def _to_datasets(func: Callable[..., Any], transformation: str, dataset: Dataset) -> tuple[TracedFunction, Any]:
    __tracebackhide__ = True
    function = traced(func, transformation, dataset.element_spec)
    if not isinstance(function.output_spec, DatasetSpec):
        raise TypeError(
            f"The `map_func` argument of Dataset.{transformation}() must return a `tf.data.Dataset`. Got "
            f"{function.output_spec}."
        )
    return function, function.output_spec.element_spec


@source
def choose_from_datasets(datasets: Any, choice_dataset: Dataset, stop_on_empty_dataset: bool = True) -> Dataset:
    """Elements of several datasets: each comes from the one whose position ``choice_dataset`` says.

    It ends with the first of the datasets that has ended and is chosen, unless ``stop_on_empty_dataset`` is False.

    Raises ValueError for no datasets, TypeError for choices that are no int64 scalars.

    >>> import eagernb as tf
    >>> two = [tf.data.Dataset.range(3), tf.data.Dataset.range(10, 13)]
    >>> choice = tf.data.Dataset.range(2).repeat(2)
    >>> list(map(int, tf.data.Dataset.choose_from_datasets(two, choice)))
    [0, 10, 1, 11]
    """
    _check_any(datasets)
    if choice_dataset.element_spec != TensorSpec([], int64):
        raise TypeError(
            "Invalid `choice_dataset`. Elements of `choice_dataset` must be scalar `tf.int64` tensors but are "
            f"{choice_dataset.element_spec}."
        )
    return _directed(choice_dataset, datasets, stop_on_empty_dataset)


@source
def sample_from_datasets(
    datasets: Any, weights: Any = None, seed: int | None = None, stop_on_empty_dataset: bool = False,
    rerandomize_each_iteration: bool | None = None,
) -> Dataset:  # fmt: skip
    """Elements of several datasets: each comes from one that is chosen at random, by ``weights`` (else, evenly).

    Each reading chooses in the same way, unless ``rerandomize_each_iteration``.

    Raises ValueError for no datasets, or another number of weights.

    >>> import eagernb as tf
    >>> two = [tf.data.Dataset.range(3), tf.data.Dataset.range(10, 13)]
    >>> sorted(int(x) for x in tf.data.Dataset.sample_from_datasets(two, seed=1))
    [0, 1, 2, 10, 11, 12]
    """
    _check_any(datasets)
    if weights is not None and len(weights) != len(datasets):
        raise ValueError(
            "Invalid `weights`. `weights` should have the same length as `datasets` but got "
            f"`len(weights)={len(weights)}` vs. `len(datasets)={len(datasets)}`."
        )
    shares = convert_to_tensor([1.0] * len(datasets) if weights is None else weights)
    known = static_value(shares)
    if known is not None:
        # What is never chosen would never end.
        left = [i for i, weight in enumerate(known) if weight > 0]
        datasets, shares = [datasets[i] for i in left], convert_to_tensor(known[left])
        if len(datasets) == 1:
            return datasets[0]
    choices = made(Choices, [shares], TensorSpec([], int64), seed=seed, again=bool(rerandomize_each_iteration))
    return _directed(choices, datasets, stop_on_empty_dataset)


def _check_any(datasets: Any) -> None:
    if not datasets:
        raise ValueError("Invalid `datasets`. `datasets` should not be empty.")


def _directed(selector: Dataset, datasets: Sequence[Dataset], stop: bool) -> Dataset:
    spec = datasets[0].element_spec
    for dataset in datasets[1:]:
        spec = general_spec(spec, dataset.element_spec)
    return made(Directed, [selector, *datasets], spec, stop=stop)
