"""A function for each element along the first axis: ``map_fn``; and carried along it: ``foldl``, ``foldr``, ``scan``.

Eagerly these are Python loops over operations. While a graph is traced they unroll: its size grows with the elements.

>>> import eagernb as tf
>>> tf.map_fn(lambda x: x * x, tf.constant([1, 2, 3])).numpy()
array([1, 4, 9], dtype=int32)
>>> int(tf.foldl(lambda total, x: total * 10 + x, tf.constant([1, 2, 3])))
123
>>> tf.scan(lambda total, x: total + x, tf.constant([1, 2, 3])).numpy()
array([1, 3, 6], dtype=int32)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from eagernb.core import nest
from eagernb.core.conversion import converted_here
from eagernb.core.convert import convert_to_tensor
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import OutOfRangeError
from eagernb.ops.joining import unstack
from eagernb.ops.tensor_array import TensorArray

Function = Callable[..., Any]


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
    if any(not x._dims for x in tensors):
        raise ValueError("Elements in elems must be 1+ dimensional Tensors, not scalars")
    signature = fn_output_signature if fn_output_signature is not None else dtype
    if signature is None:
        signature = nest.pack(elems, [x.dtype for x in tensors])
    count = static_int(_shared_length(tensors), "the length of elems")
    arrays = [_array_for(leaf, count, infer_shape) for leaf in nest.flatten(signature)]
    for i, slices in enumerate(zip(*map(unstack, tensors), strict=True)):
        result = fn(nest.pack(elems, slices))
        _check_structure(signature, result)
        for array, leaf in zip(arrays, nest.flatten(result), strict=True):
            array.write(i, leaf)
    return nest.pack(signature, [array.stack() for array in arrays])


def _shared_length(tensors: list[Tensor]) -> int | None:
    length = TensorShape(tensors[0]._dims[:1])
    for x in tensors[1:]:
        length = length.merge_with(x._dims[:1])
    return length[0]


def _array_for(leaf: Any, count: int, infer_shape: bool) -> TensorArray:
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

    Raises OutOfRangeError if there is nothing to begin with.
    """
    return _folded(fn, _slices(elems), initializer)


def foldr(
    fn: Function, elems: Any, initializer: Any = None, parallel_iterations: int = 10, back_prop: bool = True,
    swap_memory: bool = False, name: str | None = None,
) -> Any:  # fmt: skip
    """``foldl`` from the last slice to the first.

    >>> import eagernb as tf
    >>> int(tf.foldr(lambda total, x: total * 10 + x, tf.constant([1, 2, 3])))
    321
    """
    return _folded(fn, _slices(elems)[::-1], initializer)


def _folded(fn: Function, slices: list[Any], initializer: Any) -> Any:
    _check_callable(fn)
    accumulator, rest = _beginning(slices, initializer)
    for x in rest:
        accumulator = fn(accumulator, x)
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
    order = range(len(slices))[:: -1 if reverse else 1]
    accumulator, _ = _beginning([slices[i] for i in order], initializer)
    leaves = nest.flatten(accumulator)
    arrays = [
        TensorArray(x.dtype, len(slices), infer_shape=infer_shape, element_shape=x.shape if infer_shape else None)
        for x in leaves
    ]
    for i in order:
        if initializer is not None or i != order[0]:
            result = fn(accumulator, slices[i])
            _check_structure(accumulator, result)
            accumulator = result
        for array, leaf in zip(arrays, nest.flatten(accumulator), strict=True):
            array.write(i, leaf)
    return nest.pack(accumulator, [array.stack() for array in arrays])


def _slices(elems: Any) -> list[Any]:
    """For each position along the first axis, the slices there, in the structure of ``elems``."""
    tensors = [convert_to_tensor(x) for x in nest.flatten(elems)]
    if any(not x._dims for x in tensors):
        raise IndexError("elems must have an axis to go along: a tensor of rank 1 or more, not a scalar.")
    count = static_int(tensors[0]._dims[0], "the length of elems")
    if not count:
        return []
    return [nest.pack(elems, slices) for slices in zip(*map(unstack, tensors), strict=True)]


def _beginning(slices: list[Any], initializer: Any) -> tuple[Any, Iterable[Any]]:
    """The first accumulator, and the slices that are left."""
    if initializer is not None:
        return nest.map_structure(convert_to_tensor, initializer), slices
    if not slices:
        raise OutOfRangeError("There are no elements to begin with. Give an initializer.")
    return slices[0], slices[1:]
