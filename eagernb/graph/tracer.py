"""Tracer: runs Python code with symbols for tensors, and writes down the operations as a graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy, deepcopy
from importlib import import_module
from typing import Any
from weakref import ref

import numpy as np

from eagernb.autodiff.symbolic import Entry, History
from eagernb.core.dispatch import Handler, active_handlers, infer, spec_of
from eagernb.core.op import Op
from eagernb.core.source import SourceLine, user_line
from eagernb.core.spec import TensorSpec
from eagernb.core.static import known_output, shape_like
from eagernb.core.tensor import Symbol, key_of
from eagernb.core.variable import Variable
from eagernb.errors import InaccessibleTensorError
from eagernb.graph.ir import CONSTANT, INPUT, VARIABLE, Graph, Node, Value
from eagernb.ops.random_seeds import GraphSeeds

# What a tracer adds to as it goes.
_GROWING = (
    "_nodes", "_inputs", "_names", "_sources", "_known", "captured", "constants", "created_variables", "first_values",
    "random_seeds",
)  # fmt: skip


class Tracer(Handler):
    """A handler that replaces execution: each operation becomes a node, its result a Symbol.

    ``find_line`` says which line of the user's code is running; ``variable_names`` maps the id of a variable to the
    name that its node should have (by default the variable's own).

    With a ``parent``, symbols of the parent's trace may be used: they become further inputs, and ``captured`` lists
    them. A sub-graph (``is_part``: a branch, a loop's body) takes all else from outside in the same way, variables and
    concrete tensors, so that gradients with respect to them are gradients with respect to inputs. Examples of a batch
    (tf.vectorized_map) are taken from where the tracer was entered.

    Random operations get their seeds from ``random_seeds``; without, they draw as if they ran at once.

    >>> import eagernb as tf
    >>> tracer = Tracer("double")
    >>> with tracer:
    ...     x = tracer.add_input(TensorSpec([2], "float32"), "x")
    ...     y = x + x
    >>> print(tracer.graph([y]))
    double(%x: float32[2]):
      %add = add(%x, %x) : float32[2]
      return %add
    """

    infers = True

    def __init__(
        self,
        name: str = "graph",
        find_line: Callable[[], SourceLine | None] = user_line,
        variable_names: Mapping[int, str] | None = None,
        parent: Tracer | None = None,
        is_part: bool = False,
        random_seeds: GraphSeeds | None = None,
    ) -> None:
        self.name = name
        self.parent = parent
        self.captured: list[Any] = []  # symbols of the parent, variables and tensors, in the order of their inputs
        self.random_seeds = random_seeds
        self._is_part = is_part
        self._find_line = find_line
        self._variable_names = variable_names or {}
        self._nodes: list[Node] = []
        self._inputs: list[Node] = []
        self._names: Counter[str] = Counter()
        self._sources: dict[int, Node] = {}  # by the key of the tensor or variable
        self._known: dict[Value, np.ndarray] = {}
        self._scope = "forward"
        self._between = list(_up_to_next_tracer())  # where it is made: whose symbols a sub-graph may take
        self.created_variables: list[Variable] = []
        self.first_values: dict[int, Symbol] = {}  # of variables, by their keys
        self._shown: Any = None
        # The concrete tensors that became constants. Nobody else may hold one that was made here: it ends at once.
        self.constants: dict[Node, ref[Any]] = {}

    def __enter__(self) -> Tracer:
        self.activate()
        # Nothing outside sees the tracing: what a tape should record happens when the graph runs.
        self._hidden: Handler | None = self.outer
        self.outer = None
        return self

    def __exit__(self, *_: object) -> None:
        self.outer, self._hidden = self._hidden, None
        self.deactivate()

    def add_input(self, spec: TensorSpec, name: str) -> Symbol:
        """A new input of the graph, as the Symbol that stands for it."""
        params = {"spec": spec, "index": len(self._inputs)}
        node = self._add(INPUT, (), params, (spec,), self._unique(name))
        self._inputs.append(node)
        return Symbol(node.values[0], spec, self)

    def part(self, name: str) -> Tracer:
        """A tracer for a sub-graph of this one's."""
        seeds = None if self.random_seeds is None else self.random_seeds.inside()
        return Tracer(name, self._find_line, self._variable_names, self, is_part=True, random_seeds=seeds)

    def add_variable(self, variable: Variable, name: str) -> Variable:
        """A new input of the graph for any variable that is like this one, as a Variable to trace with."""
        stand_in = deepcopy(variable)
        node = self.add_input(spec_of(variable), name)._value.node
        self._sources[stand_in._key] = node
        return stand_in

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        values = tuple(self.value_of(x) for x in inputs)
        specs = infer(op, [value.spec for value in values], params)
        node = self._add(op, values, params, specs, self._unique(op.name), self._find_line())
        self._note_known(node)
        if op.multiple:
            return tuple(Symbol(value, value.spec, self, node.line) for value in node.values)
        return Symbol(node.values[0], node.specs[0], self, node.line)

    def created(self, variable: Variable) -> None:
        self.created_variables.append(variable)
        if self.parent is not None:
            self.parent.created(variable)

    def starts_with(self, variable: Variable, value: Any) -> None:
        if self._is_part:
            raise ValueError(
                "tf.function only supports singleton tf.Variables created on the first call, but this one would be "
                f"made in a branch or a loop of the graph, with a value that is computed there: {value!r}. Create it "
                "outside of the branch or loop, and assign to it inside."
            )
        self.first_values[variable._key] = value
        variable.assign(value)  # type: ignore[attr-defined]

    def differentiating(self, key: int | None) -> None:
        self._scope = "forward" if key is None else "gradient"

    def value_of(self, tensor: Any) -> Value:
        """The graph's value for a symbol of this trace, a concrete tensor (a constant) or a variable."""
        if isinstance(tensor, Symbol):
            if tensor._tracer is self:
                return tensor._value
            if not self._is_inside_of(tensor._tracer) and not self._sees(tensor):
                raise InaccessibleTensorError(
                    f"{tensor!r} belongs to another graph than the one being traced now. Pass it to the "
                    "traced function as an argument, or compute it inside."
                )
        key = key_of(tensor)
        if key not in self._sources and (isinstance(tensor, Symbol) or self._is_part):
            self._sources[key] = self._capture(tensor)
        elif key not in self._sources:
            op, params = self._source(tensor)
            name = op.name
            if isinstance(tensor, Variable):
                name = self._variable_names.get(id(tensor)) or tensor.name.partition(":")[0]
            node = self._add(op, (), params, (spec_of(tensor),), self._unique(name))
            self._sources[key] = node
            if op is CONSTANT:
                self._note_known(node)
                self.constants[node] = ref(tensor)
        return self._sources[key].values[0]

    def _is_inside_of(self, tracer: Any) -> bool:
        """Whether the tracer is the parent of this one, or the parent's, and so on."""
        outer = self.parent
        while outer is not None and outer is not tracer:
            outer = outer.parent
        return outer is not None

    def _sees(self, symbol: Symbol) -> bool:
        """Whether the symbol is one of a handler, no tracer, that was active where this tracer was made."""
        tracer: Tracer | None = self
        while tracer is not None:
            if symbol._tracer in tracer._between:
                return True
            tracer = tracer.parent
        return False

    def _capture(self, tensor: Any) -> Node:
        """A new input for something from outside."""
        self.captured.append(tensor)
        if self.parent is None or (isinstance(tensor, Symbol) and tensor._tracer in self._between):
            name = tensor.name.partition(":")[0] if isinstance(tensor, (Symbol, Variable)) else "constant"
            return self.add_input(spec_of(tensor), self._unique(name))._value.node
        value = self.parent.value_of(tensor)
        node = self.add_input(value.spec, value.node.name)._value.node
        known = self.parent._known.get(value)
        if known is not None:
            self._known[node.values[0]] = known
        return node

    def _source(self, tensor: Any) -> tuple[Op, dict[str, Any]]:
        if isinstance(tensor, Variable):
            return VARIABLE, {"variable": tensor}
        return CONSTANT, {"value": np.asarray(tensor._array)}

    def graph(self, outputs: Sequence[Any]) -> Graph:
        """The graph so far, with these tensors as its results."""
        values = tuple(self.value_of(x) for x in outputs)
        return Graph(tuple(self._inputs), tuple(self._nodes), values, self.name)

    @property
    def shown(self) -> Any:
        """The graph so far as TensorFlow shows it: what a symbol's ``graph`` is, and where its ``op`` is found."""
        if self._shown is None:
            self._shown = import_module("eagernb.compat.v1.view").FuncGraph(self.name, self)
        return self._shown.show(self._nodes)

    def snapshot(self) -> Callable[[], None]:
        """A function that takes out of the trace again what is traced from now on."""
        before = [copy(getattr(self, name)) for name in _GROWING]

        def take_back() -> None:
            for name, value in zip(_GROWING, before, strict=True):
                setattr(self, name, value)
            self._shown = None

        return take_back

    def history(self) -> History:
        """The operations so far, for a tape that is shown them afterwards."""
        outside = self.parent.history() if self.parent is not None else History([], {}, {})
        entries, symbols = list(outside), dict(outside.symbols)
        captured = {self._sources[x._key].values[0]: outside.of(x) for x in self.captured}
        for node in self._nodes:
            results = tuple(captured[v] if v in captured else self._symbol_of(v) for v in node.values)
            symbols.update(zip(node.values, results, strict=True))
            if node.inputs:
                inputs = [symbols[value] for value in node.inputs]
                entries.append(Entry(node.op, inputs, dict(node.params), results, node.effect))
        taken = {key: symbols[node.values[0]] for key, node in self._sources.items()}
        return History(entries, symbols, taken)

    def _symbol_of(self, value: Value) -> Any:
        if value.node.op is VARIABLE:
            return value.node.params["variable"]
        return Symbol(value, value.spec, self)

    def static_value(self, symbol: Symbol) -> np.ndarray | None:
        """The value of a symbol if it follows from the shapes alone, such as ``tf.shape(x)[0]``."""
        return self._known.get(symbol._value)

    def _note_known(self, node: Node) -> None:
        if node.op is CONSTANT:
            value = node.params["value"]
            known = value if shape_like(value) else None
        else:
            inputs = [self._known.get(value) for value in node.inputs]
            known = known_output(node.op, [value.spec for value in node.inputs], inputs, dict(node.params))
        if known is not None:
            self._known[node.values[0]] = known

    def _add(
        self, op: Op, inputs: tuple[Value, ...], params: dict[str, Any], specs: tuple[TensorSpec, ...], name: str,
        line: SourceLine | None = None,
    ) -> Node:  # fmt: skip
        node = Node(op, inputs, params, specs, name, line, self._scope)
        self._nodes.append(node)
        return node

    def _unique(self, name: str) -> str:
        count = self._names[name]
        self._names[name] += 1
        return self._unique(f"{name}_{count}") if count else name


def _up_to_next_tracer() -> Iterator[Handler]:
    """The active handlers that are more than onlookers, innermost first, before the next tracer."""
    for handler in active_handlers():
        if isinstance(handler, Tracer):
            return
        if handler.sees_inside:
            yield handler
