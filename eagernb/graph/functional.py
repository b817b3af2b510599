"""A function for each element along the first axis: ``map_fn``; and carried along it: ``foldl``, ``foldr``, ``scan``.

Eagerly these are Python loops. In a graph they are a while_loop over TensorArrays, whose size does not grow with the
elements, and whose number need not be known.

>>> import eagernb as tf
>>> tf.map_fn(lambda x: x * x, tf.constant([1, 2, 3])).numpy()
array([1, 4, 9], dtype=int32)
>>> int(tf.foldl(lambda total, x: total * 10 + x, tf.constant([1, 2, 3])))
123
>>> tf.scan(lambda total, x: total + x, tf.constant([1, 2, 3])).numpy()
array([1, 3, 6], dtype=int32)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.core import nest
from eagernb.core.autograph_status import converted_here
from eagernb.core.convert import convert_to_tensor
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError, OutOfRangeError
from eagernb.graph.part import tracer_around
from eagernb.graph.while_loop import while_loop
from eagernb.ops.shape import shape
from eagernb.ops.tensor_array import TensorArray

Function = Callable[..., Any]


def _length(x: Tensor) -> int | None:
    """The size of the first axis; None where it is not known."""
    return None if x.shape.rank is None else x._dims[0]


class _Slices:
    """The slices of the elements along their first axis: how many, and each by its number."""

    def __init__(self, elems: Any, tensors: Sequence[Tensor]) -> None:
        self.elems = elems
        self.known = _length(tensors[0])
        self.traced = tracer_around() is not None
        self.count: Any = shape(tensors[0])[0] if self.known is None else self.known
        arrays = [TensorArray(x.dtype, self.count, clear_after_read=False) for x in tensors]
        self._arrays = [a.unstacked(x) if self.traced else a.unstack(x) for a, x in zip(arrays, tensors, strict=True)]

    def __getitem__(self, i: Any) -> Any:
        return nest.pack(self.elems, [array.read(i) for array in self._arrays])

    def each(self, turn: Callable[[Any, Any], Any], state: Any, first: int = 0, reverse: bool = False) -> Any:
        """The state after ``state = turn(i, state)`` for the number of each slice, without the ``first`` ones."""
        if not self.traced:
            for i in range(first, self.count):
                state = turn(self.count - 1 - i if reverse else i, state)
            return state

        def body(i: Tensor, state: Any) -> Any:
            return i + 1, turn(self.count - 1 - i if reverse else i, state)

        turns = None if self.known is None else max(0, self.known - first)
        return while_loop(lambda i, _: i < self.count, body, (first, state), maximum_iterations=turns)[1]


def map_fn(
    fn: Function, elems: Any, dtype: Any = None, parallel_iterations: int | None = None, back_prop: bool = True,
    swap_memory: bool = False, infer_shape: bool = True, name: str | None = None, fn_output_signature: Any = None,
) -> Any:  # fmt: skip
    """The results of ``fn`` for each slice of ``elems`` along the first axis, stacked.

    ``elems`` is a tensor or a structure of tensors of one length, and ``fn`` is given a slice or a structure of slices.
    If it returns something of another structure or dtype, ``fn_output_signature`` says which: a structure of dtypes or
    TensorSpecs. (``dtype`` is an old name for it; other arguments change nothing.) tf.vectorized_map is faster.

    Raises ValueError for another structure, scalars or lengths that differ, InvalidArgumentError for another dtype.

    >>> import eagernb as tf
    >>> tf.map_fn(lambda x: x / 2, tf.constant([1, 2]), fn_output_signature=tf.float64).numpy()
    array([0.5, 1. ])
    """
    _check_callable(fn)
    fn = converted_here(fn)
    tensors = [convert_to_tensor(x) for x in nest.flatten(elems)]
    if not tensors:
        raise ValueError(f"elems must be a Tensor or (possibly nested) sequence of Tensors. Got {elems!r}.")
    if any(x.shape.rank == 0 for x in tensors):
        raise ValueError("Elements in elems must be 1+ dimensional Tensors, not scalars")
    signature = fn_output_signature if fn_output_signature is not None else dtype
    if signature is None:
        signature = nest.pack(elems, [x.dtype for x in tensors])
    _check_lengths(tensors)
    slices = _Slices(elems, tensors)

    def turn(i: Any, arrays: list[TensorArray]) -> list[TensorArray]:
        result = fn(slices[i])
        _check_structure(signature, result)
        return _written(arrays, i, result)

    arrays = [_array_for(leaf, slices.count, infer_shape) for leaf in nest.flatten(signature)]
    return nest.pack(signature, [array.stack() for array in slices.each(turn, arrays)])


def _check_lengths(tensors: Sequence[Tensor]) -> None:
    length = TensorShape([_length(tensors[0])])
    for x in tensors[1:]:
        length = length.merge_with([_length(x)])


def _written(arrays: Sequence[TensorArray], i: Any, values: Any) -> list[TensorArray]:
    """The arrays, with the parts of a structure written to them."""
    return [array.write(i, value) for array, value in zip(arrays, nest.flatten(values), strict=True)]


def _array_for(leaf: Any, count: Any, infer_shape: bool) -> TensorArray:
    if isinstance(leaf, TensorSpec):
        return TensorArray(leaf.dtype, count, element_shape=leaf.shape, infer_shape=infer_shape)
    return TensorArray(leaf, count, infer_shape=infer_shape)


def _check_callable(fn: Any) -> None:
    if not callable(fn):
        raise TypeError(f"fn must be callable, not {fn!r}.")


def _check_structure(expected: Any, result: Any) -> None:
    try:
        nest.assert_same_structure(expected, result)
    except TypeError as error:
        raise ValueError(str(error)) from None


def foldl(
    fn: Function, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
    swap_memory: bool = False, name: str | None = None,
) -> Any:  # fmt: skip
    """``fn(accumulator, x)`` for each slice x of ``elems`` from the first to the last; the last accumulator.

    The first accumulator is ``initializer``, or the first slice. Both may be structures.

    Raises OutOfRangeError if there is nothing to begin with (in graphs InvalidArgumentError). TypeError for what cannot
    be called, IndexError for a scalar.

    >>> import eagernb as tf
    >>> int(tf.foldl(lambda total, x: 10 * total + x, tf.constant([1, 2, 3])))
    123
    """
    return _folded(fn, elems, initializer)


def foldr(
    fn: Function, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
    swap_memory: bool = False, name: str | None = None,
) -> Any:  # fmt: skip
    """``foldl`` from the last slice to the first.

    Shapes and errors as for ``foldl``.

    >>> import eagernb as tf
    >>> int(tf.foldr(lambda total, x: total * 10 + x, tf.constant([1, 2, 3])))
    321
    """
    return _folded(fn, elems, initializer, reverse=True)


def _folded(fn: Function, elems: Any, initializer: Any, reverse: bool = False) -> Any:
    _check_callable(fn)
    slices = _slices(elems)
    accumulator, first = _beginning(slices, initializer, reverse)
    accumulator = slices.each(lambda i, accumulator: fn(accumulator, slices[i]), accumulator, first, reverse)
    return nest.map_structure(convert_to_tensor, accumulator)


def scan(
    fn: Function, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
    swap_memory: bool = False, infer_shape: bool = True, reverse: bool = False, name: str | None = None,
) -> Any:  # fmt: skip
    """All accumulators of ``foldl``, stacked: ``fn(accumulator, x)`` for each slice x of ``elems``.

    Without ``initializer`` the first slice is the first accumulator, and the first of the result. With ``reverse`` it
    goes from the last slice to the first, each result staying at the place of its slice.

    Raises ValueError or InvalidArgumentError if ``fn`` returns another structure, shape or dtype than it is given.

    >>> import eagernb as tf
    >>> tf.scan(lambda total, x: total + x, tf.constant([1, 2, 3]), initializer=10, reverse=True).numpy()
    array([16, 15, 13], dtype=int32)
    """
    _check_callable(fn)
    slices = _slices(elems)
    accumulator, first = _beginning(slices, initializer, reverse)
    arrays = [
        TensorArray(x.dtype, slices.count, infer_shape=infer_shape, element_shape=x.shape if infer_shape else None)
        for x in nest.flatten(accumulator)
    ]
    if first:
        arrays = _written(arrays, slices.count - 1 if reverse else 0, accumulator)

    def turn(i: Any, state: Any) -> Any:
        accumulator, arrays = state
        result = fn(accumulator, slices[i])
        _check_structure(accumulator, result)
        return result, _written(arrays, i, result)

    _, arrays = slices.each(turn, (accumulator, arrays), first, reverse)
    return nest.pack(accumulator, [array.stack() for array in arrays])


def _slices(elems: Any) -> _Slices:
    tensors = [convert_to_tensor(x) for x in nest.flatten(elems)]
    if any(x.shape.rank == 0 for x in tensors):
        raise IndexError("elems must have an axis to go along: a tensor of rank 1 or more, not a scalar.")
    return _Slices(elems, tensors)


def _beginning(slices: _Slices, initializer: Any, reverse: bool) -> tuple[Any, int]:
    """The first accumulator, and how many slices it took."""
    if initializer is not None:
        return nest.map_structure(convert_to_tensor, initializer), 0
    if slices.known == 0:
        error = InvalidArgumentError if slices.traced else OutOfRangeError
        raise error("There are no elements to begin with. Give an initializer.")
    return slices[slices.count - 1 if reverse else 0], 1
