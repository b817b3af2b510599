"""SVG to PNG, by whichever package is installed that can."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple
from xml.etree.ElementTree import fromstring, tostring

from eagernb.errors import MissingExtraError

# Pixels for each of the picture's own: sharp on a screen of high resolution and in print.
SCALE = 2
_SVG = "{http://www.w3.org/2000/svg}"


class Converter(NamedTuple):
    """A package that makes PNG of SVG."""

    name: str
    convert: Callable[[str], bytes]


def find_converter() -> Converter | None:
    """Return what can make a PNG here, None if nothing can."""
    if find_spec("resvg_py") is not None:
        return Converter("resvg_py", _by_resvg)
    if find_spec("cairosvg") is not None:
        return Converter("cairosvg", _by_cairo)
    return None


def svg_to_png(svg: str) -> bytes:
    """Return the picture as PNG, in the light colours; MissingExtraError if nothing here can do that."""
    converter = find_converter()
    if converter is None:
        raise MissingExtraError(
            "A PNG needs the extra 'export', which brings resvg_py: pip install \"eagernb[export]\". An SVG needs "
            "nothing, and every browser and most word processors show it."
        )
    return converter.convert(_plain(svg))


def _plain(svg: str) -> str:
    """The picture without its style sheet, whose variables only browsers know: its attributes say the same."""
    root = fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{_SVG}style":
                parent.remove(child)
    return tostring(root, encoding="unicode")


def _by_resvg(svg: str) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=SCALE, background="white"))


def _by_cairo(svg: str) -> bytes:
    import cairosvg

    return bytes(cairosvg.svg2png(bytestring=svg.encode(), scale=SCALE, background_color="white"))
