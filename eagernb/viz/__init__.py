"""Pictures of programs: plain boxes and edges in, DOT, SVG or words out."""

from .diagram import BOX_KINDS, EDGE_KINDS, Box, BoxKind, Diagram, Edge, EdgeKind, Group
from .dot import to_dot
from .layout import MAX_BOXES, MAX_EDGES, Engine, LayoutError, lay_out
from .svg import render
from .text import describe

__all__ = [
    "BOX_KINDS",
    "EDGE_KINDS",
    "MAX_BOXES",
    "MAX_EDGES",
    "Box",
    "BoxKind",
    "Diagram",
    "Edge",
    "EdgeKind",
    "Engine",
    "Group",
    "LayoutError",
    "describe",
    "lay_out",
    "render",
    "to_dot",
]
