"""Session: runs parts of a static graph, and holds the values of its variables.

>>> import eagernb as tf
>>> with tf.Graph().as_default():
...     x = tf.compat.v1.placeholder(tf.float32, [None])
...     total = tf.reduce_sum(x * x)
...     with tf.compat.v1.Session() as session:
...         session.run({"total": total, "both": [total, x]}, feed_dict={x: [1.0, 2.0]})
{'total': np.float32(5.0), 'both': [np.float32(5.0), array([1., 2.], dtype=float32)]}
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import numpy as np

from eagernb.compat.v1.default import get_default_graph
from eagernb.compat.v1.fetches import Fetches, feeds
from eagernb.compat.v1.graph import Graph
from eagernb.compat.v1.plan import Plan
from eagernb.compat.v1.values import SessionValues, values_of_session
from eagernb.core.dispatch import suspended
from eagernb.ops.random_seeds import Places, places_of_session


class _Sessions(threading.local):
    """The sessions that are the default, innermost last: for each thread, as in TensorFlow."""

    def __init__(self) -> None:
        self.stack: list[Session] = []


_sessions = _Sessions()


def get_default_session() -> Session | None:
    """The session that ``eval`` and ``Operation.run`` use now."""
    return _sessions.stack[-1] if _sessions.stack else None


class Session:
    """Runs a graph: the default one, unless another is given. As a context, it and its graph are the default.

    ``target`` and ``config`` are accepted: there is one machine, and one way to run.
    """

    def __init__(self, target: str = "", graph: Graph | None = None, config: Any = None) -> None:
        if graph is not None and not isinstance(graph, Graph):
            raise TypeError(f"Argument `graph` must be a tf.Graph, but got {type(graph).__name__}")
        if not isinstance(target, (str, bytes)):
            raise TypeError(f"Argument `target` must be a string, but got {type(target).__name__}")
        self._graph = get_default_graph() if graph is None else graph
        self.values = SessionValues()
        self._looked_up: dict[Any, Fetches] = {}
        self._plans: dict[Any, Plan] = {}
        self._random_places: Places = {}
        self._closed = False
        self._entered: list[AbstractContextManager[Any]] = []

    @property
    def graph(self) -> Graph:
        """The graph that it runs."""
        return self._graph

    @property
    def graph_def(self) -> Any:
        """The graph as a GraphDef."""
        return self._graph.as_graph_def()

    def run(self, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None) -> Any:
        """The values of tensors, in the structure in which they are asked for; None for operations.

        A fetch is a tensor, a variable, an operation or the name of one. ``feed_dict`` gives values for tensors, of
        placeholders above all: what they would be computed from does not run. Operations with effects run in the
        order in which they were made.

        Raises InvalidArgumentError for a placeholder without a value, FailedPreconditionError for a variable that was
        not initialized, RuntimeError after ``close``, TypeError or ValueError for what is not of this graph.
        """
        if self._closed:
            raise RuntimeError("Attempted to use a closed Session. Make another one: values of variables are gone.")
        if self._graph.version == 0:
            raise RuntimeError("The Session graph is empty. Add operations to the graph before calling run().")
        wanted = self._wanted(fetches)
        fed = feeds(self._graph, feed_dict) if feed_dict is not None else {}
        key = (wanted.key, tuple(fed))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = Plan(wanted.tensors, wanted.operations, list(fed), self.values.place_of)
        with suspended(), values_of_session(self.values), places_of_session(self._random_places):
            arrays = plan.run(list(fed.values()))
        # Copies: what is given away may be changed, and may be a variable's own array, or what was fed.
        return wanted.pack(
            [
                np.array(array) if tensor in fed or np.ndim(array) else np.asarray(array)[()]
                for tensor, array in zip(wanted.tensors, arrays, strict=True)
            ]
        )

    def _wanted(self, fetches: Any) -> Fetches:
        """The fetches, looked up in the graph: once for each tensor, or list of tensors, that comes again."""
        kind = fetches.__class__
        if kind is list or kind is tuple:
            key: Any = (kind, *fetches)
            nested = any(isinstance(fetch, tuple) for fetch in fetches)  # a named tuple equals one without names
        else:
            key, nested = fetches, isinstance(fetches, tuple)
        try:
            found = None if nested else self._looked_up.get(key)
        except TypeError:  # a dict, or something else that cannot be a key
            found, nested = None, True
        if found is None:
            found = Fetches(self._graph, fetches)
            if not nested:
                self._looked_up[key] = found
        return found

    def make_callable(
        self, fetches: Any, feed_list: Sequence[Any] | None = None, accept_options: bool = False
    ) -> Callable[..., Any]:
        """A function that runs the fetches, with the values of ``feed_list`` as its arguments."""
        keys = list(feed_list or [])

        def call(*values: Any) -> Any:
            if len(values) != len(keys):
                raise ValueError(f"Expected {len(keys)} values for feed_list, but got {len(values)}.")
            return self.run(fetches, dict(zip(keys, values, strict=True)))

        return call

    def close(self) -> None:
        """Let go of the variables' values; to run anything afterwards raises RuntimeError."""
        self._closed = True
        self.values.clear()
        self._plans.clear()
        self._looked_up.clear()

    @contextmanager
    def as_default(self) -> Iterator[Session]:
        """A context in which ``tensor.eval()`` and ``operation.run()`` use this session, which stays open."""
        _sessions.stack.append(self)
        try:
            yield self
        finally:
            if _sessions.stack and _sessions.stack[-1] is self:
                _sessions.stack.pop()

    def __enter__(self) -> Session:
        contexts: tuple[AbstractContextManager[Any], ...] = (self._graph.as_default(), self.as_default())
        for context in contexts:
            context.__enter__()
            self._entered.append(context)
        return self

    def __exit__(self, *error: Any) -> None:
        for _ in range(2):
            self._entered.pop().__exit__(*error)
        self.close()


class InteractiveSession(Session):
    """A session that is the default from the moment it is made, as is its graph: for a shell or a notebook."""

    def __init__(self, target: str = "", graph: Graph | None = None, config: Any = None) -> None:
        super().__init__(target, graph, config)
        _sessions.stack.append(self)
        self._explicit = graph is not None
        if graph is not None:
            self._context = graph.as_default()
            self._context.__enter__()

    def close(self) -> None:
        super().close()
        if self in _sessions.stack:
            _sessions.stack.remove(self)
        if self._explicit:
            self._explicit = False
            self._context.__exit__(None, None, None)


class _Settings:
    """Settings of TensorFlow's: kept, and without any effect here."""

    def __init__(self, **settings: Any) -> None:
        self.__dict__.update(settings)


class GPUOptions(_Settings):
    """How a session uses GPUs."""


class OptimizerOptions(_Settings):
    """How a session optimises graphs."""

    L0, L1 = -1, 0
    DEFAULT, OFF, ON_1, ON_2 = 0, -1, 1, 2


class GraphOptions(_Settings):
    """How a session treats graphs."""

    def __init__(self, **settings: Any) -> None:
        self.optimizer_options = OptimizerOptions()
        super().__init__(**settings)


class ConfigProto(_Settings):
    """How a session runs."""

    def __init__(self, **settings: Any) -> None:
        self.gpu_options, self.graph_options, self.experimental = GPUOptions(), GraphOptions(), _Settings()
        super().__init__(**settings)


class RunOptions(_Settings):
    """What a run is to be traced for."""

    NO_TRACE, SOFTWARE_TRACE, HARDWARE_TRACE, FULL_TRACE = range(4)


class RunMetadata:
    """What TensorFlow writes about a run: left empty here."""
