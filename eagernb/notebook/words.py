"""What a cell did, in words: what a terminal, nbval and a screen reader get. No times: they differ from run to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from eagernb.graph import Node
from eagernb.notebook.enumeration import MOST_NAMES, MOST_SENTENCES, capped, join
from eagernb.notebook.gradient_words import gradient_flow, gradient_sentences
from eagernb.notebook.language import noted, say, translated
from eagernb.notebook.nested_words import inside_sentences, inside_words
from eagernb.notebook.quantities import count, flops, nbytes
from eagernb.notebook.recording import FORWARD, RecordedOp, RecordedTensor

if TYPE_CHECKING:
    from eagernb.notebook.comparison import Comparison
    from eagernb.notebook.effects import Effect
    from eagernb.notebook.graph_run import GraphRun
    from eagernb.notebook.recording import Recording
    from eagernb.passes import Change


def describe_recording(recording: Recording) -> str:
    """Return what ran eagerly, in a few lines.

    >>> from eagernb.notebook.recording import Recording
    >>> print(describe_recording(Recording("%%eager\\n1 + 1")))
    Eager: no tensor operation ran in this cell.
    """
    if not recording.ops:
        return _lines(say("Eager: no tensor operation ran in this cell."), failure(recording))
    forward, backward, updates = recording.forward, recording.backward, recording.updates
    parts = phases(len(recording.ops), len(forward), len(backward), len(updates))
    first = say("Eager: {operations}.", operations=parts)
    return _lines(
        first,
        _listing(say("Forward") if backward else say("By name"), _names(forward)),
        _listing(say("Backward"), _names(backward)),
        _listing(say("Update"), _names(updates)),
        gradient_flow(recording),
        *capped(gradient_sentences(recording)),
        _sentence(noted("Named results: {names}."), _named_results(recording.ops)),
        _sentence(
            noted("Assigned to: {names}."),
            (t.name or say("a variable") for op in recording.ops for t in _written(op)),
        ),
        alive_at_once(nbytes(recording.peak)) if recording.peak else "",
        failure(recording),
    )


def describe_graph_run(run: GraphRun) -> str:
    """Return what the graph is, what each pass did to it, and what it needs, in a few lines."""
    traced, optimized = run.cost["traced"], run.cost["optimized"]
    if not traced.ops:
        return _lines(say("Graph: no tensor operation was traced in this cell."), failure(run))
    backward = sum(node.scope != FORWARD for node in run.graph.ops)
    first = say(
        "Graph: {before} traced, {after} after optimising.",
        before=f"{phases(traced.ops, traced.ops - backward, backward)}{inside_words(run.graph)}",
        after=f"{optimized.ops:,}{inside_words(run.optimized)}",
    )
    return _lines(
        first,
        _listing(say("Optimised"), _names(run.ops)),
        *capped(inside_sentences(run), 2 * MOST_SENTENCES),
        *_passes(run),
        *capped([_effect(effect, run.calls) for effect in run.effects]),
        _change(say("Arithmetic"), traced.flops, optimized.flops, flops),
        _change(say("Results"), traced.bytes, optimized.bytes, nbytes),
        alive_at_once(nbytes(run.peak)) if run.runs else "",
        run.code if run.shows_code else "",
        say("Run by {executor}.", executor=run.executor) if run.executor != "interpreter" else "",
        say("Its programs are in .programs: {names}.", names=join(map(translated, run.programs)))
        if run.programs
        else "",
        failure(run),
    )


def _effect(effect: Effect, calls: int) -> str:
    return say("Line {n}: {what} {told}.", n=effect.line, what=effect.what, told=effect.told(calls))


def describe_comparison(comparison: Comparison) -> str:
    """Return whether both modes agree, name by name where not, and what each needs besides time."""
    before, after = comparison.graph.cost["traced"].ops, comparison.graph.cost["optimized"].ops
    peaks = comparison.peaks
    return _lines(
        verdict(comparison),
        *(
            f"  {result.name}: {' '.join(filter(None, (translated(result.detail), result.reason)))}"
            for result in comparison.results
            if not result.equal
        ),
        say(
            "Operations: {eager} eagerly, {before} as traced, {after} optimised.",
            eager=f"{len(comparison.eager.ops):,}",
            before=f"{before:,}",
            after=f"{after:,}",
        ),
        say(
            "Peak memory: {eager} eagerly, {graph} as a graph.",
            eager=nbytes(peaks["eager"]),
            graph=nbytes(peaks["graph"]),
        ),
        *map(translated, comparison.notes),
    )


def alive_at_once(size: str) -> str:
    """Return the most memory that was held, of so many bytes."""
    return say("At most {size} of computed values were alive at once.", size=size)


def verdict(comparison: Comparison) -> str:
    """Return whether the results of both modes are equal, in a sentence."""
    different = [result.name for result in comparison.results if not result.equal]
    total = len(comparison.results)
    if not total:
        return say("Eager and graph: the cell leaves no tensors behind that could be compared.")
    if not different:
        names = join([translated(result.name) for result in comparison.results][:MOST_NAMES])
        return say("Eager and graph give equal results, to the last bit: {names}.", names=names)
    return say(
        "Eager and graph differ in {names}: {different} of {results}.",
        names=join(map(translated, different[:MOST_NAMES])),
        different=len(different),
        results=count(total, "result"),
    )


def phases(total: int, forward: int, backward: int, updates: int = 0) -> str:
    """Return how many operations there are and how they divide.

    >>> phases(17, 8, 9), phases(1, 1, 0)
    ('17 operations, 8 forward and 9 backward', '1 operation')
    >>> phases(19, 8, 9, 2)
    '19 operations, 8 forward, 9 backward and 2 update'
    """
    text = count(total, "operation")
    if not backward:
        return text
    if updates:
        return say(
            "{operations}, {forward} forward, {backward} backward and {updates} update",
            operations=text,
            forward=f"{forward:,}",
            backward=f"{backward:,}",
            updates=f"{updates:,}",
        )
    return say(
        "{operations}, {forward} forward and {backward} backward",
        operations=text,
        forward=f"{forward:,}",
        backward=f"{backward:,}",
    )


def failure(result: Recording | GraphRun) -> str:
    """Return what stopped the cell and where; empty where nothing did."""
    if not result.error:
        return ""
    where = say("Stopped in line {number}", number=result.error_line) if result.error_line else say("Stopped")
    return f"{where}: {result.error}"


def pass_changes(run: GraphRun) -> dict[str, list[Change]]:
    """Return the passes that ran, each once with what it did in all its rounds."""
    changes: dict[str, list[Change]] = {}
    for result in run.passes:
        changes.setdefault(result.name, []).extend(result.changes)
    return changes


def _names(ops: Iterable[RecordedOp | Node]) -> Iterable[str]:
    return (op.name if isinstance(op, RecordedOp) else op.op.name for op in ops)


def _listing(title: str, names: Iterable[str]) -> str:
    """How often each operation occurs, in the order of first occurrence."""
    parts = [f"{name} ×{times}" if times > 1 else name for name, times in Counter(names).items()]
    names = say(", ").join(capped(parts, MOST_NAMES))
    return say("{title}: {names}.", title=title, names=names) if parts else ""


def _sentence(template: str, parts: Iterable[str]) -> str:
    found = capped(list(dict.fromkeys(parts)), MOST_NAMES)
    return say(template, names=say(", ").join(found)) if found else ""


def _named_results(ops: Iterable[RecordedOp]) -> Iterable[str]:
    for op in ops:
        where = say(", line {n}", n=op.line) if op.line else ""
        yield from (f"{out.name} ({out.type_text}{where})" for out in op.outputs if out.name)


def _written(op: RecordedOp) -> Iterable[RecordedTensor]:
    return (t for t in op.inputs if op.effect and t.kind == "variable")


def _passes(run: GraphRun) -> Iterable[str]:
    for name, changes in pass_changes(run).items():
        if not changes:
            yield say("{name}: nothing to do.", name=name)
            continue
        yield say("{name}: {changes}.", name=name, changes=count(len(changes), "change"))
        yield from (f"  {sentence}" for sentence in capped([translated(change.sentence) for change in changes]))


def _change(what: str, before: int, after: int, show: Callable[[int], str]) -> str:
    if after == before:
        return say("{title}: {names}.", title=what, names=show(before))
    return say("{what}: {before} before optimising, {after} after.", what=what, before=show(before), after=show(after))


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
