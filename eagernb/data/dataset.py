"""Dataset: elements that are read one after the other, as often as one likes; and what all datasets can.

The sources and transformations are in files of their own, each of which adds its methods: see ``method``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, TypeVar

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch, static_graph
from eagernb.core.dtypes import int64
from eagernb.core.numerics import unobserved
from eagernb.core.op import READ, WRITE, Op, register
from eagernb.core.shape import TensorShape
from eagernb.core.sparse_tensor import SparseTensor
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_value
from eagernb.core.tensor import Tensor
from eagernb.data.iterator import Iterator
from eagernb.data.options import Options
from eagernb.data.pipeline import INFINITE, SPEC, UNKNOWN, Element, Pipeline
from eagernb.data.referred import ElementsSpec, Referred
from eagernb.data.sparse_parts import dense_array
from eagernb.data.structure import are_compatible, component_specs, packed
from eagernb.errors import InvalidArgumentError
from eagernb.graph.part import tracer_around

REFERENCE = register(
    Op("dataset", (), lambda held: held, lambda held: SPEC, label="dataset", family="data", effect=READ)
)
CARDINALITY = register(
    Op("dataset_cardinality", ("dataset",), lambda pipeline: np.int64(pipeline.cardinality),
       lambda dataset: TensorSpec([], int64), rules=(None,), label="cardinality", family="data", effect=READ)
)  # fmt: skip


def _single(pipeline: Pipeline, specs: tuple[TensorSpec, ...]) -> Element:
    with unobserved():
        found = list(islice(pipeline.elements(), 2))
    if len(found) != 1:
        reason = "had more than one element" if found else "was empty"
        raise InvalidArgumentError(f"Dataset {reason}.", "single_element")
    return found[0]


SINGLE = register(
    Op("single_element", ("dataset",), _single, lambda dataset, specs: specs, rules=(None,), label="single element",
       family="data", effect=WRITE, multiple=True)
)  # fmt: skip


class Dataset(Referred):
    """A sequence of elements, which may be infinite: tensors, or tuples and dicts of tensors.

    Made by ``from_tensor_slices``, ``from_tensors``, ``from_generator`` or ``range``, and from other datasets by
    transformations such as ``map`` and ``batch``, which do not change the one that they are called on. Elements are
    computed as they are asked for, each time anew. In a traced function a loop over a dataset is a loop of the graph.

    >>> import eagernb as tf
    >>> dataset = tf.data.Dataset.from_tensor_slices([1, 2, 3]).map(lambda x: x * x).batch(2)
    >>> dataset
    <_BatchDataset element_spec=TensorSpec(shape=(None,), dtype=tf.int32, name=None)>
    >>> for x in dataset:
    ...     print(x.numpy())
    [1 4]
    [9]
    """

    _reference = REFERENCE

    def __init__(self, variant_tensor: Tensor, element_spec: Any, kind: str = "_VariantDataset") -> None:
        super().__init__(variant_tensor, element_spec)
        self._kind = kind
        self._options = Options()

    @property
    def _type_spec(self) -> DatasetSpec:
        return DatasetSpec(self._element_spec)

    def __iter__(self) -> Iterator:
        if static_graph() is not None:
            raise RuntimeError(
                "`tf.data.Dataset` only supports Python-style iteration in eager mode or within tf.function, not in a "
                "graph of tf.compat.v1."
            )
        return Iterator(self._variant_tensor, self._element_spec)

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        """The number of elements; TypeError if that is infinite or not known."""
        if tracer_around() is not None:
            raise TypeError(
                "`tf.data.Dataset` only supports `len` in eager mode. Use `tf.data.Dataset.cardinality()` instead."
            )
        length = int(self.cardinality())
        if length == INFINITE:
            raise TypeError("The dataset is infinite.")
        if length == UNKNOWN:
            raise TypeError("The dataset length is unknown.")
        return length

    def cardinality(self) -> Tensor:
        """The number of elements as an int64 scalar, or INFINITE_CARDINALITY or UNKNOWN_CARDINALITY.

        >>> import eagernb as tf
        >>> int(tf.data.Dataset.range(10).batch(4).cardinality())
        3
        """
        return dispatch(CARDINALITY, [self._variant_tensor], {})

    def apply(self, transformation_func: Callable[[Dataset], Any]) -> Any:
        """``transformation_func(dataset)``, which must be a dataset; TypeError if it is not."""
        result = transformation_func(self)
        if not isinstance(result, Dataset):
            raise TypeError(f"`transformation_func` must return a `tf.data.Dataset` object. Got {type(result)}.")
        return result

    def as_numpy_iterator(self) -> NumpyIterator:
        """An iterator over the elements with arrays for tensors.

        Raises TypeError for elements with other parts, RuntimeError while a function is traced.

        >>> import eagernb as tf
        >>> list(tf.data.Dataset.range(3).as_numpy_iterator())
        [np.int64(0), np.int64(1), np.int64(2)]
        """
        if tracer_around() is not None:
            raise RuntimeError("as_numpy_iterator() is not supported while tracing functions")
        for spec in nest.flatten(self._element_spec):
            if isinstance(spec, DatasetSpec):
                raise TypeError(
                    "`tf.data.Dataset.as_numpy_iterator()` is not supported for datasets that produce values of type "
                    f"{Dataset}"
                )
        return NumpyIterator(self)

    def get_single_element(self, name: str | None = None) -> Any:
        """The only element; InvalidArgumentError if there is none, or more than one.

        >>> import eagernb as tf
        >>> tf.data.Dataset.range(5).batch(5).get_single_element().numpy()
        array([0, 1, 2, 3, 4])
        """
        __tracebackhide__ = True
        specs = component_specs(self._element_spec)
        return packed(self._element_spec, dispatch(SINGLE, [self._variant_tensor], {"specs": specs}))

    def options(self) -> Options:
        """The options that ``with_options`` gave."""
        return self._options

    def __repr__(self) -> str:
        return f"<{self._kind} element_spec={self._element_spec}>"


class DatasetSpec(ElementsSpec):
    """What is known of a dataset: the spec of its elements. Traced functions take it in their ``input_signature``.

    >>> import eagernb as tf
    >>> tf.data.DatasetSpec.from_value(tf.data.Dataset.range(3))
    DatasetSpec(TensorSpec(shape=(), dtype=tf.int64, name=None), TensorShape([]))
    """

    __slots__ = ("_dataset_shape",)

    _tensor_spec = SPEC

    def __init__(self, element_spec: Any, dataset_shape: Any = ()) -> None:
        super().__init__(element_spec)
        self._dataset_shape = TensorShape(dataset_shape)

    @staticmethod
    def from_value(value: Dataset) -> DatasetSpec:
        """The spec of a dataset."""
        return value._type_spec

    @property
    def value_type(self) -> type:
        """What it is the spec of: Dataset."""
        return Dataset

    def _from_components(self, tensors: Sequence[Any]) -> Dataset:
        return Dataset(tensors[0], self._element_spec)

    def is_compatible_with(self, spec_or_value: Any) -> bool:
        """Whether a dataset or spec may have such elements."""
        spec = spec_or_value._type_spec if isinstance(spec_or_value, Dataset) else spec_or_value
        return isinstance(spec, DatasetSpec) and are_compatible(self._element_spec, spec._element_spec)

    def __repr__(self) -> str:
        return f"DatasetSpec({self._element_spec}, {self._dataset_shape!r})"


class NumpyIterator:
    """An iterator over a dataset's elements with arrays for tensors; what ``as_numpy_iterator`` returns.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(2).as_numpy_iterator())
    [np.int64(0), np.int64(1)]
    """

    def __init__(self, dataset: Dataset) -> None:
        self._iterator = iter(dataset)

    def __iter__(self) -> NumpyIterator:
        return self

    def __next__(self) -> Any:
        return nest.map_structure(_as_array, next(self._iterator))

    def __repr__(self) -> str:
        return f"NumpyIterator(iterator={self._iterator})"


def _as_array(x: Any) -> Any:
    if isinstance(x, SparseTensor):
        return dense_array(x)
    return x.numpy() if isinstance(x, Tensor) else x


Function = TypeVar("Function", bound=Callable[..., Any])


def method(function: Function) -> Function:
    """Make a function of a dataset a method of all datasets."""
    setattr(Dataset, function.__name__.rstrip("_"), function)
    return function


def source(function: Function) -> Function:
    """Make a function that gives a dataset a static method of Dataset."""
    setattr(Dataset, function.__name__.rstrip("_"), staticmethod(function))
    return function


def made(kind: type[Pipeline], inputs: Sequence[Any], element_spec: Any, **params: Any) -> Dataset:
    """The dataset that an operation on datasets and tensors gives; the options of the first one stay."""
    __tracebackhide__ = True
    tensors = [x._variant_tensor if isinstance(x, Dataset) else x for x in inputs]
    result = Dataset(dispatch(kind.op, tensors, params), element_spec, kind.kind)
    if inputs and isinstance(inputs[0], Dataset):
        result._options = inputs[0]._options
    return result


def number(value: Any) -> Tensor:
    """A count as an int64 tensor; TypeError or ValueError for what is none."""
    __tracebackhide__ = True
    return convert_to_tensor(value, int64)


def known(count: Tensor) -> int | None:
    """The count, where it is known already."""
    value = static_value(count)
    return None if value is None else int(value)
