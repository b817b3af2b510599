"""Pictures of programs: plain boxes and edges in, DOT, SVG or words out."""

from .diagram import BOX_KINDS, EDGE_KINDS, Box, BoxKind, Diagram, Edge, EdgeKind, Group
from .dot import to_dot
from .draw_once import draw_once
from .fold import LARGE, fold, folded_box, large_groups
from .layout import MAX_BOXES, MAX_EDGES, Engine, LayoutError, lay_out
from .repeats import Repeat, find_repeats
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
    "Repeat",
    "describe",
    "draw_once",
    "find_repeats",
    "fold",
    "folded_box",
    "large_groups",
    "lay_out",
    "render",
    "to_dot",
]
