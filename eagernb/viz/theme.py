"""The colours of a picture in light and dark, and the style sheet made of them.

Hues are Okabe and Ito's, which people with any common colour blindness tell apart; fills are faint tints of
them, so that dark text (light text on the dark palette) keeps a contrast of 4.5 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .diagram import BOX_KINDS, EDGE_KINDS

FONT_FAMILY = 'Helvetica, Arial, "Liberation Sans", sans-serif'

# Where a page says that it is dark: JupyterLab and nbconvert, VS Code (its light high contrast carries both
# classes), Colab, Sphinx themes.
_DARK_PAGES = (
    '[data-jp-theme-light="false"]',
    ".vscode-dark",
    ".vscode-high-contrast:not(.vscode-high-contrast-light)",
    'html[theme="dark"]',
    '[data-theme="dark"]',
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of a picture. `fill` and `line` go by the kind of box, `edge` by the kind of edge."""

    paper: str
    text: str
    frame: str
    ink: str
    small: str
    ghost: str
    fill: dict[str, str]
    line: dict[str, str]
    edge: dict[str, str]


LIGHT = Palette(
    paper="#ffffff",
    text="#3d4852",
    frame="#c9d0d6",
    ink="#17212b",
    small="#525d68",
    ghost="#686f76",
    fill={
        "input": "#e3f4ed",
        "constant": "#f1f2f2",
        "variable": "#fdf1d7",
        "op": "#e8f1f9",
        "gradient": "#f9eaf2",
        "effect": "#fdeadf",
        "output": "#e3f4ed",
        "removed": "#ffffff",
        "fused": "#f8f4cd",
        "failed": "#fbe2e0",
        "choice": "#eef0fb",
        "flow": "#eef0fb",
        "nested": "#f1f2f2",
    },
    line={
        "input": "#009e73",
        "constant": "#80868c",
        "variable": "#c17f00",
        "op": "#4b8fc2",
        "gradient": "#bb5f92",
        "effect": "#d55e00",
        "output": "#009e73",
        "removed": "#80868c",
        "fused": "#9a8b00",
        "failed": "#b3261e",
        "choice": "#6a6fb8",
        "flow": "#6a6fb8",
        "nested": "#6b757e",
    },
    edge={"data": "#5c6771", "gradient": "#b14f83", "saved": "#78838d", "control": "#78838d", "loop": "#6a6fb8"},
)

DARK = Palette(
    paper="#17191c",
    text="#cfd6dd",
    frame="#474d54",
    ink="#f0f3f6",
    small="#b7c0c9",
    ghost="#9aa1a8",
    fill={
        "input": "#10322a",
        "constant": "#2a2d31",
        "variable": "#3a2d10",
        "op": "#172b3d",
        "gradient": "#3a2131",
        "effect": "#402416",
        "output": "#10322a",
        "removed": "#17191c",
        "fused": "#34310f",
        "failed": "#471c1c",
        "choice": "#24263f",
        "flow": "#24263f",
        "nested": "#2a2d31",
    },
    line={
        "input": "#2fae88",
        "constant": "#8b929a",
        "variable": "#d49b26",
        "op": "#569fd4",
        "gradient": "#d184ae",
        "effect": "#e9813f",
        "output": "#2fae88",
        "removed": "#8b929a",
        "fused": "#bdae38",
        "failed": "#f2766d",
        "choice": "#989de0",
        "flow": "#989de0",
        "nested": "#9aa1a8",
    },
    edge={"data": "#a4aeb8", "gradient": "#d184ae", "saved": "#87919b", "control": "#87919b", "loop": "#989de0"},
)


