"""tf.data.experimental: other names of what tf.data has, and a few things that are only here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import Tensor
from eagernb.data.combining import choose_from_datasets, sample_from_datasets
from eagernb.data.dataset import Dataset, made, number
from eagernb.data.iterator import Iterator as DatasetIterator
from eagernb.data.optional import Optional
from eagernb.data.options import ThreadingOptions
from eagernb.data.pipeline import INFINITE, UNKNOWN, Element, Pipeline, transformation
from eagernb.data.sources import counter, from_tensor_slices
from eagernb.data.sources import random as RandomDataset
from eagernb.errors import FailedPreconditionError
from eagernb.ops.joining import stack

__all__ = [
    "AUTOTUNE",
    "INFINITE_CARDINALITY",
    "UNKNOWN_CARDINALITY",
    "Counter",
    "Optional",
    "RandomDataset",
    "ThreadingOptions",
    "assert_cardinality",
    "cardinality",
    "choose_from_datasets",
    "from_list",
    "get_next_as_optional",
    "get_single_element",
    "get_structure",
    "sample_from_datasets",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


AUTOTUNE = -1
INFINITE_CARDINALITY = INFINITE
UNKNOWN_CARDINALITY = UNKNOWN
Counter = counter


@transformation("_AssertCardinalityDataset")
class AssertCardinality(Pipeline):
    def __init__(self, source: Pipeline, expected: Any) -> None:
        self.source, self._expected = source, int(expected)

    @property
    def cardinality(self) -> int:
        return self._expected

    def elements(self) -> Iterator[Element]:
        count = 0
        for element in self.source.elements():
            count += 1
            self._check(count <= self._expected or self._expected == INFINITE, f"at least {count}")
            yield element
        self._check(count == self._expected, f"only {count}")

    def _check(self, holds: bool, found: str) -> None:
        if not holds:
            expected = "an infinite number of" if self._expected == INFINITE else self._expected
            raise FailedPreconditionError(
                f"Input dataset was expected to contain {expected} elements but contained {found} elements.",
                "assert_cardinality",
            )


def assert_cardinality(expected_cardinality: Any) -> Callable[[Dataset], Dataset]:
    """A transformation for ``apply``: the dataset is said to have this many elements, which is checked as it is read.

    Raises FailedPreconditionError while it is read, if it has another number.

    >>> import eagernb as tf
    >>> odd = tf.data.Dataset.range(6).filter(lambda x: x % 2 == 1)
    >>> len(odd.apply(tf.data.experimental.assert_cardinality(3)))
    3
    """
    return lambda dataset: made(AssertCardinality, [dataset, number(expected_cardinality)], dataset.element_spec)


def cardinality(dataset: Dataset) -> Tensor:
    """``dataset.cardinality()``."""
    return dataset.cardinality()


def get_single_element(dataset: Dataset) -> Any:
    """``dataset.get_single_element()``."""
    return dataset.get_single_element()


def get_structure(dataset_or_iterator: Dataset | DatasetIterator) -> Any:
    """The ``element_spec`` of a dataset or an iterator."""
    return dataset_or_iterator.element_spec


def get_next_as_optional(iterator: DatasetIterator) -> Optional:
    """``iterator.get_next_as_optional()``."""
    return iterator.get_next_as_optional()


def from_list(elements: list[Any], name: str | None = None) -> Dataset:
    """A dataset of the elements of a list, which are all of one structure, with tensors of the same shapes.

    >>> import eagernb as tf
    >>> list(tf.data.experimental.from_list([(1, 2), (3, 4)]).as_numpy_iterator())
    [(np.int32(1), np.int32(2)), (np.int32(3), np.int32(4))]
    """
    if not isinstance(elements, list):
        raise ValueError("Invalid `elements`. `elements` must be a list.")
    if not elements:
        raise ValueError("Invalid `elements`. `elements` should not be empty.")
    result = from_tensor_slices(nest.map_structure(lambda *parts: stack([*map(convert_to_tensor, parts)]), *elements))
    result._kind = "_ListDataset"
    return result
