"""Side effects, by line: what Python did while the cell was traced and the graph will not do again, and what the graph
does at each call.

Of Python's effects those are found that are seen from outside the cell: what it prints, and what it changes in
containers, arrays, attributes and numbers that were there before. Others (files, the network) leave no trace here.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter_ns
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from eagernb.core.op import WRITE
from eagernb.core.source import user_line
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.graph import Graph
from eagernb.notebook.history import all_nodes
from eagernb.notebook.language import say, say_count

if TYPE_CHECKING:
    from eagernb.notebook.cell import Cell

_CONTAINERS = (list, dict, set, deque, bytearray)
_PLAIN = (bool, int, float, complex, str, bytes, tuple)
# What changes the object whose method it is.
_CHANGING = {
    "add", "append", "appendleft", "clear", "difference_update", "discard", "extend", "extendleft", "fill", "insert",
    "intersection_update", "pop", "popitem", "popleft", "remove", "reverse", "rotate", "setdefault", "sort",
    "symmetric_difference_update", "update",
}  # fmt: skip
_REPEATING = (
    ast.For, ast.While, ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """A side effect on a line. ``times`` is how often Python had it while tracing, None if that is not known.

    One ``at_each_call`` is the graph's: it has it whenever it runs.
    """

    line: int
    what: str
    times: int | None = None
    at_each_call: bool = False

    def told(self, calls: int) -> str:
        """Return when it was had, with how often the graph has been called."""
        if self.at_each_call:
            return say("runs at each call")
        first = say("ran while tracing")
        if self.times is not None:
            first = say_count(self.times, "ran once while tracing", "ran {n} times while tracing")
        return f"{first}, {say_count(calls, '0 times in {n} call', '0 times in {n} calls')}"


def graph_effects(graph: Graph, filename: str) -> list[Effect]:
    """Return what a graph does at each call on lines of this file: assignments, prints, random numbers."""
    found = {
        # Python's print is another thing.
        (node.line.number, "tf.print" if node.op.name == "print" else node.op.name): None
        for node in all_nodes(graph)
        if node.op.effect == WRITE and not node.op.graphs and node.op.family != "assertion"
        if node.line and node.line.filename == filename
    }
    return [Effect(line, what, at_each_call=True) for line, what in found]


class PythonEffects:
    """A context in which a cell is traced; afterwards ``found()`` says which effects Python had."""

    def __init__(self, cell: Cell) -> None:
        self._cell = cell
        self._printed: Counter[int] = Counter()
        self.took = 0  # nanoseconds that it took itself
        self._before: dict[str, tuple[Any, Any]] = {}  # by name, an object and what was in it
        self._changed: set[str] = set()

    def __enter__(self) -> PythonEffects:
        began = perf_counter_ns()
        self._before = self._contents()
        self.took += perf_counter_ns() - began
        self._stdout = sys.stdout
        self._listening = _Listening(self._stdout, self._note_print)
        sys.stdout = self._listening
        return self

    def __exit__(self, *_: object) -> None:
        if sys.stdout is self._listening:
            sys.stdout = self._stdout
        began = perf_counter_ns()
        self._changed = {
            name for name, (value, before) in self._before.items() if self._has_changed(name, value, before)
        }
        self._before = {}
        self.took += perf_counter_ns() - began

    def found(self) -> list[Effect]:
        """Return the effects, line by line."""
        effects = [Effect(line, "print", times) for line, times in self._printed.items()]
        effects += [effect for name, effect in _changes(self._cell.tree) if name in self._changed]
        return sorted(dict.fromkeys(effects), key=lambda effect: effect.line)

    def _note_print(self, text: str) -> None:
        line = user_line(self._cell.filename)
        if line is not None and text.endswith("\n"):
            self._printed[line.number] += 1

    def _contents(self) -> dict[str, tuple[Any, Any]]:
        namespace = self._cell.shell.user_ns
        values = ((name, namespace[name]) for name in self._cell.names_mentioned if name in namespace)
        return {name: (value, inside) for name, value in values if (inside := _inside(value)) is not None}

    def _has_changed(self, name: str, value: Any, before: Any) -> bool:
        if isinstance(value, _PLAIN):
            # A number cannot change, but the name can stand for another one.
            after = self._cell.shell.user_ns.get(name)
            return type(after) is type(value) and bool(after != value)
        return not _same(before, _inside(value))


class _Listening:
    """A stream that tells of what is written to it and passes everything on."""

    def __init__(self, stream: Any, tell: Any) -> None:
        self._stream = stream
        self._tell = tell

    def write(self, text: str) -> Any:
        self._tell(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _inside(value: Any) -> Any:
    """What an object holds at present, a plain value itself; None for what does not change, or is the graph's own."""
    if isinstance(value, (Tensor, Variable, ModuleType, type)):
        return None
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, _CONTAINERS):
        return list(value)
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, _PLAIN):
        return value
    attributes = getattr(value, "__dict__", None)
    return list(attributes.items()) if isinstance(attributes, dict) else None


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, np.ndarray):
        return before.shape == after.shape and bool(np.array_equal(before, after, equal_nan=before.dtype.kind in "fc"))
    return len(before) == len(after) and all(map(_identical, before, after))


def _identical(a: Any, b: Any) -> bool:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(x is y for x, y in zip(a, b, strict=True))
    return a is b


def _changes(tree: ast.AST) -> Iterator[tuple[str, Effect]]:
    """The places where code changes what a name stands for: the name, and the effect if it is one."""
    assigned = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node, is_again in _with_repeats(tree):
        times = None if is_again else 1
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGING:
            root = _root(node.func.value)
            yield root, Effect(node.lineno, f"{root}.{node.func.attr}", times)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            # What the cell itself starts with is its own.
            if node.target.id not in assigned:
                yield node.target.id, Effect(node.lineno, node.target.id, times)
        elif isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Delete)):
            for target in node.targets if isinstance(node, (ast.Assign, ast.Delete)) else [node.target]:
                if isinstance(target, (ast.Subscript, ast.Attribute)):
                    root = _root(target)
                    part = "[…]" if isinstance(target, ast.Subscript) else f".{target.attr}"
                    yield root, Effect(node.lineno, f"{root}{part}", times)


def _with_repeats(tree: ast.AST, is_again: bool = False) -> Iterator[tuple[ast.AST, bool]]:
    """All nodes of a tree, each with whether it may run several times, or never."""
    for node in ast.iter_child_nodes(tree):
        yield node, is_again
        yield from _with_repeats(node, is_again or isinstance(node, _REPEATING))


def _root(node: ast.expr) -> str:
    """The name that an expression starts from; empty for another one."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
