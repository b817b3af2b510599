"""A diagram in words, for who cannot see it."""

from __future__ import annotations

from collections import Counter

from .diagram import BOX_KINDS, EDGE_KINDS, Diagram, Group

# A longer list of groups is cut.
_MOST_GROUPS = 12

_BOX_WORDS = {
    "input": ("input", "inputs"),
    "constant": ("constant", "constants"),
    "variable": ("variable", "variables"),
    "op": ("operation", "operations"),
    "gradient": ("gradient operation", "gradient operations"),
    "effect": ("effect", "effects"),
    "output": ("output", "outputs"),
    "removed": ("removed operation", "removed operations"),
    "fused": ("fused operation", "fused operations"),
    "failed": ("failed operation", "failed operations"),
    "choice": ("choice", "choices"),
    "flow": ("value that is handed on", "values that are handed on"),
    "nested": ("folded group", "folded groups"),
}
_EDGE_WORDS = {
    "data": ("a value", "values"),
    "gradient": ("a gradient", "gradients"),
    "saved": ("a value kept for the backward pass", "values kept for the backward pass"),
    "control": ("an order without a value", "orders without a value"),
    "loop": ("a way round to the next turn", "ways round to the next turn"),
}


def describe(diagram: Diagram) -> str:
    """Return one or two sentences that say what the picture holds: its boxes by kind, its arrows, its groups.

    >>> from eagernb.viz.diagram import Box, Edge
    >>> describe(Diagram("Square", "", (Box("x", "x", kind="input"), Box("y", "square")), (Edge("x", "y"),)))
    'Square: a diagram of 2 boxes, 1 input and 1 operation. 1 arrow between them carries a value.'
    """
    name = " ".join(diagram.title[:200].split()) or "Diagram"
    if not diagram.boxes:
        return f"{name}: nothing to draw."
    kinds = Counter(box.kind for box in diagram.boxes)
    parts = _join([f"{kinds[kind]} {_BOX_WORDS[kind][kinds[kind] > 1]}" for kind in BOX_KINDS if kinds[kind]])
    first = f"{name}: a diagram of {_count(len(diagram.boxes), 'box', 'boxes')}, {parts}"
    inside: dict[str, list[str]] = {}
    for group in diagram.groups:
        if title := _title(group):
            inside.setdefault(group.parent, []).append(title)
    if titles := inside.get(""):
        first += f", grouped as {_join(_capped(titles))}"
    held = [
        f" {_title(group)} holds {_join(_capped(inside[group.id]))}." for group in diagram.groups if group.id in inside
    ]
    first += "." + "".join(_capped(held, " And so on."))
    if not diagram.edges:
        return first
    edges = Counter(edge.kind for edge in diagram.edges)
    total = len(diagram.edges)
    if len(edges) == 1:
        carried = _EDGE_WORDS[diagram.edges[0].kind][total > 1]
    else:
        carried = _join([_count(edges[kind], *_EDGE_WORDS[kind]) for kind in EDGE_KINDS if edges[kind]])
    verb = "carry" if total > 1 else "carries"
    return f"{first} {_count(total, 'arrow', 'arrows')} between them {verb} {carried}."


def _title(group: Group) -> str:
    return " ".join(group.title[:80].split())


def _capped(parts: list[str], rest: str = "others") -> list[str]:
    return parts if len(parts) <= _MOST_GROUPS else [*parts[:_MOST_GROUPS], rest]


def _count(number: int, one: str, many: str) -> str:
    return one if number == 1 and one.startswith(("a ", "an ")) else f"{number} {one if number == 1 else many}"


def _join(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
