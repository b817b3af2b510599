"""Checking a gradient: the tape's against finite differences, element by element.

A difference quotient errs in two ways. It is the slope of a chord, not of the tangent: about f'''(x) h²/6 for a step h;
and f is computed with a relative rounding error of eps, which the quotient divides by h. Both are of the size eps^(2/3)
for h = eps^(1/3), which is the step here (6e-6 for float64, 0.005 for float32, times the element where that is more
than 1). Richardson's rule, (4 D(h/2) - D(h)) / 3, takes most of the first error away, and how much it takes is an
estimate of it. So a difference between tape and quotient is allowed up to ``ALLOWANCE`` eps^(2/3) of the gradient or
of what was added up (whichever is more), and that estimate on top: see W. Press and others, Numerical Recipes, 5.7.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import ml_dtypes
import numpy as np

from eagernb.autodiff.tape import GradientTape
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import suspended
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable
from eagernb.ops import random

ALLOWANCE = 30
MOST = 1000


@dataclass(frozen=True)
class CheckedElement:
    """One element of an argument: its slope by the tape and by differences, and how far apart they may be.

    ``left`` and ``right`` are the slopes on either side. They differ by the curvature times the step; where halving the
    step does not bring them together (``has_kink``), the function has a kink.
    """

    index: tuple[int, ...]
    tape: float
    numeric: float
    allowed: float
    left: float
    right: float
    has_kink: bool

    @property
    def difference(self) -> float:
        return abs(self.tape - self.numeric)

    @property
    def agrees(self) -> bool:
        return self.difference <= self.allowed

    @property
    def is_kink(self) -> bool:
        """Whether the tape's slope is that of one side of a kink, or between those of both."""
        low, high = sorted((self.left, self.right))
        return self.has_kink and low - self.allowed <= self.tape <= high + self.allowed


@dataclass(frozen=True)
class CheckedArgument:
    """One tensor or variable among the arguments; ``connected`` says whether the tape found a way back to it."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    connected: bool
    elements: tuple[CheckedElement, ...]

    @property
    def size(self) -> int:
        return int(np.prod(self.shape))

    @property
    def worst(self) -> CheckedElement | None:
        """The element that exceeds what is allowed the most, or comes nearest to it; None where there is none."""
        return max(self.elements, key=_excess, default=None)

    @property
    def wrong(self) -> list[CheckedElement]:
        """The elements that disagree, kinks apart."""
        return [e for e in self.elements if not e.agrees and not e.is_kink]

    @property
    def kinks(self) -> list[CheckedElement]:
        return [e for e in self.elements if not e.agrees and e.is_kink]


@dataclass
class GradientCheck:
    """What ``%gradcheck`` found, argument by argument; it displays itself."""

    function: str
    arguments: list[CheckedArgument]
    projected: bool  # whether the result was not a scalar
    constants: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether all elements that were checked agree, kinks apart."""
        return not any(argument.wrong for argument in self.arguments)

    @property
    def worst(self) -> tuple[CheckedArgument, CheckedElement] | None:
        """The worst element of all, with its argument."""
        found = [(a, e) for a in self.arguments for e in (a.wrong or a.elements)]
        return max(found, key=lambda pair: (not pair[1].agrees and not pair[1].is_kink, _excess(pair[1])), default=None)

    def __repr__(self) -> str:
        from eagernb.notebook.gradient_check_words import describe

        return describe(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from eagernb.notebook.panels.gradient_check import gradient_check_bundle

        return gradient_check_bundle(self)


def _excess(element: CheckedElement) -> float:
    excess = element.difference / element.allowed if element.allowed else element.difference
    return excess if np.isfinite(excess) else np.inf


def check_gradient(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], name: str,
    variables: bool = False, most: int = MOST, seed: int = 0, tolerance: float | None = None,
) -> GradientCheck:  # fmt: skip
    """Compare the tape's gradient with differences, for each floating-point tensor among the arguments.

    Python floats and NumPy arrays of floats are made tensors; other Python values stay as they are. With ``variables``,
    those that the tape followed are checked too. A result that is no scalar is multiplied by random numbers, drawn with
    ``seed``, and summed up. Of an argument with more than ``most`` elements, so many are drawn and checked.
    ``tolerance`` is relative to the gradient, or absolute below 1, and goes before what is said above.

    Raises TypeError for integer or complex tensors, or if nothing is left to check, ValueError for a function that
    gives something else each time.
    """
    args, kwargs = nest.map_structure(_as_tensor, (args, kwargs))
    sources = dict(_tensors(_named(function, args, kwargs)))
    constants = [path for path, x in sources.items() if isinstance(x, _Constant)]
    sources = {path: x for path, x in sources.items() if not isinstance(x, _Constant)}
    _refuse(sources, name)
    with suspended(), _SameRandom() as same:
        tape, results = _taped(function, args, kwargs, sources)
        if variables:
            known = {id(x) for x in sources.values()}
            sources |= {v.name: v for v in tape.watched_variables() if id(v) not in known}
            _refuse(sources, name)
        if not sources:
            raise TypeError(
                f"%gradcheck {name}(...): no argument is a floating-point tensor or variable, so there is no gradient "
                "to check. Pass a tensor, as in tf.constant(2.0); --variables checks the variables that are used."
            )
        projection = _Projection(results, name, seed)
        gradients = tape.gradient(
            projection.targets, list(sources.values()), output_gradients=projection.weights_for(projection.targets)
        )
        same.again()
        run = _Runs(function, args, kwargs, projection, same)
        if not np.isfinite(run.value()).all():
            raise ValueError(
                f"%gradcheck {name}(...): the result holds inf or NaN, of which there are no differences. Take a point "
                "where it is finite."
            )
        if run.value() != run.value():
            raise ValueError(
                f"%gradcheck {name}(...): the function gives another result each time, for the same arguments. Does it "
                "draw random numbers outside of tf.random, or change what it uses? Finite differences need it to stay."
            )
        arguments = [
            _check(run, path, source, gradient, most, seed, tolerance)
            for (path, source), gradient in zip(sources.items(), gradients, strict=True)
        ]
    return GradientCheck(name, arguments, projection.is_needed, constants)


