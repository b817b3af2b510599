"""Functions that carry a state from element to element: scan, and reduce, which gives the last state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from eagernb.core import nest
from eagernb.core.dispatch import dispatch
from eagernb.core.numerics import unobserved
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.data.dataset import Dataset, made, method
from eagernb.data.functions import TracedFunction, traced
from eagernb.data.pipeline import Element, Pipeline, Sized, transformation
from eagernb.data.structure import component_specs, components, element_spec_of, normalized, packed
from eagernb.errors import InvalidArgumentError


@transformation("_ScanDataset")
class Scan(Sized):
    """``count`` is how many of the inputs are the state."""

    def __init__(self, source: Pipeline, *inputs: Any, count: int, function: TracedFunction) -> None:
        self.source, self._run, self._count = source, function.run, count
        self._first, self._captured = inputs[:count], inputs[count:]

    def elements(self) -> Iterator[Element]:
        state = list(self._first)
        for element in self.source.elements():
            results = self._run([*state, *element, *self._captured])
            state = results[: self._count]
            yield tuple(results[self._count :])


def _reduce(pipeline: Pipeline, *inputs: Any, count: int, function: TracedFunction) -> Element:
    state, captured = list(inputs[:count]), inputs[count:]
    with unobserved():
        for element in pipeline.elements():
            state = function.run([*state, *element, *captured])
    return tuple(state)


REDUCE = register(
    Op("reduce_dataset", ("*values",), _reduce,
       lambda *specs, count, function: component_specs(function.output_spec), rules=(None,), label="reduce",
       family="data", effect=WRITE, multiple=True)
)  # fmt: skip


@method
def scan(self: Dataset, initial_state: Any, scan_func: Callable[..., Any], name: str | None = None) -> Dataset:
    """``state, output = scan_func(state, element)`` for each element; the dataset of the outputs.

    Raises TypeError unless the function returns a pair whose first part is like the state.

    >>> import eagernb as tf
    >>> totals = tf.data.Dataset.range(1, 4).scan(tf.constant(0, tf.int64), lambda total, x: (total + x, total + x))
    >>> list(totals.as_numpy_iterator())
    [np.int64(1), np.int64(3), np.int64(6)]
    """
    __tracebackhide__ = True
    state = normalized(initial_state)

    def new_state(result: Any) -> Any:
        if not isinstance(result, tuple) or len(result) != 2:
            raise TypeError(
                "Invalid `scan_func`. `scan_func` should return a pair consisting of new state and the output value "
                f"but its return type is {result}."
            )
        return result[0]

    function = _carried(scan_func, "scan", state, self.element_spec, new_state)
    inputs = [self, *components(state), *function.captured]
    return made(Scan, inputs, function.output_spec[1], count=len(components(state)), function=function)


@method
def reduce(self: Dataset, initial_state: Any, reduce_func: Callable[..., Any], name: str | None = None) -> Any:
    """The last of the states ``state = reduce_func(state, element)``.

    Raises TypeError or InvalidArgumentError if the function does not return something like the state. No gradient
    flows through it: use a loop over the dataset for that.

    >>> import eagernb as tf
    >>> int(tf.data.Dataset.range(5).reduce(tf.constant(0, tf.int64), lambda total, x: total + x))
    10
    """
    __tracebackhide__ = True
    state = normalized(initial_state)
    function = _carried(reduce_func, "reduce", state, self.element_spec, lambda result: result)
    inputs = [self._variant_tensor, *components(state), *function.captured]
    results = dispatch(REDUCE, inputs, {"count": len(components(state)), "function": function})
    return packed(function.output_spec, results)


def _carried(
    func: Callable[..., Any], transformation: str, state: Any, element_spec: Any, new_state: Callable[[Any], Any]
) -> TracedFunction:
    """A function of a state and an element, traced for states whose sizes are those that it may have later too."""
    __tracebackhide__ = True
    spec = element_spec_of(state)
    while True:
        function = traced(func, transformation, spec, element_spec, unpack=False)
        after = new_state(function.output_spec)
        wider = _wider(spec, after, transformation)
        if wider == spec:
            return function
        spec = wider


def _wider(before: Any, after: Any, transformation: str) -> Any:
    """The spec of a state that is like both; sizes that differ become unknown."""
    __tracebackhide__ = True
    try:
        nest.assert_same_structure(before, after)
    except (TypeError, ValueError):
        raise InvalidArgumentError(
            f"Dataset.{transformation}(): the new state must have the structure of the initial state. Expected "
            f"{before}, got {after}."
        ) from None
    wider = []
    for old, new in zip(nest.flatten(before), nest.flatten(after), strict=True):
        general = old.most_specific_common_supertype([new]) if isinstance(old, TensorSpec) else old
        if general is None or (general is old and old != new):
            raise TypeError(
                f"Invalid `{transformation}_func`. The element types for the new state must match the initial state. "
                f"Expected {old.dtype}, got {new.dtype}."
            )
        wider.append(general)
    return nest.pack(before, wider)
