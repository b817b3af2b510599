"""A cell's body, run as IPython would run it, so that tracebacks, displays and names are the user's own."""

from __future__ import annotations

import ast
import inspect
import linecache
import re
import sys
from contextlib import suppress
from types import CodeType, FrameType, TracebackType
from typing import Any

from IPython.core.displayhook import DisplayHook

from eagernb.autograph.cell import run_converted
from eagernb.autograph.source import remember_tree
from eagernb.core.source import SourceLine
from eagernb.errors import MagicOptionError, TracingError
from eagernb.notebook.waiting import run_coroutine


class Cell:
    """The code below a cell magic.

    It is compiled under the file name of the visible cell, its lines counted from the magic's own, which is line 1.
    So a traceback shows the lines that the user sees.
    """

    def __init__(self, shell: Any, magic_line: str, body: str) -> None:
        above = magic_line.rstrip()  # several lines, where a magic stands below another one
        self._place(shell, body, f"{above}\n{body}", _outer_filename(shell), above.count("\n") + 1)

    def _place(self, shell: Any, body: str, source: str, filename: str | None, lines_before: int) -> None:
        """Let the body stand below so many lines of the source, which is shown in tracebacks."""
        self.shell = shell
        self.body = body
        self.source = source
        self.filename = filename or shell.compile.cache(source, shell.execution_count)
        self._lines_before = lines_before
        linecache.cache[self.filename] = (len(source), None, source.splitlines(keepends=True), self.filename)
        self.silent = False  # whether a semicolon at the end keeps the last value from being shown
        self.tree = ast.Module([], [])
        self._around: list[ast.stmt] = []  # what else stands in the visible cell
        self._statements: CodeType | None = None
        self._last: CodeType | None = None

    def compile(self) -> None:
        """Parse and compile the body; SyntaxError with the visible line's number."""
        __tracebackhide__ = True
        self.tree = self._parse()
        remember_tree(self.filename, self.source, ast.Module([*self._around, *self.tree.body], []))
        self.silent = DisplayHook.semicolon_at_end_of_expression(self.body)
        body = list(self.tree.body)
        # As in a cell without a magic, `await` may stand outside of functions.
        with self.shell.compile.extra_flags(ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if self.shell.autoawait else 0):
            if body and isinstance(last := body[-1], ast.Expr):
                body.pop()
                self._last = self.shell.compile(ast.Expression(last.value), self.filename, "eval")
            self._statements = self.shell.compile(ast.Module(body, type_ignores=[]), self.filename, "exec")

    def _parse(self) -> ast.Module:
        __tracebackhide__ = True
        text = self.shell.transform_cell(self.body)
        try:
            tree = ast.parse(text, self.filename)
        except SyntaxError as error:
            error.lineno = (error.lineno or 0) + self._lines_before
            error.end_lineno = (error.end_lineno or 0) + self._lines_before
            error.filename = self.filename
            raise error from None
        return self.shell.transform_ast(ast.increment_lineno(tree, self._lines_before))

    @property
    def first_line(self) -> int:
        """The number of the magic's line."""
        return self._lines_before

    def run(self) -> Any:
        """Run the cell in the user's namespace; the value of its last expression, or None."""
        __tracebackhide__ = True
        assert self._statements is not None
        self._run(self._statements)
        return None if self._last is None else self._run(self._last)

    def _run(self, code: CodeType) -> Any:
        __tracebackhide__ = True
        value = eval(code, self.shell.user_global_ns, self.shell.user_ns)
        return run_coroutine(value) if code.co_flags & inspect.CO_COROUTINE else value

    def refuse_await(self, magic: str) -> None:
        """Raise TracingError at the line of an `await` outside of functions: a graph has no place for waiting."""
        __tracebackhide__ = True
        for code in (self._statements, self._last):
            if code is not None and code.co_flags & inspect.CO_COROUTINE:
                line = next((n.lineno for n in _in_order(self.tree, False) if isinstance(n, _ASYNC)), self.first_line)
                error = TracingError(
                    f"{magic} cannot trace `await`: wait for the value in a cell before, and use it here."
                )
                point_at(error, SourceLine(self.filename, line))
                raise error

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
        others = (__name__.partition(".")[0], "asyncio", "concurrent")  # the last two run what is awaited
        frames, trace = [], error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_globals.get("__name__", "").partition(".")[0] not in others:
                frames.append(trace)
            trace = trace.tb_next
        rest: TracebackType | None = None
        for trace in reversed(frames):
            rest = TracebackType(rest, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)
        return error.with_traceback(rest)


