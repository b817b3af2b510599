"""How many: elements that are not zero, occurrences of each integer, agreements of labels with predictions.

>>> import eagernb as tf
>>> tf.math.bincount([1, 1, 2]).numpy()
array([0, 2, 1], dtype=int32)
>>> tf.math.confusion_matrix(labels=[0, 1, 1], predictions=[0, 1, 0]).numpy()
array([[1, 0],
       [1, 1]], dtype=int32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import NUMBERS, WIDE_FLOATS, float32, int32, int64, names
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
from eagernb.ops.casting import cast
from eagernb.ops.compare import equal, greater, greater_equal, not_equal
from eagernb.ops.families import no_gradient
from eagernb.ops.gather_nd import gather_nd
from eagernb.ops.joining import stack
from eagernb.ops.reduce import reduce_all, reduce_mean, reduce_sum
from eagernb.ops.shape import reshape, squeeze


def _is_nonzero(x: Tensor) -> Tensor:
    if x.dtype.is_bool:
        return x
    return not_equal(x, "" if x.dtype.name == "string" else scalar_like(0, x))


def count_nonzero(
    input: Any, axis: Any = None, keepdims: bool | None = None, dtype: Any = int64, name: str | None = None
) -> Tensor:
    """How many elements along the axes are not zero (or False, or the empty string).

    ``axis``, ``keepdims`` and shapes are those of ``reduce_sum``; the count is int64, or ``dtype``. No gradient.
    ShapeError for an axis that is not there.

    >>> int(count_nonzero([1, 0, 2]))
    2
    """
    counts = reduce_sum(cast(_is_nonzero(convert_to_tensor(input)), int64), axis, bool(keepdims))
    return cast(counts, dtype)


def zero_fraction(value: Any, name: str | None = None) -> Tensor:
    """The share of elements that are zero, as float32; NaN of no elements.

    A scalar, of a tensor of any shape and dtype; no gradient.

    >>> float(zero_fraction([0, 1, 0, 0]))
    0.75
    """
    nonzero = cast(_is_nonzero(convert_to_tensor(value)), float32)
    return reduce_mean(1 - nonzero)


def is_strictly_increasing(x: Any, name: str | None = None) -> Tensor:
    """Whether each element is greater than the one before it, in row-major order.

    DTypeError for what are no numbers.

    >>> bool(is_strictly_increasing([1, 2, 2]))
    False
    """
    flat = _flat_numbers(x, "is_strictly_increasing")
    return reduce_all(greater(flat[1:], flat[:-1]))


def is_non_decreasing(x: Any, name: str | None = None) -> Tensor:
    """Whether no element is less than the one before it, in row-major order.

    DTypeError for what are no numbers.

    >>> bool(is_non_decreasing([1, 2, 2]))
    True
    """
    flat = _flat_numbers(x, "is_non_decreasing")
    return reduce_all(greater_equal(flat[1:], flat[:-1]))


def _flat_numbers(value: Any, name: str) -> Tensor:
    x = convert_to_tensor(value)
    if not x.dtype.is_numeric:
        raise DTypeError(f"{name} needs numbers ({names(NUMBERS)}), not {x.dtype.name}.", name)
    return reshape(x, [-1])


def _count_kernel(values: Any, weights: Any, minlength: int | None, maxlength: int | None) -> Any:
    if values.shape != weights.shape or values.ndim > 2:
        raise ValueError("one weight for each value is needed, in at most two dimensions")
    if np.any(values < 0):
        raise ValueError("bincount counts integers from 0 on, but a value is negative")
    length = max(int(values.max(initial=-1)) + 1, minlength or 0)
    length = length if maxlength is None else min(length, maxlength)
    bins = np.zeros((*values.shape[:-1], length), weights.dtype)
    counted = values < length
    *rows, _ = np.nonzero(counted)
    np.add.at(bins, (*rows, values[counted]), weights[counted])
    return bins


def _count_spec(values: TensorSpec, weights: TensorSpec, minlength: int | None, maxlength: int | None) -> TensorSpec:
    values.shape.merge_with(weights.shape)
    if len(values.dims) > 2:
        raise ValueError("bincount along the last axis takes at most two dimensions. Use tf.reshape")
    known = maxlength if maxlength == minlength else None  # the largest value decides on the length
    return TensorSpec([*values.dims[:-1], known], weights.dtype)


COUNTS = WIDE_FLOATS | {int32.numpy, int64.numpy}
BINCOUNT = register(
    Op("bincount", ("values", "weights"), _count_kernel, _count_spec, label="count", family="counting",
       rules=(None, no_gradient("DenseBincount")),
       dtypes=frozenset((int32.numpy, int64.numpy)), typed=(0,), flops=lambda ins, outs, **params: ins[0].size or 0)
)  # fmt: skip


def bincount(
    arr: Any, weights: Any = None, minlength: Any = None, maxlength: Any = None, dtype: Any = int32,
    name: str | None = None, axis: int | None = None, binary_output: bool = False,
) -> Tensor:  # fmt: skip
    """How often each integer from 0 on occurs; with ``weights``, the sum of its weights.

    There are max(arr) + 1 bins, at least ``minlength``, at most ``maxlength``; integers beyond are left out.
    ``axis=-1`` counts each row by itself; ``binary_output`` gives 1 for any number of occurrences.
    InvalidArgumentError for a negative integer. No gradient.

    >>> bincount([1, 1, 2], weights=[0.5, 0.5, 3.0], minlength=4).numpy()
    array([0., 1., 3., 0.], dtype=float32)
    """
    values = convert_to_tensor(arr)
    values = values if values.dtype.is_integer else cast(values, int32)
    if axis not in (None, 0, -1):
        raise ValueError(f"axis must be 0 or -1, not {axis}.")
    if weights is not None and binary_output:
        raise ValueError("weights and binary_output exclude each other: give only one.")
    weights = _ones(values, dtype) if weights is None else convert_to_tensor(weights)
    if weights.dtype.numpy not in COUNTS:
        raise DTypeError(f"bincount gives {names(COUNTS)}, not {weights.dtype.name}.", "bincount")
    if axis != -1:
        values, weights = reshape(values, [-1]), reshape(weights, [-1])
    limits = {"minlength": minlength, "maxlength": maxlength}
    limits = {k: None if v is None else static_int(v, k) for k, v in limits.items()}
    counts = apply(BINCOUNT, (values, weights), **limits)
    return cast(counts != 0, counts.dtype) if binary_output else counts


def _ones(x: Tensor, dtype: Any) -> Tensor:
    """Ones of x's shape, also where that is not known yet."""
    return cast(equal(x, x), dtype)


