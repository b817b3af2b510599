"""A cell's body, run as IPython would run it, so that tracebacks, displays and names are the user's own."""

from __future__ import annotations

import ast
import linecache
import sys
from contextlib import suppress
from types import CodeType, TracebackType
from typing import Any

from IPython.core.displayhook import DisplayHook

from eagernb.autograph.cell import run_converted
from eagernb.autograph.source import remember_tree
from eagernb.core.source import SourceLine


class Cell:
    """The code below a cell magic.

    It is compiled under the file name of the visible cell, its lines counted from the magic's own, which is line 1.
    So a traceback shows the lines that the user sees.
    """

    def __init__(self, shell: Any, magic_line: str, body: str) -> None:
        self.shell = shell
        self.body = body
        self.source = f"{magic_line.rstrip()}\n{body}"
        self.filename = _outer_filename(shell) or shell.compile.cache(self.source, shell.execution_count)
        lines = self.source.splitlines(keepends=True)
        linecache.cache[self.filename] = (len(self.source), None, lines, self.filename)
        self.silent = False  # whether a semicolon at the end keeps the last value from being shown
        self.tree = ast.Module([], [])
        self._statements: CodeType | None = None
        self._last: CodeType | None = None

    def compile(self) -> None:
        """Parse and compile the body; SyntaxError with the visible line's number."""
        __tracebackhide__ = True
        self.tree = self._parse()
        remember_tree(self.filename, self.source, self.tree)
        self.silent = DisplayHook.semicolon_at_end_of_expression(self.body)
        body = list(self.tree.body)
        compiler = self.shell.compile
        if body and isinstance(last := body[-1], ast.Expr):
            body.pop()
            self._last = compiler(ast.Expression(last.value), self.filename, "eval")
        self._statements = compiler(ast.Module(body, type_ignores=[]), self.filename, "exec")

    def _parse(self) -> ast.Module:
        __tracebackhide__ = True
        text = self.shell.transform_cell(self.body)
        try:
            tree = ast.parse(text, self.filename)
        except SyntaxError as error:
            error.lineno = (error.lineno or 0) + 1
            error.end_lineno = (error.end_lineno or 0) + 1
            error.filename = self.filename
            raise error from None
        return self.shell.transform_ast(ast.increment_lineno(tree, 1))

    def run(self) -> Any:
        """Run the cell in the user's namespace; the value of its last expression, or None."""
        __tracebackhide__ = True
        assert self._statements is not None
        exec(self._statements, self.shell.user_global_ns, self.shell.user_ns)
        if self._last is None:
            return None
        return eval(self._last, self.shell.user_global_ns, self.shell.user_ns)

    def run_converted(self) -> Any:
        """Like ``run``, while a graph is traced: control flow on tensors becomes operations."""
        __tracebackhide__ = True

        def compiled(tree: ast.AST, mode: str) -> CodeType:
            return self.shell.compile(tree, self.filename, mode)

        return run_converted(self.tree.body, self.filename, self.shell.user_ns, compiled)

    @property
    def names_mentioned(self) -> list[str]:
        """The names that the cell's code reads or assigns, in order."""
        names = [n.id for n in _in_order(self.tree) if isinstance(n, ast.Name)]
        return list(dict.fromkeys(names))

    @property
    def names_assigned(self) -> list[str]:
        """The names that the cell's code binds outside functions and classes, in order."""
        names: list[str] = []
        for node in _in_order(self.tree, into_functions=False):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.append(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                names.append(node.name)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                names += [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
        return list(dict.fromkeys(names))

    @property
    def names_only_read(self) -> list[str]:
        """The names that the cell mentions but does not assign to."""
        assigned = set(self.names_assigned)
        return [name for name in self.names_mentioned if name not in assigned]

    def line_of(self, error: BaseException) -> int | None:
        """The number of the cell's line that an exception went through last, or that a syntax error names."""
        if isinstance(error, SyntaxError) and error.filename == self.filename:
            return error.lineno
        number, trace = None, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self.filename:
                number = trace.tb_lineno
            trace = trace.tb_next
        return number

    @staticmethod
    def shortened(error: BaseException) -> BaseException:
        """The exception with only the user's frames in its traceback, so that it ends at the user's own line."""
        package = __name__.partition(".")[0]
        frames, trace = [], error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_globals.get("__name__", "").partition(".")[0] != package:
                frames.append(trace)
            trace = trace.tb_next
        rest: TracebackType | None = None
        for trace in reversed(frames):
            rest = TracebackType(rest, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)
        return error.with_traceback(rest)


def _in_order(node: ast.AST, into_functions: bool = True) -> Any:
    """The nodes of a tree in the order of the source, targets of an assignment after its value."""
    yield node
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
        children.sort(key=lambda child: isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store))
    is_scope = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda))
    if is_scope and not into_functions:
        return
    for child in children:
        yield from _in_order(child, into_functions)


def _outer_filename(shell: Any) -> str | None:
    """The file name under which IPython runs the cell that holds the magic; None if something else called the magic."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_globals is shell.user_global_ns:  # the innermost frame of the user's
            is_cell = frame.f_code.co_name == "<module>" and frame.f_lineno == 1
            return frame.f_code.co_filename if is_cell else None
        frame = frame.f_back  # type: ignore[assignment]
    return None


def point_at(error: BaseException, line: SourceLine) -> None:
    """Let the exception's traceback end at a line of the user's, which is not running any more."""
    # Python makes traceback entries from running code only: so run a line with that number in that file.
    code = compile("\n" * (line.number - 1) + "raise error", line.filename, "exec")
    with suppress(type(error)):
        exec(code, {"error": error.with_traceback(None), "__name__": "__main__"})
