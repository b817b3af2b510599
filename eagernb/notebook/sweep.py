"""A sweep over sizes: from which size on does Python's dispatch not matter any more?

The operations of a cell are called on inputs of other sizes: the dimension that most of them share as their first (that
of the examples of a batch, as a rule) is made longer and shorter, and the elements are repeated to fill it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from eagernb.core.dispatch import dispatch, suspended
from eagernb.core.tensor import EagerTensor
from eagernb.core.variable import Variable
from eagernb.notebook.timing import Call, Spread, call_times

SIZES = tuple(4**power for power in range(11))
# A share of the time that nobody would notice.
UNNOTICED = 0.1
# A size whose rounds take longer than this together is the last; nor may any input be larger.
_SLOWEST = 300_000_000  # nanoseconds
_LARGEST = 64_000_000  # bytes


@dataclass(frozen=True)
class SizePoint:
    """All operations of one size: the spread, over the rounds, of the sums of their times in nanoseconds."""

    size: int
    kernel: Spread
    dispatch: Spread

    @property
    def share(self) -> float:
        """What part of the time is dispatch."""
        return self.dispatch.median / max(self.dispatch.median + self.kernel.median, 1.0)


@dataclass(frozen=True)
class Sweep:
    """What was measured at each size; ``dimension`` is the length that was varied, ``left_out`` what has no other."""

    points: tuple[SizePoint, ...]
    dimension: int | None
    timed: int
    left_out: tuple[str, ...]

    @property
    def enough(self) -> int | None:
        """The size from which on dispatch takes less than a tenth of the time; None if no size of the sweep is enough.

        Between two sizes the share is taken to be straight on a logarithmic scale.
        """
        if not self.points or self.points[-1].share >= UNNOTICED:
            return None
        enough = self.points[0].size
        for small, large in pairwise(self.points):
            if small.share >= UNNOTICED > large.share:
                way = math.log(small.share / UNNOTICED) / math.log(small.share / max(large.share, 1e-9))
                enough = round(small.size * (large.size / small.size) ** way)
        return enough


def sweep(
    calls: Sequence[Call],
    sizes: Sequence[int] = SIZES,
    rounds: int = 20,
    progress: Callable[[float], None] | None = None,
) -> Sweep:
    """Time the operations at each size, from small to large, until one is too slow.

    An operation with an effect, and one that cannot be resized, is left out. ``progress`` is told which part is done.
    Raises ValueError for sizes that are no whole numbers above 0.
    """
    wanted = sorted(set(sizes))
    if not wanted or any(isinstance(n, bool) or not isinstance(n, int) or n < 1 for n in wanted):
        raise ValueError(f"A sweep needs sizes, whole numbers above 0, not {list(sizes)!r}.")
    dimension = common_dimension(calls)
    usable = [call for call in calls if call.op.pure and all(_resized(call, dimension, n) for n in wanted[:2])]
    left_out = tuple(dict.fromkeys(call.label for call in calls if call not in usable))
    points = []
    for done, size in enumerate(wanted):
        resized = [_resized(call, dimension, size) for call in usable]
        if not resized or None in resized:
            break
        times = call_times([call for call in resized if call is not None], rounds)
        kernels, dispatches = (
            [sum(round_times) for round_times in zip(*column, strict=True)] for column in zip(*times, strict=True)
        )
        points.append(SizePoint(size, Spread.of(kernels), Spread.of(dispatches)))
        if progress is not None:
            progress((done + 1) / len(wanted))
        if sum(kernels) > _SLOWEST:
            break
    return Sweep(tuple(points), dimension, len(usable), left_out)


def common_dimension(calls: Sequence[Call]) -> int | None:
    """The length that most inputs have as their first; None where there are only scalars."""
    found = Counter(shape[0] for call in calls for shape in map(np.shape, map(_array, call.inputs)) if shape)
    if not found:
        return None
    most = max(found.values())
    return max(size for size, times in found.items() if times == most)


def _resized(call: Call, dimension: int | None, size: int) -> Call | None:
    """The call on inputs of another size; None where the operation cannot take them."""
    arrays = [np.asarray(_array(x)) for x in call.inputs]
    shapes = [_shape(array, dimension, size) for array in arrays]
    if any(math.prod(shape) * array.itemsize > _LARGEST for shape, array in zip(shapes, arrays, strict=True)):
        return None
    if dimension is None and call.op.family != "elementwise":
        return None
    inputs = tuple(EagerTensor._of(np.resize(a, shape)) for a, shape in zip(arrays, shapes, strict=True))
    params = {name: _param(name, value, dimension, size) for name, value in call.params.items()}
    new = replace(call, inputs=inputs, params=params)
    try:
        with suspended():
            dispatch(new.op, new.inputs, new.params)
    except Exception:  # whatever it is that the operation does not like about this size
        return None
    return new


def _array(x: Any) -> Any:
    return x._array if isinstance(x, (EagerTensor, Variable)) else x


def _shape(array: np.ndarray, dimension: int | None, size: int) -> tuple[int, ...]:
    if dimension is None:
        return (size,)
    return tuple(size if length == dimension else length for length in array.shape)


def _param(name: str, value: Any, dimension: int | None, size: int) -> Any:
    """A shape among the params is another one for another size."""
    if "shape" in name and isinstance(value, tuple):
        return tuple(size if length == dimension else length for length in value)
    return value