def _confusion_kernel(labels: Any, predictions: Any, weights: Any, num_classes: int | None) -> Any:
    if not labels.shape == predictions.shape == weights.shape:
        raise ValueError("the shapes of labels, predictions and weights differ")
    if num_classes is None:
        num_classes = max(labels.max(initial=-1), predictions.max(initial=-1)) + 1
    for name, classes in (("labels", labels), ("predictions", predictions)):
        if classes.size and not 0 <= classes.min() <= classes.max() < num_classes:
            raise ValueError(f"the {name} must be from 0 to {num_classes - 1}")
    matrix = np.zeros((num_classes, num_classes), weights.dtype)
    np.add.at(matrix, (labels, predictions), weights)
    return matrix


def _confusion_spec(
    labels: TensorSpec, predictions: TensorSpec, weights: TensorSpec, num_classes: int | None
) -> TensorSpec:
    if len(labels.shape.merge_with(predictions.shape).merge_with(weights.shape)) != 1:
        raise ValueError("labels and predictions must be vectors. Use tf.reshape(x, [-1])")
    return TensorSpec([num_classes, num_classes], weights.dtype)


CONFUSION_MATRIX = register(
    Op("confusion_matrix", ("labels", "predictions", "weights"), _confusion_kernel, _confusion_spec, label="confusion",
       rules=(None, None, Rule.of(lambda g, labels, predictions: gather_nd(g, stack([labels, predictions], axis=1)))),
       family="counting", dtypes=frozenset((int64.numpy,)), typed=(0, 1),
       flops=lambda ins, outs, **params: ins[0].size or 0)
)  # fmt: skip


def confusion_matrix(
    labels: Any, predictions: Any, num_classes: Any = None, weights: Any = None, dtype: Any = int32,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """How often each class (the row) was taken for each class (the column): [num_classes, num_classes].

    ``labels`` and ``predictions`` are vectors of one length, with classes from 0 on; ``weights`` counts each pair by
    its weight. Without ``num_classes``, the largest class decides. Gradients flow to the weights. ShapeError unless
    there are as many predictions as labels, InvalidArgumentError for a class that is not there.

    >>> confusion_matrix(labels=[0, 1, 1], predictions=[0, 1, 0]).numpy()
    array([[1, 0],
           [1, 1]], dtype=int32)
    """
    labels, predictions = _same_rank(convert_to_tensor(labels), convert_to_tensor(predictions))
    labels, predictions = cast(labels, int64), cast(predictions, int64)
    weights = _ones(predictions, dtype) if weights is None else cast(weights, dtype)
    classes = None if num_classes is None else static_int(num_classes, "num_classes")
    return apply(CONFUSION_MATRIX, (labels, predictions, weights), num_classes=classes)


def _same_rank(labels: Tensor, predictions: Tensor) -> tuple[Tensor, Tensor]:
    """A last dimension of 1 that only one of them has is taken off."""
    extra = predictions.ndim - labels.ndim
    if extra == 1 and predictions._dims[-1] == 1:
        return labels, squeeze(predictions, [-1])
    if extra == -1 and labels._dims[-1] == 1:
        return squeeze(labels, [-1]), predictions
    return labels, predictions
