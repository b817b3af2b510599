"""The outline of each kind of box, so that kinds are told apart without colour."""

from __future__ import annotations

from xml.etree.ElementTree import Element

CARD = 4.0
_ARC = 4.0
_CUT = 7.0
_POINT = 9.0
_SLANT = 8.0


def outline(kind: str, x: float, y: float, width: float, height: float) -> list[Element]:
    """Return the SVG elements of a box whose upper left corner is at x, y.

    A pill is an input and a double pill an output, square corners are a constant, a drum is a variable
    (memory), rounded corners an operation, cut corners a gradient, bars at the sides an effect, dashes what
    was removed, a stack what was fused, a heavy frame with a cross what failed, points at the sides a choice,
    slanted sides a value that is handed on, a frame in a frame a group that is folded.

    >>> [element.tag for element in outline("output", 0, 0, 60, 30)]
    ['rect', 'rect']
    """
    right, bottom = x + width, y + height
    match kind:
        case "input":
            return [_rect(x, y, width, height, 15)]
        case "output":
            return [_rect(x, y, width, height, 15), _rect(x + 3, y + 3, width - 6, height - 6, 12, mark=True)]
        case "constant":
            return [_rect(x, y, width, height, 0)]
        case "variable":
            half = width / 2
            lid = f"A{n(half)},{n(_ARC)} 0 0 0 {n(right)},{n(y + _ARC)}"
            body = (
                f"M{n(x)},{n(y + _ARC)}A{n(half)},{n(_ARC)} 0 0 1 {n(right)},{n(y + _ARC)}V{n(bottom - _ARC)}"
                f"A{n(half)},{n(_ARC)} 0 0 1 {n(x)},{n(bottom - _ARC)}Z"
            )
            return [_path(body), _path(f"M{n(x)},{n(y + _ARC)}{lid}", mark=True)]
        case "gradient":
            return [
                _path(
                    f"M{n(x + _CUT)},{n(y)}H{n(right - _CUT)}L{n(right)},{n(y + _CUT)}V{n(bottom - _CUT)}"
                    f"L{n(right - _CUT)},{n(bottom)}H{n(x + _CUT)}L{n(x)},{n(bottom - _CUT)}V{n(y + _CUT)}Z"
                )
            ]
        case "effect":
            bars = f"M{n(x + 5)},{n(y)}V{n(bottom)}M{n(right - 5)},{n(y)}V{n(bottom)}"
            return [_rect(x, y, width, height, 0), _path(bars, mark=True)]
        case "removed":
            ghost = _rect(x, y, width, height, 5)
            ghost.set("stroke-dasharray", "4 3")
            return [ghost]
        case "fused":
            width, height = width - CARD, height - CARD
            return [_rect(x + CARD, y + CARD, width, height, 5), _rect(x, y, width, height, 5)]
        case "failed":
            frame = _rect(x + 1, y + 1, width - 2, height - 2, 5)
            frame.set("stroke-width", "2.5")
            left, top, arm = x + 6, y + 6, 6
            cross = f"M{n(left)},{n(top)}l{arm},{arm}m0,{-arm}l{-arm},{arm}"
            mark = _path(cross, mark=True)
            mark.set("stroke-width", "1.8")
            return [frame, mark]
        case "choice":
            middle = n(y + height / 2)
            upper = f"M{n(x)},{middle}L{n(x + _POINT)},{n(y)}H{n(right - _POINT)}L{n(right)},{middle}"
            return [_path(f"{upper}L{n(right - _POINT)},{n(bottom)}H{n(x + _POINT)}Z")]
        case "flow":
            return [_path(f"M{n(x + _SLANT)},{n(y)}H{n(right)}L{n(right - _SLANT)},{n(bottom)}H{n(x)}Z")]
        case "nested":
            return [_rect(x, y, width, height, 8), _rect(x + 3, y + 3, width - 6, height - 6, 5, mark=True)]
        case _:
            return [_rect(x, y, width, height, 5)]


def text_shift(kind: str) -> tuple[float, float]:
    """Return how far the middle of the text is from the middle of the box."""
    if kind == "variable":
        return 0.0, _ARC / 2 + 1
    if kind == "fused":
        return -CARD / 2, -CARD / 2
    return (4.0, 0.0) if kind == "failed" else (0.0, 0.0)


def n(value: float) -> str:
    """Write a number with two decimals at most.

    >>> n(3.0), n(-0.001)
    ('3', '0')
    """
    return f"{round(value, 2) + 0:g}" if abs(value) < 1e4 else f"{value:.1f}"


def _rect(x: float, y: float, width: float, height: float, radius: float, *, mark: bool = False) -> Element:
    places = {"x": n(x), "y": n(y), "width": n(width), "height": n(height)}
    if radius:
        places["rx"] = n(min(radius, height / 2))
    return Element("rect", _class(mark) | places)


def _path(d: str, *, mark: bool = False) -> Element:
    return Element("path", _class(mark) | {"d": d})


def _class(mark: bool) -> dict[str, str]:
    # The attribute is for programs that draw SVG without style sheets.
    return {"class": "enb-mark", "fill": "none"} if mark else {"class": "enb-shape"}
