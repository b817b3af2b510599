"""optimize: passes one after the other, each stage kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter_ns

from eagernb.graph.ir import Graph
from eagernb.graph.verify import verify
from eagernb.passes.change import Change
from eagernb.passes.cse import cse
from eagernb.passes.dead_code import dead_code
from eagernb.passes.fold_constants import fold_constants

Pass = Callable[[Graph], tuple[Graph, list[Change]]]

PASSES: dict[str, Pass] = {"fold_constants": fold_constants, "cse": cse, "dead_code": dead_code}
DEFAULT = ("fold_constants", "cse", "dead_code")

_off: frozenset[str] = frozenset()


def switch_off(passes: Iterable[str]) -> None:
    """Leave these passes out of ``default_passes``, and no others."""
    global _off
    _off = frozenset(passes)


def default_passes() -> tuple[str, ...]:
    """The passes that functions run: all but those that are switched off."""
    return tuple(name for name in DEFAULT if name not in _off)


# Folding can make nodes equal, merging can make more of them constant; three rounds are rarely needed.
_MOST_ROUNDS = 10


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


def optimize(graph: Graph, passes: Sequence[str] = DEFAULT) -> tuple[Graph, tuple[PassResult, ...]]:
    """Run the named passes, in order, until none of them changes anything; every result is verified.

    Raises ValueError for a name that is not in ``PASSES``.
    """
    for name in passes:
        if name not in PASSES:
            raise ValueError(f"There is no pass {name!r}. The passes are: {', '.join(PASSES)}.")
    results: list[PassResult] = []
    for _ in range(_MOST_ROUNDS):
        at_start = graph
        for name in passes:
            start = perf_counter_ns()
            after, changes = PASSES[name](graph)
            took = perf_counter_ns() - start
            if after is not graph:
                verify(after)
            if after is not graph or len(results) < len(passes):
                results.append(PassResult(name, graph, after, tuple(changes), took))
            graph = after
        if graph is at_start:
            break
    return graph, tuple(results)
