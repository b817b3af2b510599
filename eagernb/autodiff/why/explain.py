"""explain: which of all that can go wrong did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.autodiff.backprop import check_tensor
from eagernb.autodiff.tape import GradientTape
from eagernb.autodiff.why import faults
from eagernb.autodiff.why.advice import NUMPY_FUNCTION_REMEDY, advice_for, op_words
from eagernb.autodiff.why.case import Case, explanation
from eagernb.autodiff.why.explanation import Explanation, listed
from eagernb.autodiff.why.route import Leg
from eagernb.autodiff.why.user_code import UserCode
from eagernb.core.op import READ, WRITE
from eagernb.core.variable import Variable
from eagernb.errors import NotATensorError


def explain(tape: GradientTape, target: Any, source: Any, code: UserCode, names: Sequence[str]) -> Explanation:
    """Find out why ``tape.gradient(target, source)`` is None.

    ``names`` are the user's, of the tape, the target and the source; "" where there is none.
    """
    for value, role in ((target, "target"), (source, "source")):
        if isinstance(value, (list, tuple, dict)):
            kind = type(value).__name__
            raise NotATensorError(f"why_no_gradient explains one gradient: give it one {role}, not a {kind} of them.")
        check_tensor(value, role)
    case = Case(tape, target, source, code, names)
    if not source.dtype.is_differentiable:
        return faults.integer_source(case)
    if case.route is not None and not all(leg.passes for leg in case.route):
        return _stopped(case, case.route)
    if not target.dtype.is_differentiable:
        return faults.integer_target(case)
    if not tape._answers and not tape._used:
        return faults.never_recorded(case)
    if not case.source_is_watched:
        explained = _unwatched(case)
        if explained is not None:
            return explained
    if case.steps is None:
        return faults.used_up(case)
    if case.route is not None:
        return _connected(case, case.route)
    return _watched_late(case) or _left(case) or _outside(case) or _not_used(case)


def _unwatched(case: Case) -> Explanation | None:
    """None for a trainable variable, which would have been watched if it had been read."""
    if not isinstance(case.source, Variable):
        return faults.replaced(case) or faults.not_watched(case)
    watched_by_itself = case.source.trainable and case.tape._watch_accessed
    return None if watched_by_itself else faults.not_watched(case)


def _connected(case: Case, route: Sequence[Leg]) -> Explanation:
    custom = any(leg.step.op.family == "function" for leg in route)
    return explanation(
        "connected",
        f"There is a gradient: {case.t} depends on {case.s}, and all operations between them have derivatives.",
        "on the way there is a function with a custom gradient: if that returns None, so does the tape."
        if custom
        else "",
        "the tape is used up: to ask it again, make it with tf.GradientTape(persistent=True)."
        if case.tape._used
        else "",
        remedy="",
        stages=case.along(route),
    )


def _stopped(case: Case, route: Sequence[Leg]) -> Explanation:
    """There is a way, but through operations without a gradient."""
    first, *others = [leg for leg in route if not leg.passes]
    op, stop = first.step.op, first.step.stop
    line = stop.place.line if stop is not None and stop.place is not None else None
    where = f" on line {line.number}" if line else ""
    if stop is not None and stop.paused:
        what = op_words(op.name)
        reason, remedy = "stop_recording", "Move it out of the block of `stop_recording()`."
        headline = f"{what}{where} ran while the tape had stopped recording."
        others = [leg for leg in others if leg.step.stop is None or not leg.step.stop.paused]
    else:
        advice = advice_for(op, stop.dtype if stop is not None else "integers")
        reason, remedy = _reason(op.name, op.effect == WRITE and op.family != "outside"), advice.remedy
        headline = f"{op_words(op.name)}{where} {advice.why}."
    more = list(dict.fromkeys(op_words(leg.step.op.name) for leg in others))
    return explanation(
        reason,
        headline,
        f"the way from {case.s} to {case.t} leads through it, so that no gradient comes back.",
        f"further on, none comes through {listed(more)} either." if more else "",
        remedy=remedy,
        op=op.name,
        line=line,
        stages=case.along(route),
    )


def _reason(op: str, assigns: bool) -> str:
    if assigns:
        return "assigned"
    return {"cast": "cast to an integer", "stop_gradient": "stop_gradient"}.get(op, "no derivative")


def _watched_late(case: Case) -> Explanation | None:
    """The source was used before the tape was told to watch it."""
    if isinstance(case.source, Variable) or case.source_is_used:
        return None
    block = case.code.block(case.tape_name)
    watch = case.code.watch(case.tape_name, case.source_name)
    if block is None or watch is None:
        return None
    use = case.code.first_use(case.source_name, range(block.start, watch.number))
    if use is None:
        return None
    return explanation(
        "watched too late",
        f"{case.s} is watched on line {watch.number}, after line {use.number} has used it.",
        "a tape follows a tensor from the moment that it is watched.",
        remedy=f"Move {case.watch_call} to the beginning of the block.",
        line=watch,
        stages=case.gap("watched too late", watch),
    )


def _left(case: Case) -> Explanation | None:
    """A value that was computed from the source was taken out."""
    for out in case.tape.trail.exits:
        way = [] if out.key == case.source._key else case.way_between(case.source._key, out.key)
        if way is None:
            continue
        read_only = all(leg.step.op.effect == READ for leg in way)
        name = case.source_name if read_only else case.name_of(out.key)
        line = out.place.line if out.place else None
        where = f"on line {line.number}, " if line else ""
        what = f"the value of `{name}`" if name else "a value"
        return explanation(
            "left as a NumPy or Python value",
            f"{where}{out.how} takes {what} out of the tape's sight: from there on it is a number like any other.",
            f"the tape knows of no other way from {case.s} to {case.t}.",
            remedy=NUMPY_FUNCTION_REMEDY
            if out.how == "tf.numpy_function()"
            else "Compute with tensors all the way: tf.sin for np.sin, and tf.cast for float(). Take values out only "
            "to show or to store them.",
            line=line,
            stages=case.gap(out.how, line),
        )
    return None


def _outside(case: Case) -> Explanation | None:
    """The target is computed on a line that is not in the tape's block."""
    block = case.code.block(case.tape_name)
    line = case.code.made_on(case.target_name)
    if block is None or line is None or line.number in block or case.target_was_seen:
        return None
    side = "before" if line.number < block.start else "after"
    lines = f"lines {block.start} to {block.stop - 1}"
    return explanation(
        "computed outside of the tape",
        f"{case.t} is computed on line {line.number}, {side} the tape's block ({lines}).",
        "a tape knows only what happens inside of its block.",
        remedy="Move the line into the block.",
        line=line,
        stages=case.gap(f"{side} the block", line),
    )


def _not_used(case: Case) -> Explanation:
    """There is no way, and nothing says what happened instead."""
    verb = "reads" if isinstance(case.source, Variable) else "uses"
    if case.source_is_used:
        headline = f"nothing that the tape recorded of {case.s} leads to {case.t}."
    else:
        headline = f"nothing that the tape recorded {verb} {case.s}."
    return explanation(
        "not used",
        headline,
        case.target_made_of(),
        remedy=f"Use {case.s} itself in what {case.t} is computed from, inside of the tape's block. A value that was "
        "read or computed from it before is a constant to the tape, and so is a copy.",
        stages=case.gap("not used"),
    )
