"""Writing a graph as Python: one line a node, in the user's names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.dtypes import DType, bfloat16
from eagernb.core.large import LARGE
from eagernb.core.op import Op
from eagernb.core.widening import kernel_for
from eagernb.executors.numpy_source.blocks import in_parts, into
from eagernb.executors.numpy_source.literals import literal
from eagernb.executors.numpy_source.names import Names, identifier
from eagernb.executors.numpy_source.spelling import SPELLINGS, is_of_numbers, operator_text
from eagernb.graph.ir import CONSTANT, VARIABLE, Graph, Node, Value

# A smaller array is not worth a word when nothing needs it any more.
_WORTH_FREEING = 4096

_INDENT = "    "


class Row(NamedTuple):
    """A line of code, and the node that it carries out."""

    text: str
    node: Node | None = None


class Module(NamedTuple):
    """Generated code: rows of functions, the last of which is the graph, and what their names refer to."""

    rows: tuple[Row, ...]
    function: str
    namespace: dict[str, Any]
    shared: dict[str, Any]  # constants, variables and the like, which the text tells of at its top


Statement = Callable[["Writer", Node, "tuple[Value, ...]"], None]

# For nodes that are more than a line, by op.
STATEMENTS: dict[str, Statement] = {}


class Writer:
    """Writes one module. ``names`` are names for values, where they have others than their nodes."""

    def __init__(self, names: Mapping[Value, str] | None = None) -> None:
        self._wanted = names or {}
        self.names = Names()
        self.ops = SimpleNamespace()
        self.shared: dict[str, Any] = {}
        self.places: dict[Value, str] = {}  # by value, the expression that gives it
        self._functions: list[list[Row]] = []
        self._rows: list[Row] = []
        self._indent = _INDENT
        self._shared_names: dict[Any, str] = {}
        self._kernels: dict[str, Any] = {}
        self._texts: dict[Op, str] = {}  # NumPy's functions, by the op whose kernel they are
        self.reuses: Mapping[Value, Value] = {}
        self.earlier_names: dict[Value, list[str]] = {}  # in a group that was written in place of a node
        self._written_into: set[Value] = set()
        self._outs: Mapping[Value, str] = {}
        self._numbers: dict[int, Any] = {}
        self.in_block = False  # whether the arrays are blocks of those in the graph
        self._named: dict[Graph, str] = {}

    def module(self, graph: Graph) -> Module:
        """The graph as a function of its inputs that gives a list of its outputs."""
        function = self.function(graph)
        rows = [row for rows in self._functions for row in rows][:-1]
        namespace = {"np": np, "ops": self.ops, "__name__": __name__, **self.shared}
        return Module(tuple(rows), function, namespace, self.shared)

    def function(self, graph: Graph) -> str:
        """Write the graph as a function of the module, once, and give its name."""
        if graph in self._named:
            return self._named[graph]
        self._named[graph] = name = self.names.shared(graph.name)
        with self.new_function():
            inputs = [self.names.local(node.name) for node in graph.inputs]
            self.add(f"def {name}({', '.join(inputs)}):", indent="")
            results = self.body(graph, inputs)
            self.add(f"return [{', '.join(results)}]")
        return name

    @contextmanager
    def new_function(self) -> Iterator[None]:
        """A context in which the rows of another function are written."""
        outer = self._rows, self._indent, self.names.begin_function()
        self._rows, self._indent = [], _INDENT
        yield
        self._functions.append([*self._rows, Row("")])
        self._rows, self._indent, names = outer
        self.names.end_function(names)

    def body(self, graph: Graph, inputs: Sequence[str], outs: Mapping[Value, str] | None = None) -> list[str]:
        """Write the graph's nodes, and give the expressions of its outputs.

        ``outs`` names arrays that are there already, by the value that is to be written there.
        """
        self.enter(graph, inputs)
        places = self.places
        outer = self.reuses, self._written_into, self._outs
        self.reuses, self._written_into, self._outs = graph.reuses, set(graph.reuses.values()), outs or {}
        for node, last in zip(graph.nodes, graph.last_uses(), strict=True):
            if not node.is_source:
                STATEMENTS.get(node.op.name, write_call)(self, node, last)
        self.reuses, self._written_into, self._outs = outer
        return [places[value] for value in graph.outputs]

    def enter(self, graph: Graph, inputs: Sequence[str]) -> None:
        """Take note of where the graph's inputs, constants and variables are."""
        for place, node in zip(inputs, graph.inputs, strict=True):
            self.places[node, 0] = place  # type: ignore[index]
        beside_arrays = {*graph.outputs}
        for node in graph.nodes:
            for value in node.inputs:
                if value.node.op is CONSTANT and value not in beside_arrays and not is_of_numbers(node):
                    beside_arrays.add(value)
        for node in graph.nodes:
            if node.op is CONSTANT:
                value = node.params["value"]
                if value.ndim == 0 and value.dtype.kind in "bfiu" and node.values[0] not in beside_arrays:
                    value = self._numbers.setdefault(id(value), value[()])  # operators are quickest with numbers
                self.places[node, 0] = self.share(node.name, value)  # type: ignore[index]
            elif node.op is VARIABLE:
                self.places[node, 0] = self.share(node.name, node.params["variable"])  # type: ignore[index]

    @contextmanager
    def indented(self) -> Iterator[None]:
        """A context in which the rows of a branch or a loop are written."""
        self._indent += _INDENT
        yield
        self._indent = self._indent.removesuffix(_INDENT)

    @property
    def depth(self) -> int:
        """In how many branches and loops of its function the next row is."""
        return len(self._indent) // len(_INDENT) - 1

    def add(self, text: str, node: Node | None = None, indent: str | None = None) -> None:
        """Write a line."""
        self._rows.append(Row((self._indent if indent is None else indent) + text, node))

    def targets(self, node: Node) -> list[str]:
        """New names for the node's outputs."""
        values = node.values
        if len(values) == 1:
            self.places[values[0]] = name = self.names.local(self._wanted.get(values[0], node.name))
            return [name]
        wanted = [f"{node.name}_{i}" for i in range(len(values))]
        names = [self.names.local(self._wanted.get(value, name)) for value, name in zip(values, wanted, strict=True)]
        self.places.update(zip(values, names, strict=True))
        return names

    def share(self, name: str, value: Any) -> str:
        """The name of something that all functions of the module refer to."""
        key = id(value)
        if key not in self._shared_names:
            self._shared_names[key] = name = self.names.shared(name)
            self.shared[name] = value
        return self._shared_names[key]

    def number(self, value: np.generic) -> str:
        """The name of a number that the code needs."""
        key = (value.dtype, value.item())
        if key not in self._shared_names:
            text = f"{value.dtype.name}_{value:g}".replace("-", "minus_").replace(".", "_").replace("+", "")
            self._shared_names[key] = name = self.names.shared(text)
            self.shared[name] = value
        return self._shared_names[key]

    def kernel(self, node: Node) -> str:
        """The expression for the node's kernel: NumPy's own function where it is one."""
        text = self._texts.get(node.op)
        if text is not None and all(value.spec.dtype is not bfloat16 for value in node.inputs):
            return text
        kernel = kernel_for(node.op, [value.spec.dtype.numpy for value in node.inputs])
        if kernel is node.op.kernel:
            name = getattr(kernel, "__name__", "")
            if getattr(np, name, None) is kernel:
                self._texts[node.op] = text = f"np.{name}"
                return text
            name = identifier(node.op.name)
        else:
            name = f"{node.op.name}_in_float32"
            kernel = self._kernels.get(name, kernel)
        while self._kernels.setdefault(name, kernel) is not kernel:
            name += "_"  # two ops may share a name: those that are not registered
        setattr(self.ops, name, kernel)
        return f"ops.{name}"

    def call(self, node: Node) -> str:
        """The expression that carries out the node."""
        inputs = [self.places[value] for value in node.inputs]
        kernel = self.kernel(node)
        text = operator_text(node, inputs)
        if text is not None:
            return text
        # Where a rank is unknown, the kernel finds out by itself.
        spelling = SPELLINGS.get(node.op.name) if node.has_ranks else None
        if spelling is not None and not kernel.endswith("_in_float32"):
            text = spelling(node, inputs, self)
            if text is not None:
                return self._into(node, text)
        arguments = [*inputs, *self._params(node)]
        place = self.reuses.get((node, 0))  # type: ignore[call-overload]
        if place is not None:
            arguments.append(f"out={self.places[place]}")
        elif kernel.startswith("np.") and isinstance(node.op.kernel, np.ufunc):
            out = self._outs.get((node, 0))  # type: ignore[call-overload]
            if out is not None:
                return f"{kernel}({', '.join(arguments)}, out={out})"
            if not self.in_block and is_large(node):
                dtype = node.specs[0].dtype.name
                return f"{self.helper(in_parts)}({kernel}, {', '.join(arguments)}, dtype={dtype!r})"
            return f"{kernel}({', '.join(arguments)})"
        return self._into(node, f"{kernel}({', '.join(arguments)})")

    def _into(self, node: Node, text: str) -> str:
        """The expression, and where its value is to be copied."""
        out = self._outs.get((node, 0))  # type: ignore[call-overload]
        return f"{self.helper(into)}({out}, {text})" if out else text

    def helper(self, function: Callable[..., Any]) -> str:
        """The expression for a function that generated code calls."""
        setattr(self.ops, function.__name__, function)
        return f"ops.{function.__name__}"

    def _params(self, node: Node) -> Iterable[str]:
        for name, value in node.params.items():
            text = literal(value)
            if text is None:
                text = self.share(value.name if isinstance(value, DType) else f"{node.name}_{name}", value)
            yield f"{name}={text}"

    def names_of(self, value: Value) -> list[str]:
        """The value's name, and those that its memory had before."""
        names = [self.places[value], *self.earlier_names.get(value, ())]
        while value in self.reuses:
            value = self.reuses[value]
            names += [self.places[value], *self.earlier_names.get(value, ())]
        return names

    def freeing(self, values: Iterable[Value]) -> str:
        """The words that let go of values that nothing needs any more, and whose memory nothing was written into."""
        freed = [value for value in values if is_worth_freeing(value) and value not in self._written_into]
        names = [name for value in freed for name in self.names_of(value)]
        return f"; del {', '.join(names)}" if names else ""


def is_worth_freeing(value: Value) -> bool:
    """Whether letting go of a value may give memory back."""
    if value.node.is_source:
        return False
    spec = value.node.specs[value.index]
    size = spec.nbytes
    return size is None or size >= _WORTH_FREEING or spec.dtype.size == 0  # what holds others has no size


def is_large(node: Node) -> bool:
    """Whether an elementwise operation is carried out on all cores."""
    spec = node.specs[0]
    return (spec.nbytes or 0) >= LARGE and spec.dtype is not bfloat16 and not spec.dtype.numpy.hasobject


def write_call(writer: Writer, node: Node, last: tuple[Value, ...]) -> None:
    """Write a node whose kernel is called."""
    call = writer.call(node)
    if not node.specs or (last and all(value in last for value in node.values)):
        writer.add(call + writer.freeing(value for value in last if value.node is not node), node)
        return
    targets = ", ".join(writer.targets(node))
    if node.op.multiple and len(node.specs) == 1:
        targets = f"({targets},)"
    writer.add(f"{targets} = {call}{writer.freeing(last)}", node)
