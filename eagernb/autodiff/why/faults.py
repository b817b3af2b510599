"""What can be wrong with a source, a target or a tape by itself, whatever was computed."""

from __future__ import annotations

from eagernb.autodiff.why.case import Case, explanation
from eagernb.autodiff.why.explanation import Explanation
from eagernb.core.variable import Variable


def integer_source(case: Case) -> Explanation:
    """It is no float."""
    dtype, name = case.source.dtype.name, case.source_name or "x"
    line = case.code.made_on(case.source_name)
    return explanation(
        "integer source",
        f"{case.s} is {dtype}, and only floating-point numbers have gradients.",
        "a gradient says what happens if a value changes a little, which an integer cannot.",
        remedy="Make it a float from the beginning (3.0 instead of 3), or cast it and watch the result: "
        f"{name}_ = tf.cast({name}, tf.float32), {case.tape_name or 'tape'}.watch({name}_).",
        line=line,
        stages=case.gap(f"is {dtype}", line),
    )


def integer_target(case: Case) -> Explanation:
    """It is no float, and the tape does not know where it comes from."""
    dtype = case.target.dtype.name
    return explanation(
        "integer target",
        f"{case.t} is {dtype}, and only floating-point numbers can be differentiated.",
        remedy="Differentiate a float that it was computed from.",
        stages=case.gap(f"is {dtype}"),
    )


def not_watched(case: Case) -> Explanation:
    """A tensor, or a variable that is not watched by itself."""
    block = case.code.block(case.tape_name)
    line = case.code.line(block.start) if block else None
    if not isinstance(case.source, Variable):
        return explanation(
            "not watched",
            f"{case.s} is a tensor that the tape was not told to watch.",
            "trainable variables are watched by themselves as they are read; tensors are not.",
            remedy=f"Call {case.watch_call} first thing in the tape's block. If it is to be learned, make it a "
            "tf.Variable.",
            line=line,
            stages=case.gap("not watched"),
        )
    if not case.source.trainable:
        line = case.code.made_on(case.source_name)
        return explanation(
            "not trainable",
            f"{case.s} is a variable with trainable=False, which tapes do not watch by themselves.",
            remedy=f"Make it trainable, or call {case.watch_call} in the tape's block before it is used.",
            line=line,
            stages=case.gap("trainable=False", line),
        )
    return explanation(
        "accessed variables not watched",
        "The tape was made with watch_accessed_variables=False, so that it watches nothing by itself.",
        f"it was not told to watch {case.s}.",
        remedy=f"Call {case.watch_call} in its block before the variable is used.",
        line=line,
        stages=case.gap("not watched"),
    )


def replaced(case: Case) -> Explanation | None:
    """The line that gave a variable's name to a tensor: `w = w - 0.1 * g`."""
    name = case.source_name
    found = case.code.assignments(name)
    made = [one for one in found if "Variable(" in one.value]
    updates = [one for one in found if name in one.mentions and one not in made]
    if not updates:
        return None
    line = updates[-1].line
    if made:
        return explanation(
            "replaced by a tensor",
            f"{case.s} is no variable any more: line {line.number} gave the name to a new tensor.",
            "a tape watches trainable variables by itself, but no tensors.",
            remedy=f"Change the variable in place, with {name}.assign(...) or {name}.assign_sub(...): then it stays a "
            "variable.",
            line=line,
            stages=case.gap("a new tensor", line),
        )
    return explanation(
        "replaced by a tensor",
        f"{case.s} is what line {line.number} made of it: a new tensor, which the tape was not told to watch.",
        "a tape watches trainable variables by itself, but no tensors.",
        remedy=f"Call {case.watch_call} in the tape's block before it is used; or make it a tf.Variable, and change it "
        "with assign or assign_sub.",
        line=line,
        stages=case.gap("a new tensor", line),
    )


def never_recorded(case: Case) -> Explanation:
    """The tape was never entered."""
    return explanation(
        "never recorded",
        "The tape has not recorded anything.",
        remedy=f"Compute {case.t} inside of its block: `with tf.GradientTape() as {case.tape_name or 'tape'}:`.",
        stages=case.gap("nothing recorded"),
    )


def used_up(case: Case) -> Explanation:
    """The tape has given its answer, which held no None."""
    return explanation(
        "tape is used up",
        "The tape has given its one answer, and let go what it had recorded.",
        f"whether {case.t} depends on {case.s} can no longer be said.",
        remedy="Ask for all gradients in one call, or make the tape with tf.GradientTape(persistent=True).",
        stages=case.gap("used up"),
    )
