"""Appending to a list in a loop as an assignment, so that the list is one of the loop's variables."""

from __future__ import annotations

import ast
from typing import Any

from malt.core import converter
from malt.lang.directives import set_loop_options
from malt.pyct import anno, parser, templates

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def appended_in(loop: ast.AST) -> list[str]:
    """The names of the lists that the body of a loop appends to, in a statement of its own, not in a branch."""
    found: dict[str, None] = {}
    waiting: list[ast.AST] = list(getattr(loop, "body", ()))
    while waiting:
        node = waiting.pop()
        name = appended_to(node)
        if name:
            found[name] = None
        elif not isinstance(node, (ast.If, *_SCOPES)):
            waiting += ast.iter_child_nodes(node)
    return list(found)


def appended_to(node: ast.AST) -> str | None:
    """The name in a statement ``name.append(value)``, unless the value cannot be a tensor."""
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or len(call.args) != 1 or call.keywords or isinstance(call.args[0], ast.Starred):
        return None
    if isinstance(call.args[0], (ast.Constant, ast.JoinedStr)):
        return None
    method = call.func
    if isinstance(method, ast.Attribute) and method.attr == "append" and isinstance(method.value, ast.Name):
        return method.value.id
    return None


class Appends(converter.Base):
    """Makes ``name = ag__.list_append(name, value)`` of appends in loops, for names that the function itself binds."""

    _names: frozenset[str] = frozenset()  # of the innermost function

    def visit_For(self, node: ast.For) -> Any:
        return self._loop(node)

    def visit_While(self, node: ast.While) -> Any:
        return self._loop(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        inner = self._names
        self._names = bound_in(node)
        node = self.generic_visit(node)
        self._names = inner
        return node

    def _loop(self, node: Any) -> Any:
        names = [name for name in appended_in(node) if name in self._names]
        if names:
            options = anno.getanno(node, anno.Basic.DIRECTIVES, default={})
            given = options.setdefault(set_loop_options, {})
            given["appended"] = parser.parse_expression(repr(tuple(names)))
            anno.setanno(node, anno.Basic.DIRECTIVES, options)
        node.body = [self._statement(part, frozenset(names)) for part in node.body]
        return self.generic_visit(node)

    def _statement(self, node: Any, names: frozenset[str]) -> Any:
        """A statement of a loop's body, with the appends in it (but in branches and inner loops) replaced."""
        if appended_to(node) in names:
            [assignment] = templates.replace(
                "name = ag__.list_append(name, value)", name=appended_to(node), value=node.value.args[0]
            )
            anno.setanno(assignment, anno.Basic.ORIGIN, anno.getanno(node, anno.Basic.ORIGIN))
            return assignment
        if isinstance(node, (ast.With, ast.Try)):
            node.body = [self._statement(part, names) for part in node.body]
        return node


def bound_in(function: Any) -> frozenset[str]:
    """The names that a function assigns to: its own, which are not parameters, and those declared global."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(function.body) if isinstance(function.body, list) else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Global):
            found.update(node.names)
        if not isinstance(node, _SCOPES):
            waiting += ast.iter_child_nodes(node)
    arguments = function.args
    parameters = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    return frozenset(found - {argument.arg for argument in parameters})
