"""GradientTape: records the operations from which gradients can be computed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from eagernb.autodiff.backprop import backpropagate
from eagernb.autodiff.jacobian import batch_jacobian, jacobian
from eagernb.core import nest
from eagernb.core.dispatch import Handler
from eagernb.core.op import Op
from eagernb.core.tensor import Symbol, Tensor, key_of
from eagernb.core.variable import READ_VARIABLE, Variable

_log = logging.getLogger(__name__)


class UnconnectedGradients:
    """What ``gradient`` gives for a source that the target does not depend on: None, or zeros."""

    NONE = "none"
    ZERO = "zero"


class Like:
    """The shape and dtype of a tensor whose value a gradient rule does not need."""

    __slots__ = ("_dims", "dtype")

    def __init__(self, tensor: Tensor) -> None:
        self._dims = tensor._dims
        self.dtype = tensor.dtype


class Entry(NamedTuple):
    """One recorded operation: which tensors it connects, and the values that its gradient rules need."""

    op: Op
    params: dict[str, Any]
    inputs: tuple[int, ...]  # keys; 0 for an input through which no gradient flows
    outputs: tuple[int, ...]
    output_likes: tuple[Any, ...]  # for the outputs that get no gradient while others do
    saved: dict[str, Any]


class GradientTape(Handler):
    """Records what happens inside ``with``, to differentiate it afterwards.

    Operations are recorded once a watched tensor takes part; trainable variables are watched as they are read.
    A tape answers ``gradient`` once, unless it is ``persistent``.

    >>> import eagernb as tf
    >>> x = tf.constant(3.0)
    >>> with GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = x * x
    >>> tape.gradient(y, x)
    <tf.Tensor: shape=(), dtype=float32, numpy=6.0>
    """

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True) -> None:
        self._persistent = persistent
        self._watch_accessed = watch_accessed_variables
        self._recording = False
        self._answers = False  # not before it has recorded, and not after it has given its entries away
        self._clear()

    def _clear(self) -> None:
        self._entries: list[Entry] = []
        self._followed: set[int] = set()  # keys of the watched tensors and of all that was computed from them
        self._variables: dict[int, Variable] = {}

    def __enter__(self) -> GradientTape:
        if self._recording:
            raise ValueError("Tape is still recording. Leave its `with` block before entering it again.")
        self._answers = self._recording = True
        self.activate()
        return self

    def __exit__(self, *_: object) -> None:
        if self._recording:
            self._recording = False
            self.deactivate()

    def watch(self, tensor: Any) -> None:
        """Follow a tensor, a variable or a structure of them: gradients with respect to it can be asked for.

        Raises ValueError for other values. An integer tensor is ignored, with a warning: it has no gradient.
        """
        for value in nest.flatten(tensor):
            if not isinstance(value, (Tensor, Variable)):
                raise ValueError(f"Passed in object {value!r} of type {type(value).__name__!r}, not tf.Tensor.")
            if not value.dtype.is_differentiable:
                _log.warning("The dtype of the watched tensor must be floating (e.g. tf.float32), got %r.", value.dtype)
                continue
            self._followed.add(key_of(value))
            if isinstance(value, Variable):
                self._variables[key_of(value)] = value

    def watched_variables(self) -> tuple[Variable, ...]:
        """The variables that are followed, in the order of their creation."""
        return tuple(sorted(self._variables.values(), key=lambda v: v._serial))

    def reset(self) -> None:
        """Forget all that was recorded and watched."""
        self._clear()
        self._answers = self._recording

    def stop_recording(self) -> Any:
        """A context in which this tape records nothing."""
        return _Paused(self)

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        __tracebackhide__ = True
        if op is READ_VARIABLE and self._watch_accessed:
            variable = inputs[0]
            if variable.trainable and variable.dtype.is_differentiable:
                self.watch(variable)
        result = self.pass_on(op, inputs, params)
        if op.rules and not self._followed.isdisjoint(x._key for x in inputs):
            self._record(op, inputs, params, result)
        return result

    def _record(self, op: Op, inputs: Sequence[Any], params: dict[str, Any], result: Any) -> None:
        followed = self._followed
        needs = _needs(op, tuple([x._key in followed for x in inputs]))
        outputs = result if op.multiple else (result,)
        differentiable = [out for out in outputs if out.dtype.is_differentiable]
        if not any(needs.flowing) or not differentiable:
            return
        keys = tuple([key_of(out) for out in outputs])
        followed.update([key_of(out) for out in differentiable])
        flowing = tuple([x._key if flows else 0 for x, flows in zip(inputs, needs.flowing, strict=True)])
        likes = tuple(map(_like, outputs)) if op.multiple else ()
        self._entries.append(Entry(op, params, flowing, keys, likes, needs.saved(inputs, result)))

    def gradient(
        self,
        target: Any,
        sources: Any,
        output_gradients: Any = None,
        unconnected_gradients: str = UnconnectedGradients.NONE,
    ) -> Any:
        """The gradient of the target (or of the sum of several) with respect to each source.

        The result has the structure of ``sources``. None stands for a source that the target does not depend on
        differentiably, or zeros with ``unconnected_gradients="zero"``. ``output_gradients`` weighs the targets'
        elements (ones by default). Raises RuntimeError at the second call on a tape that is not persistent.
        """
        return backpropagate(self._take(), target, sources, output_gradients, unconnected_gradients)

    def jacobian(
        self,
        target: Any,
        sources: Any,
        unconnected_gradients: str = UnconnectedGradients.NONE,
        parallel_iterations: int | None = None,
        experimental_use_pfor: bool = True,
    ) -> Any:
        """The derivatives of each element of the target, for each source: of shape target.shape + source.shape.

        ``parallel_iterations`` and ``experimental_use_pfor`` change nothing here.
        """
        return jacobian(self._take(), target, sources, unconnected_gradients)

    def batch_jacobian(
        self,
        target: Any,
        source: Any,
        unconnected_gradients: str = UnconnectedGradients.NONE,
        parallel_iterations: int | None = None,
        experimental_use_pfor: bool = True,
    ) -> Any:
        """The jacobian of each item of a batch by itself: of shape target.shape + source.shape[1:].

        It supposes that an item of the target depends on the same item of the source only.
        """
        return batch_jacobian(self._take(), target, source, unconnected_gradients)

    def _take(self) -> list[Entry]:
        """What was recorded; a tape that is not persistent gives it away."""
        if not self._answers:
            raise RuntimeError(
                "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians), once "
                "it has recorded. Make it with tf.GradientTape(persistent=True) to ask more than once."
            )
        entries = self._entries
        if not self._persistent:
            self.__exit__()
            self._answers, self._entries = False, []
            self._followed.clear()
        return entries


def _like(tensor: Any) -> Any:
    # A symbol holds no memory, and its shape may become known only when the graph runs.
    return tensor if isinstance(tensor, Symbol) else Like(tensor)


class _Needs(NamedTuple):
    """What to keep of an operation for its gradient rules: what they do not name can be freed at once."""

    flowing: tuple[bool, ...]  # for each input, whether a gradient may flow to it
    values: tuple[tuple[str, int | slice], ...]  # the name in the rules, and which of the inputs it is
    likes: tuple[tuple[str, int | slice], ...]
    out: bool

    def saved(self, inputs: Sequence[Any], result: Any) -> dict[str, Any]:
        saved: dict[str, Any] = {name: inputs[at] for name, at in self.values}
        for name, at in self.likes:
            saved[name] = list(map(_like, inputs[at])) if isinstance(at, slice) else _like(inputs[at])
        if self.out:
            saved["out"] = result
        return saved


@cache
def _needs(op: Op, followed: tuple[bool, ...]) -> _Needs:
    """It is the same for all calls of an op that follow the same inputs."""
    rules = [op.rule_for(i) if follow else None for i, follow in enumerate(followed)]
    named = {name for rule in rules if rule for name in rule.names}
    positions: list[tuple[str, int | slice]] = (
        [(op.inputs[0][1:], slice(None))] if op.variadic else [(name, i) for i, name in enumerate(op.inputs)]
    )
    return _Needs(
        tuple(rule is not None for rule in rules),
        tuple((name, at) for name, at in positions if name in named),
        tuple((f"like_{name}", at) for name, at in positions if f"like_{name}" in named),
        "out" in named,
    )


class _Paused:
    def __init__(self, tape: GradientTape) -> None:
        self._tape = tape

    def __enter__(self) -> None:
        if not self._tape._recording:
            raise ValueError("The tape is not recording.")
        self._tape.__exit__()

    def __exit__(self, *_: object) -> None:
        self._tape.__enter__()
