"""Where a function is written: its syntax tree, found in the file (or cell) that it comes from."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

_trees: dict[str, tuple[str, ast.Module]] = {}  # by file name, with the text that was parsed
_KEPT = 64  # files; a notebook has a file for each cell that was run


class SourceUnavailableError(Exception):
    """The text of a function cannot be read, or not told apart from its neighbours on the same line."""


def definition(function: FunctionType) -> ast.FunctionDef | ast.Lambda:
    """The node that a function was made from, with the line numbers of its file; not to be changed."""
    code = function.__code__
    kind = ast.Lambda if code.co_name == "<lambda>" else ast.FunctionDef
    nodes = _nodes_at(_tree(function), code.co_firstlineno)
    found = [node for node in nodes if isinstance(node, kind) and _may_be(node, code)]
    if len(found) > 1:
        found = [node for node in found if _spans(node, code)]
    if not found:
        raise SourceUnavailableError(f"its definition is not to be found at line {code.co_firstlineno}")
    return max(found, key=lambda node: (node.lineno, node.col_offset))  # of a lambda within a lambda, the inner one


def _tree(function: FunctionType) -> ast.Module:
    """The tree of the file that holds the function, or of the lines of the function alone where a file has others."""
    code = function.__code__
    lines = linecache.getlines(code.co_filename, function.__globals__)
    if not lines:
        raise SourceUnavailableError(f"the text of {code.co_filename} is not to be had")
    text = "".join(lines)
    known = _trees.get(code.co_filename)
    if known is not None and known[0] == text:
        return known[1]
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return _tree_of_lines(lines, code)  # a cell that begins with a magic of someone else's
    remember_tree(code.co_filename, text, tree)
    return tree


def remember_tree(filename: str, text: str, tree: ast.Module) -> None:
    """Let this be the tree of a file (or cell), for as long as its text is this one."""
    if len(_trees) >= _KEPT:
        del _trees[next(iter(_trees))]
    _trees[filename] = text, tree


def _tree_of_lines(lines: list[str], code: CodeType) -> ast.Module:
    first, last = code.co_firstlineno, _last_line(code)
    block = lines[first - 1 : last]
    indented = bool(block) and block[0][:1].isspace()
    try:
        tree = ast.parse(("if 1:\n" if indented else "") + "".join(block))
    except SyntaxError:
        raise SourceUnavailableError(f"the text of {code.co_filename} is not Python") from None
    ast.increment_lineno(tree, first - 1 - indented)
    return tree


def _nodes_at(tree: ast.Module, line: int) -> Iterator[Any]:
    """The nodes that a line is part of, the decorators of a definition included."""
    waiting: list[Any] = [tree]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            begin = getattr(child, "lineno", 0)
            decorators = getattr(child, "decorator_list", None)
            if decorators:
                begin = decorators[0].lineno
            if begin <= line <= (getattr(child, "end_lineno", None) or line):
                waiting.append(child)
                yield child


def _last_line(code: CodeType) -> int:
    ends = [end for _, end, _, _ in code.co_positions() if end is not None]
    inner = [_last_line(const) for const in code.co_consts if isinstance(const, CodeType)]
    return max(ends + inner, default=code.co_firstlineno)


def _may_be(node: Any, code: CodeType) -> bool:
    if isinstance(node, ast.Lambda):
        return node.lineno == code.co_firstlineno and _parameters(node) == code.co_varnames[: len(_parameters(node))]
    first = node.decorator_list[0] if node.decorator_list else node
    return first.lineno == code.co_firstlineno and node.name == code.co_name


def _parameters(node: ast.Lambda) -> tuple[str, ...]:
    arguments = node.args
    rest = [argument for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
    plain = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *rest)
    return tuple(argument.arg for argument in plain)


def _spans(node: Any, code: CodeType) -> bool:
    """Whether the code's expressions all lie within the body of the lambda; False if Python did not note them."""
    body = node.body if isinstance(node, ast.Lambda) else node
    begin, end = (body.lineno, body.col_offset), (body.end_lineno, body.end_col_offset)
    places = [p for p in code.co_positions() if None not in p and p[3]]  # p[3]: not the beginning of the code
    return bool(places) and all(
        begin <= (line, column) and (end_line, end_column) <= end for line, end_line, column, end_column in places
    )
