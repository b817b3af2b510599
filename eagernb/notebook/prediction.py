"""%%predict: guesses at what a cell will do, checked against what it did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.errors import MagicOptionError
from eagernb.notebook.language import say, say_count

OPS, PRINTS, TRACES, RESULT = "ops", "prints", "traces", "result"
COUNTS = (OPS, PRINTS, TRACES)
BLANK = "?"
_GRADIENT = re.compile(r"(?P<name>[^\W\d]\w*)\.grad$")


@dataclass(frozen=True)
class Guess:
    """What will be how much: both as they are written, and the guess's value (None for a blank)."""

    what: str
    written: str
    value: Any = None

    @property
    def is_blank(self) -> bool:
        return self.written == BLANK

    @property
    def gradient_of(self) -> str | None:
        """The name whose gradient is guessed, as x for x.grad."""
        found = _GRADIENT.match(self.what)
        return found["name"] if found else None


@dataclass(frozen=True)
class Answer:
    """A guess and the truth: right, wrong, or (None) not known."""

    what: str
    guess: str
    truth: str
    right: bool | None


@dataclass
class Prediction:
    """What ``%%predict`` found: the answers, and the result object of the magic that ran the cell."""

    answers: list[Answer]
    result: Any = None

    @property
    def score(self) -> int:
        """How many guesses were right."""
        return sum(answer.right is True for answer in self.answers)

    @property
    def open(self) -> list[str]:
        """What nobody has guessed yet."""
        return [answer.what for answer in self.answers if answer.guess == BLANK]

    def verdict(self) -> str:
        """Return it in a sentence."""
        if self.open:
            return say(
                "Your turn: write your guess for {names} in the first line, and run the cell again. What it shows "
                "stays hidden until then.",
                names=", ".join(f"{name}={BLANK}" for name in self.open),
            )
        if all(answer.right is None for answer in self.answers):
            return say("The guesses could not be checked.")
        if all(answer.right for answer in self.answers):
            return say_count(len(self.answers), "Right!", "All {n} guesses are right!")
        return say_count(
            len(self.answers),
            "Not right this time.",
            "{score} of {n} guesses are right.",
            score=self.score,
        )

    def __repr__(self) -> str:
        lines = [self.verdict()]
        for a in self.answers:
            if a.guess != BLANK:
                lines.append(f"{_SIGN[a.right]} {a.what}: {_sentence(a)}")
        return "\n".join(lines)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from eagernb.notebook.panels.prediction import prediction_bundle

        return prediction_bundle(self)


_SIGN = {True: "✓", False: "✗", None: "–"}


def _sentence(answer: Answer) -> str:
    if answer.right is None:
        return say("not checked. {reason}", reason=answer.truth)
    if answer.right and answer.guess == answer.truth:
        return say("{guess} is right.", guess=answer.guess)
    if answer.right:
        return say("{guess} is right: {truth}.", guess=answer.guess, truth=answer.truth)
    return say("you said {guess}, but it is {truth}.", guess=answer.guess, truth=answer.truth)


def read_guesses(line: str, namespace: Mapping[str, Any]) -> list[Guess]:
    """The guesses on the line: WHAT=VALUE, separated by blanks or commas; a value may be any expression.

    Raises MagicOptionError for anything else.

    >>> [(g.what, g.value) for g in read_guesses("ops=4, x.grad=[2.0, 1 + 1]", {})]
    [('ops', 4), ('x.grad', [2.0, 2])]
    """
    guesses = []
    for part in _parts(line):
        what, equals, written = part.partition("=")
        if not equals or not what or not written:
            raise MagicOptionError(
                f"%%predict: {part} is no guess. A guess is WHAT=VALUE, as in ops=4, prints=1, traces=2, result=[2.0], "
                "x.grad=[1.0] or loss=0.5; a value with blanks in it stands in brackets."
            )
        guesses.append(
            Guess(what, written) if written == BLANK else Guess(what, written, _value(what, written, namespace))
        )
    if not guesses:
        raise MagicOptionError(
            "%%predict needs guesses on its line: ops=4 prints=1 traces=2 result=[2.0] x.grad=[1.0], or any name of "
            "the cell. A question mark (ops=?) leaves one open."
        )
    return guesses


