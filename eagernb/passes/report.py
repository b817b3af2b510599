"""What optimising did to a graph, in words."""

from __future__ import annotations

from dataclasses import dataclass

from eagernb.graph.cost import Cost, graph_cost
from eagernb.graph.ir import Graph
from eagernb.passes.change import Change
from eagernb.passes.pipeline import PassResult

# A pass that changed more is summed up after these.
MOST_SENTENCES = 12


@dataclass(frozen=True)
class OptimizationReport:
    """The graph before and after, and each pass in between with its sentences and what it saved; it prints well."""

    before: Graph
    after: Graph
    passes: tuple[PassResult, ...]

    @property
    def nanoseconds(self) -> int:
        """How long all passes took."""
        return sum(result.nanoseconds for result in self.passes)

    def __str__(self) -> str:
        first, last = graph_cost(self.before), graph_cost(self.after)
        rows = [f"{self.before.name}: {_ops(first)} before, {last.ops:,} after optimising{_saving(first, last)}."]
        for result in self.passes:
            rows += _of_pass(result)
        return "\n".join(rows)

    __repr__ = __str__


def _of_pass(result: PassResult) -> list[str]:
    if not result.changed:
        return [f"{result.name}: nothing to do."]
    saved = _saving(graph_cost(result.before), graph_cost(result.after))
    rows = [f"{result.name}: {len(result.changes)} {'change' if len(result.changes) == 1 else 'changes'}{saved}."]
    rows += [f"  {_told(change)}" for change in result.changes[:MOST_SENTENCES]]
    if len(result.changes) > MOST_SENTENCES:
        rows.append(f"  and {len(result.changes) - MOST_SENTENCES:,} more.")
    return rows


def _told(change: Change) -> str:
    return f"In {change.inside}: {change.sentence}" if change.inside else change.sentence


def _ops(cost: Cost) -> str:
    return f"{cost.ops:,} {'operation' if cost.ops == 1 else 'operations'}"


def _saving(before: Cost, after: Cost) -> str:
    """What was saved, as the end of a sentence: empty if nothing was."""
    fewer = [
        f"{was - now:,} {noun if was - now == 1 else noun + 's'}"
        for noun, was, now in (
            ("operation", before.ops, after.ops), ("flop", before.flops, after.flops),
            ("byte", before.bytes, after.bytes),
        ) if was > now
    ]  # fmt: skip
    return f", saving {' and '.join([', '.join(fewer[:-1]), fewer[-1]] if fewer[1:] else fewer)}" if fewer else ""
