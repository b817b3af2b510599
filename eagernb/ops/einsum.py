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
from eagernb.core.convert import is_dense_tensor
from eagernb.core.dtypes import INEXACT, int32, int64
from eagernb.core.late import sizes_of
from eagernb.core.op import Op, Rule, find_op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.complex import conj
from eagernb.ops.creation import eye
from eagernb.ops.einsum_plan import ELLIPSIS, Labels, contraction_plan, expanded, label_sizes, product_plan
from eagernb.ops.shape import expand_dims


def _infer(*specs: TensorSpec, equation: str) -> TensorSpec:
    operands, output = expanded(equation, tuple(len(spec.dims) for spec in specs))
    sizes = label_sizes(operands, tuple(spec.dims for spec in specs))
    return TensorSpec([sizes[label] for label in output], specs[0].dtype)


def _two_kernel(x: Any, y: Any, equation: str) -> Any:
    plan = product_plan(equation, x.shape, y.shape)
    return np.matmul(plan.x(x), plan.y(y)).reshape(plan.shape).transpose(plan.order)


def _rule_x(g: Tensor, dims_x: Any, y: Tensor, equation: str) -> Tensor:
    (x_labels, y_labels), output = expanded(equation, (len(dims_x), len(y._dims)))
    return _gradient(g, output, y, y_labels, dims_x, x_labels)


def _rule_y(g: Tensor, x: Tensor, dims_y: Any, equation: str) -> Tensor:
    (x_labels, y_labels), output = expanded(equation, (len(x._dims), len(dims_y)))
    return _gradient(g, output, x, x_labels, dims_y, y_labels)


def _rule_of_one(g: Tensor, dims_x: Any, equation: str) -> Tensor:
    (labels,), output = expanded(equation, (len(dims_x),))
    return _gradient(g, output, None, "", dims_x, labels)


def _flops(ins: tuple[TensorSpec, ...], outs: Any, equation: str) -> int:
    """A multiplication and an addition for each combination of indices; of one operand, an addition."""
    operands, _ = expanded(equation, tuple(len(spec.dims) for spec in ins))
    sizes = label_sizes(operands, tuple(spec.dims for spec in ins))
    return len(ins) * math.prod(size or 0 for size in sizes.values())


EINSUM_DTYPES = INEXACT | {int32.numpy, int64.numpy}
REMEDY = "Each label must have one size wherever it occurs."
EINSUM_ONE = register(
    Op("einsum_single", ("x",), lambda x, equation: contraction_plan(equation, x.shape)(x), _infer,
       rules=(Rule.of(_rule_of_one),), label="einsum", family="linalg", dtypes=EINSUM_DTYPES, typed=(0,),
       linear=True, flops=_flops, remedy=REMEDY)
)  # fmt: skip
EINSUM_TWO = register(
    Op("einsum", ("x", "y"), _two_kernel, _infer, rules=(Rule.of(_rule_x), Rule.of(_rule_y)), label="einsum",
       family="linalg", dtypes=EINSUM_DTYPES, typed=(0, 1), linear=True, flops=_flops,
       remedy=REMEDY)
)  # fmt: skip


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
        return apply(EINSUM_ONE if len(inputs) == 1 else EINSUM_TWO, inputs, equation=equation)
    leading = next((x for x in inputs if is_dense_tensor(x)), inputs[0])  # its dtype is everyone's
    return _pairwise(equation, [as_tensors(EINSUM_TWO, (leading, x))[1] for x in inputs], optimize)


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
        inputs, output = expanded(equation, tuple(len(x._dims) for x in tensors))
        label_sizes(inputs, tuple(x._dims for x in tensors))
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
            chosen.append((kept, apply(EINSUM_TWO, (x, y), equation=f"{x_labels},{y_labels}->{kept}")))
        operands += chosen
    ((labels, result),) = operands
    return result if labels == output else apply(EINSUM_ONE, (result,), equation=f"{labels}->{output}")


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
        part = apply(EINSUM_ONE, (g,), equation=f"{output}->{kept}")
    else:
        part = apply(EINSUM_TWO, (g, conj(other)), equation=f"{output},{other_labels}->{kept}")
    for at, label in enumerate(distinct):
        if label not in kept:
            part = expand_dims(part, at)
    stretched = any(
        label not in kept or (None not in (have, want) and have != want)
        for have, (label, want) in zip(part._dims, distinct.items(), strict=True)
    )
    sizes = distinct if None not in dims else dict(zip(labels, sizes_of(dims), strict=True))
    open_sizes = [label.isdigit() and size is None for label, size in distinct.items()]
    if stretched:
        targets = zip(open_sizes, sizes_of(part), sizes.values(), strict=True)
        part = broadcast_to(part, tuple(have if is_open else want for is_open, have, want in targets))
    part = _on_diagonals(part, "".join(distinct), sizes, labels)
    # Whether an axis of an ellipsis was broadcast shows when the graph runs.
    return apply(find_op("sum_to_like"), (part, dims.symbol)) if any(open_sizes) else part


def _on_diagonals(x: Tensor, labels: Labels, sizes: dict[str, Any], wanted: Labels) -> Tensor:
    """Put elements on the diagonal of labels that are wanted twice, with zeros off it: times identity matrices."""
    spare = iter(label for label in string.ascii_letters if label not in wanted)
    renamed = ""
    for label in wanted:
        if label in renamed:
            twin = next(spare)
            unit = eye(sizes[label], dtype=x.dtype)
            x = apply(EINSUM_TWO, (x, unit), equation=f"{labels},{label}{twin}->{labels}{twin}")
            labels, label = labels + twin, twin
        renamed += label
    return x if labels == renamed else apply(EINSUM_ONE, (x,), equation=f"{labels}->{renamed}")
