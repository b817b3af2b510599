"""One statement of a notebook cell as a function of no arguments, whose variables are the notebook's."""

from __future__ import annotations

import ast
import logging
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from malt.operators.variables import Undefined
from malt.pyct.errors import UnsupportedLanguageElementError

from eagernb.autograph.appends import appended_in
from eagernb.autograph.calls import OPERATORS
from eagernb.autograph.operators.optional import Optional
from eagernb.autograph.options import requested
from eagernb.autograph.transpiler import ConvertedCode, Original

_LOG = logging.getLogger("eagernb")


def converted_statement(statement: ast.stmt, filename: str, namespace: dict[str, Any]) -> Callable[[], Any] | None:
    """A function that does what the statement does, and gives its value if it is an expression.

    None, and a warning, for a statement that cannot be converted.
    """
    names = _assigned(statement)
    is_value = isinstance(statement, ast.Expr)
    last = ast.Return(statement.value) if isinstance(statement, ast.Expr) else statement
    body = [*([ast.Global(names)] if names else []), last]
    definition = ast.FunctionDef("cell", _no_arguments(), body, [], None)
    for node in ast.walk(definition):
        if "lineno" in node._attributes and not hasattr(node, "lineno"):
            ast.copy_location(node, statement)
    read_later = () if is_value else tuple(names)
    original = Original(definition, filename, "<module>", namespace=namespace, read_later=read_later)
    try:
        code = ConvertedCode(original, requested())
    except (UnsupportedLanguageElementError, NotImplementedError, AssertionError, ValueError, SyntaxError) as error:
        _LOG.warning(
            "AutoGraph could not transform line %s of the cell and will run it as-is. Cause: %s",
            statement.lineno,
            error,
        )
        return None
    function = types.FunctionType(code.maker, namespace, "cell")
    return function(OPERATORS)


def _no_arguments() -> ast.arguments:
    return ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])


def _assigned(node: ast.AST) -> list[str]:
    """The names that a statement binds in the notebook: not those of functions, classes and comprehensions in it."""
    found: dict[str, None] = {}
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.Name) and isinstance(part.ctx, (ast.Store, ast.Del)):
            found[part.id] = None
        elif isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found[part.name] = None
            continue
        elif isinstance(part, (ast.Import, ast.ImportFrom)):
            found |= dict.fromkeys((alias.asname or alias.name).partition(".")[0] for alias in part.names)
        elif isinstance(part, (ast.For, ast.While)):
            found |= dict.fromkeys(appended_in(part))
        elif isinstance(part, ast.ExceptHandler) and part.name:
            found[part.name] = None
        if isinstance(part, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)):
            found |= {n.target.id: None for n in ast.walk(part) if isinstance(n, ast.NamedExpr)}
            continue
        waiting += ast.iter_child_nodes(part)
    return list(found)


@contextmanager
def placeholders(statement: ast.stmt, rest: list[ast.stmt], namespace: dict[str, Any]) -> Iterator[None]:
    """While a statement runs: names that it assigns, and that do not exist yet, as undefined values.

    So are those that loops in it go over: what an earlier run of the cell left there need not fit into the graph.
    """
    read_later = {n.id for s in rest for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    of_loops = _targets_inside(statement)
    names = [name for name in _assigned(statement) if name not in namespace or name in of_loops]
    before = {name: namespace[name] for name in names if name in namespace}
    for name in names:
        namespace[name] = Undefined(name) if name in read_later else Optional(name)
    try:
        yield
    finally:
        for name in names:
            if isinstance(namespace.get(name), Undefined):
                del namespace[name]
                namespace |= {name: before[name]} if name in before else {}


def _targets_inside(statement: ast.stmt) -> set[str]:
    """The targets of ``for`` loops inside of a loop, unless they are used elsewhere than in the bodies of these."""
    if not isinstance(statement, (ast.For, ast.While)):
        return set()
    inner = [node for part in statement.body for node in ast.walk(part) if isinstance(node, ast.For)]
    targets = {node.id for loop in inner for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    inside = {node for loop in inner for part in (loop.target, *loop.body) for node in ast.walk(part)}
    elsewhere = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and node not in inside}
    return targets - elsewhere
