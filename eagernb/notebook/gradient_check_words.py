"""What %gradcheck found, in words. Where all is well, no digits: rounding errors differ between machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.notebook.enumeration import join
from eagernb.notebook.language import say, say_count

if TYPE_CHECKING:
    from eagernb.notebook.gradient_check import CheckedArgument, CheckedElement, GradientCheck


def describe(check: GradientCheck) -> str:
    """Return the verdict, what is wrong in each argument, and how it was checked."""
    lines = [verdict(check)]
    for argument in check.arguments:
        in_verdict = check.worst is not None and check.worst[0] is argument
        lines += [f"  {sentence}" for sentence in argument_sentences(argument, in_verdict)]
    return "\n".join([*lines, *notes(check)])


def verdict(check: GradientCheck) -> str:
    """Return whether tape and differences agree, naming the worst element if not."""
    checked = sum(len(argument.elements) for argument in check.arguments)
    if check.passed:
        names = join([argument.name for argument in check.arguments])
        return say_count(
            checked,
            "The tape's gradient of {function} agrees with finite differences in the {n} element of {names}.",
            "The tape's gradient of {function} agrees with finite differences in all {n} elements of {names}.",
            function=check.function,
            names=names,
        )
    wrong = sum(len(argument.wrong) for argument in check.arguments)
    assert check.worst is not None
    argument, element = check.worst
    return say(
        "The tape's gradient of {function} is wrong in {wrong} of {elements}. Worst: {place} is {tape} by the tape, "
        "{numeric} by finite differences.",
        function=check.function,
        wrong=f"{wrong:,}",
        elements=say_count(checked, "{n} element", "{n} elements"),
        place=place(argument, element),
        tape=number(element.tape),
        numeric=number(element.numeric),
    )


def argument_sentences(argument: CheckedArgument, in_verdict: bool = False) -> list[str]:
    """Return what there is to say of one argument, besides what the verdict says of it already."""
    said = []
    if argument.wrong and not in_verdict:
        worst = argument.worst
        assert worst is not None
        said.append(
            say(
                "{name}: {wrong} of {elements} wrong, {place} the most: {tape} by the tape, {numeric} by differences.",
                name=argument.name,
                wrong=f"{len(argument.wrong):,}",
                elements=say_count(len(argument.elements), "{n} element", "{n} elements"),
                place=place(argument, worst),
                tape=number(worst.tape),
                numeric=number(worst.numeric),
            )
        )
    for kink in argument.kinks[:1]:
        said.append(
            say(
                "{place} is at a kink: the slope is {left} on its left, {right} on its right, and {tape} by the tape.",
                place=place(argument, kink),
                left=number(kink.left),
                right=number(kink.right),
                tape=number(kink.tape),
            )
        )
    if not argument.connected:
        if argument.wrong:
            said.append(say("{name}: the tape finds no way back to it. Ask tf.why_no_gradient.", name=argument.name))
        else:
            said.append(say("{name}: the result does not depend on it.", name=argument.name))
    if len(argument.elements) < argument.size:
        said.append(
            say(
                "{name}: {checked} of its {size} elements were drawn and checked; --most sets how many.",
                name=argument.name,
                checked=f"{len(argument.elements):,}",
                size=f"{argument.size:,}",
            )
        )
    return said


def notes(check: GradientCheck) -> list[str]:
    """Return what a reader should know of how it was checked."""
    said = []
    if check.projected:
        said.append(
            say("The result is no scalar: its elements were multiplied by fixed random numbers, and summed up.")
        )
    if check.constants:
        said.append(say("Not checked, as plain Python values: {names}.", names=join(check.constants)))
    return said


def place(argument: CheckedArgument, element: CheckedElement) -> str:
    """Return an element as it would be written: x[0, 1]."""
    return f"{argument.name}[{', '.join(map(str, element.index))}]" if element.index else argument.name


def number(value: float) -> str:
    """Return a number with three digits: further ones are rounding errors.

    >>> number(2.0000123), number(-0.0), number(1234567.0)
    ('2', '0', '1.23e+06')
    """
    return f"{value:.3g}" if value else "0"
