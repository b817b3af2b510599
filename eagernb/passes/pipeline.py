"""optimize: passes one after the other, each stage kept.

To add a pass, write its file, with a function of the same name, and add it to ``PASSES``; what ``-O1`` to ``-O3`` run
follows from there.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from time import perf_counter_ns

from eagernb.graph.ir import Graph
from eagernb.graph.verify import verify
from eagernb.passes.change import Change
from eagernb.passes.inside import everywhere


@dataclass(frozen=True)
class Pass:
    """A pass in the pipeline: the function that its file has under the same name.

    - ``level``: the lowest optimisation level that runs it.
    - ``does``: what it does, in a few words.
    - ``done``: what has been done to a node that it was about, in a word.
    - ``alone``: whether it looks into the graphs inside of a graph itself, or is run on each of them.
    - ``takes_fast_math``: whether ``run`` takes ``fast_math``, which allows rewrites that are right for real numbers,
      but not to the bit in floating point.
    - ``finishes``: whether it runs once, after all others, instead of again and again with them.
    """

    name: str
    level: int
    does: str
    done: str
    alone: bool = False
    takes_fast_math: bool = False
    finishes: bool = False

    @cached_property
    def run(self) -> Callable[..., tuple[Graph, list[Change]]]:
        """``run(graph)`` gives the new graph (the same one where nothing is to be done) and its Changes."""
        # Loaded when it is first needed: who only runs eagerly does not wait for it.
        function = getattr(import_module(f"eagernb.passes.{self.name}"), self.name)
        return function if self.alone else everywhere(function)


# In the order in which they run.
PASSES: dict[str, Pass] = {
    entry.name: entry
    for entry in (
        Pass("inline_calls", 2, "puts functions in the place of their calls", "inlined"),
        Pass("fold_constants", 1, "works out in advance what never changes", "folded"),
        Pass("simplify", 1, "replaces operations by simpler ones", "simplified", alone=True, takes_fast_math=True),
        Pass("cse", 2, "computes once what is computed twice", "merged"),
        Pass("hoist_invariants", 2, "takes out of loops what never changes in them", "moved"),
        Pass("dead_code", 1, "drops what no result needs", "removed", alone=True),
        Pass("fuse_elementwise", 3, "makes one of operations over the same elements", "fused", finishes=True),
        Pass(
            "plan_memory",
            3,
            "writes results where nothing is needed any more",
            "written in place",
            alone=True,
            finishes=True,
        ),
    )
}
HIGHEST_LEVEL = 3

# Folding can make nodes equal, merging can make more of them constant; three rounds are rarely needed.
_MOST_ROUNDS = 10

_off: frozenset[str] = frozenset()
_verifying = False


def level_passes(level: int) -> tuple[str, ...]:
    """The passes of an optimisation level: 0 runs none, 3 runs all; ValueError for any other level.

    >>> level_passes(1)
    ('fold_constants', 'simplify', 'dead_code')
    """
    if level not in range(HIGHEST_LEVEL + 1):
        raise ValueError(f"There is no optimisation level {level!r}, only 0 to {HIGHEST_LEVEL}.")
    return tuple(name for name, entry in PASSES.items() if entry.level <= level)


DEFAULT = level_passes(HIGHEST_LEVEL)


def switch_off(passes: Iterable[str]) -> None:
    """Leave these passes out of ``default_passes``, and no others."""
    global _off
    _off = frozenset(passes)


def default_passes() -> tuple[str, ...]:
    """The passes that functions run: all but those that are switched off."""
    return tuple(name for name in DEFAULT if name not in _off)


def verify_each_pass(on: bool = True) -> None:
    """Whether every graph that a pass makes is verified, which takes longer than most passes: for tests."""
    global _verifying
    _verifying = on


def check_names(passes: Iterable[str]) -> None:
    """Raise ValueError for a name that is not in ``PASSES``, naming a similar one."""
    for name in passes:
        if name not in PASSES:
            near = difflib.get_close_matches(name, PASSES, n=1)
            remedy = f"Did you mean {near[0]}?" if near else f"The passes are: {', '.join(PASSES)}."
            raise ValueError(f"There is no pass {name!r}. {remedy}")


@dataclass(frozen=True)
class PassResult:
    """What one pass made of a graph. ``changes`` tells it in sentences; ``nanoseconds`` is how long it took."""

    name: str
    before: Graph
    after: Graph
    changes: tuple[Change, ...]
    nanoseconds: int

    @property
    def changed(self) -> bool:
        return self.after is not self.before


def optimize(
    graph: Graph, passes: Sequence[str] = DEFAULT, fast_math: bool = False
) -> tuple[Graph, tuple[PassResult, ...]]:
    """Run the named passes, in order, until none of them changes anything; those that finish a graph, once at the end.

    Raises ValueError for a name that is not in ``PASSES``.
    """
    check_names(passes)
    results: list[PassResult] = []
    settled: dict[str, Graph] = {}  # by pass, the graph in which it found nothing to do
    seen: set[str] = set()

    def run(name: str, graph: Graph) -> Graph:
        if settled.get(name) is graph:
            return graph
        entry = PASSES[name]
        function = partial(entry.run, fast_math=fast_math) if entry.takes_fast_math else entry.run
        start = perf_counter_ns()
        after, changes = function(graph)
        took = perf_counter_ns() - start
        if after is graph:
            settled[name] = graph
        elif _verifying:
            verify(after)
        if after is not graph or name not in seen:
            results.append(PassResult(name, graph, after, tuple(changes), took))
        seen.add(name)
        return after

    for _ in range(_MOST_ROUNDS):
        at_start = graph
        for name in passes:
            if not PASSES[name].finishes:
                graph = run(name, graph)
        if graph is at_start:
            break
    for name in passes:
        if PASSES[name].finishes:
            graph = run(name, graph)
    return graph, tuple(results)
