"""The element that a panel is: its style, its content, its script, nothing from outside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from eagernb.notebook.language import language_code, noted, say
from eagernb.notebook.panels.markup import element, needed_rules, timeless
from eagernb.viz import BOX_KINDS, EDGE_KINDS, Diagram
from eagernb.viz.theme import style_sheet


def panel(label: str, body: str, diagrams: Iterable[Diagram]) -> str:
    """Return a panel that stands in a page as it is; its id is a hash of its content, times apart.

    What the script declares is its own: the next panel's is the same, and would declare it again.

    The colours are the pictures' own: a legend and a table share them with what they explain.
    """
    name = "enb-" + hashlib.sha256(timeless(f"{label}\n{body}").encode()).hexdigest()[:10]
    diagrams = list(diagrams)
    kinds = {box.kind for diagram in diagrams for box in diagram.boxes} & set(BOX_KINDS)
    edges = {edge.kind for diagram in diagrams for edge in diagram.edges} & set(EDGE_KINDS)
    # A constant that is taken away later looks like one until then.
    if "removed" in kinds:
        kinds.add("constant")
    colours = style_sheet(name, kinds | {"op", "gradient", "output", "failed"}, edges, is_picture=False)
    scripts = "".join(f"{_asset(asset)}\n" for asset in _needed(_SCRIPTS, body))
    # Nested in the root's rule, so that its id need not be said again: no host's rule outweighs it.
    sheet = "\n".join([colours.replace(f"#{name}", "&"), *map(_asset, _needed(_SHEETS, body))])
    used = f"enb-panel {body}{scripts}"
    style = element("style", f"#{name}{{\n", _small(needed_rules(sheet, used)).replace(".enb-panel", "&"), "\n}")
    script = element("script", "{\n", scripts, "}")
    # Dollars in a user's text are not formulas.
    classes = "enb-panel mathjax_ignore tex2jax_ignore"
    return element(
        "div", style, body, script, id=name, class_=classes, role="group", aria_label=label, lang=language_code()
    )


_SAID = (
    noted("Copy"), noted("Copied"), noted("Selected"), noted("Fold and unfold parts of the picture"),
)  # fmt: skip


def _words() -> str | None:
    """What the scripts say, in their order; None in English, which they know themselves."""
    return "|".join(map(say, _SAID)) if language_code() else None


# Which assets a panel needs: those that have something to do in its body, in this order.
_SCRIPTS = {
    "fold.js": ' data-fold="',
    "replay.js": ' class="enb-tape"',
    "panel.js": "",
    "steps.js": ' class="enb-walk"',
    "compare.js": ' class="enb-race"',
}
_SHEETS = {
    "panel.css": "",
    "fold.css": ' data-fold="',
    "source.css": ' enb-source"',
    "replay.css": ' class="enb-tape"',
    "graph.css": ' class="enb-small',
    "steps.css": ' class="enb-walk"',
    "compare.css": ' class="enb-race"',
}


def _needed(assets: dict[str, str], body: str) -> list[str]:
    return [asset for asset, mark in assets.items() if mark in body]


@cache
def _asset(name: str) -> str:
    source = files("eagernb.notebook").joinpath("assets", name).read_text(encoding="utf-8")
    if name.endswith(".css"):
        return re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL).strip()
    without_comments = re.sub(r"^ *//.*\n", "", source, flags=re.MULTILINE)
    return re.sub(r"\n\s*", "\n", without_comments).strip()


def _small(sheet: str) -> str:
    return re.sub(r"(?<=[{};:,])\s+|\s+(?=[{}])", "", sheet)
