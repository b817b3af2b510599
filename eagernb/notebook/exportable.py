"""What all result objects can do: be saved, and give their operations to pandas."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from eagernb.errors import MissingExtraError
from eagernb.viz import Diagram


class Exportable:
    """A result object that can be saved, and whose operations pandas can take.

    ``PICTURES`` are the pictures that it has: the argument that chooses one, and its values, the usual one first.
    """

    PICTURES: ClassVar[tuple[str, tuple[str, ...]]] = ("", ())
    widget: Any = None  # the live one, where --widget asked for it

    def diagram(self, which: str) -> Diagram:
        """The picture of that name, as boxes and edges."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        raise NotImplementedError

    def save(self, path: str | os.PathLike[str], **picture: str) -> Path:
        """Save it under a path, in the form that its suffix says, and return the path.

        - ``.svg``, ``.png``, ``.dot``: the picture. A GraphRun has two, chosen by ``stage="traced"`` or "optimized", a
          Comparison too, by ``side="eager"`` or "graph".
        - ``.html``: a page that shows the panel without a notebook and without a network.
        - ``.json``: everything, as ``to_dict()`` gives it.
        - ``.trace.json``: when what ran, in Chrome's trace format, which https://ui.perfetto.dev opens.

        A file that is there is replaced; after a failure it is as it was. Raises ValueError for another suffix or
        picture, FileNotFoundError if the folder does not exist, MissingExtraError for a PNG without the extra that
        makes it, LayoutError where there is no picture.
        """
        from eagernb.notebook.export import save

        return save(self, path, self._which(picture))

    def to_pandas(self) -> Any:
        """The operations as a pandas DataFrame, a row each, times in nanoseconds; MissingExtraError without pandas."""
        try:
            import pandas
        except ImportError:
            raise MissingExtraError("to_pandas() needs pandas: pip install pandas. to_dict() needs nothing.") from None
        from eagernb.notebook.op_rows import op_rows

        rows = op_rows(self)
        return pandas.DataFrame(rows) if rows else pandas.DataFrame(columns=["number", "op"])

    def _which(self, picture: Mapping[str, str]) -> str:
        argument, names = self.PICTURES
        for given, value in picture.items():
            if given != argument:
                known = f"its pictures are chosen by {argument}=" if argument else "it has only one picture"
                raise TypeError(f"save() got an unexpected argument {given}={value!r}; {known}")
            if value not in names:
                raise ValueError(f"{argument}={value!r}; there are {' and '.join(map(repr, names))}")
        return picture.get(argument, names[0] if names else "")
