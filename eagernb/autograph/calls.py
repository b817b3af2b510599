"""A call in converted code: the function called is converted too, unless it is to be left alone."""

from __future__ import annotations

import functools
import inspect
import logging
import types
from typing import Any
from weakref import WeakSet

from malt.core.converter import STANDARD_OPTIONS, ConversionOptions, Feature
from malt.operators import py_builtins as frames
from malt.pyct.errors import UnsupportedLanguageElementError

from eagernb.autograph import operators
from eagernb.autograph.artifacts import autograph_artifact, is_artifact
from eagernb.autograph.need import needs_conversion
from eagernb.autograph.operators.growing_list import GrowingList, call_on_list
from eagernb.autograph.operators.python_builtins import counterpart
from eagernb.autograph.rules import call_method, is_left_alone
from eagernb.autograph.source import SourceUnavailableError
from eagernb.autograph.transpiler import ConvertedCode, converted_code
from eagernb.core.autograph_status import Status, status

_LOG = logging.getLogger("eagernb")

_warned: WeakSet[types.CodeType] = WeakSet()  # what is known not to be convertible


def converted_call(
    f: Any, args: tuple[Any, ...], kwargs: dict[str, Any] | None, scope: Any = None, options: Any = None
) -> Any:
    """Call a function in its converted form, if it has one; what converted code does at every call."""
    __tracebackhide__ = True
    kwargs = kwargs or {}
    if options is None:
        options = scope.callopts
    if status() is Status.DISABLED or is_artifact(f):
        return f(*args, **kwargs)
    if isinstance(f, functools.partial):
        return converted_call(f.func, (*f.args, *args), {**f.keywords, **kwargs}, scope, options)
    if isinstance(f, (types.BuiltinFunctionType, type)):
        return _builtin(f, args, kwargs, scope)
    if not options.user_requested and (not options.recursive or is_left_alone(f)):
        if args and isinstance(args[0], GrowingList):
            return call_on_list(f, *args, **kwargs)
        return f(*args, **kwargs)
    function, arguments = _function_of(f, args)
    converted = None if function is None else converted_function(function, options)
    if converted is None:
        return f(*args, **kwargs)
    return converted(*arguments, **kwargs)


def _function_of(f: Any, args: tuple[Any, ...]) -> tuple[types.FunctionType | None, tuple[Any, ...]]:
    """The Python function behind a callable, and the arguments that it is called with."""
    if isinstance(f, types.MethodType):
        function, arguments = _function_of(f.__func__, args)
        return function, (f.__self__, *arguments)
    if isinstance(f, types.FunctionType):
        return f, args
    call = call_method(f)
    return (call, (f, *args)) if call is not None else (None, args)


def _builtin(f: Any, args: tuple[Any, ...], kwargs: dict[str, Any], scope: Any) -> Any:
    __tracebackhide__ = True
    if scope is not None:  # those that look at the frame that they are called from
        if f is super:
            return frames.super_in_original_context(f, args, scope)
        if f is eval:
            return frames.eval_in_original_context(f, args, scope)
        if f is globals:
            return frames.globals_in_original_context(scope)
        if f is locals:
            return frames.locals_in_original_context(scope)
    return counterpart(f)(*args, **kwargs)


def converted_form(f: Any, options: ConversionOptions) -> Any:
    """The converted form of a function or method, also of one with nothing to convert; ValueError if it has none."""
    made = code_of(f, options).function(_python_function(f), OPERATORS)
    _, bound = _function_of(f, ())
    return types.MethodType(made, bound[0]) if bound else made


def code_of(f: Any, options: ConversionOptions) -> ConvertedCode:
    """The converted code of a function or method; ValueError if there is none."""
    try:
        return converted_code(_python_function(f), options)
    except (SourceUnavailableError, UnsupportedLanguageElementError) as error:
        raise ValueError(f"{f} could not be converted: {error}.") from None


def _python_function(f: Any) -> types.FunctionType:
    function, _ = _function_of(f, ())
    if function is None:
        raise ValueError(
            "Cannot apply autograph to a function that doesn't expose a __code__ object. If this is a @tf.function, "
            f"try passing f.python_function instead. It is {f!r}."
        )
    return function


def converted_function(function: types.FunctionType, options: ConversionOptions) -> Any:
    """The converted form of a function; None where there is nothing to convert, or where a warning says why not."""
    code = function.__code__
    if code in _warned or code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR):
        return None
    if not needs_conversion(function):
        return None
    try:
        return converted_code(function, options).function(function, OPERATORS)
    except (SourceUnavailableError, UnsupportedLanguageElementError, NotImplementedError) as error:
        cause = str(error)
    except Exception as error:  # of diastatic-malt's own, for code that it does not know
        cause = f"{type(error).__name__}: {error}"
    _warned.add(code)
    _LOG.warning(
        "AutoGraph could not transform %s and will run it as-is: an `if` or a loop over tensors in it raises an error."
        "\nCause: %s\nTo silence this warning, decorate the function with @tf.autograph.experimental.do_not_convert",
        function,
        cause,
    )
    return None


# What converted code finds under the name ``ag__``.
OPERATORS = types.SimpleNamespace(
    **{name: getattr(operators, name) for name in operators.__all__},
    ConversionOptions=ConversionOptions,
    Feature=Feature,
    STD=STANDARD_OPTIONS,
    autograph_artifact=autograph_artifact,
    converted_call=converted_call,
)
