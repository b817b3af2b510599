"""Einstein summation: products and sums over named axes.

>>> import eagernb as tf
>>> queries, keys = tf.ones([2, 5, 3]), tf.ones([2, 7, 3])
>>> tf.einsum("bqd,bkd->bqk", queries, keys).shape
TensorShape([2, 5, 7])
>>> tf.einsum("ii", tf.constant([[1.0, 2.0], [3.0, 4.0]])).numpy()
np.float32(5.0)

An equation is carried out two operands at a time, and each such pair as a matrix product: shared labels that are kept
count as batches, shared labels that are not are summed.
"""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from functools import lru_cache
from typing import Any

import numpy as np

from eagernb.core.apply import apply, as_tensors
from eagernb.core.convert import is_tensor
from eagernb.core.dtypes import INEXACT, int32, int64
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims, broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.complex import conj
from eagernb.ops.creation import eye
from eagernb.ops.shape import broadcast_to, expand_dims

# Labels are single characters. An ellipsis stands for the digits that number its axes from the last one: only these
# broadcast.
Labels = str
ELLIPSIS = "..."


def einsum(equation: str, *inputs: Any, **kwargs: Any) -> Tensor:
    """The sum of products that an equation of axis labels describes, such as ``"ij,jk->ik"``.

    Each operand's axes are named by letters; ``...`` stands for any further axes, which broadcast. A label that is
    missing after ``->`` is summed over; a label that an operand has twice means the diagonal. Without ``->`` the result
    has the labels that occur once, in alphabetical order, after an ellipsis that occurs once.

    With three operands or more, ``optimize`` says how to find a good order of pairs, as in ``numpy.einsum_path``
    ("greedy" or "optimal"). Raises ValueError for an equation that makes no sense or does not fit the number of
    operands, InvalidArgumentError for shapes that do not fit it.

    >>> float(einsum("i,i->", [1.0, 2.0], [3.0, 4.0]))
    11.0
    """
    optimize = kwargs.pop("optimize", "greedy")
    kwargs.pop("name", None)
    if kwargs:
        raise TypeError(f"Invalid keyword arguments for einsum: {', '.join(kwargs)}. It takes optimize and name.")
    equation = _resolved(equation, len(inputs))
    if len(inputs) <= 2:
        return apply(CONTRACT if len(inputs) == 1 else PRODUCT, inputs, equation=equation)
    leading = next((x for x in inputs if is_tensor(x)), inputs[0])  # its dtype is everyone's
    return _pairwise(equation, [as_tensors(PRODUCT, (leading, x))[1] for x in inputs], optimize)


@lru_cache(maxsize=256)
def _resolved(equation: str, count: int) -> str:
    """The equation without spaces and with its output; ValueError unless it makes sense for so many operands."""
    compact = equation.replace(" ", "")
    dotless = compact.replace(ELLIPSIS, "0")
    if "0" in compact or not re.fullmatch(r"[a-zA-Z0,]*(->[a-zA-Z0]*)?", dotless):
        raise ValueError(
            f"einsum: {equation!r} is no equation. Write letters for the axes of each operand, commas between the "
            "operands, and -> before the axes of the result, as in 'ij,jk->ik'."
        )
    left, arrow, right = dotless.partition("->")
    if left.count(",") + 1 != count:
        raise ValueError(f"einsum: {equation!r} is for {left.count(',') + 1} operands, but {count} were given.")
    if any(part.count("0") > 1 for part in (*left.split(","), right)):
        raise ValueError(f"einsum: an operand of {equation!r} has more than one ellipsis.")
    if not arrow:
        counts = Counter(left.replace(",", ""))
        right = "".join(sorted(label for label, n in counts.items() if n == 1))
    for label, n in Counter(right).items():
        if n > 1 or label not in left:
            why = "more than once" if n > 1 else "though no operand has it"
            raise ValueError(f"einsum: the result of {equation!r} has {label.replace('0', ELLIPSIS)} {why}.")
    return f"{left}->{right}".replace("0", ELLIPSIS)


def _pairwise(equation: str, tensors: list[Tensor], optimize: Any) -> Tensor:
    """Three operands or more: contract pair by pair, in the order that NumPy finds cheapest."""
    try:
        inputs, output = _expanded(equation, tuple(len(x._dims) for x in tensors))
        _sizes(inputs, [x._dims for x in tensors])
    except ValueError as error:
        shapes = ", ".join(str(x.shape) for x in tensors)
        raise ShapeError(f"einsum {equation!r} of {shapes}: {error}.", "einsum") from None
    operands = list(zip(inputs, tensors, strict=True))
    dummies = [np.broadcast_to(np.int8(0), [d or 1 for d in x._dims]) for x in tensors]
    path, _ = np.einsum_path(equation, *dummies, optimize="greedy" if optimize == "auto" else optimize)
    for group in path[1:]:
        chosen = [operands.pop(i) for i in sorted(group, reverse=True)]
        while len(chosen) > 1:
            (x_labels, x), (y_labels, y) = chosen.pop(), chosen.pop()
            needed = output + "".join(labels for labels, _ in (*operands, *chosen))
            kept = "".join(dict.fromkeys(label for label in x_labels + y_labels if label in needed))
            chosen.append((kept, apply(PRODUCT, (x, y), equation=f"{x_labels},{y_labels}->{kept}")))
        operands += chosen
    ((labels, result),) = operands
    return result if labels == output else apply(CONTRACT, (result,), equation=f"{labels}->{output}")


