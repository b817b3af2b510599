"""Tab completion of the magics' options and of their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from IPython.core.completer import CompletionContext, SimpleCompletion, SimpleMatcherResult, context_matcher

from eagernb.notebook.magics import MAGICS
from eagernb.notebook.options import flags, split_options, values_of

_BY_NAME = {kind.name: kind for kind in MAGICS}
# A magic at the start of a line, or on the right of an assignment.
_MAGIC = re.compile(
    rf"^\s*(?:[\w.,\[\]'\" ]+=\s*)?(?P<kind>%%?)(?P<name>{'|'.join(_BY_NAME)})\s+(?P<line>.*)$", re.DOTALL
)


def completer(namespace: dict[str, Any]) -> Callable[[CompletionContext], SimpleMatcherResult]:
    """What completes the magics' lines in a shell with this namespace."""

    @context_matcher()
    def complete_eagernb(context: CompletionContext) -> SimpleMatcherResult:
        return _complete(context, namespace)

    return complete_eagernb


def _complete(context: CompletionContext, namespace: dict[str, Any]) -> SimpleMatcherResult:
    """What may follow on the line of one of the magics; nothing where that is code, which others complete."""
    found = _MAGIC.match(context.line_with_cursor[: context.cursor_position])
    words = _words(found["name"], found["line"], found["kind"] == "%%", namespace) if found else ()
    token = context.token
    matches = [SimpleCompletion(text=word, type="param") for word in words if word.startswith(token)]
    return {"completions": matches, "suppress": bool(matches), "matched_fragment": token}


def _words(name: str, line: str, is_cell: bool, namespace: dict[str, Any]) -> Iterable[str]:
    magic = _BY_NAME[name]
    before, space, word = line.rpartition(" ")
    last = before.split()[-1] if before.split() else ""
    if (values := _values(magic.options, last, word)) is not None:
        return values
    in_code = not is_cell and split_options(f"{before}{space}", magic.options)[1]
    if in_code:
        return _names(word, namespace)
    if word.startswith("-"):
        return _options(magic.options, word)
    if is_cell:
        return magic.arguments(line, namespace) or flags(magic.options)
    return magic.arguments(line, namespace) or _names(word, namespace)


def _values(options: Any, last: str, word: str) -> Iterable[str] | None:
    """The values of the option before the cursor; None where there is none that takes one."""
    flag, equals, value = word.partition("=")
    found = values_of(options, flag if equals else last)
    if found is None:
        return None
    names, several = found
    return [name for name in names if name not in (value if equals else word).split(",")[:-1]] if several else names


def _options(options: Any, word: str) -> Iterable[str]:
    for flag in flags(options):
        yield flag
        found = values_of(options, flag) if len(flag) == 2 else None
        if found and word.startswith(flag):
            yield from (f"{flag}{value}" for value in found[0])


def _names(word: str, namespace: dict[str, Any]) -> Iterable[str]:
    """The names that the end of some code may become: after a magic, others take it for no code at all."""
    found = re.search(r"(?:[^\W\d]\w*\.)*\w*$", word)
    owner, dot, start = (found[0] if found else "").rpartition(".")
    if not dot:
        return (name for name in namespace if start or not name.startswith("_"))
    first, *rest = owner.split(".")
    try:
        value = namespace[first]
        for name in rest:
            value = getattr(value, name)
        return [f"{owner}.{name}" for name in dir(value) if start.startswith("_") or not name.startswith("_")]
    except Exception:
        return ()
