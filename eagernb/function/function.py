"""Function: trace at the first call with a signature, run the graph at this and every later one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Hashable
from copy import deepcopy
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

from eagernb.autograph.convert import convert
from eagernb.core import nest
from eagernb.core.dispatch import current
from eagernb.core.tensor import EagerTensor
from eagernb.errors import FailedPreconditionError
from eagernb.function.concrete import ConcreteFunction
from eagernb.function.first_values import give_first_values
from eagernb.function.function_type import FunctionType
from eagernb.function.retracing import History, RetracingReport
from eagernb.function.signature import Signature, cache_key, fits, is_general, is_gone, relaxed
from eagernb.function.trace import Trace, given_tensors, trace
from eagernb.graph.executable import default_executor
from eagernb.graph.part import tracer_around

_eagerly = False
_traces = 0

# One thread traces at a time, so that threads which call a function for the first time at once share one trace.
_tracing = RLock()


def run_functions_eagerly(run_eagerly: bool) -> None:
    """Whether functions run line by line, as Python, to be looked into with print and a debugger, or as graphs.

    >>> import eagernb as tf
    >>> run_functions_eagerly(True)
    >>> bool(tf.function(tf.executing_eagerly)())
    True
    >>> run_functions_eagerly(False)
    """
    global _eagerly
    _eagerly = bool(run_eagerly)


def functions_run_eagerly() -> bool:
    """Whether functions run line by line instead of as graphs.

    >>> functions_run_eagerly()
    False
    """
    return _eagerly


def traces_made() -> int:
    """How often functions were traced, all of them together, since Python started."""
    return _traces


class Function:
    """A Python function that runs as a graph; what ``function`` returns."""

    def __init__(
        self,
        python_function: Callable[..., Any],
        name: str | None = None,
        input_signature: Any = None,
        executor: str | None = None,
        reduce_retracing: bool = False,
        convert: Callable[..., Any] = convert,
    ) -> None:
        self.python_function = python_function
        self._convert = convert  # autograph, or nothing
        self._traced = convert(python_function)
        self._name: str = name or getattr(python_function, "__name__", None) or type(python_function).__name__
        self._input_signature = input_signature
        self._executor = executor
        self._reduce_retracing = reduce_retracing
        # The specs are for the arguments of a method: `self` is there before it is one, and has none.
        self._awaits_object = input_signature is not None and _first_parameter(python_function) == "self"
        self._signature = Signature(python_function, self._name, None if self._awaits_object else input_signature)
        self._history = History(self._signature)
        self._traces: dict[Hashable, ConcreteFunction] = {}
        self._general: list[ConcreteFunction] = []  # of these, those that take tensors of several shapes
        # Of traces that use symbols of the trace around them: they are of no use outside of it.
        self._inside: WeakKeyDictionary[Any, dict[Hashable, ConcreteFunction]] = WeakKeyDictionary()
        self._direct: dict[Hashable, Callable[..., Any]] = {}
        self._bound: dict[int, Function] = {}  # by the ids of objects that keep nothing themselves
        self._start: ConcreteFunction | None = None  # what gives variables their first values, until it has run
        functools.update_wrapper(self, python_function, updated=())

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        if current() is None and not kwargs and not _eagerly:
            # The short way, which costs a microsecond or two: tensors only, and a signature that was there before.
            key: list[Any] = []
            arrays = []
            for x in args:
                if x.__class__ is not EagerTensor:
                    break
                array = x._array
                arrays.append(array)
                key += (array.shape, array.dtype)
            else:
                run = self._direct.get(tuple(key))
                if run is not None:
                    return run(arrays)
        return self._call(args, kwargs)

    def _call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        __tracebackhide__ = True
        if _eagerly:
            return self.python_function(*args, **kwargs)
        if self._awaits_object and args:
            return self.__get__(args[0], type(args[0]))(*args[1:], **kwargs)
        arguments, known = self._signature.bind(args, kwargs)
        concrete = self._concrete(known)
        tensors = given_tensors(arguments)
        start = self._take_start(known)
        if start is not None:
            return start.call(tensors)
        result = concrete.call(tensors)
        # Not where there are other tensors: defaults, or what a signature made of an argument.
        if current() is None and not kwargs and [*map(id, tensors)] == [*map(id, args)]:
            run = concrete.direct() if all(x.__class__ is EagerTensor for x in args) else None
            if run is not None:
                key = tuple(part for x in args for part in (x._array.shape, x._array.dtype))
                self._direct[key] = run
        return result

    def get_concrete_function(self, *args: Any, **kwargs: Any) -> ConcreteFunction:
        """The trace for these arguments, made if there is none; a TensorSpec stands for any tensor that fits it."""
        __tracebackhide__ = True
        if not args and not kwargs and self._signature.specs is not None:
            args = self._signature.specs
        known = self._signature.bind(args, kwargs)[1]
        concrete = self._concrete(known)
        if self._take_start(known) is not None:
            raise ValueError(
                f"{self._name} makes a tf.Variable whose initial value depends on an argument, which has no value yet. "
                "Call the function once before get_concrete_function, or compute the value from something else."
            )
        return concrete

    def experimental_get_compiler_ir(self, *args: Any, **kwargs: Any) -> Callable[..., str]:
        """A function of ``stage`` that gives the program which XLA compiles for these arguments, as text.

        "stablehlo" and "hlo" are what XLA is given, in its newer and older language, "optimized_hlo" is what it makes
        of that. An argument may be a TensorSpec of full shape. Raises ValueError unless XLA compiles the function.

        >>> import eagernb as tf
        >>> f = tf.function(lambda x: x + x, jit_compile=True)
        >>> print(f.experimental_get_compiler_ir(tf.ones([2]))(stage="stablehlo"))
        module @jit... {
          func.func public @main(%arg0: tensor<2xf32>) -> ...
            %0 = stablehlo.add %arg0, %arg0 : tensor<2xf32>
            return %0 : tensor<2xf32>
          }
        }
        """
        if self._executor != "xla":
            raise ValueError("Compiler IR can only be returned for functions marked with 'jit_compile=True'")
        arguments, known = self._signature.bind(args, kwargs)
        return self._concrete(known).compiler_ir(nest.flatten(arguments))

    def experimental_get_tracing_count(self) -> int:
        """How often the Python function was traced."""
        return self._count

    _count = 0

    def pretty_printed_concrete_signatures(self, verbose: bool = True) -> str:
        """The signatures of all traces, in TensorFlow's format."""
        concretes = dict.fromkeys(self._traces.values())
        return "\n\n".join(concrete.pretty_printed_signature(verbose) for concrete in concretes)

    @property
    def name(self) -> str:
        return self._name

    @property
    def function_type(self) -> FunctionType:
        """Its parameters, and what the input_signature says of them."""
        return self._signature.type

    @property
    def input_signature(self) -> Any:
        """The specs that arguments must fit, if that was asked for."""
        return None if self._input_signature is None else tuple(self._input_signature)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        # One Function for each object, kept on it: its traces belong to its variables.
        kept = f"_traced_{self._name}"
        if not hasattr(instance, "__dict__"):  # it has __slots__
            if id(instance) not in self._bound:
                self._bound[id(instance)] = self._of(self.python_function.__get__(instance, owner))
            return self._bound[id(instance)]
        cached = instance.__dict__.get(kept)
        if cached is None or cached.python_function.__func__ is not self.python_function:
            cached = self._of(self.python_function.__get__(instance, owner))
            if isinstance(instance, type):  # a classmethod: a class's __dict__ cannot be written to
                setattr(instance, kept, cached)
            else:
                instance.__dict__[kept] = cached
        return cached

    def _of(self, python_function: Callable[..., Any]) -> Function:
        """A Function like this one of another Python function."""
        return Function(
            python_function, self._name, self._input_signature, self._executor, self._reduce_retracing, self._convert
        )

    def __deepcopy__(self, memo: dict[int, Any]) -> Function:
        """One without traces; of a method, that of the object's copy."""
        return self._of(deepcopy(self.python_function, memo))

    def _concrete(self, known: Any) -> ConcreteFunction:
        """The trace for a signature: one that there is already, or a new one."""
        __tracebackhide__ = True
        key = cache_key(known)
        found = self._traces.get(key)
        if found is not None:
            return found
        with _tracing:
            return self._traces.get(key) or self._new(known, key)

    def _new(self, known: Any, key: Hashable) -> ConcreteFunction:
        """A trace for a signature that is not among those of the function alone."""
        __tracebackhide__ = True
        around = tracer_around()
        inside = self._inside.get(around, {}) if around is not None else {}
        if key in inside:
            return inside[key]
        for concrete in self._general:
            if fits(known, concrete.known):
                self._traces[key] = concrete
                return concrete
        if self._reduce_retracing:
            known = self._relax(known)
            key = cache_key(known)
        concrete = self._make(known)
        if concrete.captured:
            if around is not None:  # captured examples of a batch are another each time
                self._inside.setdefault(around, {})[key] = concrete
        else:
            self._traces = {k: c for k, c in self._traces.items() if not is_gone(c.known)}
            self._traces[key] = concrete
            if is_general(known):
                self._general.append(concrete)
        return concrete

    def _relax(self, known: Any) -> Any:
        """The signature with None for the sizes in which it differs from the last trace that it is like."""
        for concrete in reversed(dict.fromkeys(self._traces.values())):
            wider = relaxed(known, concrete.known)
            if wider is not None:
                return wider
        return known

    def _make(self, known: Any) -> ConcreteFunction:
        __tracebackhide__ = True
        first = not self._count
        result = self._trace(known)
        if result.created and first:
            start = None if give_first_values(result) else self._concrete_of(result, known)
            # The variables exist now: traced again, the function has to find them instead of making new ones.
            result = self._trace(known)
            self._start = start
        if result.created:
            self._start = None
            raise ValueError(
                f"tf.function only supports singleton tf.Variables created on the first call, but {self._name} makes "
                "a new tf.Variable at this one too. A graph can only use variables that exist: make it outside, or at "
                "the first call only, and keep it."
            )
        self._history.add(known)
        return self._concrete_of(result, known)

    def _concrete_of(self, result: Trace, known: Any) -> ConcreteFunction:
        return ConcreteFunction(result, known, self._signature, self._executor or default_executor())

    def _take_start(self, known: Any) -> ConcreteFunction | None:
        """The trace that gives variables their first values, if they have none yet; within a trace, only once."""
        start = self._start
        if start is None or all(variable.is_initialized() for variable in start.variables):
            self._start = None
            return None
        if not fits(known, start.known):
            raise FailedPreconditionError(
                f"{self._name} makes variables, but the call that should have given them their first values failed. "
                "Call it with such arguments again."
            )
        if tracer_around() is not None:
            self._start = None
        return start

    def _trace(self, known: Any) -> Trace:
        global _traces
        __tracebackhide__ = True
        result = trace(self._traced, self._signature, known)
        self._count += 1
        _traces += 1
        return result

    def explain_retracing(self) -> RetracingReport:
        """Which argument made it trace again, each time, and what to do."""
        return self._history.report()

    def __repr__(self) -> str:
        return f"<tf.function {self._name}{self._signature.python}>"


def _first_parameter(python_function: Callable[..., Any]) -> str | None:
    return next(iter(inspect.signature(python_function).parameters), None)


def explain_retracing(f: Any) -> RetracingReport:
    """For each trace of a function that ``tf.function`` made: which argument changed, and what to do.

    Each trace is compared with the nearest earlier one. Raises TypeError for anything else than such a function.

    >>> import eagernb as tf
    >>> doubled = tf.function(lambda x: 2 * x)
    >>> _ = doubled(tf.constant(1)), doubled(tf.constant(1.0))
    >>> tf.explain_retracing(doubled)
    <lambda> was traced 2 times.
    Trace 1: the first.
    Trace 2: the dtype of 'x' changed from int32 to float32.
      Use tf.cast(x, tf.int32) before the call.
    """
    if not isinstance(f, Function):
        raise TypeError(f"explain_retracing needs what tf.function made, not {type(f).__name__}: {f!r}")
    return f.explain_retracing()
