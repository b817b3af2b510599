"""Lists of tensors inside of graphs: the operations of a TensorArray. Their value is in core/tensor_list.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import int32, variant
from eagernb.core.late import sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import TensorShape, UnknownDims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.tensor_list import SparseList, TensorList, added, held
from eagernb.errors import InvalidArgumentError
from eagernb.ops.creation import zeros, zeros_like
from eagernb.ops.variants import variant_zeros

SPEC = TensorSpec([], variant)


def _element(values: TensorList, at: int, spec: TensorSpec) -> Any:
    element = values.elements()[at]
    if element is not None:
        return element
    if not spec.shape.is_fully_defined():
        known = next((x for x in values.elements() if x is not None), None)
        if known is None:
            raise InvalidArgumentError(
                f"TensorArray: nothing was written at {at}, and the shape of an element is not known: {spec.shape}. "
                "Write it first, or make the TensorArray with element_shape."
            )
        return np.zeros(known.shape, spec.dtype.numpy)
    return np.zeros(spec.dims, spec.dtype.numpy)


def _inside(values: TensorList, index: Any, what: str) -> int:
    count = values.count
    if not 0 <= index < count:
        raise InvalidArgumentError(f"TensorArray.{what}: index {index} is not in [0, {count}).")
    return int(index)


def _set(values: TensorList, index: Any, value: Any, grows: bool) -> TensorList:
    if grows and index >= values.count:
        for at in range(values.count, int(index)):
            values = values.with_element(at, None)
        return values.with_element(int(index), held(value))
    return values.with_element(_inside(values, index, "write"), held(value))


def _reserve(size: Any, spec: TensorSpec) -> TensorList:
    if size < 0:
        raise InvalidArgumentError(f"TensorArray: the size must not be negative, but it is {size}.")
    return SparseList(int(size))


def _pop(values: TensorList, spec: TensorSpec) -> tuple[TensorList, Any]:
    if not values.count:
        raise InvalidArgumentError("TensorArray: there is no last element to take, as the list is empty.")
    return values.without_last(), _element(values, values.count - 1, spec)


def _stack(values: TensorList, spec: TensorSpec, count: int | None) -> np.ndarray:
    elements = values.elements()
    if not elements:
        return _nothing(spec)
    arrays = [_element(values, at, spec) for at in range(len(elements))]
    if len({array.shape for array in arrays}) > 1:
        shapes = sorted({str(list(array.shape)) for array in arrays})
        raise InvalidArgumentError(f"TensorArray.stack: the elements have different shapes: {', '.join(shapes)}.")
    return np.stack(arrays)


def _join(values: TensorList, spec: TensorSpec) -> tuple[np.ndarray, np.ndarray]:
    arrays = [_element(values, at, spec) for at in range(len(values.elements()))]
    lengths = np.array([len(array) for array in arrays], np.int64)
    if not arrays:
        return np.zeros([0, *(0 if d is None else d for d in spec.dims[1:])], spec.dtype.numpy), lengths
    return np.concatenate(arrays), lengths


def _scatter(values: TensorList, indices: Any, pieces: Any, grows: bool) -> TensorList:
    for index, piece in zip(indices, pieces, strict=True):
        values = _set(values, index, piece, grows)
    return values


def _split(value: Any, lengths: Any) -> TensorList:
    if int(lengths.sum()) != value.shape[0]:
        raise InvalidArgumentError(
            f"Expected sum of lengths to be equal to values.shape[0], but sum of lengths is {int(lengths.sum())} and "
            f"value's shape is: {list(value.shape)}"
        )
    return TensorList(np.split(value, np.cumsum(lengths)[:-1]) if lengths.size else [])


def _leading(size: int | None, spec: TensorSpec) -> TensorSpec:
    return TensorSpec(TensorShape([size]).concatenate(spec.shape), spec.dtype)


def _spec_of(like: Any, without: int = 0) -> TensorSpec:
    """The spec of what looks like this, without its first axes."""
    unknown = isinstance(like._dims, UnknownDims)
    return TensorSpec(None if unknown else like._dims[without:], like.dtype)


# Gradients: of an element that is read, a list with that element only; and so on, each op's being another's work.
def _get_rule(g: Tensor, values: Tensor, index: Tensor) -> Tensor:
    return dispatch(SET, [variant_zeros(values), index, g], {"grows": False})


def _set_rule_list(g: Tensor, index: Tensor, like_value: Any) -> Tensor:
    return _cleared(g, index, _spec_of(like_value))


def _scatter_rule_list(g: Tensor, indices: Tensor, like_pieces: Any) -> Tensor:
    return _cleared(g, indices, _spec_of(like_pieces, 1))


def _cleared(g: Tensor, indices: Tensor, spec: TensorSpec) -> Tensor:
    return dispatch(CLEAR, [g, indices], {"spec": spec})


def _set_rule_value(g: Tensor, index: Tensor, like_value: Any) -> Tensor:
    spec = _spec_of(like_value)
    if spec.shape.is_fully_defined():
        return dispatch(GET, [g, index], {"spec": spec})
    unknown = spec.shape.rank is None
    otherwise = zeros_like(like_value) if unknown else zeros(sizes_of(like_value), spec.dtype)
    return dispatch(GET_OR, [g, index, otherwise], {})


def _scatter_rule_value(g: Tensor, indices: Tensor, like_pieces: Any) -> Tensor:
    spec = _spec_of(like_pieces, 1)
    return dispatch(GATHER, [g, indices], {"spec": spec})


def _gather_rule(g: Tensor, values: Tensor, indices: Tensor) -> Tensor:
    return dispatch(ADD_AT, [variant_zeros(values), indices, g], {})


def _get_or(values: TensorList, index: Any, otherwise: Any) -> Any:
    element = values.elements()[_inside(values, index, "read")]
    return otherwise if element is None else element


def _split_rule(g: Tensor, lengths: Tensor, like_value: Any) -> Tensor:
    return dispatch(UNSPLIT, [g, lengths], {"spec": _spec_of(like_value)})


def _unsplit(values: TensorList, lengths: Any, spec: TensorSpec) -> np.ndarray:
    pairs = zip(values.elements(), lengths, strict=True)
    dims = [0 if d is None else d for d in spec.dims[1:]]
    arrays = [np.zeros([n, *dims], spec.dtype.numpy) if x is None else x for x, n in pairs]
    return np.concatenate(arrays) if arrays else np.zeros([0, *dims], spec.dtype.numpy)


def _pop_rule(g: Sequence[Tensor]) -> Tensor:
    g_list, g_element = g
    return dispatch(SET, [g_list, dispatch(SIZE, [g_list], {}), g_element], {"grows": True})


def _clear(values: TensorList, indices: Any, spec: TensorSpec) -> TensorList:
    for index in np.atleast_1d(indices):
        if index < values.count:
            values = values.with_element(int(index), None)
    return values


def _add_at(values: TensorList, indices: Any, pieces: Any) -> TensorList:
    for index, piece in zip(indices, pieces, strict=True):
        values = values.with_element(int(index), added(values.elements()[int(index)], np.asarray(piece)))
    return values


def _gather(values: TensorList, indices: Any, spec: TensorSpec) -> np.ndarray:
    picked = [_element(values, _inside(values, index, "gather"), spec) for index in indices]
    return np.stack(picked) if picked else _nothing(spec)


def _nothing(spec: TensorSpec) -> np.ndarray:
    """No elements, stacked."""
    sizes = spec.dims if spec.shape.rank is not None else ()
    return np.zeros([0, *(0 if d is None else d for d in sizes)], spec.dtype.numpy)


def _list_op(name: str, inputs: tuple[str, ...], kernel: Any, infer: Any, *rules: Any, **facts: Any) -> Op:
    made = tuple(rule and Rule.of(rule) for rule in rules) if rules else (None,) * len(inputs)
    return register(Op(f"list_{name}", inputs, kernel, infer, made, label=name, family="list", **facts))


RESERVE: Op = _list_op("reserve", ("size",), _reserve, lambda size, spec: SPEC)
SIZE: Op = _list_op("size", ("values",), lambda values: np.int32(values.count), lambda values: TensorSpec([], int32))
GET: Op = _list_op(
    "get", ("values", "index"),
    lambda values, index, spec: _element(values, _inside(values, index, "read"), spec),
    lambda values, index, spec: spec, _get_rule, None,
)  # fmt: skip
GET_OR: Op = _list_op(
    "get_or",
    ("values", "index", "otherwise"),
    _get_or,
    lambda values, index, otherwise: otherwise,
    _get_rule,
    None,
    None,
)
SET: Op = _list_op(
    "set", ("values", "index", "value"), _set, lambda values, index, value, grows: SPEC,
    _set_rule_list, None, _set_rule_value,
)  # fmt: skip
CLEAR: Op = _list_op(
    "clear", ("values", "indices"), _clear, lambda values, indices, spec: SPEC,
    lambda g, indices, spec: _cleared(g, indices, spec), None,
)  # fmt: skip
POP: Op = _list_op(
    "pop", ("values",), _pop, lambda values, spec: (SPEC, spec), _pop_rule, multiple=True,
)  # fmt: skip
STACK: Op = _list_op(
    "stack", ("values",), _stack, lambda values, spec, count: _leading(count, spec),
    lambda g: dispatch(UNSTACK, [g], {}),
)  # fmt: skip
UNSTACK: Op = _list_op(
    "unstack", ("value",), lambda value: TensorList(list(value)), lambda value: SPEC,
    lambda g, like_value: stack(g, _spec_of(like_value, 1), _spec_of(like_value).shape[:1].num_elements()),
)  # fmt: skip
GATHER: Op = _list_op(
    "gather", ("values", "indices"), _gather,
    lambda values, indices, spec: _leading(indices.dims[0], spec), _gather_rule, None,
)  # fmt: skip
SCATTER: Op = _list_op(
    "scatter", ("values", "indices", "pieces"), _scatter, lambda values, indices, pieces, grows: SPEC,
    _scatter_rule_list, None, _scatter_rule_value,
)  # fmt: skip
ADD_AT: Op = _list_op(
    "add_at", ("values", "indices", "pieces"), _add_at, lambda values, indices, pieces: SPEC,
    lambda g: g, None, _scatter_rule_value,
)  # fmt: skip
JOIN: Op = _list_op(
    "join", ("values",), _join,
    lambda values, spec: (TensorSpec([None, *spec.dims[1:]], spec.dtype), TensorSpec([None], "int64")),
    lambda g, out: dispatch(SPLIT, [g[0], out[1]], {}), multiple=True,
)  # fmt: skip
SPLIT: Op = _list_op("split", ("value", "lengths"), _split, lambda value, lengths: SPEC, _split_rule, None)
UNSPLIT: Op = _list_op(
    "unsplit", ("values", "lengths"), _unsplit, lambda values, lengths, spec: spec,
    lambda g, lengths: dispatch(SPLIT, [g, lengths], {}), None,
)  # fmt: skip


def stack(values: Tensor, spec: TensorSpec, count: int | None) -> Tensor:
    """The elements, of which this is known, along a new first axis; ``count`` is how many, where that is known."""
    return dispatch(STACK, [values], {"spec": spec, "count": count})


def reserve(size: Tensor, spec: TensorSpec) -> Tensor:
    """A list of this size in which nothing is set, for elements of which this is known."""
    return dispatch(RESERVE, [size], {"spec": spec})


def of_tensors(tensors: Sequence[Tensor | None], spec: TensorSpec) -> Tensor:
    """A list of these tensors, None where nothing is set; ``spec`` is what is known of all elements."""
    values = reserve(convert_to_tensor(len(tensors), int32), spec)
    for at, tensor in enumerate(tensors):
        if tensor is not None:
            values = dispatch(SET, [values, convert_to_tensor(at, int32), tensor], {"grows": False})
    return values
