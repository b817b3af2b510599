"""The else of a loop as an if after it: diastatic-malt knows no such else."""

from __future__ import annotations

import ast
from typing import Any

from malt.pyct import anno


class LoopElse(ast.NodeTransformer):
    """Puts a variable next to each loop with an else: that no break has been reached."""

    def __init__(self, context: Any) -> None:
        self._namer = context.namer

    def visit_For(self, node: ast.For) -> Any:
        return self._loop(node)

    def visit_While(self, node: ast.While) -> Any:
        return self._loop(node)

    def _loop(self, node: Any) -> Any:
        self.generic_visit(node)
        if not node.orelse:
            return node
        name = self._namer.new_symbol("no_break", ())
        after = ast.If(ast.Name(name, ast.Load()), node.orelse, [])
        node.orelse = []
        node.body = [part for statement in node.body for part in _noting_breaks(statement, name)]
        statements = [_assignment(name, True), node, after]
        for new in (statements[0], after, after.test):
            anno.setanno(new, anno.Basic.ORIGIN, anno.getanno(node, anno.Basic.ORIGIN))
        return statements


def _noting_breaks(statement: Any, name: str) -> list[ast.stmt]:
    """A statement of the loop's, with a note before each break out of it."""
    if isinstance(statement, ast.Break):
        note = _assignment(name, False)
        anno.setanno(note, anno.Basic.ORIGIN, anno.getanno(statement, anno.Basic.ORIGIN))
        return [note, statement]
    if isinstance(statement, (ast.If, ast.With, ast.Try, ast.ExceptHandler)):
        for field in ("body", "orelse", "finalbody"):
            if hasattr(statement, field):
                block = getattr(statement, field)
                setattr(statement, field, [part for inner in block for part in _noting_breaks(inner, name)])
        for handler in getattr(statement, "handlers", ()):
            _noting_breaks(handler, name)
    return [statement]


def _assignment(name: str, value: bool) -> ast.Assign:
    return ast.Assign([ast.Name(name, ast.Store())], ast.Constant(value))