@lru_cache(maxsize=256)
def _expanded(equation: str, ranks: tuple[int, ...]) -> tuple[tuple[Labels, ...], Labels]:
    """The labels of each operand and of the result, digits for ellipses; ValueError where a rank does not fit."""
    left, _, right = equation.partition("->")
    operands, widest = [], 0
    for position, (labels, rank) in enumerate(zip(left.split(","), ranks, strict=True)):
        extra = rank - len(labels.replace(ELLIPSIS, ""))
        if extra < 0 or (extra and ELLIPSIS not in labels):
            raise ValueError(
                f"operand {position} is '{labels}', which takes {'at least ' * (ELLIPSIS in labels)}{rank - extra} "
                f"axes, but it has {rank}"
            )
        widest = max(widest, extra)
        operands.append(labels.replace(ELLIPSIS, _digits(extra)))
    if widest and ELLIPSIS in left and ELLIPSIS not in right:
        raise ValueError(f"the ellipsis stands for {widest} axes, but the result has none: write ... after -> too")
    return tuple(operands), right.replace(ELLIPSIS, _digits(widest))


def _digits(count: int) -> Labels:
    if count > 10:
        raise ValueError(f"an ellipsis can stand for ten axes at most, not {count}")
    return "9876543210"[10 - count :]


def _sizes(operands: tuple[Labels, ...], dims: list[Dims]) -> dict[str, int | None]:
    """The size of each label; ValueError where two known sizes differ (and neither broadcasts)."""
    sizes: dict[str, int | None] = {}
    for labels, shape in zip(operands, dims, strict=True):
        for label, size in zip(labels, shape, strict=True):
            have = sizes.setdefault(label, size)
            if label.isdigit():
                sizes[label] = broadcast_dims((have,), (size,))[0]
            elif have is None:
                sizes[label] = size
            elif size not in (have, None):
                raise ValueError(f"axis '{label}' has size {have} in one place and {size} in another")
    return sizes


def _infer(*specs: TensorSpec, equation: str) -> TensorSpec:
    operands, output = _expanded(equation, tuple(len(spec.dims) for spec in specs))
    sizes = _sizes(operands, [spec.dims for spec in specs])
    return TensorSpec([sizes[label] for label in output], specs[0].dtype)


def _contract_kernel(x: Any, equation: str) -> Any:
    (labels,), output = _expanded(equation, (x.ndim,))
    _sizes((labels,), [x.shape])
    x, labels = _reduced(x, labels, output)
    return x.transpose([labels.index(label) for label in output])


def _product_kernel(x: Any, y: Any, equation: str) -> Any:
    (x_labels, y_labels), output = _expanded(equation, (x.ndim, y.ndim))
    sizes = _sizes((x_labels, y_labels), [x.shape, y.shape])
    x, x_labels = _without_broadcast(x, x_labels, sizes)
    y, y_labels = _without_broadcast(y, y_labels, sizes)
    x, x_labels = _reduced(x, x_labels, y_labels + output)
    y, y_labels = _reduced(y, y_labels, x_labels + output)
    batch = "".join(label for label in x_labels if label in y_labels and label in output)
    summed = "".join(label for label in x_labels if label in y_labels and label not in output)
    rows = "".join(label for label in x_labels if label not in y_labels)
    columns = "".join(label for label in y_labels if label not in x_labels)
    product = np.matmul(
        _stacked_matrices(x, x_labels, batch, rows, summed, sizes),
        _stacked_matrices(y, y_labels, batch, summed, columns, sizes),
    )
    labels = batch + rows + columns
    return product.reshape([sizes[label] for label in labels]).transpose([labels.index(label) for label in output])


def _without_broadcast(x: Any, labels: Labels, sizes: dict[str, Any]) -> tuple[Any, Labels]:
    """Without the axes of size 1 along which the other operand is longer."""
    stretched = tuple(i for i, label in enumerate(labels) if x.shape[i] != sizes[label])
    return x.squeeze(stretched), "".join(label for i, label in enumerate(labels) if i not in stretched)


