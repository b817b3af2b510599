"""Iterator: where a dataset is being read, and the operations that read on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import bool_
from eagernb.core.numerics import unobserved
from eagernb.core.op import READ, WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.variant import Handle, VariantSpec
from eagernb.data.optional import SPEC as OPTIONAL_SPEC
from eagernb.data.optional import Optional, OptionalValue
from eagernb.data.pipeline import Element, Pipeline
from eagernb.data.referred import ElementsSpec, Referred
from eagernb.data.structure import component_specs, packed
from eagernb.errors import OperatorNotAllowedInGraphError, OutOfRangeError
from eagernb.graph.part import tracer_around

SPEC = VariantSpec("iterator")


class Reading(Handle):
    """A pipeline that is being read, with the next element where somebody has looked ahead."""

    what = "iterator"

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.move_to(0)

    def move_to(self, position: int) -> None:
        """Begin anew, behind so many elements."""
        self._elements = self._pipeline.elements()
        self._ahead: Element | None = None
        self.position = 0
        while self.position < position and self.has_next():
            self.next()

    def has_next(self) -> bool:
        """Whether there is one more element; it is computed for that, and kept."""
        if self._ahead is None:
            with unobserved():
                self._ahead = next(self._elements, None)
        return self._ahead is not None

    def next(self) -> Element:
        """The next element; OutOfRangeError after the last."""
        self.has_next()
        element, self._ahead = self._ahead, None
        if element is None:
            raise OutOfRangeError("End of sequence", "iterator_next")
        self.position += 1
        return element

    def __repr__(self) -> str:
        return "<iterator>"


REFERENCE = register(
    Op("iterator", (), lambda held: held, lambda held: SPEC, label="iterator", family="data", effect=READ)
)
MAKE = register(
    Op("make_iterator", ("dataset",), Reading, lambda dataset: SPEC, rules=(None,), label="iterator", family="data",
       effect=READ)
)  # fmt: skip
NEXT = register(
    Op("iterator_next", ("iterator",), lambda reading, specs: reading.next(), lambda iterator, specs: specs,
       rules=(None,), label="next", family="data", effect=WRITE, multiple=True)
)  # fmt: skip
HAS_NEXT = register(
    Op("iterator_has_next", ("iterator",), lambda reading: np.bool_(reading.has_next()),
       lambda iterator: TensorSpec([], bool_), rules=(None,), label="has next", family="data", effect=WRITE)
)  # fmt: skip
NEXT_OPTIONAL = register(
    Op("iterator_next_optional", ("iterator",),
       lambda reading: OptionalValue(reading.next() if reading.has_next() else None), lambda iterator: OPTIONAL_SPEC,
       rules=(None,), label="next, if any", family="data", effect=WRITE)
)  # fmt: skip

# Whoever traces more calls of next(iterator) is in a loop that does not end.
_MOST_TRACED_STEPS = 1000


class Iterator(Referred):
    """Reads a dataset, one element after the other: what ``iter(dataset)`` gives.

    In a traced function ``next(iterator)`` is an operation: each time that the graph runs, it reads on.

    >>> import eagernb as tf
    >>> iterator = iter(tf.data.Dataset.range(2))
    >>> int(next(iterator)), int(iterator.get_next())
    (0, 1)
    >>> iterator.get_next()
    Traceback (most recent call last):
      ...
    eagernb.errors.OutOfRangeError: End of sequence
    """

    _reference = REFERENCE
    _traced_steps = 0  # of Python, while a function was traced

    def __init__(self, dataset: Tensor, element_spec: Any) -> None:
        super().__init__(dispatch(MAKE, [dataset], {}), element_spec)

    @property
    def _type_spec(self) -> IteratorSpec:
        return IteratorSpec(self._element_spec)

    def get_next(self) -> Any:
        """The next element; OutOfRangeError after the last."""
        __tracebackhide__ = True
        specs = component_specs(self._element_spec)
        return packed(self._element_spec, dispatch(NEXT, [self._variant_tensor], {"specs": specs}))

    def get_next_as_optional(self) -> Optional:
        """The next element in an Optional, which is empty after the last."""
        return Optional(dispatch(NEXT_OPTIONAL, [self._variant_tensor], {}), self._element_spec)

    @property
    def _reading(self) -> Reading:
        """The place in the dataset itself, for checkpoints."""
        return self._held[0]._array

    def _has_next(self) -> Tensor:
        """Whether there is one more element, as a tensor."""
        return dispatch(HAS_NEXT, [self._variant_tensor], {})

    def __iter__(self) -> Iterator:
        return self

    def __next__(self) -> Any:
        __tracebackhide__ = True
        if tracer_around() is not None:
            self._traced_steps += 1
            if self._traced_steps > _MOST_TRACED_STEPS:
                raise OperatorNotAllowedInGraphError(
                    "Python's own loop over a dataset does not end while a function is traced. A `for` statement "
                    "becomes a loop of the graph where AutoGraph converts the code (not in a comprehension or list(), "
                    "nor with autograph=False)."
                )
        try:
            return self.get_next()
        except OutOfRangeError:
            raise StopIteration from None


class IteratorSpec(ElementsSpec):
    """What is known of an iterator: the spec of its elements.

    >>> import eagernb as tf
    >>> iter(tf.data.Dataset.range(3)).element_spec
    TensorSpec(shape=(), dtype=tf.int64, name=None)
    """

    __slots__ = ()

    _tensor_spec = SPEC

    @staticmethod
    def from_value(value: Iterator) -> IteratorSpec:
        """The spec of an iterator."""
        return value._type_spec

    @property
    def value_type(self) -> type:
        """What it is the spec of: Iterator."""
        return Iterator

    def _from_components(self, tensors: Sequence[Any]) -> Iterator:
        iterator = object.__new__(Iterator)
        Referred.__init__(iterator, tensors[0], self._element_spec)
        return iterator

    def __repr__(self) -> str:
        return f"IteratorSpec({self._element_spec},)"
