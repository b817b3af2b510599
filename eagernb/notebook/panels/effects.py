"""Side effects as badges beside the source lines that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook.panels.markup import element, text, timed

if TYPE_CHECKING:
    from eagernb.notebook.graph_run import GraphRun


def effect_badges(run: GraphRun) -> dict[int, str]:
    """Return, by line, the badges of its effects."""
    badges: dict[int, str] = {}
    for effect in run.effects:
        kind = "enb-badge enb-each" if effect.at_each_call else "enb-badge"
        # How often a comparison calls the graph depends on how long a call takes.
        badge = element("small", element("b", text(effect.what)), " ", timed(effect.told(run.calls)), class_=kind)
        badges[effect.line] = badges.get(effect.line, "") + badge
    return badges
