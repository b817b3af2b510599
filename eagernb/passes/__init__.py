"""Graph to graph: one file for each optimisation."""

from eagernb.passes.pipeline import DEFAULT, Change, PassResult, optimize

__all__ = ["DEFAULT", "Change", "PassResult", "optimize"]
