"""%eagernb: what there is, and whether it works."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from IPython.core.magic import line_magic, magics_class
from IPython.display import display

from eagernb.errors import MagicOptionError
from eagernb.notebook.cell import InlineCell
from eagernb.notebook.doctor import diagnose
from eagernb.notebook.language import say
from eagernb.notebook.magics.base import EagerNBMagics, pointing_at
from eagernb.notebook.options import CellOptions, nearest, split_options
from eagernb.notebook.overview import Overview

COMMANDS = ("doctor",)


@magics_class
class EagernbMagic(EagerNBMagics):
    """``%eagernb`` and ``%eagernb doctor``."""

    name = "eagernb"
    options = CellOptions
    usage = ("%eagernb", "%eagernb doctor")

    @staticmethod
    def summary() -> str:
        return say("Lists the magics; with doctor, looks at what is installed and whether it works.")

    @staticmethod
    def about() -> str:
        return say("List the magics (%eagernb), or look at what is installed and whether it works (%eagernb doctor).")

    @line_magic
    def eagernb(self, line: str) -> None:
        __tracebackhide__ = True
        with pointing_at(InlineCell(self.shell, f"%eagernb {line}", "")):
            options, command = self._parse(line)
        if options.help:
            self.print_help()
            return
        result: Any = diagnose() if command else Overview(self.shell.magics_manager.registry.values())
        self.keep(result, options)
        display(result)

    def _parse(self, line: str) -> tuple[Any, str]:
        __tracebackhide__ = True
        # Options may stand before the command and after it.
        words = [word for word in line.split() if word in COMMANDS]
        rest = " ".join(word for word in line.split() if word not in words)
        flags, other = split_options(rest, self.options)
        if other or len(words) > 1:
            unknown = (other or words[1]).split()[0]
            near = nearest(unknown, COMMANDS)
            remedy = f"Did you mean %eagernb {near}?" if near else f"There is %eagernb {', '.join(COMMANDS)}."
            raise MagicOptionError(f"%eagernb: unknown argument {unknown}. {remedy}")
        return self.parse("%eagernb", flags), "".join(words)

    @classmethod
    def arguments(cls, line: str, namespace: dict[str, Any]) -> Iterable[str]:
        return COMMANDS
