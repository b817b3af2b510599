"""convert: what to trace instead of a Python function, so that its control flow on tensors becomes operations."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import FunctionType
from typing import Any

from eagernb.autograph.artifacts import autograph_artifact, is_artifact
from eagernb.autograph.need import needs_conversion
from eagernb.core.autograph_status import Status, conversion, register_converter, status


def convert(function: Callable[..., Any], features: Any = None) -> Callable[..., Any]:
    """The function to trace for a user's function: same arguments, same result, control flow as operations.

    ``features``, a Feature or several, is what ``tf.function`` has as ``experimental_autograph_options``. The work is
    done at the first call.
    """
    if is_artifact(function):
        return function

    def converted(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        if status() is Status.DISABLED:
            return function(*args, **kwargs)
        with conversion(Status.ENABLED):
            python = getattr(function, "__func__", function)  # that of a method
            if isinstance(python, FunctionType) and not needs_conversion(python):
                return function(*args, **kwargs)
            # Imported only now: diastatic-malt takes a moment to load.
            from eagernb.autograph.calls import converted_call
            from eagernb.autograph.options import requested

            return converted_call(function, args, kwargs, options=requested(features))

    return autograph_artifact(_named_like(function, converted))


def as_it_is(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function to trace where autograph is off: the user's own."""
    return function


register_converter(convert)


def do_not_convert(func: Any = None) -> Any:
    """A decorator: the function, and what it calls, run as they are, also within converted code.

    >>> import eagernb as tf
    >>> @tf.autograph.experimental.do_not_convert
    ... def positive(x):
    ...     return x if x > 0 else -x
    >>> tf.function(positive)(tf.constant(1.0))
    Traceback (most recent call last):
      ...
    eagernb.errors.OperatorNotAllowedInGraphError: Using a symbolic `tf.Tensor` ...
    """
    if func is None:
        return do_not_convert

    def unconverted(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        with conversion(Status.DISABLED):
            return func(*args, **kwargs)

    return autograph_artifact(_named_like(func, unconverted))


def _named_like(function: Any, wrapper: Any) -> Any:
    return functools.update_wrapper(wrapper, function) if hasattr(function, "__name__") else wrapper
