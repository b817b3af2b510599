"""Gradients by the user's own function: custom_gradient, grad_pass_through.

>>> import eagernb as tf
>>> @tf.custom_gradient
... def clip_the_gradient(x):
...     return x, lambda g: tf.clip_by_value(g, -1.0, 1.0)
>>> x = tf.constant(3.0)
>>> with tf.GradientTape() as tape:
...     tape.watch(x)
...     y = clip_the_gradient(x) * 100.0
>>> float(tape.gradient(y, x))
1.0
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from eagernb.autodiff.batcher import Batched
from eagernb.autodiff.program import Program
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dispatch import Handler, current, dispatch, suspended
from eagernb.core.op import Op, Rule, register
from eagernb.core.tensor import Symbol, Tensor
from eagernb.core.variable import READ_VARIABLE, Variable


class Gradients:
    """The user's gradient function, from the outputs' gradients to a list with a gradient (or None) for each input."""

    def __init__(self, name: str, function: Callable[[list[Tensor]], list[Any]]) -> None:
        self.name = name
        self.function = function

    def __repr__(self) -> str:
        return self.name


def _rule(g: list[Tensor], gradients: Gradients, outputs: int) -> list[Any]:
    return [*gradients.function(g), *[None] * outputs]


def _program_rule(g: list[Tensor], values: list[Tensor], gradients: Program, outputs: int) -> list[Any]:
    used = len(gradients.captured) + outputs
    captured = values[len(values) - used : len(values) - outputs]
    return [*gradients.run(g, captured), *[None] * used]


def _passing(name: str, rule: Callable[..., Any]) -> Op:
    """An op whose inputs end with its outputs: they go through as they are, and gradients flow as the rule says."""
    return register(
        Op(
            name, ("*values",),
            kernel=lambda *arrays, gradients, outputs: arrays[len(arrays) - outputs :],
            infer=lambda *specs, gradients, outputs: specs[len(specs) - outputs :],
            rules=(Rule.of(rule),), label="custom", family="function", multiple=True,
        )
    )  # fmt: skip


CUSTOM_GRADIENT = _passing("custom_gradient", _rule)
# The same in a graph, which may run long after its trace: the gradient function is a Program, and the symbols of the
# trace that it uses are inputs too.
PROGRAM_GRADIENT = _passing("program_gradient", _program_rule)


def with_gradients(inputs: Sequence[Tensor], outputs: Sequence[Tensor], gradients: Gradients) -> tuple[Tensor, ...]:
    """The outputs, from which gradients flow to the inputs as the function says."""
    params: dict[str, Any] = {"gradients": gradients, "outputs": len(outputs)}
    if not any(isinstance(x, Symbol) and not isinstance(x, Batched) for x in (*inputs, *outputs)):
        return dispatch(CUSTOM_GRADIENT, [*inputs, *outputs], params)
    params["gradients"] = program = Program(gradients.name, lambda *g: gradients.function(list(g)), outputs)
    return dispatch(PROGRAM_GRADIENT, [*inputs, *program.captured, *outputs], params)


def custom_gradient(f: Callable[..., Any] | None = None) -> Any:
    """A function whose gradient is the user's own: ``f(*args)`` returns its result, and a function for the gradient.

    ``grad_fn(*gs)`` is given what flows into each tensor of the result, and returns a gradient for each positional
    argument (None where there is none). If ``f`` reads variables that are not among the arguments, it is called as
    ``grad_fn(*gs, variables=[...])`` and returns a pair: the gradients of the arguments, and a list of the variables'.
    What ``grad_fn`` does is recorded like all else, so that second derivatives are those of ``grad_fn``.

    Raises TypeError if ``f`` does not return a pair, or reads variables that ``grad_fn`` does not take; ValueError when
    the number of gradients is not that of the arguments.

    >>> import eagernb as tf
    >>> @tf.custom_gradient
    ... def clipped(x):
    ...     return x, lambda g: tf.clip_by_value(g, -1.0, 1.0)
    >>> x = tf.constant(3.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = clipped(x) ** 2
    >>> float(tape.gradient(y, x))
    1.0
    """
    return CustomGradient(f) if f is not None else CustomGradient


class CustomGradient:
    """What ``custom_gradient`` returns: a function, or a method where it decorates one in a class.

    With ``recorded=False`` tapes do not see what the function itself does.
    """

    def __init__(self, function: Callable[..., Any], recorded: bool = True) -> None:
        self._function = function
        self._recorded = recorded
        functools.update_wrapper(self, function, updated=())

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else CustomGradient(self._function.__get__(instance, owner), self._recorded)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        name = getattr(self._function, "__name__", type(self._function).__name__)
        with nullcontext() if self._recorded else suspended(_outside_of_tapes()), _Reads() as reads:
            answer = self._function(*args, **kwargs)
        if not isinstance(answer, tuple) or len(answer) != 2 or not callable(answer[1]):
            raise TypeError(
                f"custom_gradient: {name} must return a pair, its result and a function of the gradient, not {answer!r}"
            )
        result, grad_fn = answer
        leaves = nest.flatten(args)
        given = {id(leaf._handle) for leaf in (*leaves, *nest.flatten(kwargs)) if isinstance(leaf, Variable)}
        variables = [v for v in reads.variables() if id(v) not in given]
        if variables and not _takes_variables(grad_fn):
            raise TypeError(
                f"custom_gradient: the gradient function of {name} must accept keyword argument 'variables', since "
                f"the function uses variables: {[v.name for v in variables]}."
            )
        positions = [i for i, leaf in enumerate(leaves) if is_dense_tensor(leaf)]

        def gradients(g: list[Tensor]) -> list[Any]:
            found, of_variables = _ask(grad_fn, g, variables, len(leaves), name)
            return [*[found[i] for i in positions], *of_variables]

        inputs = [convert_to_tensor(x) for x in (*[leaves[i] for i in positions], *variables)]
        outputs = [convert_to_tensor(leaf) for leaf in nest.flatten(result)]
        return nest.pack(result, with_gradients(inputs, outputs, Gradients(name, gradients)))


class _Reads(Handler):
    """Notes which trainable variables are read."""

    only_notes = True

    def __init__(self) -> None:
        self._found: dict[int, Variable] = {}

    def __enter__(self) -> _Reads:
        self.activate()
        return self

    def __exit__(self, *_: object) -> None:
        self.deactivate()

    def note(self, op: Op, inputs: Sequence[Any], params: dict[str, Any], result: Any) -> None:
        if op is READ_VARIABLE and inputs[0].trainable:
            self._found[id(inputs[0])] = inputs[0]

    def variables(self) -> list[Variable]:
        return sorted(self._found.values(), key=lambda v: v._serial)


def _outside_of_tapes() -> Handler | None:
    handler = current()
    while handler is not None and handler.only_notes:
        handler = handler.outer
    return handler


def _takes_variables(grad_fn: Callable[..., Any]) -> bool:
    parameters = inspect.signature(grad_fn).parameters
    return "variables" in parameters or any(p.kind is p.VAR_KEYWORD for p in parameters.values())


def _ask(
    grad_fn: Callable[..., Any], g: list[Tensor], variables: list[Variable], count: int, name: str
) -> tuple[list[Any], list[Any]]:
    """The user's gradients, of the arguments' leaves and of the variables."""
    __tracebackhide__ = True
    of_variables: list[Any] = []
    if variables:
        found, of_variables = grad_fn(*g, variables=variables)
        if len(of_variables) != len(variables):
            raise ValueError(
                f"custom_gradient: the gradient function of {name} must return gradient for each variable: "
                f"{len(variables)} of them, not {len(of_variables)}."
            )
    else:
        found = grad_fn(*g)
    flat = nest.flatten(found)
    if len(flat) != count:
        raise ValueError(
            f"custom_gradient: the gradient function of {name} is expected to return {count} gradients, one for each "
            f"argument, but returned {len(flat)} instead. Return None for an argument that has none."
        )
    return flat, list(of_variables)


def grad_pass_through(f: Callable[..., Any]) -> Any:
    """A function like ``f`` through which gradients go unchanged: as if it were the identity.

    That is how one learns through a function whose own gradient is 0 or missing (the straight-through estimator:
    Bengio, Léonard and Courville, 2013). ``f`` should keep the shape: the gradient has that of the result. It has as
    many results as arguments, else asking for the gradient raises ValueError. Variables that ``f`` reads by itself get
    none.

    >>> import eagernb as tf
    >>> x = tf.Variable(1.4)
    >>> with tf.GradientTape() as tape:
    ...     y = tf.grad_pass_through(tf.round)(x) * 3.0
    >>> float(y), float(tape.gradient(y, x))
    (3.0, 3.0)
    """

    def passing(*args: Any, **kwargs: Any) -> Any:
        def grad(*g: Tensor, variables: Any = None) -> Any:
            return g if variables is None else (g, [None] * len(variables))

        return f(*args, **kwargs), grad

    return functools.wraps(f)(custom_gradient(passing))
