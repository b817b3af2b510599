"""Who carries out an operation: the kernel itself, or the handlers that are active now.

One ContextVar holds the innermost handler. Without one (the common case) an operation calls its kernel and
wraps the result. With one, ``handler.handle(op, inputs, params)`` decides: a recorder times the operation and passes
it outward, a tracer puts a node into its graph instead of computing. Where all handlers are ``passive`` (tapes), the
operation is carried out as if there were none, and each is told by ``note`` afterwards: that is faster.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from functools import cache, partial
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.dtypes import names
from eagernb.core.large import LARGE, in_parts
from eagernb.core.op import Op
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.core.widening import kernel_for
from eagernb.errors import DTypeError, InvalidArgumentError, OpError, ShapeError, UnimplementedError

_current: ContextVar[Handler | None] = ContextVar("eagernb_handler", default=None)
current = _current.get

# What NumPy raises when a kernel cannot work with what it was given.
KERNEL_ERRORS = (ValueError, TypeError, IndexError, ArithmeticError, np.linalg.LinAlgError)


class Handler:
    """Base of tapes, tracers and recorders: a context that sees every operation inside it.

    A subclass that changes nothing about an operation sets ``only_notes`` and has ``note``; any other has ``handle``.
    """

    outer: Handler | None = None
    only_notes = False
    infers = False  # it asks for the outputs' specs itself, and so finds out whether the dtypes go together
    sees_inside = False  # of a traced function too it must see every operation
    static_graph: Any = None  # the graph of TensorFlow 1 that operations inside are added to, if it adds to one
    passive = False  # this one and all outside it only take note
    random_seeds: Any = None  # of the random operations inside, if they are a graph's (see ops/random_seeds)

    @property
    def shown(self) -> Any:
        """The graph that it makes, as TensorFlow shows graphs; AttributeError: it makes none."""
        raise AttributeError("Only tensors of a graph that is being traced have a graph and an op.")

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        """Carry out an operation; by default, as whoever is outside would."""
        __tracebackhide__ = True
        result = self.pass_on(op, inputs, params)
        self.note(op, inputs, params, result)
        return result

    def note(self, op: Op, inputs: Sequence[Any], params: dict[str, Any], result: Any) -> None:
        """Take note of an operation that has been carried out."""

    def pass_on(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        __tracebackhide__ = True
        if self.outer is None:
            return execute(op, inputs, params)
        return self.outer.handle(op, inputs, params)

    def static_value(self, symbol: Any) -> np.ndarray | None:
        """The value of a symbol that this one made, as far as it is known before the graph runs."""
        return None

    def history(self) -> Any:
        """The operations that led to the symbols which this one made."""
        raise UnimplementedError("tf.gradients finds no graph to walk here. Use a tf.GradientTape in its place.")

    def created(self, variable: Any) -> None:
        """Called when a Variable is made."""
        if self.outer is not None:
            self.outer.created(variable)

    def starts_with(self, variable: Any, value: Any) -> None:
        """Called when a Variable is made whose first value is a symbol; ValueError if it cannot get it."""
        if self.outer is None:
            raise ValueError(f"Nothing computes the initial value of a Variable here: {value!r}.")
        self.outer.starts_with(variable, value)

    def differentiating(self, key: int | None) -> None:
        """Called when a tape begins to differentiate the op whose output has this key (None: it has finished)."""

    def seeded(self, gradients: Mapping[int, Any]) -> None:
        """Called when a tape begins a walk back: what flows into each target, by the target's key."""

    def differentiated(self, gradients: Mapping[int, Any]) -> None:
        """Called when a tape has walked back: the gradient of each source by its key, None where none arrived."""

    def accumulating(self, key: int | None) -> None:
        """Called when a tape begins to add a gradient to what arrived before for this key (None: it has finished)."""

    def ended(self, inner: Handler) -> None:
        """Called when a handler inside this one is no longer active."""
        if self.outer is not None:
            self.outer.ended(inner)

    def follows(self, tensor: Any) -> bool:
        """Whether gradients with respect to something may flow through this tensor."""
        return False

    @property
    def answers_again(self) -> bool:
        """Whether it may be asked for gradients of the gradients that it gave."""
        return False

    def accessed(self, variable: Any) -> None:
        """Called when a graph that reads this variable is about to run."""
        if self.outer is not None:
            self.outer.accessed(variable)

    def left(self, value: Any, how: str) -> None:
        """Called when the value of a tensor or variable is taken out, by `.numpy()` for example."""

    def __dir__(self) -> list[str]:
        # A tape is in the hands of users: completion offers what is for them, not what operations call.
        return [name for name in super().__dir__() if name not in vars(Handler)]

    def activate(self) -> None:
        """Make this the innermost handler."""
        self.outer = outer = current()
        self.passive = self.only_notes and (outer is None or outer.passive)
        _current.set(self)

    def deactivate(self) -> None:
        """Take this handler out, even if others have become active inside it since."""
        inner = current()
        if inner is self:
            _current.set(self.outer)
        elif inner is not None:
            inner._take_out(self)
        outer, self.outer = self.outer, None
        if outer is not None:
            outer.ended(self)

    def _take_out(self, other: Handler) -> None:
        """Link around a handler somewhere outside this one."""
        if self.outer is other:
            self.outer = other.outer
        elif self.outer is not None:
            self.outer._take_out(other)
        self.passive = self.only_notes and (self.outer is None or self.outer.passive)


