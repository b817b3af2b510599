"""The places of the user's code in converted code: each node is compiled with the line that it stems from.

So tracebacks, debuggers, coverage and the lines of a graph's nodes show the user's own file without translation.
"""

from __future__ import annotations

import ast
from types import CodeType
from typing import Any, NamedTuple

from malt.pyct import anno


class Span(NamedTuple):
    """A stretch of the user's file, and the kind of node that stands there."""

    lineno: int
    col_offset: int
    end_lineno: int
    end_col_offset: int
    kind: type

    @classmethod
    def of(cls, node: Any) -> Span:
        # Of an if or a loop, the line that it begins with.
        last = getattr(node, "test", None) or getattr(node, "iter", None) if isinstance(node, ast.stmt) else None
        last = last or node
        return cls(node.lineno, node.col_offset, last.end_lineno, last.end_col_offset, type(node))

    @property
    def begin(self) -> Span:
        """Where it begins, only. (A call of a method is placed where the method's name ends.)"""
        return Span(self.lineno, self.col_offset, self.lineno, self.col_offset, self.kind)


def annotated_copy(node: Any) -> Any:
    """A copy of a tree whose nodes carry the places that they have in the file as diastatic-malt's origin."""
    if isinstance(node, list):
        return [annotated_copy(item) for item in node]
    if not isinstance(node, ast.AST):
        return node
    # Not ast.iter_fields: some nodes are shared by all trees, and diastatic-malt adds a field to what it annotates.
    fields = [name for name in type(node)._fields if hasattr(node, name)]
    copied = type(node)(**{name: annotated_copy(getattr(node, name)) for name in fields})
    if hasattr(node, "lineno"):
        span = Span.of(node)
        _put(copied, span)
        anno.setanno(copied, anno.Basic.ORIGIN, span)
    return copied


def place(nodes: list[Any], around: Span) -> None:
    """Give each node of converted code the place of its origin; those without one get that of the node around."""
    waiting: list[tuple[Any, Span]] = [(node, around) for node in nodes]
    while waiting:
        node, outer = waiting.pop()
        span = anno.getanno(node, anno.Basic.ORIGIN, default=outer)
        generated = type(node) is not span.kind and span.end_lineno != span.lineno
        _put(node, span.begin if generated else span)
        waiting += [(child, span) for child in ast.iter_child_nodes(node)]


def _put(node: Any, span: Span) -> None:
    node.lineno, node.col_offset, node.end_lineno, node.end_col_offset, _ = span


def named_as_written(code: CodeType, written: frozenset[str], name: str) -> CodeType:
    """The code, with generated functions (bodies of branches and loops) named as the user's function around them.

    ``written`` holds the names of the functions that the user wrote.
    """
    if code.co_name in written:
        name = code.co_name
    consts = tuple(named_as_written(c, written, name) if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_name=name, co_qualname=name, co_consts=consts)
