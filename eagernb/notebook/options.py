"""The magics' options: a dataclass each; a field is an option.

To add an option, add a field: its default, flags, help and values are all there is to say. A default that can be set
for all cells (``%config EagerNB.<name>``) stands in config.py under the field's name.
"""

from __future__ import annotations

import argparse
import difflib
import keyword
import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NoReturn

from eagernb.errors import MagicOptionError
from eagernb.executors import executors
from eagernb.notebook.language import say
from eagernb.notebook.recording import MAX_NODES
from eagernb.passes.pipeline import HIGHEST_LEVEL, PASSES, check_names, level_passes

LEVELS = tuple(str(level) for level in range(HIGHEST_LEVEL + 1))


def option(
    *flags: str,
    default: Any = None,
    help: str,
    metavar: str | None = None,
    values: Callable[[], Iterable[str]] = tuple,
    several: bool = False,
    kind: Callable[[str], Any] = str,
) -> Any:
    """A field that is an option; with a default of True or False it takes no value.

    ``help`` is said in the notebook's language. ``values`` gives what it can be, for completion; with ``several``,
    separated by commas. ``kind`` makes the value of the text.
    """
    meta = {"flags": flags, "help": help, "metavar": metavar, "values": values, "several": several, "kind": kind}
    return field(default=default, metadata=meta)


@dataclass
class MagicOptions:
    """What all magics take."""

    help: bool = option("-h", "--help", default=False, help="show this text, and run nothing")

    def check(self) -> None:
        """Raise MagicOptionError for a value that makes no sense."""


@dataclass
class CellOptions(MagicOptions):
    """What all magics take that run code."""

    output: str | None = option("-o", "--output", metavar="NAME", help="keep the result object under this name")

    def check(self) -> None:
        super().check()
        if self.output is not None and (not self.output.isidentifier() or keyword.iskeyword(self.output)):
            raise MagicOptionError(f"-o needs a Python name, not {self.output!r}.")


@dataclass
class OptimizingOptions(CellOptions):
    """What the magics that optimise a graph take."""

    level: str = option(
        "-O",
        default=str(HIGHEST_LEVEL),
        metavar="LEVEL",
        help="optimise so much: -O0 not at all, to -O3 by all passes",
        values=lambda: LEVELS,
    )
    passes: str | None = option(
        "--passes",
        metavar="A,B,C",
        help="optimise by these passes, in this order",
        values=lambda: PASSES,
        several=True,
    )
    fast_math: bool = option(
        "--fast-math",
        default=False,
        help="optimise as if numbers were exact: results may differ in their last digits",
    )

    def check(self) -> None:
        super().check()
        if self.level not in LEVELS:
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
class PictureOptions(MagicOptions):
    """What the magics that draw a tape or a graph take."""

    max_nodes: int = option(
        "--max-nodes",
        default=MAX_NODES,
        metavar="N",
        kind=int,
        help="draw what runs several times in a row once, if the picture would have more boxes than this",
    )

    def check(self) -> None:
        super().check()
        if self.max_nodes < 1:
            raise MagicOptionError(f"--max-nodes needs a number from 1 on, not {self.max_nodes}.")


@dataclass
class EagerOptions(PictureOptions, CellOptions):
    """Options of ``%%eager``."""

    widget: bool = option("--widget", default=False, help="add the timing widget: run again, median and spread")


@dataclass
class GraphOptions(PictureOptions, OptimizingOptions):
    """Options of ``%%graph``."""

    code: bool = option("--code", default=False, help="show the optimised graph as generated code over NumPy")
    widget: bool = option("--widget", default=False, help="add the timing widget: run again, median and spread")
    hlo: bool = option("--hlo", default=False, help="show the program that XLA makes of the graph")
    executor: str = option(
        "--executor",
        default="interpreter",
        metavar="NAME",
        help="who runs the graph: interpreter, numpy_source or xla",
        values=executors,
    )

    def check(self) -> None:
        super().check()
        if self.executor not in executors():
            near = nearest(self.executor, executors())
            remedy = f"did you mean {near}?" if near else f"there are only {', '.join(executors())}."
            raise MagicOptionError(f"--executor {self.executor}: {remedy}")


@dataclass
class CompareOptions(PictureOptions, OptimizingOptions):
    """Options of ``%%compare``."""


@dataclass
class PredictOptions(CellOptions):
    """Options of ``%%predict``."""

    within: float = option(
        "--within",
        default=0.01,
        metavar="X",
        kind=float,
        help="how far a number may be off, relative to what it is",
    )

    def check(self) -> None:
        super().check()
        if not self.within >= 0:
            raise MagicOptionError(f"--within needs a number from 0, not {self.within}.")