class _Constant:
    """A Python value among the arguments, which stays as it is."""


def _as_tensor(leaf: Any) -> Any:
    is_number = isinstance(leaf, (float, complex, np.inexact))
    return convert_to_tensor(leaf) if is_number or isinstance(leaf, np.ndarray) else leaf


def _named(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments by the names of their parameters."""
    try:
        return dict(inspect.signature(function).bind(*args, **kwargs).arguments)
    except (TypeError, ValueError):
        return {f"argument {index}": value for index, value in enumerate(args)} | kwargs


def _tensors(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each tensor and variable with its path, as in params['w'][0]; _Constant for what is neither."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _tensors(part, f"{path}[{key!r}]" if path else str(key))
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            yield from _tensors(part, f"{path}[{index}]")
    elif isinstance(value, (Tensor, Variable)):
        yield path, value
    elif value is not None:
        yield path, _Constant()


def _refuse(sources: dict[str, Any], name: str) -> None:
    for path, source in sources.items():
        if source.dtype.is_complex:
            raise TypeError(
                f"%gradcheck {name}(...): {path} is {source.dtype.name}. Only real arguments are checked: make it of "
                "its parts inside the function, by tf.complex(re, im), and pass these."
            )
        if not source.dtype.is_floating:
            raise TypeError(
                f"%gradcheck {name}(...): {path} is {source.dtype.name}, and only floating-point tensors have "
                f"gradients. Use tf.cast({path}, tf.float32) if one is meant, or keep it out of the call: "
                f"lambda x: {name}(x, {path})."
            )


class _SameRandom:
    """Has tf.random go on from the same place at each run, so that a function with dropout can be checked."""

    def __enter__(self) -> _SameRandom:
        self._before = random.get_state()
        return self

    def again(self) -> None:
        random.set_state(self._before)

    def __exit__(self, *_: object) -> None:
        self.again()


def _taped(function: Any, args: Any, kwargs: Any, sources: dict[str, Any]) -> tuple[GradientTape, list[Any]]:
    with GradientTape() as tape:
        for source in sources.values():
            tape.watch(source)
        results = nest.flatten(function(*args, **kwargs))
    return tape, [convert_to_tensor(x) for x in results if x is not None]


class _Projection:
    """How a result becomes one number: a scalar as it is, anything else by random weights."""

    def __init__(self, results: list[Any], name: str, seed: int) -> None:
        for x in results:
            if x.dtype.is_complex:
                raise TypeError(
                    f"%gradcheck {name}(...): the result is {x.dtype.name}. Make it real, by tf.abs or tf.math.real."
                )
        self.targets = [x for x in results if x.dtype.is_floating]
        if not self.targets:
            raise TypeError(f"%gradcheck {name}(...): the function returns no floating-point tensor.")
        self.is_needed = len(self.targets) > 1 or self.targets[0].shape.rank != 0
        generator = np.random.default_rng(seed)
        # Of either sign, and none near zero, so that no element's fault can hide.
        self._weights = [
            generator.uniform(0.5, 1.5, x.shape.as_list()) * generator.choice([-1.0, 1.0], x.shape.as_list())
            if self.is_needed
            else np.ones(())
            for x in self.targets
        ]

    def weights_for(self, targets: list[Any]) -> list[Any]:
        return [convert_to_tensor(w, x.dtype) for w, x in zip(self._weights, targets, strict=True)]

    def of(self, results: list[Any]) -> tuple[float, float]:
        """The weighted sum, and the sum of its terms' sizes, which rounding errors go by."""
        floating = [np.asarray(x.numpy(), np.float64) for x in results if x.dtype.is_floating]
        # In the precision of the tape's weights, which may be less than that of these.
        weights = [w.numpy().astype(np.float64) for w in self.weights_for(self.targets)]
        terms = [w * x for w, x in zip(weights, floating, strict=True)]
        return float(sum(t.sum() for t in terms)), float(sum(np.abs(t).sum() for t in terms))


class _Runs:
    """Runs the function again and again, from the same random state."""

    def __init__(self, function: Any, args: Any, kwargs: Any, projection: _Projection, same: _SameRandom) -> None:
        self._function, self._args, self._kwargs = function, args, kwargs
        self._projection, self._same = projection, same

    def value(self, *changed: tuple[Any, np.ndarray]) -> tuple[float, float]:
        """The projection of the result with some sources' elements changed."""
        replaced = {id(source): EagerTensor._of(array) for source, array in changed if not isinstance(source, Variable)}
        args, kwargs = nest.map_structure(lambda x: replaced.get(id(x), x), (self._args, self._kwargs))
        before = [(source, source._array) for source, _ in changed if isinstance(source, Variable)]
        try:
            for source, array in changed:
                if isinstance(source, Variable):
                    source._array = array
            results = nest.flatten(self._function(*args, **kwargs))
        finally:
            for source, array in before:
                source._array = array
            self._same.again()
        return self._projection.of([convert_to_tensor(x) for x in results if x is not None])


def _check(
    run: _Runs, path: str, source: Any, gradient: Any, most: int, seed: int, tolerance: float | None
) -> CheckedArgument:  # fmt: skip
    array = np.asarray(source._array)
    by_tape = np.zeros(array.shape) if gradient is None else convert_to_tensor(gradient).numpy().astype(np.float64)
    indices = list(np.ndindex(array.shape))
    if len(indices) > most:
        chosen = np.random.default_rng(seed).choice(len(indices), most, replace=False)
        indices = [indices[i] for i in sorted(chosen)]
    middle, _ = run.value()
    elements = tuple(_element(run, source, index, float(by_tape[index]), middle, tolerance) for index in indices)
    return CheckedArgument(path, source.dtype.name, tuple(array.shape), gradient is not None, elements)


def _element(
    run: _Runs, source: Any, index: tuple[int, ...], by_tape: float, middle: float, tolerance: float | None
) -> CheckedElement:  # fmt: skip
    array = np.asarray(source._array)
    eps = float(ml_dtypes.finfo(array.dtype).eps)
    step = eps ** (1 / 3) * max(1.0, abs(float(array[index])))
    quotients, jumps, size = [], [], 0.0
    for h in (step, step / 2):
        above, below = array.copy(), array.copy()
        above[index] += h
        below[index] -= h
        (f_above, size_above), (f_below, size_below) = run.value((source, above)), run.value((source, below))
        # The steps that were made, not those that were meant: the sums are rounded.
        up, down = float(above[index]) - float(array[index]), float(array[index]) - float(below[index])
        quotients.append((f_above - f_below) / (up + down))
        left, right = (middle - f_below) / down, (f_above - middle) / up
        jumps.append(abs(right - left))
        size = max(size, size_above, size_below)
    wide, narrow = quotients
    numeric = (4 * narrow - wide) / 3
    if tolerance is None:
        scale = max(abs(numeric), size / max(1.0, abs(float(array[index]))))
        allowed = ALLOWANCE * eps ** (2 / 3) * scale + abs(narrow - wide)
    else:
        allowed = tolerance * max(1.0, abs(numeric))
    has_kink = jumps[1] > max(0.75 * jumps[0], 10 * allowed)
    return CheckedElement(index, by_tape, numeric, allowed, left, right, has_kink)
