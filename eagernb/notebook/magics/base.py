"""What all magics do: read the options, run the code, keep and show what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from IPython.core.magic import Magics
from IPython.display import display

from eagernb import executing_eagerly
from eagernb.core.source import SourceLine
from eagernb.errors import MagicOptionError, TracingError
from eagernb.notebook.cell import Cell, InlineCell, point_at
from eagernb.notebook.config import EagerNB
from eagernb.notebook.options import MagicOptions, make_parser, parse, split_options
from eagernb.notebook.widget import show


class pointing_at:
    """Has errors of the magic's own line end there, and those of the code's syntax at the code."""

    def __init__(self, cell: Cell) -> None:
        self._cell = cell

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        # By a generator it would not do: contextlib gives the exception its old traceback back.
        __tracebackhide__ = True
        if isinstance(error, MagicOptionError):
            point_at(error, SourceLine(self._cell.filename, self._cell.first_line))
            raise error from None
        if isinstance(error, SyntaxError):
            error.is_of_cell = True  # type: ignore[attr-defined]
            raise error.with_traceback(None) from None


def refuse_tracing(magic: str) -> None:
    """Raise TracingError while a graph is traced."""
    if not executing_eagerly():
        raise TracingError(f"{magic} cannot run while a graph is traced: take it out of the %%graph cell.")


class EagerNBMagics(Magics):
    """A magic of eagernb: its ``name``, its ``options``, and the ways to write it (``usage``)."""

    name: ClassVar[str]
    options: ClassVar[type[MagicOptions]]
    usage: ClassVar[tuple[str, ...]]
    shell: Any

    @staticmethod
    def summary() -> str:
        """What it does, in a sentence."""
        raise NotImplementedError

    @staticmethod
    def about() -> str:
        """What it does, as its help begins."""
        raise NotImplementedError

    @classmethod
    def help_text(cls) -> str:
        """What it does and which options it takes, in the present language."""
        return f"{cls.about()}\n\n{make_parser(cls.usage[0].split()[0], cls.options).format_help()}"

    @classmethod
    def document(cls) -> None:
        """Have ``%%eager?`` show the help in the present language: IPython shows a magic's docstring."""
        getattr(cls, cls.name).__doc__ = cls.help_text()

    def __init__(self, shell: Any, config: EagerNB) -> None:
        super().__init__(shell)
        self.defaults = config

    def read(self, line: str, body: str | None, above: str = "") -> tuple[Any, Cell | None]:
        """The options and the code, below the line or, without a body, on it; no code if only help was asked for.

        ``above`` is what stands above the magic in the visible cell.
        """
        __tracebackhide__ = True
        magic = f"%{self.name}" if body is None else f"%%{self.name}"
        if body is None:
            line, code = split_options(line, self.options)
            written = " ".join(filter(None, (magic, line, code)))
            cell: Cell = InlineCell(self.shell, written, code, self.usage[-1])
        else:
            cell = Cell(self.shell, f"{above}{magic} {line}", body)
        with pointing_at(cell):
            refuse_tracing(magic)
            options = self.parse(magic, line)
            if options.help:
                self.print_help()
                return options, None
            cell.compile()
        return options, cell

    def prepare(self, code: Cell, options: Any, inline: bool = False) -> Any:
        """What runs the code: its ``run()`` gives the value of the last expression, its ``result`` what happened."""
        raise NotImplementedError

    def widget(self, options: Any) -> Callable[[Any], Any] | None:
        """What makes a widget of what ran, if one was asked for."""
        return None

    def print_help(self) -> None:
        """Print what the magic does and which options it takes."""
        print(self.help_text())

    def parse(self, magic: str, line: str) -> Any:
        """The options on the line, those of %config where it has none."""
        return parse(magic, line, self.options, self.defaults.values())

    @classmethod
    def arguments(cls, line: str, namespace: dict[str, Any]) -> Iterable[str]:
        """What may be completed where no option begins."""
        return ()

    def run(self, line: str, body: str | None) -> Any:
        """Run the code; keep and show what happened, also when it failed. The value of its last expression."""
        __tracebackhide__ = True
        options, code = self.read(line, body)
        if code is None:
            return None
        run = self.prepare(code, options, body is None)
        try:
            value = run.run()
        finally:
            if run.result is not None:
                self.keep(run.result, options)
                display(run.result)
        self.show_widget(run, options)
        return None if code.silent else value

    def show_widget(self, run: Any, options: Any) -> None:
        """Show a widget of what ran, if one was asked for; the result object has it too, to be scripted."""
        make = self.widget(options)
        if make is not None:
            run.result.widget = make(run)
            show(self.shell, run.result.widget)

    def keep(self, result: Any, options: Any) -> None:
        """Put the result object where -o says."""
        if options.output and self.shell:
            self.shell.user_ns[options.output] = result