@dataclass
class GradcheckOptions(CellOptions):
    """Options of ``%gradcheck``."""

    variables: bool = option("--variables", default=False, help="check the variables too that the function uses")
    most: int = option(
        "--most", default=1000, metavar="N", kind=int, help="check so many elements of an argument at most"
    )
    seed: int = option(
        "--seed",
        default=0,
        metavar="N",
        kind=int,
        help="the seed of the numbers that make one of a result that is none",
    )
    tolerance: float | None = option(
        "--tolerance",
        metavar="X",
        kind=float,
        help="allow this difference, relative to the gradient; else what rounding and curvature can make",
    )

    def check(self) -> None:
        super().check()
        if self.most < 1:
            raise MagicOptionError(f"--most needs at least 1, not {self.most}.")
        if self.tolerance is not None and not self.tolerance > 0:
            raise MagicOptionError(f"--tolerance needs a number above 0, not {self.tolerance}.")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The word that was most likely meant, if any is similar.

    >>> nearest("doctr", ["doctor", "x"]), nearest("nump", ["numpy_source", "xla"]), nearest("q", ["doctor"])
    ('doctor', 'numpy_source', None)
    """
    known = list(known)
    begun = [name for name in known if len(word) > 1 and name.startswith(word)]
    return next(iter(begun + difflib.get_close_matches(word, known, n=1)), None)


def parse(magic: str, line: str, kind: type[Any], defaults: Mapping[str, Any] | None = None) -> Any:
    """The options on a magic's line; ``defaults`` by field name go before the fields' own.

    Raises MagicOptionError for an unknown option (naming a similar one), a missing value, or text that is no option.

    >>> parse("%%eager", "-o tape --widget", EagerOptions)
    EagerOptions(help=False, output='tape', max_nodes=200, widget=True)
    """
    parser = make_parser(magic, kind)
    parser.set_defaults(**{name: value for name, value in (defaults or {}).items() if name in _names(kind)})
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


def split_options(line: str, kind: type[Any]) -> tuple[str, str]:
    """The options at the start of a magic's line, and the code after them, as it is.

    What begins with two dashes, or is one of the magic's short options, is an option; ``--`` ends them, before code
    that looks like one.

    >>> split_options("-o kept --widget -x + y['a b']", EagerOptions)
    ('-o kept --widget', "-x + y['a b']")
    >>> split_options("-- -o", EagerOptions)
    ('', '-o')
    """
    actions = _actions(kind)
    at = 0
    while word := re.compile(r"""\s*(?P<word>-(?:"[^"]*"|'[^']*'|\S)*)""").match(line, at):
        flag, equals, _ = word["word"].partition("=")
        if flag == "--":
            return line[:at].strip(), line[word.end() :].strip()
        glued = next((f for f in actions if len(f) == 2 and flag.startswith(f) and actions[f].nargs != 0), "")
        if flag not in actions and not glued and not re.match(r"--[A-Za-z]", flag):
            break
        at = word.end()
        if flag in actions and actions[flag].nargs != 0 and not equals:
            value = re.compile(r"""\s*(?:"[^"]*"|'[^']*'|\S)+""").match(line, at)
            at = value.end() if value else at
    return line[:at].strip(), line[at:].strip()


def make_parser(magic: str, kind: type[Any]) -> argparse.ArgumentParser:
    """An argument parser made from a dataclass of options."""
    parser = _Parser(prog=magic, add_help=False, allow_abbrev=False, formatter_class=_Formatter)
    options = parser.add_argument_group(say("options"))
    for spec in fields(kind):
        meta = spec.metadata
        if spec.name == "help":
            extra: dict[str, Any] = {"action": "store_true"}
        elif isinstance(spec.default, bool):
            extra = {"action": argparse.BooleanOptionalAction}
        else:
            extra = {"metavar": meta["metavar"], "type": meta["kind"]}
        action = options.add_argument(*meta["flags"], dest=spec.name, default=spec.default, **extra)
        action.help = say(meta["help"])  # not by the call: Python 3.11 adds the default to it, 3.13 does not
    return parser


def flags(kind: type[Any]) -> dict[str, str]:
    """The options that can be written, each with its help.

    >>> list(flags(EagerOptions))
    ['-h', '--help', '-o', '--output', '--max-nodes', '--widget', '--no-widget']
    """
    return {flag: action.help or "" for flag, action in _actions(kind).items()}


def values_of(kind: type[Any], flag: str) -> tuple[tuple[str, ...], bool] | None:
    """What an option's value can be, and whether several go together; None for one that takes no value."""
    action = _actions(kind).get(flag)
    if action is None or action.nargs == 0:
        return None
    meta = next(spec.metadata for spec in fields(kind) if spec.name == action.dest)
    return tuple(meta["values"]()), meta["several"]


def _actions(kind: type[Any]) -> dict[str, argparse.Action]:
    return {flag: action for action in make_parser("", kind)._actions for flag in action.option_strings}


def _names(kind: type[Any]) -> set[str]:
    return {spec.name for spec in fields(kind)}


class _Formatter(argparse.HelpFormatter):
    """Says in the notebook's language what argparse says itself."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, say("usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Raises instead of leaving the process, and knows near misses."""

    def parse_args(self, words: Any = None, namespace: Any = None) -> Any:
        parsed, unknown = self.parse_known_args(words, namespace)
        if unknown:
            known = [flag for action in self._actions for flag in action.option_strings]
            near = nearest(unknown[0], known)
            remedy = f"Did you mean {near}?" if near else f"The options are: {', '.join(known)}."
            what = "option" if unknown[0].startswith("-") else "argument"
            self.error(f"unknown {what} {unknown[0]}. {remedy}")
        return parsed

    def error(self, message: str) -> NoReturn:
        raise MagicOptionError(f"{self.prog}: {message}")
