"""Whether statements are staged, and trials of code that leave nothing in the trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from eagernb.core.convert import is_dense_tensor
from eagernb.core.dispatch import spec_of
from eagernb.core.tensor import Symbol
from eagernb.graph.part import tracer_around


def is_staged(value: Any) -> bool:
    """Whether a statement about this value becomes part of a graph."""
    return is_dense_tensor(value) and tracer_around() is not None


def inputs_of(symbol: Symbol) -> list[Symbol]:
    """What the operation that gives this symbol was given."""
    return [Symbol(value, value.spec, symbol._tracer) for value in symbol._value.node.inputs]


def stand_in(tensor: Any) -> Any:
    """In a trial: a tensor of the same dtype and shape whose value is not known."""
    tracer = tracer_around()
    return tensor if tracer is None else tracer.add_input(spec_of(tensor), "stand_in")


class trial:
    """A context whose operations are taken out of the trace again at its end, unless ``keep()`` was called."""

    def __enter__(self) -> trial:
        tracer = tracer_around()
        self._take_back = None if tracer is None else tracer.snapshot()
        return self

    def keep(self) -> None:
        """Leave the operations in the trace."""
        self._take_back = None

    def __exit__(self, *_: object) -> None:
        if self._take_back is not None:
            self._take_back()


@contextmanager
def restored_after_errors(set_state: Callable[[Any], None], before: Any) -> Iterator[None]:
    """A context for the tracing of sub-graphs: after an error, variables do not keep symbols that belong to these."""
    try:
        yield
    except BaseException:
        set_state(before)
        raise
