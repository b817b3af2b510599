"""SVG to PNG, by the package of the extra ``export``."""

from __future__ import annotations

from importlib.util import find_spec
from xml.etree.ElementTree import fromstring, tostring

from eagernb.errors import MissingExtraError

# Pixels for each of the picture's own: sharp on a screen of high resolution and in print.
SCALE = 2
_SVG = "{http://www.w3.org/2000/svg}"


def can_convert() -> bool:
    """Whether what makes a PNG is installed."""
    return find_spec("resvg_py") is not None


def svg_to_png(svg: str) -> bytes:
    """Return the picture as PNG, in the light colours; MissingExtraError if nothing here can do that."""
    if not can_convert():
        raise MissingExtraError(
            "A PNG needs the extra 'export', which brings resvg_py: pip install \"eagernb[export]\". An SVG needs "
            "nothing, and every browser and most word processors show it."
        )
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=_plain(svg), zoom=SCALE, background="white"))


def _plain(svg: str) -> str:
    """The picture without its style sheet, whose variables only browsers know: its attributes say the same."""
    root = fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{_SVG}style":
                parent.remove(child)
    return tostring(root, encoding="unicode")
