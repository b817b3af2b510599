"""What a cell did, in words: what a terminal, nbval and a screen reader get. No times: they differ from run to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from eagernb.core.variant import VariantSpec
from eagernb.graph import Graph, Node
from eagernb.notebook.language import noted, say, say_count, translated
from eagernb.notebook.recording import FORWARD, RecordedOp, RecordedTensor
from eagernb.notebook.tape_names import SourceGradient, TapeNames

if TYPE_CHECKING:
    from eagernb.core.spec import TensorSpec
    from eagernb.notebook.comparison import Comparison
    from eagernb.notebook.effects import Effect
    from eagernb.notebook.glance import Glance
    from eagernb.notebook.graph_run import GraphRun
    from eagernb.notebook.recording import Recording
    from eagernb.notebook.watch import NodeRun, SubgraphRun
    from eagernb.passes import Change

MOST_SENTENCES = 12
_MOST_NAMES = 20
_HEIGHTS = "▁▂▃▄▅▆▇█"


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
        names = join([translated(result.name) for result in comparison.results][:_MOST_NAMES])
        return say("Eager and graph give equal results, to the last bit: {names}.", names=names)
    return say(
        "Eager and graph differ in {names}: {different} of {results}.",
        names=join(map(translated, different[:_MOST_NAMES])),
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


def gradient_flow(recording: Recording) -> str:
    """Return which operations the gradient went back through, in its order; empty without a backward pass."""
    through = list(dict.fromkeys(op.of for op in recording.ops if op.of is not None))
    if not through:
        return ""
    start = recording.ops[through[0]]
    of = next((out.name for out in start.outputs if out.name), "")
    names = ((name, len(list(same))) for name, same in groupby(recording.ops[index].name for index in through))
    path = listed([f"{name} ×{times}" if times > 1 else name for name, times in names], _MOST_NAMES)
    if not of:
        return say("The gradient flows back through {path}.", path=path)
    return say("The gradient of {name} flows back through {path}.", name=of, path=path)


def gradient_sentences(recording: Recording) -> list[str]:
    """Return what tapes gave for each source that has a name, and why one is 0 where a step makes it so."""
    return [gradient_sentence(answer) for answer in TapeNames(recording).answers() if answer.source]


def _without_gradient(op: RecordedOp) -> str:
    """The dtype of what an operation takes if no gradient flows into any of that, because it has no fractions."""
    dtypes = [tensor.dtype for tensor in op.inputs]
    return "" if any(dtype.startswith(("float", "bfloat", "complex")) for dtype in dtypes) else dtypes[0]


def gradient_sentence(answer: SourceGradient) -> str:
    """Return what a tape gave for a source."""
    if answer.is_none:
        target = answer.target or say("the target")
        end = answer.ends_at
        if end is None:
            reason = say("no step leads from it to {target}", target=target)
        else:
            reason = say(
                "the way back from {target} ends at step {step}, {name}",
                target=target,
                step=end.index + 1,
                name=end.name,
            )
            if dtype := _without_gradient(end):
                reason += say(": {dtype} has no gradient", dtype=dtype)
        return say(
            "{source}: no gradient (None), {reason}. tf.why_no_gradient(tape, {target}, {source}) tells more.",
            source=answer.source,
            target=target,
            reason=reason,
        )
    if answer.op is None:
        return say("{source}: gradient {fraction}, what flows in.", source=answer.source, fraction=answer.fraction)
    gradient = answer.op.outputs[0]
    said = say(
        "{source}: gradient {fraction} of step {step}, {type}, {value}.",
        source=answer.source,
        fraction=answer.fraction,
        step=answer.op.index + 1,
        type=type_text(gradient),
        value=value_text(gradient),
    )
    uses = say("It is the sum over {n} uses.", n=answer.uses) if answer.uses > 1 else ""
    return " ".join(filter(None, (said, uses, zero_words(answer.zero_from))))


def zero_words(op: RecordedOp | None) -> str:
    """Return which backward operation made a gradient 0; empty for none."""
    if op is None or op.of is None:
        return ""
    return say("It is 0 from step {step} on: {name} lets nothing through there.", step=op.index + 1, name=op.name)


def inner_ops(graph: Graph) -> int:
    """Return how many operations a graph has with those of its sub-graphs; those fused into one in the place of it."""
    return sum((not _is_fused(node)) + sum(map(inner_ops, node.graphs)) for node in graph.ops)


def all_ops(graph: Graph) -> int:
    """Return how many operations are carried out one by one if each runs once: those inside of a fused one are not."""
    nested = (inner for node in graph.ops if not _is_fused(node) for inner in node.graphs)
    return len(graph.ops) + sum(map(all_ops, nested))


def _is_fused(node: Node) -> bool:
    return bool(node.graphs) and node.op.family == "elementwise"


def inside_words(graph: Graph) -> str:
    """Return how many operations run inside of others; empty where none does."""
    inside = sum(map(inner_ops, (inner for node in graph.ops for inner in node.graphs)))
    return say(" with {n} inside", n=f"{inside:,}") if inside else ""


def graph_names(node: Node) -> tuple[str, ...]:
    """Return what a node's sub-graphs are called: true and false, condition and body, or the function's name."""
    if node.op.graphs == ("cond", "body"):
        return (say("condition"), say("body"))
    if node.op.graphs != ("branches",):
        return tuple(graph.name for graph in node.graphs)
    if node.inputs[0].spec.dtype.name == "bool":
        return (say("true"), say("false"))
    *numbers, last = (say("branch {n}", n=index) for index in range(len(node.graphs)))
    return (*numbers, say("{branch} and any other", branch=last))


def branch_words(node: Node, index: int, ran: SubgraphRun | None) -> tuple[str, bool | None]:
    """Return what to call a branch and whether it was taken, None where that is not known."""
    name = graph_names(node)[index]
    if ran is None:
        return name, None
    if not ran.times:
        return say("{branch}: not run", branch=name), False
    return say_count(ran.times, "{branch}: taken", "{branch}: taken {n} times", branch=name), True


def turns_words(turns: int) -> str:
    """Return how often the body of a loop ran.

    >>> turns_words(1), turns_words(12)
    ('1 turn', '12 turns')
    """
    return count(turns, "turn")


def inside_sentences(run: GraphRun) -> list[str]:
    """Return what ran inside the nodes that have sub-graphs, as deep as they go."""
    return [sentence for ran in run.runs for sentence in _inside(ran, "")]


def _inside(ran: NodeRun, indent: str) -> Iterable[str]:
    node = ran.node
    if not node.graphs:
        return
    where = say(", line {n}", n=node.line.number) if node.line else ""
    if node.op.graphs == ("cond", "body"):
        told = say("ran {turns}", turns=turns_words(ran.inside[1].times))
    elif node.op.graphs == ("branches",):
        told = "; ".join(branch_words(node, index, part)[0] for index, part in enumerate(ran.inside))
    else:
        is_call = node.op.family == "control flow"
        told = say("ran {names}", names=join(graph_names(node))) if is_call else say("ran as one")
    yield f"{indent}%{node.name}{where}: {told}."
    for name, part in zip(graph_names(node), ran.inside, strict=True):
        if part.runs:
            ops = (f"{r.node.op.name} ×{r.times}" if r.times > 1 else r.node.op.name for r in part.runs)
            yield f"{indent}  {name}: {', '.join(capped(list(ops), _MOST_NAMES))}."
        for inner in part.runs:
            yield from _inside(inner, f"{indent}    ")


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


def operation_text(name: str, label: str) -> tuple[str, str]:
    """Return the name of an operation and its symbol, which is empty where its label is only a word.

    >>> operation_text("add", "+"), operation_text("matmul", "matmul"), operation_text("reduce_mean", "mean")
    (('add', '+'), ('matmul', ''), ('reduce_mean', ''))
    """
    is_word = label[:2].isascii() and label[:2].isalpha()
    return name, "" if is_word or len(label) > 6 else label


def type_text(value: RecordedTensor | TensorSpec) -> str:
    """Return shape and dtype as in 64×10 float32, a question mark for what is not known before running."""
    if isinstance(value, RecordedTensor):
        return value.type_text
    if isinstance(value, VariantSpec):
        return value.what
    if value.shape.rank is None:
        return say("any shape {dtype}", dtype=value.dtype.name)
    dims = "×".join("?" if dim is None else str(dim) for dim in value.dims)
    return f"{dims or say('scalar')} {value.dtype.name}"


def value_text(value: RecordedTensor) -> str:
    """Return the few elements of a small tensor, or the range and the mean of a larger one."""
    return range_text(value.glance) if value.glance is not None and value.has_range else value.preview


def range_text(look: Glance) -> str:
    """Return the range and the mean of what was looked at, and what is odd about it."""
    parts = [
        say("{low} to {high}", low=f"{look.low:.3g}", high=f"{look.high:.3g}"),
        say("mean {mean}", mean=f"{look.mean:.3g}"),
    ]
    if not look.bins:
        parts = []
    elif look.low == look.high:
        parts = [say("all {value}", value=f"{look.low:.3g}")]
    if look.odd:
        parts.insert(0, say("{n} NaN or infinite", n=f"{look.odd:,}"))
    if look.sampled:
        parts.insert(0, say("of {n} elements", n=f"{look.sampled:,}"))
    return say(", ").join(parts)


def spread_text(look: Glance | None) -> str:
    """Return a histogram in characters; empty where there is nothing to see.

    >>> from eagernb.notebook.glance import glance
    >>> import numpy as np
    >>> spread_text(glance(np.float32([1, 2, 2, 3, 3, 3, 3, 9])))
    '▃▅█▁▁▁▁▃'
    """
    most = max(look.bins, default=0) if look else 0
    if look is None or sum(look.bins) < 2:
        return ""
    # The lowest character is for an empty range: a single element is higher.
    return "".join(_HEIGHTS[-(-number * (len(_HEIGHTS) - 1) // most)] for number in look.bins)


def count(number: int, thing: str) -> str:
    """Return a number of things.

    >>> count(1, "operation"), count(1200, "operation")
    ('1 operation', '1,200 operations')
    """
    return say_count(number, f"{{n}} {thing}", f"{{n}} {thing}s")


def flops(number: int) -> str:
    """Return a number of operations on numbers, with three digits.

    >>> flops(262_144)
    '262 kflop'
    """
    return _scaled(number, ("flop", "kflop", "Mflop", "Gflop", "Tflop"))


def nbytes(number: float) -> str:
    """Return a number of bytes with three digits.

    >>> nbytes(0), nbytes(1234), nbytes(65536), nbytes(999_999)
    ('0 B', '1.23 kB', '65.5 kB', '1 MB')
    """
    return _scaled(number, ("B", "kB", "MB", "GB", "TB"))


def duration(nanoseconds: float) -> str:
    """Return a time with three digits.

    >>> duration(850), duration(12_345), duration(2_500_000_000)
    ('850 ns', '12.3 µs', '2.5 s')
    """
    return _scaled(nanoseconds, ("ns", "µs", "ms", "s"))


def join(parts: Iterable[str]) -> str:
    """Return the parts as in a sentence.

    >>> join(["w", "b", "x"])
    'w, b and x'
    """
    parts = list(parts)
    if len(parts) < 2:
        return "".join(parts)
    return say("{most} and {last}", most=say(", ").join(parts[:-1]), last=parts[-1])


def listed(parts: Sequence[str], most: int) -> str:
    """Return the parts as in a sentence, the first of them where there are many.

    >>> listed(["w", "b"], 2), listed(["w", "b", "x"], 2)
    ('w and b', 'w, b, and 1 more')
    """
    return join(parts) if len(parts) <= most else say(", ").join(capped(parts, most))


def capped(parts: Sequence[str], most: int = MOST_SENTENCES) -> list[str]:
    """Return the first parts, and how many more there are.

    >>> capped(["a", "b", "c"], 2)
    ['a', 'b', 'and 1 more']
    """
    left = len(parts) - most
    return [*parts[:most], say("and {n} more", n=f"{left:,}")] if left > 0 else list(parts)


def _scaled(number: float, units: Sequence[str]) -> str:
    for unit in units:
        # 999.6 would be shown as 1000.
        if number < 999.5 or unit == units[-1]:
            break
        number /= 1000
    digits = 0 if number >= 100 else 1 if number >= 10 else 2
    text = f"{number:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if digits else text} {unit}"


def _names(ops: Iterable[RecordedOp | Node]) -> Iterable[str]:
    return (op.name if isinstance(op, RecordedOp) else op.op.name for op in ops)


def _listing(title: str, names: Iterable[str]) -> str:
    """How often each operation occurs, in the order of first occurrence."""
    parts = [f"{name} ×{times}" if times > 1 else name for name, times in Counter(names).items()]
    names = say(", ").join(capped(parts, _MOST_NAMES))
    return say("{title}: {names}.", title=title, names=names) if parts else ""


def _sentence(template: str, parts: Iterable[str]) -> str:
    found = capped(list(dict.fromkeys(parts)), _MOST_NAMES)
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
