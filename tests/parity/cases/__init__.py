"""The cases: one file a subject, each with a table `CASES` of name to snippet."""

import importlib
from pathlib import Path
from textwrap import dedent


def load_cases() -> dict[str, str]:
    """Every snippet by its id, "subject/name"; a new file in this folder is found by itself."""
    snippets = {}
    for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
        table = importlib.import_module(f".{path.stem}", __package__).CASES
        snippets.update({f"{path.stem}/{name}": dedent(source).strip() for name, source in table.items()})
    return snippets
