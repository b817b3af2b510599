"""What the tests of the pictures share."""

from __future__ import annotations

import pytest

from eagernb.viz import BOX_KINDS, EDGE_KINDS, Box, Diagram, Edge, Group


@pytest.fixture
def every_kind() -> Diagram:
    """A diagram with every kind of box and of edge, a group, badges and labels."""
    boxes = tuple(
        Box(kind, f"{kind} op", ("64×10 float32", "line 3"), kind, badge="3 µs" if index % 2 else "")
        for index, kind in enumerate(BOX_KINDS)
    )
    edges = tuple(
        Edge(BOX_KINDS[index], BOX_KINDS[index + 1], f"to {index}", kind) for index, kind in enumerate(EDGE_KINDS)
    )
    return Diagram("Every kind", "One of each.", boxes, edges, (Group("f", "Forward", ("op", "input"), "forward"),))
