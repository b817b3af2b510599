"""Python that diastatic-malt does not know, in other words that it does."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import Any

from malt.pyct import anno


class Spellings(ast.NodeTransformer):
    """Rewrites caught exceptions' names, the else of a try, private names of classes, and ``:=`` in a while.

    ``class_name`` is that of the class whose body the code is in.
    """

    def __init__(self, class_name: str | None) -> None:
        self._class_name = class_name and class_name.lstrip("_")

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> Any:
        self.generic_visit(node)
        if node.name is not None:
            # Python deletes the name at the end.
            node.body = [*_parsed(f"{node.name} = ag__.caught()", node), *node.body, *_parsed(f"del {node.name}", node)]
            node.name = None
        return node

    def visit_Try(self, node: ast.Try) -> Any:
        self.generic_visit(node)
        if node.orelse:
            node.orelse = [*_parsed("pass", node), *node.orelse]
        return node

    def visit_While(self, node: ast.While) -> Any:
        self.generic_visit(node)
        if assigns(node.test):  # it would be a name of the function that the test becomes
            [leaving] = _parsed("if not test:\n    break", node)
            leaving.test.operand = node.test
            node.body = [leaving, *node.body]
            node.test = ast.copy_location(ast.Constant(True), node.test)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        outer, self._class_name = self._class_name, node.name.lstrip("_")
        self.generic_visit(node)
        self._class_name = outer
        return node

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        node.attr = self._mangled(node.attr)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> Any:
        node.id = self._mangled(node.id)
        return node

    def _mangled(self, name: str) -> str:
        private = self._class_name and name.startswith("__") and not name.endswith("__")
        return f"_{self._class_name}{name}" if private else name


def assigns(node: ast.AST) -> bool:
    """Whether there is a ``:=`` in an expression, whose name belongs to the function around."""
    return any(isinstance(part, ast.NamedExpr) for part in ast.walk(node))


def _parsed(text: str, at: ast.AST) -> list[Any]:
    statements = ast.parse(text).body
    for statement in statements:
        for part in ast.walk(statement):
            anno.setanno(part, anno.Basic.ORIGIN, anno.getanno(at, anno.Basic.ORIGIN))
    return statements


def class_around(qualified_name: str) -> str | None:
    """The class whose body a function is in, by the function's qualified name.

    >>> class_around("make.<locals>.Model._step"), class_around("Model.run.<locals>.inner"), class_around("f")
    ('Model', 'Model', None)
    """
    parts = qualified_name.split(".")
    classes = [part for part, inner in pairwise(parts) if "<locals>" not in (part, inner)]
    return classes[-1] if classes else None
