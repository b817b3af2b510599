"""The magics' options: a dataclass each; a field is an option.

To add an option, add a field: its default, flags and help are all there is to say.
"""

from __future__ import annotations

import argparse
import difflib
import keyword
import shlex
from dataclasses import dataclass, field, fields
from typing import Any, NoReturn

from eagernb.errors import MagicOptionError
from eagernb.executors import executors
from eagernb.passes.pipeline import HIGHEST_LEVEL, check_names, level_passes


def option(*flags: str, default: Any = None, help: str, metavar: str | None = None) -> Any:
    """A field that is an option; with a default of False it takes no value."""
    return field(default=default, metadata={"flags": flags, "help": help, "metavar": metavar})


@dataclass
class CellOptions:
    """What all cell magics take."""

    output: str | None = option("-o", "--output", metavar="NAME", help="keep the result object under this name")
    help: bool = option("-h", "--help", default=False, help="show this text, and run nothing")

    def check(self) -> None:
        """Raise MagicOptionError for a value that makes no sense."""
        if self.output is not None and (not self.output.isidentifier() or keyword.iskeyword(self.output)):
            raise MagicOptionError(f"-o needs a Python name, not {self.output!r}.")


@dataclass
class OptimizingOptions(CellOptions):
    """What the magics that optimise a graph take."""

    level: str = option(
        "-O", default=str(HIGHEST_LEVEL), metavar="LEVEL", help="optimise so much: -O0 not at all, to -O3 by all passes"
    )
    passes: str | None = option("--passes", metavar="A,B,C", help="optimise by these passes, in this order")
    fast_math: bool = option(
        "--fast-math", default=False, help="optimise as if numbers were exact: results may differ in their last digits"
    )

    def check(self) -> None:
        super().check()
        levels = [str(level) for level in range(HIGHEST_LEVEL + 1)]
        if self.level not in levels:
            raise MagicOptionError(f"-O needs a level from 0 to {HIGHEST_LEVEL}, as in -O2, not {self.level!r}.")
        try:
            check_names(self.pass_names)
        except ValueError as error:
            raise MagicOptionError(f"--passes {self.passes}: {error}") from None

    @property
    def pass_names(self) -> tuple[str, ...]:
        """The passes to run."""
        if self.passes is None:
            return level_passes(int(self.level))
        return tuple(name.strip() for name in self.passes.split(",") if name.strip())


@dataclass
class EagerOptions(CellOptions):
    """Options of ``%%eager``."""

    widget: bool = option("--widget", default=False, help="add the timing widget: run again, median and spread")


@dataclass
class GraphOptions(OptimizingOptions):
    """Options of ``%%graph``."""

    code: bool = option("--code", default=False, help="show the optimised graph as generated code over NumPy")
    widget: bool = option("--widget", default=False, help="add the timing widget: run again, median and spread")
    hlo: bool = option("--hlo", default=False, help="show the program that XLA makes of the graph")
    executor: str = option(
        "--executor", default="interpreter", metavar="NAME", help="who runs the graph: interpreter, numpy_source or xla"
    )

    def check(self) -> None:
        super().check()
        if self.executor not in executors():
            raise MagicOptionError(f"--executor {self.executor}: there are only {', '.join(executors())}.")
        if self.widget and self.executor != "interpreter":
            raise MagicOptionError("--widget times single operations: they run in the interpreter only.")


@dataclass
class CompareOptions(OptimizingOptions):
    """Options of ``%%compare``."""


def parse(magic: str, line: str, kind: type[Any]) -> Any:
    """The options on a magic's line.

    Raises MagicOptionError for an unknown option (naming a similar one), a missing value, or text that is no option.

    >>> parse("%%eager", "-o tape --widget", EagerOptions)
    EagerOptions(output='tape', help=False, widget=True)
    """
    parser = make_parser(magic, kind)
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise MagicOptionError(f"{magic} {line}: {error}. Close the quotes.") from None
    options = kind(**vars(parser.parse_args(words)))
    try:
        options.check()
    except MagicOptionError as error:
        raise MagicOptionError(f"{magic}: {error}") from None
    return options


def make_parser(magic: str, kind: type[Any]) -> argparse.ArgumentParser:
    """An argument parser made from a dataclass of options."""
    parser = _Parser(prog=magic, add_help=False, allow_abbrev=False, description=None)
    for spec in fields(kind):
        meta = spec.metadata
        extra: dict[str, Any] = {"action": "store_true"} if spec.default is False else {"metavar": meta["metavar"]}
        parser.add_argument(*meta["flags"], dest=spec.name, default=spec.default, help=meta["help"], **extra)
    return parser


class _Parser(argparse.ArgumentParser):
    """Raises instead of leaving the process, and knows near misses."""

    def parse_args(self, words: Any = None, namespace: Any = None) -> Any:
        parsed, unknown = self.parse_known_args(words, namespace)
        if unknown:
            known = [flag for action in self._actions for flag in action.option_strings]
            near = difflib.get_close_matches(unknown[0], known, n=1)
            remedy = f"Did you mean {near[0]}?" if near else f"The options are: {', '.join(known)}."
            what = "option" if unknown[0].startswith("-") else "argument"
            self.error(f"unknown {what} {unknown[0]}. {remedy}")
        return parsed

    def error(self, message: str) -> NoReturn:
        raise MagicOptionError(f"{self.prog}: {message}")
