"""Transformations by a function of each element: map; and enumerate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from eagernb.core.dtypes import int64
from eagernb.data.combining import zip_
from eagernb.data.dataset import Dataset, made, method
from eagernb.data.functions import TracedFunction, traced
from eagernb.data.pipeline import Element, Pipeline, Sized, transformation
from eagernb.data.sources import range_


@transformation("_MapDataset")
class Map(Sized):
    def __init__(self, source: Pipeline, *captured: Any, function: TracedFunction) -> None:
        self.source, self._captured, self._run = source, captured, function.run

    def _mapped(self, element: Element) -> Element:
        return tuple(self._run([*element, *self._captured]))

    def elements(self) -> Iterator[Element]:
        return map(self._mapped, self.source.elements())


@method
def map_(
    self: Dataset, map_func: Callable[..., Any], num_parallel_calls: Any = None, deterministic: bool | None = None,
    synchronous: bool | None = None, use_unbounded_threadpool: bool = False, name: str | None = None,
) -> Dataset:  # fmt: skip
    """``map_func(element)`` for each element, or ``map_func(x, y)`` where elements are tuples.

    The function is traced into a graph once, when this is called: Python effects in it happen then. It returns a
    tensor, or a tuple or dict of tensors. Elements keep their order, and are computed one after the other: the other
    arguments change nothing.

    Raises ValueError for what is no function, TypeError for a function that returns something else.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(3).map(lambda x: x * 2).as_numpy_iterator())
    [np.int64(0), np.int64(2), np.int64(4)]
    """
    __tracebackhide__ = True
    function = traced(map_func, "map", self.element_spec)
    result = made(Map, [self, *function.captured], function.output_spec, function=function)
    if num_parallel_calls is not None:
        result._kind = "_ParallelMapDataset"
    return result


@method
def enumerate_(self: Dataset, start: Any = 0, name: str | None = None) -> Dataset:
    """Pairs of a number, from ``start`` on as int64, and an element.

    >>> import eagernb as tf
    >>> for i, x in tf.data.Dataset.from_tensor_slices(["a", "b"]).enumerate(start=1):
    ...     print(int(i), x.numpy())
    1 b'a'
    2 b'b'
    """
    return zip_(range_(start, int64.max), self)
