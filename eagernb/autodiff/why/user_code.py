"""What the user's own lines say: the names of values, where a name was assigned, which lines are a tape's block.

It is read from the source, so that it is evidence and no more: a name may have been bound elsewhere, in another cell
for example. Where the source is not to be had, nothing is found.
"""

from __future__ import annotations

import ast
import linecache
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any, NamedTuple

from eagernb.core.source import SourceLine
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable

# A longer expression is no name.
_LONGEST_NAME = 24


class Assignment(NamedTuple):
    """A statement that gives a name a value; ``value`` is the expression's source."""

    line: SourceLine
    value: str
    mentions: frozenset[str]


class UserCode:
    """The code around a call, and the values of its names."""

    def __init__(self, frame: FrameType | None) -> None:
        self._frame = frame or sys._getframe()
        self._statements = _scope(frame) if frame else []

    def argument_names(self, function: str, count: int) -> list[str]:
        """The arguments of the call to this function that is running, as they are written; "" for what is no name."""
        # Which expression is running, since there may be several such calls on the line.
        running = list(self._frame.f_code.co_positions())[self._frame.f_lasti // 2]
        for node in self._walk():
            if isinstance(node, ast.Call) and _span(node) == running and len(node.args) == count:
                called = node.func
                if function == (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")):
                    return [_name(argument) for argument in node.args]
        return [""] * count

    def name_of(self, key: int) -> str:
        """The user's name for the tensor or variable with this key."""
        for namespace in (self._frame.f_locals, self._frame.f_globals):
            for name, value in namespace.items():
                if not name.startswith("_") and _key(value) == key:
                    return name
        return ""

    def made_on(self, name: str) -> SourceLine | None:
        """The last line before this one that gives the name a value."""
        found = [one.line for one in self.assignments(name) if one.line.number < self._frame.f_lineno]
        return found[-1] if found else None

    def assignments(self, name: str) -> list[Assignment]:
        """Where the name is given a value: before the line that is running now, or later in a loop around it."""
        found = []
        for node in self._walk():
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if not isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)) or node.value is None:
                continue
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                mentions = {part.id for part in ast.walk(node.value) if isinstance(part, ast.Name)}
                if isinstance(node, ast.AugAssign):
                    mentions.add(name)
                found.append(Assignment(self.line(node.lineno), ast.unparse(node.value), frozenset(mentions)))
        return found

    def block(self, tape: str) -> range | None:
        """The lines of the last `with ... as tape:` (or `with tape:`) before the line that is running."""
        found = None
        for node in self._walk():
            if isinstance(node, ast.With) and node.lineno <= self._frame.f_lineno:
                for item in node.items:
                    bound = item.optional_vars or item.context_expr
                    if isinstance(bound, ast.Name) and bound.id == tape:
                        found = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        return found

    def watch(self, tape: str, name: str) -> SourceLine | None:
        """The line of `tape.watch(name)`."""
        for node in self._walk():
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != f"{tape}.watch":
                continue
            if any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node)):
                return self.line(node.lineno)
        return None

    def first_use(self, name: str, lines: range) -> SourceLine | None:
        """The first of these lines on which the name is read."""
        used = [
            node
            for node in self._walk()
            if isinstance(node, ast.Name)
            and node.id == name
            and isinstance(node.ctx, ast.Load)
            and node.lineno in lines
        ]
        return self.line(min(node.lineno for node in used)) if used else None

    def _walk(self) -> Iterator[Any]:
        """The nodes of this scope, those of functions inside it apart."""
        waiting: list[ast.AST] = list(self._statements)
        while waiting:
            node = waiting.pop(0)
            yield node
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
                waiting[:0] = ast.iter_child_nodes(node)

    def line(self, number: int) -> SourceLine:
        """A line of this code."""
        code = self._frame.f_code
        return SourceLine(code.co_filename, number, code.co_name)


def _span(node: ast.expr) -> tuple[int | None, ...]:
    """Where an expression begins and ends, as a code object's co_positions has it."""
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _scope(frame: FrameType) -> list[ast.stmt]:
    """The statements of the function, or of the file or cell, that the frame is in."""
    lines = linecache.getlines(frame.f_code.co_filename, frame.f_globals)
    # IPython's own lines are no Python.
    source = "".join("\n" if line.lstrip().startswith(("%", "!")) else line for line in lines)
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError):
        return []
    name, first = frame.f_code.co_name, frame.f_code.co_firstlineno
    if name == "<module>":
        return module.body
    for node in ast.walk(module):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name:
            starts = [node.lineno, *[decorator.lineno for decorator in node.decorator_list]]
            if min(starts) == first:
                return node.body
    return []


def _name(node: ast.expr) -> str:
    """A name, or a place that serves as one: `w`, `model.w`, `layers[0].w`."""
    places = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Load)
    if not all(isinstance(part, places) for part in ast.walk(node)) or isinstance(node, ast.Constant):
        return ""
    text = ast.unparse(node)
    return text if len(text) <= _LONGEST_NAME else ""


def _key(value: Any) -> int:
    return value._key if isinstance(value, (Tensor, Variable)) else 0
