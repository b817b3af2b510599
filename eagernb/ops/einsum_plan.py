"""How an Einstein summation is carried out: what an equation and the shapes of its operands come to.

An operand becomes a stack of matrices: the diagonals of repeated labels are taken, labels that nothing else has are
summed, and the rest is brought in order. The stacks are multiplied, and the product is brought in the order of the
result. All of this follows from the shapes, so that it is worked out once.

>>> plan = product_plan("bij,kj->bki", (2, 3, 4), (5, 4))
>>> plan.x.shape, plan.y.shape, plan.shape, plan.order
((1, 6, 4), (1, 4, 5), (2, 3, 5), (0, 2, 1))
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.shape import Dims, broadcast_dims

# Labels are single characters. An ellipsis stands for the digits that number its axes from the last one: only these
# broadcast.
Labels = str
ELLIPSIS = "..."


@lru_cache(maxsize=256)
def expanded(equation: str, ranks: tuple[int, ...]) -> tuple[tuple[Labels, ...], Labels]:
    """The labels of each operand and of the result, digits for ellipses; ValueError where a rank does not fit."""
    left, _, right = equation.partition("->")
    operands, widest = [], 0
    for position, (labels, rank) in enumerate(zip(left.split(","), ranks, strict=True)):
        extra = rank - len(labels.replace(ELLIPSIS, ""))
        if extra < 0 or (extra and ELLIPSIS not in labels):
            raise ValueError(
                f"operand {position} is '{labels}', of rank {rank - extra}{' or more' * (ELLIPSIS in labels)}, but it "
                f"has rank {rank}"
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


def label_sizes(operands: tuple[Labels, ...], dims: tuple[Dims, ...]) -> dict[str, int | None]:
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


class Preparation(NamedTuple):
    """What is done to an operand, in this order."""

    stretched: tuple[int, ...]  # axes of size 1 along which the other operand is longer: they are left out
    diagonals: tuple[tuple[int, int], ...]  # pairs of axes whose diagonal is taken; it comes last
    summed: tuple[int, ...]
    order: tuple[int, ...]
    shape: tuple[int, ...]

    def __call__(self, x: Any) -> Any:
        if self.stretched:
            x = x.squeeze(self.stretched)
        for first, second in self.diagonals:
            x = np.diagonal(x, axis1=first, axis2=second)
        if self.summed:
            x = np.asarray(np.add.reduce(x, self.summed, x.dtype))
        return x.transpose(self.order).reshape(self.shape)


class ProductPlan(NamedTuple):
    """How two operands become stacks of matrices, and the product of these the result."""

    x: Preparation
    y: Preparation
    shape: tuple[int, ...]
    order: tuple[int, ...]


@lru_cache(maxsize=512)
def contraction_plan(equation: str, shape: tuple[int, ...]) -> Preparation:
    """The plan of an equation with one operand; ValueError if its shape does not fit."""
    (labels,), output = expanded(equation, (len(shape),))
    sizes: dict[str, Any] = label_sizes((labels,), (shape,))
    diagonals, summed, labels = _reduction(labels, output)
    return Preparation((), diagonals, summed, _order(labels, output), tuple(sizes[label] for label in output))


@lru_cache(maxsize=512)
def product_plan(equation: str, x_shape: tuple[int, ...], y_shape: tuple[int, ...]) -> ProductPlan:
    """The plan of an equation with two operands; ValueError if their shapes do not fit."""
    (x_labels, y_labels), output = expanded(equation, (len(x_shape), len(y_shape)))
    sizes: dict[str, Any] = label_sizes((x_labels, y_labels), (x_shape, y_shape))
    x_stretched, x_labels = _stretched(x_labels, x_shape, sizes)
    y_stretched, y_labels = _stretched(y_labels, y_shape, sizes)
    x_diagonals, x_summed, x_labels = _reduction(x_labels, y_labels + output)
    y_diagonals, y_summed, y_labels = _reduction(y_labels, x_labels + output)
    batch = "".join(label for label in x_labels if label in y_labels and label in output)
    inner = "".join(label for label in x_labels if label in y_labels and label not in output)
    rows = "".join(label for label in x_labels if label not in y_labels)
    columns = "".join(label for label in y_labels if label not in x_labels)

    def flat(*groups: Labels) -> tuple[int, ...]:
        return tuple(math.prod(sizes[label] for label in group) for group in groups)

    x_order, y_order = _order(x_labels, batch + rows + inner), _order(y_labels, batch + inner + columns)
    return ProductPlan(
        Preparation(x_stretched, x_diagonals, x_summed, x_order, flat(batch, rows, inner)),
        Preparation(y_stretched, y_diagonals, y_summed, y_order, flat(batch, inner, columns)),
        tuple(sizes[label] for label in batch + rows + columns),
        _order(batch + rows + columns, output),
    )


def _stretched(labels: Labels, shape: tuple[int, ...], sizes: dict[str, Any]) -> tuple[tuple[int, ...], Labels]:
    """The axes of size 1 along which the other operand is longer, and the labels without them."""
    axes = tuple(i for i, label in enumerate(labels) if shape[i] != sizes[label])
    return axes, "".join(label for i, label in enumerate(labels) if i not in axes)


def _reduction(labels: Labels, kept: Labels) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...], Labels]:
    """The diagonals to take and the axes to sum so that only kept labels are left, each once; and these labels."""
    diagonals = []
    for label in dict.fromkeys(labels):
        while labels.count(label) > 1:
            first, second = labels.index(label), labels.rindex(label)
            diagonals.append((first, second))
            labels = labels[:first] + labels[first + 1 : second] + labels[second + 1 :] + label
    summed = tuple(i for i, label in enumerate(labels) if label not in kept)
    return tuple(diagonals), summed, "".join(label for label in labels if label in kept)


def _order(labels: Labels, wanted: Labels) -> tuple[int, ...]:
    return tuple(labels.index(label) for label in wanted)
