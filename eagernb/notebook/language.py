"""The language of what is shown: an English sentence in the code is the key of its translation.

Code says ``say("Stopped in line {number}.", number=3)``. A language is a file ``languages/CODE.json`` that a translator
can edit; where it lacks a sentence, the English one is shown. docs/translating.md has the file's form.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, NamedTuple

ENGLISH = "en"


class Catalogue(NamedTuple):
    """A language: its own name for itself, its sentences, and which plural form goes with a number."""

    language: str
    sentences: Mapping[str, str | list[str]]
    plural: Callable[[int], int]


def languages() -> tuple[str, ...]:
    """Return the codes of all languages, English first.

    >>> languages()
    ('en', 'zh')
    """
    found = (file.name.removesuffix(".json") for file in _folder().iterdir() if file.name.endswith(".json"))
    return (ENGLISH, *sorted(found))


@cache
def catalogue(code: str) -> Catalogue:
    """Return the catalogue of a language; ValueError for one that there is not."""
    if code == ENGLISH:
        return Catalogue("English", {}, lambda number: int(number != 1))
    if code not in languages():
        raise ValueError(f"There is no language {code!r}; there are {', '.join(languages())}.")
    content = json.loads((_folder() / f"{code}.json").read_text(encoding="utf-8"))
    forms = re.search(r"plural=(.+?);", content["plural-forms"])
    assert forms is not None, f"{code}.json: plural-forms"
    return Catalogue(content["language"], content["sentences"], gettext.c2py(forms[1]))


_current = catalogue(ENGLISH)


def set_language(code: str) -> None:
    """Show everything from now on in this language; ValueError for one that there is not."""
    global _current
    _current = catalogue(code)
    translated.cache_clear()


def say(sentence: str, /, **values: object) -> str:
    """Return a sentence in the present language, its {placeholders} filled with the values.

    >>> say("Stopped in line {number}.", number=3)
    'Stopped in line 3.'
    """
    template = _current.sentences.get(sentence, sentence)
    assert isinstance(template, str), f"{sentence!r} has plural forms: use say_count"
    return template.format(**values) if values else template


def say_count(number: int, one: str, many: str, /, **values: object) -> str:
    """Return a sentence about a number of things, which is its {n}; the catalogue has its forms under ``one``.

    >>> say_count(1, "{n} call", "{n} calls"), say_count(1200, "{n} call", "{n} calls")
    ('1 call', '1,200 calls')
    """
    forms = _current.sentences.get(one, [one, many])
    template = forms[_current.plural(number)] if isinstance(forms, list) else forms
    return template.format(n=f"{number:,}", **values)


@cache
def translated(sentence: str) -> str:
    """Return a sentence that another part of eagernb has made already, in the present language if it is known there.

    The catalogue's keys are taken as patterns, a placeholder for any text; what stands in its place is translated too.
    """
    if _current.language == "English":
        return sentence
    for key, pattern in _patterns(_current.language):
        found = pattern.fullmatch(sentence)
        if found is not None:
            values = {name: translated(part) for name, part in found.groupdict().items()}
            return say(key, **values)
    return sentence


@cache
def _patterns(_language: str) -> list[tuple[str, re.Pattern[str]]]:
    """Each sentence of the present language with a pattern for what it may have become; the most definite first."""
    keys = [key for key, value in _current.sentences.items() if isinstance(value, str) and len(key) > _SHORTEST]
    keys.sort(key=lambda key: -len(re.sub(r"\{\w+\}", "", key)))
    return [(key, _pattern(key)) for key in keys]


# A shorter key could be a part of anyone's text.
_SHORTEST = 3


def _pattern(key: str) -> re.Pattern[str]:
    parts, seen = [], set[str]()
    for text, name, _, _ in Formatter().parse(key):
        parts.append(re.escape(text))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _folder() -> Any:
    return files("eagernb.notebook") / "languages"