def make_current(handler: Handler | None) -> None:
    """Let this handler see operations from here on, and none besides: how TensorFlow 1's graph mode is entered."""
    _current.set(handler)


class suspended:
    """A context in which only ``handler`` and those outside it see operations; without one, they run at once."""

    def __init__(self, handler: Handler | None = None) -> None:
        self._handler = handler

    def __enter__(self) -> None:
        self._token = _current.set(self._handler)

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


def active_handlers() -> Iterator[Handler]:
    """The handlers that are active now, innermost first."""
    handler = current()
    while handler is not None:
        yield handler
        handler = handler.outer


def static_graph() -> Any:
    """The graph of TensorFlow 1 (see compat/v1) that is being built; None where operations run, or are traced."""
    handler = current()
    while handler is not None:
        if handler.static_graph is not None:
            return handler.static_graph
        handler = handler.outer
    return None


def dispatch(op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
    """Carry out an op on tensors (and variables, for ops that refer to them)."""
    __tracebackhide__ = True
    handler = current()
    return execute(op, inputs, params) if handler is None else handler.handle(op, inputs, params)


def execute(op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
    """Call the kernel and wrap what it returns."""
    if op.effect is None:
        arguments = [tensor._array for tensor in inputs]
        kernel = kernel_for(op, [array.dtype for array in arguments])
        if kernel.__class__ is np.ufunc and not params and sum(array.nbytes for array in arguments) >= LARGE:
            kernel = partial(on_all_cores, op)
    else:  # an op with an effect refers to the variable itself
        arguments = [tensor._array if isinstance(tensor, Tensor) else tensor for tensor in inputs]
        kernel = op.kernel
    try:
        result = kernel(*arguments, **params)
    except KERNEL_ERRORS as error:
        __tracebackhide__ = True
        raise explain(op, [spec_of(x) for x in inputs], params, error) from None
    return tuple(map(EagerTensor._of, result)) if op.multiple else EagerTensor._of(result)


def on_all_cores(op: Op, *arrays: Any) -> Any:
    """The result of an op whose kernel is a ufunc, on large arrays."""
    dims = arrays[0].shape
    if dims == arrays[-1].shape:
        return in_parts(op.kernel, arrays, dims, _dtype_of_result(op, arrays[0].dtype))
    out = infer(op, [TensorSpec(a.shape, dtypes.of_array(a)) for a in arrays], {})[0]
    return in_parts(op.kernel, arrays, out.dims, out.dtype.numpy)  # type: ignore[arg-type]


@cache
def _dtype_of_result(op: Op, dtype: np.dtype) -> np.dtype:
    number = TensorSpec((), dtypes.OF_NUMPY[dtype])
    return infer(op, [number] * len(op.inputs), {})[0].dtype.numpy


def spec_of(value: Any) -> TensorSpec:
    """The spec of a tensor, symbol or variable."""
    if isinstance(value, Symbol):
        return value._spec
    return TensorSpec(value._dims if isinstance(value, Tensor) else value.shape, value.dtype)


def infer(op: Op, specs: Sequence[TensorSpec], params: dict[str, Any]) -> tuple[TensorSpec, ...]:
    """The outputs' specs, as a tuple; a ShapeError or DTypeError with the reason if none fit."""
    try:
        check_dtypes(op, specs)
        result = op.infer(*specs, **params)
    except (OpError, TypeError, ValueError, IndexError) as error:
        if any(spec.shape.rank is None for spec in specs):
            return _of_any_rank(op, specs, params)
        if isinstance(error, OpError):
            raise
        if isinstance(error, TypeError):
            raise DTypeError(_message(op, specs, params, error), op.name) from None
        raise ShapeError(_message(op, specs, params, error, op.remedy), op.name) from None
    return result if op.multiple else (result,)


# An input of unknown rank is taken for one of each of these in turn, to see what follows.
_RANKS = range(6)


def _of_any_rank(op: Op, specs: Sequence[TensorSpec], params: dict[str, Any]) -> tuple[TensorSpec, ...]:
    """What the outputs' specs have in common, whatever the unknown ranks are; a reason if no rank fits."""
    found: list[tuple[TensorSpec, ...]] = []
    reason = None
    for rank in _RANKS:
        guess = [s if s.shape.rank is not None else TensorSpec([None] * rank, s.dtype) for s in specs]
        try:
            found.append(infer(op, guess, params))
        except OpError as error:
            reason = error
    if not found:
        assert reason is not None
        raise reason
    return tuple(TensorSpec(_common_shape(outputs), outputs[0].dtype) for outputs in zip(*found, strict=True))


def _common_shape(specs: Sequence[TensorSpec]) -> TensorShape:
    """What the shapes have in common: nothing, unless they are of one rank."""
    return specs[0].shape.most_specific_common_supertype([spec.shape for spec in specs[1:]])


def check_dtypes(op: Op, specs: Sequence[TensorSpec]) -> None:
    """Raise TypeError unless the typed inputs share one dtype that the op supports."""
    typed = [specs[i] for i in op.typed_positions(len(specs))]
    if not typed:
        return
    first = typed[0].dtype
    for spec in typed[1:]:
        if spec.dtype is not first:
            raise TypeError(
                f"the inputs have different dtypes, {first.name} and {spec.dtype.name}. Tensors are never converted "
                f"silently: use tf.cast(x, tf.{first.name}) on one of them"
            )
    if not op.takes(first.numpy):
        raise TypeError(f"{first.name} is not supported, only {names(op.dtypes)}. Use tf.cast to convert")


def explain(op: Op, specs: Sequence[TensorSpec], params: dict[str, Any], error: BaseException) -> InvalidArgumentError:
    """The error that a user should see for a kernel that failed: inference knows the reason better than NumPy."""
    if isinstance(error, OpError):
        return error  # type: ignore[return-value]
    try:
        infer(op, specs, params)
    except InvalidArgumentError as reason:
        return reason.with_traceback(None)  # where inference found out is of no interest to the user
    return InvalidArgumentError(_message(op, specs, params, error), op.name)


def _message(
    op: Op, specs: Sequence[TensorSpec], params: dict[str, Any], error: BaseException, remedy: str = ""
) -> str:
    shown = ", ".join(spec.brief for spec in specs) or "nothing"
    options = ", ".join(f"{k}={v!r}" for k, v in params.items() if v not in (None, False)) if params else ""
    reason = str(error).rstrip(".")
    text = f"{op.name} of {shown}{f' with {options}' if options else ''}: {reason}."
    return f"{text} {remedy}" if remedy else text
