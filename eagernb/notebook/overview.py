"""%eagernb: the magics with a sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from eagernb.notebook.language import say


class Overview:
    """The magics that are loaded; it displays itself."""

    def __init__(self, registered: Iterable[Any]) -> None:
        from eagernb.notebook.magics.base import EagerNBMagics

        self.magics = [magic for magic in registered if isinstance(magic, EagerNBMagics)]

    def hint(self) -> str:
        """Return where to read more."""
        return say("%%eager? and --help show a magic's options, %config EagerNB their defaults.")

    def __repr__(self) -> str:
        width = max((len(usage) for magic in self.magics for usage in magic.usage), default=0)
        lines = []
        for magic in self.magics:
            first, *others = magic.usage
            lines += [f"{first:{width}}  {magic.summary()}", *others]
        return "\n".join([*lines, "", self.hint()])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from eagernb.notebook.panels.overview import overview_bundle

        return overview_bundle(self)