def style_sheet(root_id: str, box_kinds: Iterable[str], edge_kinds: Iterable[str], *, is_picture: bool = True) -> str:
    """Return the CSS of one picture, every rule of which is below the id of its root.

    A picture alone in a file follows the reader's system; inside a page it is light unless the page says
    that it is dark, whatever the system prefers. Only the kinds that the picture has are covered. What is no picture
    is never alone.

    >>> style_sheet("p", ["op"], []).count("--enb-op-fill:")
    3
    """
    boxes = [kind for kind in BOX_KINDS if kind in set(box_kinds)]
    edges = [kind for kind in EDGE_KINDS if kind in set(edge_kinds)]
    root = f"#{root_id}"
    dark = _properties(DARK, boxes, edges)
    pages = ",".join(f"{page} {root}" for page in _DARK_PAGES)
    rules = [
        f"{root}{{{_properties(LIGHT, boxes, edges)}max-width:none;font-family:{FONT_FAMILY}}}",
        # `:root` is the picture only where it is a document of its own.
        *([f"@media (prefers-color-scheme:dark){{{root}:root{{{dark}}}}}"] if is_picture else []),
        f"{pages}{{{dark}}}",
        *(f"{root} {rule}" for rule in _RULES),
    ]
    rules += (f"{root} .enb-{kind}{{fill:var(--enb-{kind}-fill);stroke:var(--enb-{kind}-line)}}" for kind in boxes)
    rules += (f"{root} .enb-edge.enb-{kind}{{stroke:var(--enb-{kind}-edge);fill:none}}" for kind in edges)
    rules += (f"{root} .enb-{kind}>polygon{{{_HEADS[kind]}}}" for kind in edges if kind in _HEADS)
    rules += (f"{root} .enb-edge.enb-{kind}>path{{{_LINES[kind]}}}" for kind in edges if kind in _LINES)
    return "\n".join(rules)


# One selector each: a list would need the root before every one of its parts.
_RULES = (
    "text{stroke:none;fill:var(--enb-text)}",
    ".enb-paper{fill:var(--enb-paper)}",
    ".enb-group rect{fill:none;stroke:var(--enb-frame)}",
    ".enb-group[data-in] rect{fill:var(--enb-text);fill-opacity:.035}",
    ".enb-group-taken rect{stroke:var(--enb-text);stroke-width:2}",
    ".enb-group-idle rect{stroke-dasharray:4 3}",
    ".enb-mark{fill:none}",
    ".enb-box text{fill:var(--enb-small)}",
    ".enb-box .enb-title{fill:var(--enb-ink);font-size:12.5px;font-weight:700}",
    ".enb-fold text{fill:var(--enb-small)}",
    ".enb-fold .enb-title{fill:var(--enb-ink);font-size:12.5px;font-weight:700}",
    ".enb-removed text{fill:var(--enb-ghost)}",
    ".enb-removed .enb-title{fill:var(--enb-ghost)}",
    ".enb-pill{fill:var(--enb-paper)}",
    ".enb-label{paint-order:stroke;stroke:var(--enb-paper);stroke-width:3px}",
    ".enb-box:hover>:not(text,.enb-mark,.enb-pill){stroke-width:2.5}",
    ".enb-lit:not(.enb-edge)>:not(text,.enb-mark,.enb-pill){stroke-width:2.5}",
    ".enb-group.enb-lit rect{stroke:var(--enb-text);stroke-width:2.5}",
    ".enb-edge.enb-lit>path{stroke-width:2.5}",
    ".enb-dim{opacity:.25}",
)
_HEADS = {
    "data": "fill:var(--enb-data-edge)",
    "gradient": "fill:var(--enb-paper)",
    "saved": "fill:var(--enb-saved-edge)",
    "control": "fill:var(--enb-control-edge)",
    "loop": "fill:var(--enb-loop-edge)",
}
_LINES = {
    "gradient": "stroke-dasharray:6 3",
    "saved": "stroke-dasharray:1 3;stroke-linecap:round",
    "control": "stroke-dasharray:7 3 1 3",
    "loop": "stroke-dasharray:10 2",
}


def _properties(palette: Palette, boxes: Sequence[str], edges: Sequence[str]) -> str:
    host_paper = f"var(--jp-layout-color0,var(--vscode-editor-background,{palette.paper}))"
    host_text = f"var(--jp-ui-font-color1,var(--vscode-editor-foreground,{palette.text}))"
    values = {
        "paper": host_paper,
        "text": host_text,
        "frame": palette.frame,
        "ink": palette.ink,
        "small": palette.small,
        "ghost": palette.ghost,
    }
    values |= {f"{kind}-fill": _fill(palette, kind) for kind in boxes}
    values |= {f"{kind}-line": palette.line[kind] for kind in boxes}
    values |= {f"{kind}-edge": palette.edge[kind] for kind in edges}
    return "".join(f"--enb-{name}:{value};" for name, value in values.items())


def _fill(palette: Palette, kind: str) -> str:
    # What was removed lets the page through, whatever its colour is.
    return "var(--enb-paper)" if palette.fill[kind] == palette.paper else palette.fill[kind]
