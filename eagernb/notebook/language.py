"""The language of what is shown: an English sentence in the code is the key of its translation.

Code says ``say("Stopped in line {number}.", number=3)``. A language is a file ``languages/CODE.json`` that a
translator can edit; where it lacks a sentence, the English one is shown. docs/translating.md has the file's form.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from string import Formatter
from typing import Any, NamedTuple

ENGLISH = "en"


class Catalogue(NamedTuple):
    """A language: its code, its own name for itself, its sentences, which plural form goes with a number.

    ``elsewhere`` has sentences that other parts of eagernb make, which know no languages (what a pass says that it
    did): their placeholders stand for any text.
    """

    code: str
    language: str
    sentences: Mapping[str, str | list[str]]
    elsewhere: Mapping[str, str]
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
        return Catalogue(ENGLISH, "English", {}, {}, lambda number: int(number != 1))
    if code not in languages():
        raise ValueError(f"There is no language {code!r}; there are {', '.join(languages())}.")
    content = json.loads((_folder() / f"{code}.json").read_text(encoding="utf-8"))
    forms = re.search(r"plural=(.+?);", content["plural-forms"])
    assert forms is not None, f"{code}.json: plural-forms"
    return Catalogue(code, content["language"], content["sentences"], content["made elsewhere"], gettext.c2py(forms[1]))


_current = catalogue(ENGLISH)


def set_language(code: str) -> None:
    """Show everything from now on in this language; ValueError for one that there is not."""
    global _current
    _current = catalogue(code)
    translated.cache_clear()


def language_code() -> str | None:
    """Return what an element's ``lang`` should be; None for English, which pages are in unless they say otherwise."""
    return None if _current.code == ENGLISH else _current.code


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
    forms = _current.sentences.get(one)
    template = (one if number == 1 else many) if forms is None else forms[_current.plural(number)]
    return template.format(n=f"{number:,}", **values)


def noted(sentence: str) -> str:
    """Return the sentence as it is: it is said later, and this marks it for the catalogue."""
    return sentence


@lru_cache(1000)
def translated(sentence: str) -> str:
    """Return a sentence that another part of eagernb has made, in the present language if its catalogue knows it.

    What stands in the place of a placeholder is translated too.
    """
    for key, pattern in _patterns(_current.code):
        found = pattern.fullmatch(sentence)
        if found is not None:
            return _current.elsewhere[key].format(
                **{name: translated(part) for name, part in found.groupdict().items()}
            )
    return sentence


@cache
def _patterns(_code: str) -> list[tuple[str, re.Pattern[str]]]:
    """Each sentence that is made elsewhere with a pattern for what it may have become; the most definite first."""
    keys = sorted(_current.elsewhere, key=lambda key: -len(re.sub(r"\{\w+\}", "", key)))
    return [(key, _pattern(key)) for key in keys]


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
