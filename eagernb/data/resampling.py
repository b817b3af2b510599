"""rejection_resample: elements are left out at random, so that what stays has the wanted share of each class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import float32
from eagernb.core.tensor import Tensor
from eagernb.data.carrying import scan
from eagernb.data.dataset import Dataset, method
from eagernb.data.mapping import map_
from eagernb.data.selecting import filter_
from eagernb.ops.creation import zeros
from eagernb.ops.no_nan import divide_no_nan
from eagernb.ops.one_hot import one_hot
from eagernb.ops.random import uniform
from eagernb.ops.reduce import reduce_max, reduce_sum


@method
def rejection_resample(
    self: Dataset, class_func: Callable[..., Any], target_dist: Any, initial_dist: Any = None, seed: int | None = None,
    name: str | None = None,
) -> Dataset:  # fmt: skip
    """Pairs ``(class, element)`` of the elements that stay, of which each class has its share in ``target_dist``.

    ``class_func(*element)`` gives an element's class, a number from 0; ``initial_dist`` says how often each class is
    met, and is else estimated from the elements that were read so far. An element of class c stays with the probability
    ``target[c] / initial[c]``, divided by the largest of these.

    >>> import eagernb as tf
    >>> mostly_zeros = tf.data.Dataset.range(1000).map(lambda i: i // 900)
    >>> resampled = mostly_zeros.rejection_resample(lambda x: x, [0.5, 0.5], [0.9, 0.1], seed=1)
    >>> classes = [int(label) for label, x in resampled]
    >>> classes.count(1), 60 < classes.count(0) < 140
    (100, True)
    """
    target = convert_to_tensor(target_dist, float32)
    count = target.shape[0]
    labelled = map_(self, lambda *element: (class_func(*element), _unpacked(element)))
    if initial_dist is not None:
        initial = convert_to_tensor(initial_dist, float32)
        shares = map_(labelled, lambda label, element: (label, element, initial))
    else:

        def counted(seen: Tensor, labelled: Any) -> Any:
            label, element = labelled
            seen = seen + one_hot(label, count)
            return seen, (label, element, seen / reduce_sum(seen))

        shares = scan(labelled, zeros([count]), counted)

    def stays(label: Tensor, element: Any, initial: Tensor) -> Tensor:
        ratios = divide_no_nan(target, initial)
        return uniform([], seed=seed) * reduce_max(ratios) < ratios[label]

    result = map_(filter_(shares, stays), lambda label, element, initial: (label, element))
    result._kind = "_DirectedInterleaveDataset"  # what TensorFlow makes of it
    return result


def _unpacked(element: tuple[Any, ...]) -> Any:
    """An element as a dataset holds it: a function got its parts one by one."""
    return element[0] if len(element) == 1 else element
