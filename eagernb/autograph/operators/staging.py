"""Whether statements are staged, the graph's control flow to stage them by, and trials of code that leave no trace."""

from __future__ import annotations

from copy import copy
from typing import Any

from eagernb.core.convert import is_tensor
from eagernb.core.dispatch import active_handlers, spec_of
from eagernb.core.tensor import Symbol
from eagernb.graph.tracer import Tracer

_STATE = ("_nodes", "_inputs", "_names", "_sources", "_known", "created_variables")


def tracer() -> Tracer | None:
    """The trace that operations go to now, if there is one."""
    return next((handler for handler in active_handlers() if isinstance(handler, Tracer)), None)


def is_staged(value: Any) -> bool:
    """Whether a statement about this value becomes part of a graph."""
    return is_tensor(value) and tracer() is not None


def inputs_of(symbol: Symbol) -> list[Symbol]:
    """What the operation that gives this symbol was given."""
    return [Symbol(value, value.spec, symbol._tracer) for value in symbol._value.node.inputs]


def stand_in(tensor: Any) -> Any:
    """In a trial: a tensor of the same dtype and shape whose value is not known."""
    trace = tracer()
    return tensor if trace is None else trace.add_input(spec_of(tensor), "stand_in")


class trial:
    """A context whose operations are taken out of the trace again at its end, unless ``keep()`` was called."""

    def __enter__(self) -> trial:
        self._trace = tracer()
        if self._trace is not None:
            trace: Any = self._trace
            self._before = [copy(getattr(trace, name)) for name in _STATE]
        return self

    def keep(self) -> None:
        """Leave the operations in the trace."""
        self._trace = None

    def __exit__(self, *_: object) -> None:
        if self._trace is not None:
            for name, value in zip(_STATE, self._before, strict=True):
                setattr(self._trace, name, value)


def cond(pred: Any, true_fn: Any, false_fn: Any) -> Any:
    from eagernb.graph.control_flow import cond as graph_cond

    return graph_cond(pred, true_fn, false_fn)


def while_loop(test: Any, body: Any, values: Any, **options: Any) -> Any:
    from eagernb.graph.control_flow import while_loop as graph_while_loop

    return graph_while_loop(test, body, values, **options)
