"""Where elements come from: tensors, numbers, Python generators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import spec_of
from eagernb.core.dtypes import as_dtype, int64
from eagernb.core.spec import TensorSpec, TypeSpec
from eagernb.data.dataset import Dataset, made, number, source
from eagernb.data.pipeline import INFINITE, Element, Pipeline, transformation
from eagernb.data.seeds import ReadingSeeds
from eagernb.data.sparse_parts import boxed, sparse_parts, spec_of_slice, unboxed
from eagernb.data.structure import components, element_spec_of, map_element, normalized
from eagernb.errors import InvalidArgumentError
from eagernb.function.py_function import op_error


@transformation("_TensorDataset")
class Whole(Pipeline):
    def __init__(self, *arrays: Any) -> None:
        self._arrays = arrays

    @property
    def cardinality(self) -> int:
        return 1

    def elements(self) -> Iterator[Element]:
        yield self._arrays


@transformation("_TensorSliceDataset")
class Slices(Pipeline):
    def __init__(self, *arrays: Any, sparse: tuple[bool, ...] = ()) -> None:
        self._arrays = arrays = boxed(arrays, sparse)
        self._sparse = sparse
        if len({len(array) for array in arrays}) > 1:
            raise InvalidArgumentError(
                f"from_tensor_slices: the tensors have {[len(array) for array in arrays]} slices: they must have as "
                "many each."
            )

    @property
    def cardinality(self) -> int:
        return len(self._arrays[0])

    def elements(self) -> Iterator[Element]:
        for i in range(self.cardinality):
            row = tuple([array[i, ...] for array in self._arrays])
            yield unboxed(row) if self._sparse else row


@transformation("_RangeDataset")
class Range(Pipeline):
    def __init__(self, start: Any, stop: Any, step: Any, dtype: np.dtype) -> None:
        if step == 0:
            raise InvalidArgumentError("step must be a non-zero integer.", "range_dataset")
        self._numbers = range(int(start), int(stop), int(step))
        self._dtype = dtype

    @property
    def cardinality(self) -> int:
        return len(self._numbers)

    def elements(self) -> Iterator[Element]:
        for n in self._numbers:
            yield (np.array(n, self._dtype),)


@transformation("_CounterDataset")
class Counter(Pipeline):
    def __init__(self, start: Any, step: Any) -> None:
        self._start, self._step = start, step

    @property
    def cardinality(self) -> int:
        return INFINITE

    def elements(self) -> Iterator[Element]:
        dtype = self._start.dtype
        return ((np.array(n).astype(dtype),) for n in count(self._start.item(), self._step.item()))


@transformation("_RandomDataset")
class Random(Pipeline):
    def __init__(self, seed: int | None, again: bool) -> None:
        self._seeds = ReadingSeeds(seed, again)

    @property
    def cardinality(self) -> int:
        return INFINITE

    def elements(self) -> Iterator[Element]:
        for word in self._seeds.words():
            yield (np.array(word, np.int64),)


@transformation("_GeneratorDataset")
class Generated(Pipeline):
    def __init__(self, *arguments: Any, generator: Callable[..., Any], spec: Any) -> None:
        self._arguments, self._generator, self._spec = arguments, generator, spec

    def elements(self) -> Iterator[Element]:
        try:
            values = iter(self._generator(*(np.array(x) if x.ndim else x[()] for x in self._arguments)))
        except Exception as error:
            raise op_error(error) from error
        while True:
            try:
                value = next(values)
            except StopIteration:
                return
            except Exception as error:
                raise op_error(error) from error
            yield self._element(value)

    def _element(self, value: Any) -> Element:
        try:
            parts = _parts(self._spec, value)
        except TypeError:
            raise InvalidArgumentError(
                "`generator` yielded an element that did not match the expected structure. The expected structure was "
                f"{self._spec}, but the yielded element was {value}."
            ) from None
        return tuple(array for spec, part in parts for array in _arrays(spec, part))


def _parts(spec: Any, value: Any) -> list[tuple[Any, Any]]:
    """The specs of an element's parts, each with its value, in nest's order; TypeError for another structure."""
    if isinstance(spec, tuple):
        if not isinstance(value, tuple) or len(value) != len(spec):
            raise TypeError
        return [pair for a, b in zip(spec, value, strict=True) for pair in _parts(a, b)]
    if isinstance(spec, dict):
        if not isinstance(value, dict) or set(value) != set(spec):
            raise TypeError
        return [pair for key in sorted(spec) for pair in _parts(spec[key], value[key])]
    return [(spec, value)]


def _arrays(spec: Any, value: Any) -> list[Any]:
    if not isinstance(spec, TensorSpec):
        return [x._array for x in components(normalized(value))]
    try:
        if isinstance(value, (np.ndarray, np.generic)):
            value = np.asarray(value).astype(spec.dtype.numpy) if value.dtype.kind in "biufc" else value
        array = np.asarray(convert_to_tensor(value, spec.dtype)._array)
    except (TypeError, ValueError) as error:
        raise InvalidArgumentError(
            "`generator` yielded an element that could not be converted to the expected type. The expected type was "
            f"{spec.dtype.name}, but the yielded element was {value}. ({error})"
        ) from None
    if not spec.shape.is_compatible_with(array.shape):
        raise InvalidArgumentError(
            f"`generator` yielded an element of shape {array.shape} where an element of shape {spec.shape} was "
            "expected."
        )
    return [array]


@source
def from_tensors(tensors: Any, name: str | None = None) -> Dataset:
    """A dataset with a single element: this tensor, tuple or dict.

    >>> import eagernb as tf
    >>> [x.numpy() for x in tf.data.Dataset.from_tensors([1, 2])]
    [array([1, 2], dtype=int32)]
    """
    element = normalized(tensors)
    return made(Whole, components(element), element_spec_of(element))


@source
def from_tensor_slices(tensors: Any, name: str | None = None) -> Dataset:
    """A dataset with an element for each slice along the first axis, of all tensors in a tuple or dict side by side.

    Raises ValueError for scalars, or tensors of different lengths.

    >>> import eagernb as tf
    >>> for x, y in tf.data.Dataset.from_tensor_slices(([1, 2], ["a", "b"])):
    ...     print(int(x), y.numpy())
    1 b'a'
    2 b'b'
    """
    element = normalized(tensors)
    specs = element_spec_of(element)
    sliced = nest.map_structure(spec_of_slice, specs)
    lengths = {spec.shape[0] for spec in nest.flatten(specs)} - {None}
    if len(lengths) > 1:
        raise ValueError(
            f"Dimensions {' and '.join(map(str, sorted(lengths)))} are not compatible: tensors to be sliced side by "
            "side need the same length."
        )
    sparse = sparse_parts(specs)
    return made(Slices, components(element), sliced, **({"sparse": sparse} if sparse else {}))


@source
def from_generator(
    generator: Callable[..., Any], output_types: Any = None, output_shapes: Any = None, args: Any = None,
    output_signature: Any = None, name: str | None = None,
) -> Dataset:  # fmt: skip
    """A dataset of what a generator yields; ``generator(*args)`` is called each time that the dataset is read.

    ``output_signature`` is the structure of an element with a TensorSpec for each tensor; ``output_types`` and
    ``output_shapes`` are the older way to say so. Arguments are given to the generator as arrays.

    Raises TypeError for what is no function or without a signature. While it is read: InvalidArgumentError for an
    element that does not fit, and for a ValueError or TypeError in the generator.

    >>> import eagernb as tf
    >>> def count(stop):
    ...     yield from range(stop)
    >>> signature = tf.TensorSpec([], tf.int32)
    >>> dataset = tf.data.Dataset.from_generator(count, args=[3], output_signature=signature)
    >>> list(dataset.as_numpy_iterator())
    [np.int32(0), np.int32(1), np.int32(2)]
    """
    if not callable(generator):
        raise TypeError("`generator` must be a Python callable.")
    spec = _signature(output_types, output_shapes, output_signature)
    arguments = [] if args is None else [convert_to_tensor(x) for x in args]
    result = made(Generated, arguments, spec, generator=generator, spec=spec)
    result._kind = "_FlatMapDataset"  # what TensorFlow makes of it
    return result


def _signature(types: Any, shapes: Any, signature: Any) -> Any:
    if signature is None:
        if types is None:
            raise TypeError(
                "To specify the output signature you need to provide either the `output_signature` argument or the "
                "`output_types` argument."
            )
        if shapes is None:
            return map_element(lambda dtype: TensorSpec(None, dtype), types)
        return map_element(lambda dtype, shape: TensorSpec(shape, dtype), types, shapes)
    for given, argument in ((types, "output_types"), (shapes, "output_shapes")):
        if given is not None:
            raise TypeError(f"The `{argument}` argument can not be used together with the `output_signature` argument.")
    for spec in nest.flatten(signature):
        if not isinstance(spec, TypeSpec):
            raise TypeError(
                "`output_signature` must contain objects that are subclass of `tf.TypeSpec` but found "
                f"{type(spec)} which is not."
            )
    return signature


@source
def range_(*args: Any, **kwargs: Any) -> Dataset:
    """The numbers ``range(*args)``, as int64 or as ``output_type``.

    Raises ValueError for no numbers or more than three, InvalidArgumentError for a step of 0.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(5, 0, -2).as_numpy_iterator())
    [np.int64(5), np.int64(3), np.int64(1)]
    """
    if not 1 <= len(args) <= 3:
        raise ValueError(f"Invalid `args`. The length of `args` should be between 1 and 3 but was {len(args)}.")
    start, stop, step = (0, *args, 1) if len(args) == 1 else (*args, 1) if len(args) == 2 else args
    dtype = as_dtype(kwargs.get("output_type", int64))
    numbers = [number(n) for n in (start, stop, step)]
    return made(Range, numbers, TensorSpec([], dtype), dtype=dtype.numpy)


@source
def counter(start: Any = 0, step: Any = 1, dtype: Any = int64, name: str | None = None) -> Dataset:
    """The numbers from ``start`` on, without end.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.counter(2, 3).take(3).as_numpy_iterator())
    [np.int64(2), np.int64(5), np.int64(8)]
    """
    first, by = convert_to_tensor(start, dtype), convert_to_tensor(step, dtype)
    result = made(Counter, [first, by], spec_of(first))
    result._kind = "_ScanDataset"  # what TensorFlow makes of it
    return result


@source
def random(seed: int | None = None, rerandomize_each_iteration: Any = None, name: str | None = None) -> Dataset:
    """Random integers of int64 from 0 to 2**32 - 1, without end; with the same seed the same ones.

    Each reading gives the same numbers too, unless ``rerandomize_each_iteration``.

    >>> import eagernb as tf
    >>> a, b = (list(map(int, tf.data.Dataset.random(seed=4).take(3))) for _ in range(2))
    >>> a == b
    True
    """
    return made(Random, [], TensorSpec([], int64), seed=seed, again=bool(rerandomize_each_iteration))