def _reduced(x: Any, labels: Labels, kept: Labels) -> tuple[Any, Labels]:
    """The diagonal of repeated labels, and the sum over labels that nothing else has."""
    for label in dict.fromkeys(labels):
        while labels.count(label) > 1:
            first, second = labels.index(label), labels.rindex(label)
            x = np.diagonal(x, axis1=first, axis2=second)  # its axis comes last
            labels = labels[:first] + labels[first + 1 : second] + labels[second + 1 :] + label
    lonely = tuple(i for i, label in enumerate(labels) if label not in kept)
    if lonely:
        x = np.add.reduce(x, axis=lonely, dtype=x.dtype)
    return np.asarray(x), "".join(label for label in labels if label in kept)


def _stacked_matrices(x: Any, labels: Labels, batch: Labels, rows: Labels, columns: Labels, sizes: Any) -> Any:
    """The axes in order, and flattened to a stack of matrices."""
    counts = [math.prod(sizes[label] for label in group) for group in (batch, rows, columns)]
    return x.transpose([labels.index(label) for label in batch + rows + columns]).reshape(counts)


def _gradient(g: Tensor, output: Labels, other: Tensor | None, other_labels: Labels, dims: Any, labels: Labels) -> Any:
    """The gradient for one operand: g times the other one, summed to the operand's labels, and spread over the rest.

    A product is linear in each operand, so that its gradient is a product too: of "ij,jk->ik", "ik,jk->ij" and
    "ij,ik->jk".
    """
    distinct = dict(zip(labels, dims, strict=True))
    kept = "".join(
        label
        for label, size in distinct.items()
        if label in output + other_labels and not (label.isdigit() and size == 1)
    )
    if other is None:
        part = apply(CONTRACT, (g,), equation=f"{output}->{kept}")
    else:
        part = apply(PRODUCT, (g, conj(other)), equation=f"{output},{other_labels}->{kept}")
    for at, label in enumerate(distinct):
        if label not in kept:
            part = expand_dims(part, at)
    if part._dims != tuple(distinct.values()):
        part = broadcast_to(part, tuple(distinct.values()))
    return _on_diagonals(part, "".join(distinct), distinct, labels)


def _on_diagonals(x: Tensor, labels: Labels, sizes: dict[str, Any], wanted: Labels) -> Tensor:
    """Put elements on the diagonal of labels that are wanted twice, with zeros off it: times identity matrices."""
    spare = iter(label for label in string.ascii_letters if label not in wanted)
    renamed = ""
    for label in wanted:
        if label in renamed:
            twin = next(spare)
            unit = eye(sizes[label], dtype=x.dtype)
            x = apply(PRODUCT, (x, unit), equation=f"{labels},{label}{twin}->{labels}{twin}")
            labels, label = labels + twin, twin
        renamed += label
    return x if labels == renamed else apply(CONTRACT, (x,), equation=f"{labels}->{renamed}")


def _contract_rule(g: Tensor, dims_x: Any, equation: str) -> Tensor:
    (labels,), output = _expanded(equation, (len(dims_x),))
    return _gradient(g, output, None, "", dims_x, labels)


def _rule_x(g: Tensor, dims_x: Any, y: Tensor, equation: str) -> Tensor:
    (x_labels, y_labels), output = _expanded(equation, (len(dims_x), len(y._dims)))
    return _gradient(g, output, y, y_labels, dims_x, x_labels)


def _rule_y(g: Tensor, x: Tensor, dims_y: Any, equation: str) -> Tensor:
    (x_labels, y_labels), output = _expanded(equation, (len(x._dims), len(dims_y)))
    return _gradient(g, output, x, x_labels, dims_y, y_labels)


def _flops(ins: tuple[TensorSpec, ...], outs: Any, equation: str) -> int:
    """A multiplication and an addition for each combination of indices; of one operand, an addition."""
    operands, _ = _expanded(equation, tuple(len(spec.dims) for spec in ins))
    sizes = _sizes(operands, [spec.dims for spec in ins])
    return len(ins) * math.prod(size or 0 for size in sizes.values())


EINSUM_DTYPES = INEXACT | {int32.numpy, int64.numpy}
REMEDY = "Each label must have one size wherever it occurs."
CONTRACT = register(
    Op("einsum_single", ("x",), _contract_kernel, _infer, rules=(Rule.of(_contract_rule),), label="einsum",
       family="linalg", dtypes=EINSUM_DTYPES, typed=(0,), flops=_flops, remedy=REMEDY)
)  # fmt: skip
PRODUCT = register(
    Op("einsum", ("x", "y"), _product_kernel, _infer, rules=(Rule.of(_rule_x), Rule.of(_rule_y)), label="einsum",
       family="linalg", dtypes=EINSUM_DTYPES, typed=(0, 1), flops=_flops, remedy=REMEDY)
)  # fmt: skip
