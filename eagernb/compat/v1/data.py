"""tf.compat.v1.data: datasets, and iterators whose elements a session reads.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default():
...     iterator = tf.data.make_one_shot_iterator(tf.data.Dataset.range(2))
...     element = iterator.get_next()
...     with tf.Session() as session:
...         session.run(element), session.run(element)
(np.int64(0), np.int64(1))
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from eagernb.compat.v1.values import SessionValues, running_values
from eagernb.core import nest
from eagernb.core.dispatch import dispatch, static_graph
from eagernb.data import (
    AUTOTUNE,
    INFINITE_CARDINALITY,
    UNKNOWN_CARDINALITY,
    Dataset,
    Options,
    TextLineDataset,
    ThreadingOptions,
    experimental,
)
from eagernb.data.in_sessions import BEGIN, NEXT
from eagernb.data.iterator import Reading
from eagernb.data.pipeline import Pipeline
from eagernb.data.structure import component_specs, packed
from eagernb.errors import FailedPreconditionError
from eagernb.ops.grouping import group

__all__ = [
    "AUTOTUNE",
    "INFINITE_CARDINALITY",
    "UNKNOWN_CARDINALITY",
    "Dataset",
    "Iterator",
    "Options",
    "TextLineDataset",
    "ThreadingOptions",
    "experimental",
    "get_output_shapes",
    "get_output_types",
    "make_initializable_iterator",
    "make_one_shot_iterator",
]


class _Places:
    """Where each session is in a dataset: what the operations of one iterator share."""

    def __init__(self) -> None:
        self._readings: WeakKeyDictionary[SessionValues, Reading] = WeakKeyDictionary()

    def begin(self, pipeline: Pipeline) -> bool:
        self._readings[self._session] = Reading(pipeline)
        return True

    def next(self, *pipeline: Pipeline) -> Any:
        """The next element; of a one-shot iterator, which is given its dataset each time, the first at first."""
        if self._session not in self._readings:
            if not pipeline:
                raise FailedPreconditionError(
                    "GetNext() failed because the iterator has not been initialized. Run iterator.initializer first.",
                    "iterator_next",
                )
            self.begin(*pipeline)
        return self._readings[self._session].next()

    @property
    def _session(self) -> SessionValues:
        values = running_values()
        assert values is not None  # these operations are in static graphs only, which sessions run
        return values


class Iterator:
    """Reads a dataset in sessions: ``get_next()`` gives tensors that are the next element at each ``session.run``."""

    def __init__(self, dataset: Dataset, one_shot: bool) -> None:
        self._dataset, self._one_shot, self._places = dataset, one_shot, _Places()

    @property
    def element_spec(self) -> Any:
        """The structure of an element, with a TensorSpec for each tensor."""
        return self._dataset.element_spec

    @property
    def initializer(self) -> Any:
        """The operation that begins with the first element; ValueError for a one-shot iterator."""
        if self._one_shot:
            raise ValueError("The iterator does not have an initializer: a one-shot iterator begins by itself.")
        begun = dispatch(BEGIN, [self._dataset._variant_tensor], {"places": self._places})
        return group(begun, name="MakeIterator")

    def get_next(self, name: str | None = None) -> Any:
        """The next element. Running it raises OutOfRangeError after the last, FailedPreconditionError if not begun."""
        inputs = [self._dataset._variant_tensor] if self._one_shot else []
        specs = component_specs(self._dataset.element_spec)
        return packed(self._dataset.element_spec, dispatch(NEXT, inputs, {"places": self._places, "specs": specs}))


def make_one_shot_iterator(dataset: Any) -> Any:
    """An iterator that begins by itself in each session, and ends after the last element.

    Without a graph it is ``iter(dataset)``.
    """
    return Iterator(dataset, one_shot=True) if static_graph() is not None else iter(dataset)


def make_initializable_iterator(dataset: Any, shared_name: str | None = None) -> Iterator:
    """An iterator that begins, also anew, where its ``initializer`` is run, with what is then fed to placeholders.

    RuntimeError without a graph, as in eager mode.
    """
    if static_graph() is None:
        raise RuntimeError("`tf.compat.v1.data.make_initializable_iterator()` is for graphs. Use iter(dataset).")
    return Iterator(dataset, one_shot=False)


def get_output_types(dataset_or_iterator: Any) -> Any:
    """The dtypes of an element's tensors, in their structure."""
    return nest.map_structure(lambda spec: spec.dtype, dataset_or_iterator.element_spec)


def get_output_shapes(dataset_or_iterator: Any) -> Any:
    """The shapes of an element's tensors, in their structure."""
    return nest.map_structure(lambda spec: spec.shape, dataset_or_iterator.element_spec)


def __dir__() -> list[str]:
    return __all__
