"""Numbers as text."""

from __future__ import annotations

from eagernb.compat.graphdef.mapping import Param, Row, TypeOf
from eagernb.compat.text import as_text
from eagernb.ops import as_string  # noqa: F401  it registers the operation

_FORM = {name: Param(name) for name in ("precision", "scientific", "shortest", "width")}

ROWS = [
    Row("as_string", "AsString", attrs={"T": TypeOf(), **_FORM, "fill": Param("fill", read=as_text)}),
]
