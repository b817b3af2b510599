"""Names for generated code: those of the nodes, as far as Python lets them be names."""

from __future__ import annotations

import keyword
import re

# What generated code refers to by itself.
_RESERVED = ("np", "ops", "range", "_", "True", "False", "None")
_LONGEST = 60
_NOT_IN_NAMES = re.compile(r"\W+")
_NUMBER = re.compile(r"_\d+$")


class Names:
    """Names of one module: those that all its functions see, and those of the function that is being written.

    >>> names = Names()
    >>> names.local("dense/kernel"), names.local("lambda"), names.shared("dense_kernel"), names.local("dense_kernel")
    ('dense_kernel', 'lambda_', 'dense_kernel_1', 'dense_kernel_2')
    """

    def __init__(self) -> None:
        self._shared = set(_RESERVED)
        self._locals: set[str] = set()
        self._ever_local: set[str] = set()
        self._counts: dict[str, int] = {}

    def local(self, wanted: str) -> str:
        """A new name in this function."""
        name = identifier(wanted)
        if name in self._locals or name in self._shared:
            name = self._free(name, self._locals, self._shared)
        self._locals.add(name)
        return name

    def shared(self, wanted: str) -> str:
        """A new name that means the same in all functions."""
        name = self._free(identifier(wanted), self._locals, self._ever_local, self._shared)
        self._shared.add(name)
        return name

    def begin_function(self) -> set[str]:
        """Another function begins. What comes back are the names of the present one, for ``end_function``."""
        outer, self._locals = self._locals, set()
        self._ever_local |= outer
        return outer

    def end_function(self, outer: set[str]) -> None:
        """Go on with the function that was being written before."""
        self._ever_local |= self._locals
        self._locals = outer

    def _free(self, name: str, *taken: set[str]) -> str:
        candidate, stem = name, ""
        while any(candidate in names for names in taken):
            stem = stem or _NUMBER.sub("", name)
            self._counts[stem] = number = self._counts.get(stem, 0) + 1
            candidate = f"{stem}_{number}"
        return candidate


def identifier(text: str) -> str:
    """The text, or what is most like it among Python's names of a length that one can read."""
    text = text[:_LONGEST]
    if not text.isidentifier():
        text = _NOT_IN_NAMES.sub("_", text).strip("_")
        if not text.isidentifier():
            text = f"_{text}"
    return f"{text}_" if keyword.iskeyword(text) else text
