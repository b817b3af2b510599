"""Writing what a cell showed to a file: a form for each suffix."""

from __future__ import annotations

import html
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eagernb.notebook.chrome_trace import chrome_trace
from eagernb.notebook.exportable import Exportable
from eagernb.notebook.language import ENGLISH, language_code
from eagernb.notebook.png import svg_to_png
from eagernb.viz import fold, large_groups, render, to_dot


def save(result: Exportable, path: str | os.PathLike[str], which: str) -> Path:
    """Save a result object under a path, in the form that its suffix says; see ``Exportable.save``."""
    target = Path(path)
    name = target.name.lower()
    suffix = next((known for known in sorted(FORMATS, key=len, reverse=True) if name.endswith(known)), None)
    if suffix is None or name == suffix:
        raise ValueError(f"save({str(path)!r}): the name has to end with one of {', '.join(FORMATS)}.")
    if not target.parent.is_dir():
        raise FileNotFoundError(f"save({str(path)!r}): there is no folder {str(target.parent)!r}. Make it first.")
    if target.is_dir():
        raise IsADirectoryError(f"save({str(path)!r}): that is a folder; give the file in it a name.")
    _write(target, FORMATS[suffix](result, which))
    return target


def _svg(result: Exportable, which: str) -> str:
    diagram = result.diagram(which)
    return render(fold(diagram, large_groups(diagram)))


def _html(result: Any, which: str) -> str:
    panel = result._repr_mimebundle_()["text/html"]
    title = html.escape(f"eagernb: {result.to_dict()['kind'].replace('_', ' ')}")
    return _PAGE.format(title=title, panel=panel, code=language_code() or ENGLISH)


_PAGE = """<!doctype html>
<html lang="{code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body {{ margin: 16px; background: #ffffff; }} [data-theme="dark"] body {{ background: #17191c; }}</style>
<script>
if (matchMedia("(prefers-color-scheme: dark)").matches) document.documentElement.dataset.theme = "dark";
</script>
</head>
<body>
{panel}
</body>
</html>
"""

FORMATS: dict[str, Callable[[Any, str], str | bytes]] = {
    ".svg": _svg,
    ".png": lambda result, which: svg_to_png(_svg(result, which)),
    ".html": _html,
    ".dot": lambda result, which: to_dot(result.diagram(which)),
    ".json": lambda result, which: json.dumps(result.to_dict(), indent=1),
    ".trace.json": lambda result, which: json.dumps(chrome_trace(result)),
}


def _write(target: Path, content: str | bytes) -> None:
    """Write all of it or nothing: beside the target first, then in its place."""
    data = content.encode(errors="replace") if isinstance(content, str) else content
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    """What new files may not be: a temporary one is the user's alone, a saved one is like any other."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
