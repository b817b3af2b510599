"""Recorder: a handler that takes note of every operation and lets it run."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from time import perf_counter_ns
from typing import Any

from eagernb.autodiff.tape import GradientTape
from eagernb.core.dispatch import Handler, active_handlers, spec_of
from eagernb.core.dtypes import of_array
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.op import WRITE, Op
from eagernb.core.source import SourceLine, user_line
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Symbol, Tensor, key_of
from eagernb.core.variable import Variable
from eagernb.core.variant import Variant
from eagernb.errors import OutOfRangeError
from eagernb.graph.printer import preview, show_params
from eagernb.notebook.glance import glance
from eagernb.notebook.memory import Life, MemoryMeter
from eagernb.notebook.phases import with_updates
from eagernb.notebook.recording import BACKWARD, FEW, FORWARD, RecordedOp, RecordedTensor, Recording, Walk
from eagernb.notebook.tensor_words import range_text


class Recorder(Handler):
    """Fills a Recording while it is active.

    ``filename`` is the cell's, so that each operation finds its line there. ``written`` maps the key of each older
    variable that was assigned to, to the variable and the value from before. With ``keep_calls``, ``calls`` keeps each
    operation's op, inputs and params, to time them again.
    """

    sees_inside = True

    def __init__(self, source: str, filename: str | None = None, keep_calls: bool = False) -> None:
        self.recording = Recording(source)
        self.calls: list[tuple[Op, tuple[Any, ...], dict[str, Any]]] | None = [] if keep_calls else None
        self.written: dict[int, tuple[Variable, Any]] = {}
        self._made: set[int] = set()  # keys of the variables that the cell itself made: they had no value before
        self._filename = filename
        self._meter = MemoryMeter()
        self._tapes: dict[int, tuple[weakref.ref[GradientTape], int]] = {}  # each seen, and how far it was looked at
        self._variables: dict[int, weakref.ref[Variable]] = {}
        self._forward: dict[int, int] = {}  # key of an output -> index of the op that made it
        self._differentiated: int | None = None
        self._in_backward = False
        self._seeds: dict[int, int] = {}
        self._adds_to: int | None = None
        self._described: dict[int, RecordedTensor] = {}  # tensors by key: they do not change, unlike variables
        self._began = 0

    def __enter__(self) -> Recorder:
        self.activate()
        self._began = perf_counter_ns()
        return self

    def __exit__(self, *_: object) -> None:
        self.recording.timings["recorded"] = perf_counter_ns() - self._began
        self.recording.peak = self._meter.peak
        self.recording.memory = self._memory()
        self.recording.ops = with_updates(self.recording.ops)
        self.deactivate()

    def differentiating(self, key: int | None) -> None:
        self._in_backward = key is not None
        self._differentiated = None if key is None else self._forward.get(key)
        self._adds_to = None

    def seeded(self, gradients: Mapping[int, Any]) -> None:
        self._seeds = {key_of(_dense(g)): target for target, g in gradients.items()}

    def differentiated(self, gradients: Mapping[int, Any]) -> None:
        if any(isinstance(g, Symbol) for g in gradients.values()):
            return  # of a graph that is being traced: nothing runs
        line, _ = self._line()
        found = {source: None if g is None else key_of(_dense(g)) for source, g in gradients.items()}
        walk = Walk(self._seeds, found, len(self.recording.ops), line.number if line else None)
        self.recording.walks.append(walk)

    def accumulating(self, key: int | None) -> None:
        self._adds_to = key

    def created(self, variable: Any) -> None:
        self._made.add(key_of(variable))
        super().created(variable)

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        __tracebackhide__ = True
        self._look_at_tapes()
        for x in inputs:
            self._meter.ignore(x._array)
            if isinstance(x, Variable):
                self._variables.setdefault(key_of(x), weakref.ref(x))
        self._keep_old_value(op, inputs)
        taken = tuple(self._describe(x) for x in inputs)
        start = perf_counter_ns()
        try:
            result = self.pass_on(op, inputs, params)
        except BaseException as error:
            if op.family == "data" and isinstance(error, OutOfRangeError):
                raise  # a loop over a dataset has come to its end: nothing failed, and nothing was read
            self._note(op, taken, (), params, start, perf_counter_ns(), f"{type(error).__name__}: {error}")
            raise
        stop = perf_counter_ns()
        outputs = result if op.multiple else (result,)
        for out in outputs:
            self._track(out, inputs)
        if self.calls is not None:
            self.calls.append((op, tuple(inputs), params))
        self._note(op, taken, outputs, params, start, stop)
        return result

    def _track(self, out: Tensor, inputs: Sequence[Any]) -> None:
        life = self._meter.track(out._array)
        if life is None and not any(x._array is out._array for x in inputs):
            life = self._meter.track_scalar(out)
        if life is not None:
            life.holds.append(key_of(out))

    def ended(self, inner: Handler) -> None:
        if isinstance(inner, GradientTape):
            self._look_at(inner)
        super().ended(inner)

    def _look_at_tapes(self) -> None:
        for handler in active_handlers():
            if handler is self:
                break
            if isinstance(handler, GradientTape):
                self._look_at(handler)

    def _look_at(self, tape: GradientTape) -> None:
        """Take note of what the tape has begun to keep since it was looked at."""
        _, start = self._tapes.get(id(tape), (None, 0))
        entries = list(tape.kept(start))
        for outputs, tensors in entries:
            index = self._forward.get(outputs[0])
            for life in self._lives_of(tensors):
                if index is not None and index not in life.needed_by:
                    life.needed_by.append(index)
        self._tapes[id(tape)] = weakref.ref(tape), start + len(entries)

    def _lives_of(self, tensors: Iterable[Tensor]) -> list[Life]:
        found = (self._meter.life_of(held) for x in tensors if isinstance(x, EagerTensor) for held in (x._array, x))
        return [life for life in found if life is not None]

    def _memory(self) -> list[Life]:
        """The lives of all buffers that the cell made, as they are now."""
        for seen, _ in self._tapes.values():
            if (tape := seen()) is not None:
                for life in self._lives_of(x for _, tensors in tape.kept() for x in tensors):
                    life.on_tape = True
        for key, reference in self._variables.items():
            variable = reference()
            life_of = None if variable is None else self._meter.life_of(variable._array)
            if life_of is not None:
                life_of.holds.append(key)
        return [
            replace(life, needed_by=sorted(life.needed_by)) for life in self._meter.lives if life.nbytes or life.scalar
        ]

    def _keep_old_value(self, op: Op, inputs: Sequence[Any]) -> None:
        if op.effect == WRITE and inputs and isinstance(inputs[0], Variable) and inputs[0]._key not in self._made:
            self.written.setdefault(key_of(inputs[0]), (inputs[0], inputs[0]._array))

    def _note(
        self, op: Op, taken: tuple[RecordedTensor, ...], outputs: Sequence[Tensor], params: dict[str, Any],
        start: int, stop: int, error: str = "",
    ) -> None:  # fmt: skip
        index = len(self.recording.ops)
        for out in outputs:
            self._forward[key_of(out)] = index
        line, via = self._line()
        specs = [spec_of(out) for out in outputs]
        self.recording.ops.append(
            RecordedOp(
                index=index,
                name=op.name,
                label=op.label,
                inputs=taken,
                outputs=tuple(self._describe(out) for out in outputs),
                params=show_params(params) if op.effect is None else "",
                phase=BACKWARD if self._in_backward else FORWARD,
                of=self._differentiated,
                line=line.number if line else None,
                source=line.text if line else "",
                via=via,
                start=start - self._began,
                duration=stop - start,
                flops=self._flops(op, taken, specs, params),
                alive=self._meter.alive,
                effect=op.effect == WRITE,
                error=error,
                adds_to=self._adds_to,
                transposed=tuple(bool(params.get(name)) for name in op.swaps),
            )
        )
        self._meter.clock = index + 1

    def _describe(self, value: Any) -> RecordedTensor:
        key = key_of(value)
        found = self._described.get(key)
        if found is None:
            found = _describe(value, brief=len(self.recording.ops) >= _PREVIEWED)
            if not isinstance(value, Variable):
                self._described[key] = found
        return found

    @staticmethod
    def _flops(op: Op, taken: Sequence[RecordedTensor], specs: Sequence[Any], params: dict[str, Any]) -> int:
        if not specs:
            return 0
        return op.flops(tuple(TensorSpec(t.shape, t.dtype) for t in taken), tuple(specs), **params)

    def _line(self) -> tuple[SourceLine | None, str]:
        """The cell's line that is running, and the function it was called from there, if that is another one."""
        innermost = user_line()
        line = user_line(self._filename) if self._filename else innermost
        if line is None or innermost is None or innermost == line:
            return line, "" if line is None or line.function == "<module>" else line.function
        return line, innermost.function


def _dense(gradient: Any) -> Tensor:
    """A gradient, or the rows of one that has few."""
    return gradient.values if isinstance(gradient, IndexedSlices) else gradient


# Printing elements takes longer than most operations. Of later ones nobody looks at every element.
_PREVIEWED = 1000


def _describe(value: Any, brief: bool) -> RecordedTensor:
    array = value._array
    kind = "variable" if isinstance(value, Variable) else "tensor"
    name = value.name.partition(":")[0] if kind == "variable" else ""
    if isinstance(array, Variant):
        return RecordedTensor(key_of(value), (), "variant", array.what, 0)
    look = glance(array)
    told = range_text(look) if brief and look is not None and array.size > FEW else preview(array)
    return RecordedTensor(
        key_of(value), tuple(array.shape), of_array(array).name, told, int(array.nbytes), kind, name, look
    )
