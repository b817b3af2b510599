"""The sentences that the notebook's code says: what a catalogue has to translate."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import eagernb.notebook
from eagernb.passes.pipeline import PASSES
from eagernb.passes.rules import RULES

_ALL = {"say", "say_count", "noted", "count"}
_HELPED = {"option", "Bool", "CUnicode", "Float", "Int", "Unicode"}
_FOLDER = Path(eagernb.notebook.__file__).parent


def said() -> dict[str, str]:
    """Each sentence with the file that says it; a sentence with plural forms stands for all of them."""
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.rglob("*.py")):
        for key in _sentences(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(key, str(path.relative_to(_FOLDER)))
    return found


def counted() -> set[str]:
    """The sentences with plural forms."""
    return {
        key
        for path in _FOLDER.rglob("*.py")
        for key in _sentences(ast.parse(path.read_text(encoding="utf-8")), {"say_count", "count"})
    }


def of_passes() -> list[str]:
    """What the passes say of themselves, and the sentences of the rules: made on another floor, translated later."""
    return [
        *(words for entry in PASSES.values() for words in (entry.does, entry.done)),
        *(rule.sentence for rule in RULES),
    ]


def _sentences(tree: ast.AST, functions: set[str] | None = None) -> Iterator[str]:
    functions = functions or _ALL
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = 1 if name in ("say_count", "count") else 0
        if name in functions and len(node.args) > place:
            argument = node.args[place]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield f"{{n}} {argument.value}" if name == "count" else argument.value
        # The help of an option, or of its default in %config.
        if name in _HELPED and functions is _ALL:
            yield from (k.value.value for k in node.keywords if k.arg == "help" and isinstance(k.value, ast.Constant))
