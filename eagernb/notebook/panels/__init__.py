"""What a cell shows: one bundle of words, a page and a picture for each kind of result."""

from eagernb.notebook.panels.comparison import comparison_bundle
from eagernb.notebook.panels.gradient import gradient_bundle
from eagernb.notebook.panels.graph import graph_bundle
from eagernb.notebook.panels.recording import recording_bundle

__all__ = ["comparison_bundle", "gradient_bundle", "graph_bundle", "recording_bundle"]
