"""A notebook cell's statements, converted one by one: what they assign are names of the notebook."""

from __future__ import annotations

import ast
import builtins
import types
from collections.abc import Callable
from typing import Any

from eagernb.autograph.need import judge
from eagernb.core.autograph_status import Status, conversion

# What is run as it is: definitions are converted when they are called.
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)

Compile = Callable[[ast.AST, str], types.CodeType]


def run_converted(statements: list[ast.stmt], filename: str, namespace: dict[str, Any], compiled: Compile) -> Any:
    """Run a cell's statements with control flow on tensors as operations; the value of the last, if an expression.

    ``compiled(tree, mode)`` is the notebook's way to compile what needs no conversion.
    """
    __tracebackhide__ = True
    value = None
    with conversion(Status.ENABLED):
        for index, statement in enumerate(statements):
            rest = statements[index + 1 :]
            if _is_plain(statement, namespace):
                value = _run_plain(statement, namespace, compiled)
            else:
                value = _run_converted(statement, rest, filename, namespace, compiled)
    return value


def _is_plain(statement: ast.stmt, namespace: dict[str, Any]) -> bool:
    if isinstance(statement, _DEFINITIONS):
        return True
    plain = judge(statement, {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)})
    return plain is not None and plain.holds(lambda name: namespace.get(name, getattr(builtins, name, None)))


def _run_plain(statement: ast.stmt, namespace: dict[str, Any], compiled: Compile) -> Any:
    __tracebackhide__ = True
    if isinstance(statement, ast.Expr):
        return eval(compiled(ast.Expression(statement.value), "eval"), namespace)
    exec(compiled(ast.Module([statement], []), "exec"), namespace)
    return None


def _run_converted(
    statement: ast.stmt, rest: list[ast.stmt], filename: str, namespace: dict[str, Any], compiled: Compile
) -> Any:
    __tracebackhide__ = True
    from eagernb.autograph.statement import converted_statement, placeholders

    run = converted_statement(statement, filename, namespace)
    if run is None:
        return _run_plain(statement, namespace, compiled)
    with placeholders(statement, rest, namespace):
        return run()
