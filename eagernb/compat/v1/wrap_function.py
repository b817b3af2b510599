"""wrap_function: code of TensorFlow 1 as a function that TensorFlow 2 can call, and what can be cut out of it.

>>> import eagernb as tf
>>> def scaled(x):
...     v = tf.compat.v1.get_variable("v", initializer=3.0)
...     return tf.multiply(x, v, name="product") + 1.0
>>> f = wrap_function(scaled, [tf.TensorSpec([], tf.float32)])
>>> float(f(tf.constant(2.0))), [v.name for v in f.variables]
(7.0, ['v:0'])
>>> float(f.prune(feeds="x:0", fetches="product:0")(tf.constant(2.0)))
6.0
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from eagernb.compat.v1.collections import global_variables
from eagernb.compat.v1.graph import Graph
from eagernb.compat.v1.operation import GraphTensor, Operation
from eagernb.compat.v1.placeholder import placeholder
from eagernb.compat.v1.plan import graph_for
from eagernb.compat.v1.session import Session
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.spec import TensorSpec
from eagernb.core.variable import Variable
from eagernb.function.concrete import ConcreteFunction
from eagernb.function.signature import Signature
from eagernb.function.trace import Output, Trace


class WrappedFunction(ConcreteFunction):
    """Tensors of a static graph as a function of others; its variables have values that last."""

    def __init__(self, graph: Graph, feeds: Any, fetches: Any, variables: Mapping[Any, Variable], name: str) -> None:
        self._static, self._feeds, self._fetches, self._places = graph, feeds, fetches, variables
        wanted = nest.flatten(fetches)
        tensors = [x for x in wanted if isinstance(x, GraphTensor)]
        operations = [x for x in wanted if isinstance(x, Operation)]
        made = graph_for(tensors, operations, nest.flatten(feeds), variables.__getitem__)
        made = replace(made, outputs=made.outputs[: len(tensors)], name=name)
        places = iter(range(len(tensors)))
        result = nest.map_structure(lambda x: Output(next(places)) if isinstance(x, GraphTensor) else None, fetches)
        known = {"args": tuple(TensorSpec(x.shape, x.dtype) for x in nest.flatten(feeds)), "kwargs": {}}
        trace = Trace(made, result, [], {}, [], {})
        super().__init__(trace, known, Signature(lambda *arg: None, name))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result for tensors in the order of the signature, or of the feeds.

        Raises ValueError for another number of them or another dtype, NotImplementedError for arguments by name.
        """
        if kwargs:
            raise NotImplementedError(
                "Keyword arguments are not supported when calling a wrap_function-decorated function. Got "
                f"{kwargs}. Pass them by position."
            )
        given, specs = nest.flatten(args), self.known["args"]
        if len(given) != len(specs):
            raise ValueError(f"Signature specifies {len(specs)} arguments, got: {len(given)}.")
        tensors = [convert_to_tensor(x, spec.dtype) for x, spec in zip(given, specs, strict=True)]
        return self.call(self._checked(tensors))

    def prune(self, feeds: Any, fetches: Any, name: str | None = None, input_signature: Any = None) -> WrappedFunction:
        """A function from other tensors of the graph to others, given as they are or by name, in structures.

        KeyError for a name that is not in the graph. ``input_signature`` changes nothing.
        """

        def element(x: Any) -> Any:
            return self._static.as_graph_element(x)

        feeds, fetches = nest.map_structure(element, feeds), nest.map_structure(element, fetches)
        return WrappedFunction(self._static, feeds, fetches, self._places, name or "pruned")

    @property
    def graph(self) -> Graph:
        """The static graph that it is a part of."""
        return self._static

    @property
    def inputs(self) -> list[Any]:
        """The tensors that arguments are for."""
        return nest.flatten(self._feeds)

    @property
    def outputs(self) -> list[Any]:
        """The tensors that are results."""
        return [x for x in nest.flatten(self._fetches) if isinstance(x, GraphTensor)]


def wrap_function(fn: Callable[..., Any], signature: Any, name: str | None = None) -> WrappedFunction:
    """Run code of TensorFlow 1 once, to build a static graph, and make a function of it.

    ``signature`` has a TensorSpec for each argument. Variables that the code makes are initialized now, and keep their
    values from call to call. There is no AutoGraph.
    """
    graph = Graph()
    with graph.as_default():
        names = iter([*inspect.signature(fn).parameters])
        feeds = [
            nest.map_structure(lambda spec, own=own: placeholder(spec.dtype, spec.shape, spec.name or own), part)
            for part, own in zip(signature, [next(names, None) for _ in signature], strict=True)
        ]
        results = fn(*feeds)
        fetches = nest.map_structure(lambda x: x if x is None else graph.as_graph_element(_tensor(x)), results)
        made = global_variables()
    session = Session(graph=graph)
    session.run([variable.initializer for variable in made])
    variables = {v: Variable(session.run(v), v.trainable, name=v.name.removesuffix(":0")) for v in made}
    session.close()
    return WrappedFunction(graph, feeds, fetches, variables, name or str(getattr(fn, "__name__", "wrapped")))


def _tensor(x: Any) -> Any:
    return x if isinstance(x, Operation) else convert_to_tensor(x)
