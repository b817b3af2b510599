"""GradientTape: records the operations from which gradients can be computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from eagernb.autodiff.backprop import Entry, backpropagate
from eagernb.autodiff.late_gradient import plan_for_symbols
from eagernb.autodiff.plan import like, plan_of
from eagernb.autodiff.trail import Exit, Trail
from eagernb.autodiff.unconnected import UnconnectedGradients
from eagernb.core import nest
from eagernb.core.composite import Composite
from eagernb.core.dispatch import Handler
from eagernb.core.dtypes import DIFFERENTIABLE
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.op import READ, Op
from eagernb.core.source import user_place
from eagernb.core.tensor import EagerTensor, Tensor, key_of, new_key
from eagernb.core.variable import Variable


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

    only_notes = True
    _recording = False
    _used = False
    _answers = False  # not before it has recorded, and not after it has given its entries away

    def __init__(self, persistent: bool = False, watch_accessed_variables: bool = True) -> None:
        self._persistent = persistent
        self._watch_accessed = watch_accessed_variables
        self._clear()

    def _clear(self) -> None:
        self._entries: list[Entry] = []
        self._followed: set[int] = set()  # keys of the watched tensors and of all that was computed from them
        self._variables: dict[int, Variable] = {}
        self._trail: Trail | None = None

    def __enter__(self) -> GradientTape:
        if self._recording:
            raise ValueError("Tape is still recording. Leave its `with` block before entering it again.")
        self._answers = self._recording = True
        if self._used:
            self._followed, self._trail, self._used = set(), None, False
        self.activate()
        return self

    def __exit__(self, *_: object) -> None:
        if self._recording:
            self._recording = False
            self.deactivate()

    def watch(self, tensor: Any) -> None:
        """Follow a tensor, a variable or a structure of them: gradients with respect to it can be asked for.

        Of a SparseTensor or IndexedSlices, its values are followed.

        Raises ValueError for other values. An integer tensor is ignored, with a warning: it has no gradient.
        """
        if tensor.__class__ is EagerTensor and tensor._array.dtype in DIFFERENTIABLE:  # by far the most common
            self._followed.add(key_of(tensor))
            return
        for value in nest.flatten(tensor):
            if isinstance(value, IndexedSlices):
                value = value.values
            if isinstance(value, Composite):
                self.watch([part for part in value._components if part.dtype.is_differentiable])
                continue
            if not isinstance(value, (Tensor, Variable)):
                raise ValueError(f"Passed in object {value!r} of type {type(value).__name__!r}, not tf.Tensor.")
            if not value.dtype.is_differentiable:
                _warn("The dtype of the watched tensor must be floating (e.g. tf.float32), got %r.", value.dtype)
                continue
            self._followed.add(key_of(value))
            if isinstance(value, Variable):
                self._variables[key_of(value)] = value

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in ("kept", "trail")]

    @property
    def trail(self) -> Trail:
        """What is known of operations that were not recorded."""
        if self._trail is None:
            self._trail = Trail()
        return self._trail

    def follows(self, tensor: Any) -> bool:
        return tensor._key in self._followed

    def accessed(self, variable: Variable) -> None:
        if variable._key not in self._followed:
            self._watches(variable)
        super().accessed(variable)

    @property
    def answers_again(self) -> bool:
        return self._persistent

    def kept(self, start: int = 0) -> Iterator[tuple[Sequence[int], list[Tensor]]]:
        """What it keeps for the way back: of each recorded operation from one on, its outputs' keys and the tensors."""
        for _plan, _inputs, outputs, saved, _likes in self._entries[start:]:
            parts = (part if isinstance(part, (list, tuple)) else (part,) for part in saved)
            yield outputs, [x for part in parts for x in part if isinstance(x, Tensor)]

    def watched_variables(self) -> tuple[Variable, ...]:
        """The variables that are followed, in the order of their creation."""
        return tuple(sorted(self._variables.values(), key=lambda v: v._serial))

    def reset(self) -> None:
        """Forget all that was recorded and watched; ValueError outside of the tape's ``with`` block."""
        if not self._recording:
            raise ValueError("The tape is not recording: reset() is for inside of its `with` block.")
        self._clear()

    def stop_recording(self) -> Any:
        """A context in which this tape records nothing."""
        return _Paused(self)

    def note(self, op: Op, inputs: Sequence[Any], params: dict[str, Any], result: Any) -> None:
        # This runs at every operation under a tape: tests/benchmarks/dispatch.py says what it costs.
        # One plain loop is the fastest way: comprehensions and map cost more for one or two inputs.
        # The mask has a bit for each input that is followed.
        followed, keys, mask, bit = self._followed, [], 0, 1
        for x in inputs:
            key = x._key
            keys.append(key)
            if key in followed:
                mask |= bit
            bit += bit
        if not mask:
            if op.effect is not READ or not inputs or not self._watches(inputs[0]):
                if self._trail is not None and not self._trail.lost.isdisjoint(keys):
                    self._trail.stop(len(self._entries), op, inputs, keys, result)
                return
            mask = 1
        plan: Any = plan_of(op, mask)
        if plan is None:
            self.trail.stop(len(self._entries), op, inputs, keys, result, first=True)
            return
        if result.__class__ is EagerTensor and result._array.dtype in DIFFERENTIABLE:  # by far the most common
            key = result._key
            if not key:  # key_of() without a call
                key = result._key = new_key()
            followed.add(key)
            self._entries.append((plan, keys, (key,), plan.save(inputs, params, result), ()))
            return
        if op.multiple:
            outputs, likes = tuple(map(key_of, result)), tuple(map(like, result))
            passing = [key_of(out) for out in result if out.dtype.is_differentiable]
            followed.update(passing)
            if len(passing) < len(outputs):  # positions, counts
                self.trail.lost.update(key for key in outputs if key not in followed)
        elif result.dtype.is_differentiable:
            outputs, likes = (key_of(result),), ()
            followed.update(outputs)
        else:
            self.trail.stop(len(self._entries), op, inputs, keys, result, first=True)
            return
        plan = plan_for_symbols(plan, mask, inputs, result)
        self._entries.append((plan, keys, outputs, plan.save(inputs, params, result), likes))

    def _note_paused(self, op: Op, inputs: Sequence[Any], params: dict[str, Any], result: Any) -> None:
        """Note what the tape would have recorded, or watched, if it were not paused."""
        keys, lost = [x._key for x in inputs], self.trail.lost
        followed = not self._followed.isdisjoint(keys) or not lost.isdisjoint(keys)
        if followed or (op.effect is READ and self._watch_accessed and getattr(inputs[0], "trainable", False)):
            self.trail.stop(len(self._entries), op, inputs, keys, result, paused=True)

    def left(self, value: Any, how: str) -> None:
        followed = value._key in self._followed or (self._trail is not None and value._key in self._trail.lost)
        if followed or (isinstance(value, Variable) and self._may_watch(value)):
            self.trail.exits.append(Exit(len(self._entries), value._key, how, user_place()))

    def _may_watch(self, variable: Variable) -> bool:
        return self._watch_accessed and variable.trainable and variable.dtype.is_differentiable

    def _watches(self, variable: Any) -> bool:
        """Whether a variable that is read for the first time is followed from now on."""
        # In a sub-graph a symbol stands for one; what depends on something else from outside reads no variable.
        if not isinstance(variable, Variable) or not self._may_watch(variable):
            return False
        self._followed.add(variable._key)
        self._variables[variable._key] = variable
        return True

    def gradient(
        self,
        target: Any,
        sources: Any,
        output_gradients: Any = None,
        unconnected_gradients: Any = UnconnectedGradients.NONE,
    ) -> Any:
        """The gradient of the target (or of the sum of several) with respect to each source.

        The result has the structure of ``sources``. None stands for a source that the target does not depend on
        differentiably, or zeros with ``unconnected_gradients="zero"``. ``output_gradients`` weighs the targets'
        elements (ones by default). Raises RuntimeError at the second call on a tape that is not persistent.
        """
        entries = self._take()
        try:
            found = backpropagate(entries, target, sources, output_gradients, unconnected_gradients)
        except BaseException:
            self._take_back(entries)
            raise
        if not self._persistent:
            self._remember(entries, found)
        return found

    def jacobian(
        self,
        target: Any,
        sources: Any,
        unconnected_gradients: Any = UnconnectedGradients.NONE,
        parallel_iterations: int | None = None,
        experimental_use_pfor: bool = True,
    ) -> Any:
        """The derivatives of each element of the target, for each source: of shape target.shape + source.shape.

        All elements are differentiated by one walk back; ``parallel_iterations`` limits how many, to save memory. With
        ``experimental_use_pfor=False`` there is one for each, which needs a persistent tape, as in TensorFlow. Where a
        graph is traced for any size, there is one walk in either case; a loop in the target needs a known size then.
        """
        from eagernb.autodiff.jacobian import jacobian

        at_once = self._at_once(parallel_iterations, experimental_use_pfor)
        entries = self._take()
        try:
            found = jacobian(entries, target, sources, unconnected_gradients, at_once)
        except BaseException:
            self._take_back(entries)
            raise
        if not self._persistent:
            self._remember(entries, found)
        return found

    def batch_jacobian(
        self,
        target: Any,
        source: Any,
        unconnected_gradients: Any = UnconnectedGradients.NONE,
        parallel_iterations: int | None = None,
        experimental_use_pfor: bool = True,
    ) -> Any:
        """The jacobian of each item of a batch by itself: of shape target.shape + source.shape[1:].

        It supposes that an item of the target depends on the same item of the source only. Zeros if it does not
        depend on it at all. ``parallel_iterations`` and ``experimental_use_pfor`` are those of ``jacobian``.
        """
        from eagernb.autodiff.jacobian import batch_jacobian

        at_once = self._at_once(parallel_iterations, experimental_use_pfor)
        entries = self._take()
        try:
            return batch_jacobian(entries, target, source, unconnected_gradients, at_once)
        except BaseException:
            self._take_back(entries)
            raise

    def _at_once(self, parallel_iterations: int | None, vectorized: bool) -> int | None:
        if vectorized:
            return parallel_iterations
        if not self._persistent:
            raise RuntimeError(
                "GradientTape must be created with persistent=True to compute the jacobian with "
                "experimental_use_pfor set to False."
            )
        return 0

    def _remember(self, entries: list[Entry], found: Any) -> None:
        """A used tape keeps the way that its operations went if a gradient was missing: it will be asked why."""
        if found.__class__ is not EagerTensor and not _all_there(found):
            self.trail.past = [
                (plan, inputs, outputs, plan.graphs(saved)) for plan, inputs, outputs, saved, _likes in entries
            ]
            self.trail.followed = self._followed
        self._followed = set()

    def _take(self) -> list[Entry]:
        """What was recorded; a tape that is not persistent gives it away."""
        if not self._answers:
            raise RuntimeError(
                "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians), once "
                "it has recorded. Make it with tf.GradientTape(persistent=True) to ask more than once."
            )
        entries = self._entries
        if self._persistent:
            if self._recording:
                _warn_of_recording_gradients()
        else:
            if self._recording:
                self.__exit__()
            self._answers, self._used, self._entries = False, True, []
        return entries

    def _take_back(self, entries: list[Entry]) -> None:
        """After a question that could not be answered, such as one with a misspelt option: it may be asked again."""
        self._answers, self._used, self._entries = True, False, entries


def _all_there(found: Any) -> bool:
    """Whether no gradient is missing."""
    if found.__class__ is list and {*map(type, found)} == {EagerTensor}:
        return True
    return all(g is not None for g in nest.flatten(found))


def _warn(message: str, *values: Any) -> None:
    import logging  # few programs need it: it would be a tenth of the time to import all this

    logging.getLogger(__name__).warning(message, *values)


@cache
def _warn_of_recording_gradients() -> None:
    """Once: it is slow, but for derivatives of higher order it is meant."""
    _warn(
        "Calling GradientTape.gradient on a persistent tape inside its context is significantly less efficient than "
        "calling it outside the context: the gradient's operations are recorded too. Do so only for derivatives of "
        "higher order."
    )


class _Paused:
    def __init__(self, tape: GradientTape) -> None:
        self._tape = tape

    def __enter__(self) -> None:
        if not self._tape._recording:
            raise RuntimeError("Trying to stop recording a tape which is not recording.")
        # The tape stays where it is among the handlers: it is only deaf.
        self._tape._recording = False
        self._tape.note = self._tape._note_paused  # type: ignore[method-assign]

    def __exit__(self, *_: object) -> None:
        del self._tape.note
        self._tape._answers = self._tape._recording = True