class InlineCell(Cell):
    """The code after a line magic, which may be one line among others of a cell.

    It is compiled as that line of the visible cell.
    """

    def __init__(self, shell: Any, magic_line: str, code: str, usage: str = "%eager x + 1") -> None:
        self._usage = usage
        frame = _user_frame(shell)
        filename, number = (frame.f_code.co_filename, frame.f_lineno) if frame is not None else (None, 1)
        lines = linecache.getlines(filename) if filename else []
        if not 0 < number <= len(lines):
            self._place(shell, code, magic_line, None, 0)
        else:
            self._place_among("".join(lines), shell, code, filename, number)
        if frame is not None and frame.f_code.co_flags & inspect.CO_NEWLOCALS:
            self.shell = _InFunction(shell, frame.f_locals)

    def _place_among(self, text: str, shell: Any, code: str, filename: str | None, number: int) -> None:
        """Let the code be this line of the visible cell, whose text is what IPython has made of it."""
        shown = _CALL.sub(_as_written, text)
        self._place(shell, code, shown, filename, number - 1)
        with suppress(SyntaxError):
            self._around = ast.parse(shell.transform_cell(text), self.filename).body

    @property
    def first_line(self) -> int:
        return self._lines_before + 1

    def compile(self) -> None:
        """Parse and compile the code; SyntaxError with the visible line's number."""
        __tracebackhide__ = True
        if not self.body:
            raise MagicOptionError(f"There is no code after the magic. Write it there, as in {self._usage}.")
        super().compile()

    def _parse(self) -> ast.Module:
        __tracebackhide__ = True
        tree = super()._parse()
        line = linecache.getline(self.filename, self._lines_before + 1)
        before = len(line[: max(line.find(self.body), 0)].encode())
        for node in ast.walk(tree):
            if hasattr(node, "col_offset"):
                node.col_offset += before
                node.end_col_offset = before + (node.end_col_offset or 0)  # type: ignore[attr-defined]
        return tree


class _InFunction:
    """The shell as it is seen from inside of a function: local names go before those of the notebook.

    What the code assigns to them is not kept: Python lets nobody change another function's names.
    """

    def __init__(self, shell: Any, names: dict[str, Any]) -> None:
        self._shell = shell
        self.user_ns = self.user_global_ns = {**shell.user_ns, **names}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._shell, name)


# What IPython makes of a line magic.
_CALL = re.compile(
    r"""get_ipython\(\)\.run_line_magic\((?P<name>'\w+'), (?P<line>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)"""
)


def _as_written(call: re.Match[str]) -> str:
    return f"%{ast.literal_eval(call['name'])} {ast.literal_eval(call['line'])}".rstrip()


_ASYNC = (ast.Await, ast.AsyncFor, ast.AsyncWith)


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


def _user_frame(shell: Any) -> FrameType | None:
    """The innermost frame of the user's, which called a line magic; None if something else did."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals is not shell.user_global_ns:
        frame = frame.f_back
    return frame


def point_at(error: BaseException, line: SourceLine) -> None:
    """Let the exception's traceback end at a line of the user's, which is not running any more."""
    __tracebackhide__ = True
    # Python makes traceback entries from running code only: so run a line with that number in that file.
    code = compile("\n" * (line.number - 1) + "raise error", line.filename, "exec")
    with suppress(type(error)):
        exec(code, {"error": error.with_traceback(None), "__name__": "__main__"})
