"""Graph to graph: one file for each optimisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.graph.ir import Graph
from eagernb.passes.pipeline import DEFAULT, HIGHEST_LEVEL, Change, PassResult, level_passes, optimize
from eagernb.passes.report import OptimizationReport

__all__ = ["DEFAULT", "Change", "OptimizationReport", "PassResult", "level_passes", "optimize", "optimize_graph"]


def __dir__() -> list[str]:
    return __all__


def optimize_graph(
    graph: Graph, passes: Sequence[str] | None = None, explain: bool = False, *, level: int = HIGHEST_LEVEL,
    fast_math: bool = False,
) -> Any:  # fmt: skip
    """The graph optimised by the named passes, or by those of a level; also called ``graph.optimize``.

    With ``explain``, a pair: the graph, and an OptimizationReport of what was done, which prints well. ``fast_math``
    allows rewrites that hold for real numbers, but not to the bit in floating point. ValueError for an unknown pass or
    level.

    >>> import eagernb as tf
    >>> f = tf.function(lambda x: tf.exp(2.0 * x) + tf.exp(x * 2.0), name="f")
    >>> graph = f.get_concrete_function(tf.TensorSpec([2])).graph
    >>> better, report = graph.optimize(["cse"], explain=True)
    >>> print(report)
    f: 5 operations before, 3 after optimising, saving 2 operations, 4 flops and 16 bytes.
    cse: 3 changes, saving 2 operations, 4 flops and 16 bytes.
      %constant_1 holds the same value as %constant.
      %multiply_1 computes the same multiply as %multiply, so that one serves for both.
      %exp_1 computes the same exp as %exp, so that one serves for both.
    """
    names = level_passes(level) if passes is None else (passes,) if isinstance(passes, str) else tuple(passes)
    after, results = optimize(graph, names, fast_math)
    return (after, OptimizationReport(graph, after, results)) if explain else after


# The graph is a floor below: it knows no passes. Here it gets its method.
Graph.optimize = optimize_graph  # type: ignore[attr-defined]
