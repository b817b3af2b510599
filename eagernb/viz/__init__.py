"""Pictures of programs: plain boxes and edges in, DOT, SVG or words out."""

from .diagram import BOX_KINDS, EDGE_KINDS, Box, BoxKind, Diagram, Edge, EdgeKind, Group
from .dot import to_dot
from .fold import LARGE, fold, folded_box, large_groups
from .layout import MAX_BOXES, MAX_EDGES, Engine, LayoutError, lay_out
from .svg import render
from .text import describe

__all__ = [
    "BOX_KINDS",
    "EDGE_KINDS",
    "LARGE",
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
    "fold",
    "folded_box",
    "large_groups",
    "lay_out",
    "render",
    "to_dot",
]