def _value(what: str, written: str, namespace: Mapping[str, Any]) -> Any:
    try:
        value = eval(compile(written, "<guess>", "eval"), dict(namespace))
    except Exception as error:
        raise MagicOptionError(
            f"%%predict: the guess {what}={written} is no value: {type(error).__name__}: {error}."
        ) from None
    if what in COUNTS and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise MagicOptionError(f"%%predict: {what} is a number of things, so {what}={written} cannot be right.")
    return value


def _parts(line: str) -> Iterator[str]:
    """The line cut at blanks and commas outside of brackets and quotes; an = takes the blanks around it away."""
    line = re.sub(r"(?<![=!<>])\s*=\s*(?!=)", "=", line)
    part, depth, quote = "", 0, ""
    for char in line:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif depth <= 0 and (char.isspace() or char == ","):
            if part:
                yield part
            part = ""
            continue
        part += char
    if part:
        yield part


def judge(guess: Guess, truth: Any, tolerance: float) -> Answer:
    """Compare a guess with what is the case."""
    return Answer(guess.what, guess.written, show(truth), same(guess.value, truth, tolerance))


def same(guess: Any, truth: Any, tolerance: float) -> bool:
    """Whether a guess is right: whole numbers exactly, others to the tolerance, relative (absolute near zero).

    >>> same([0.33, 2], Variable([1 / 3, 2.0]), 0.01), same(2, 3, 0.01), same((2, 3), [2, 3], 0.01)
    (True, False, True)
    """
    guess, truth = _plain(guess), _plain(truth)
    if isinstance(truth, dict):
        return (
            isinstance(guess, dict)
            and guess.keys() == truth.keys()
            and all(same(guess[key], truth[key], tolerance) for key in truth)
        )
    if isinstance(guess, (list, tuple)) and isinstance(truth, (list, tuple)) and not _numbers(truth):
        return len(guess) == len(truth) and all(map(same, guess, truth, [tolerance] * len(truth)))
    if _numbers(guess) and _numbers(truth):
        a, b = np.asarray(guess), np.asarray(truth)
        if a.shape != b.shape:
            return False
        if b.dtype.kind in "fc" or a.dtype.kind in "fc":
            return bool(np.allclose(a, b, rtol=tolerance, atol=1e-6, equal_nan=True))
        return bool((a == b).all())
    try:
        return bool(guess == truth)
    except Exception:
        return False


def _plain(value: Any) -> Any:
    if isinstance(value, (Tensor, Variable)):
        value = value.numpy()
        return value.astype(np.float64) if value.dtype.kind == "V" else value  # bfloat16
    return list(map(_plain, value)) if isinstance(value, (list, tuple)) else value


def _numbers(value: Any) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biufc"
    except (TypeError, ValueError):
        return False


def show(value: Any) -> str:
    """Return a value to four digits, in few words.

    >>> show(Variable([1 / 3, 2.0])), show([Variable(1.0), "a"])
    ('[0.3333, 2.0]', "[1.0, 'a']")
    """
    plain = _plain(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(show, value))}]"
    if isinstance(plain, dict):
        return "{" + ", ".join(f"{key!r}: {show(part)}" for key, part in plain.items()) + "}"
    if isinstance(plain, (np.ndarray, np.generic, float, complex)):
        written: Any = {"float_kind": _digits, "complex_kind": _digits}
        with np.printoptions(threshold=20, edgeitems=3, linewidth=10**6):
            return " ".join(np.array2string(np.asarray(plain), separator=", ", formatter=written).split())
    text = repr(plain)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 120


def _digits(x: Any) -> str:
    return repr(complex(f"{complex(x):.4g}") if isinstance(x, np.complexfloating) else float(f"{float(x):.4g}"))
