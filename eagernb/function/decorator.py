"""tf.function, the decorator: what it makes is loaded with the first function that is decorated."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from typing import Any


def function(
    func: Callable[..., Any] | None = None,
    input_signature: Any = None,
    autograph: bool = True,
    jit_compile: bool | None = None,
    reduce_retracing: bool = False,
    experimental_implements: str | None = None,
    experimental_autograph_options: Any = None,
    experimental_attributes: Any = None,
    experimental_relax_shapes: bool | None = None,
    experimental_compile: bool | None = None,
    experimental_follow_type_hints: bool | None = None,
    *,
    name: str | None = None,
) -> Any:
    """Make a function run as a graph: traced at the first call with new shapes, dtypes or Python values.

    As a decorator, with or without arguments. Python's own effects (print, append) happen while tracing only. With
    ``input_signature``, a list of TensorSpecs, there is one trace for all arguments that fit it. With
    ``reduce_retracing`` a size that differs between calls becomes unknown (None) in a second trace, which then serves
    for all. With ``autograph``, an `if` or a loop on tensors becomes a part of the graph; without, it raises TypeError
    (``experimental_autograph_options`` are optional features of it). With ``jit_compile=True`` XLA compiles the graph,
    once for each set of shapes; what it cannot take raises InvalidArgumentError at the call. Where
    ``experimental_compile`` and ``experimental_relax_shapes`` are given, old names of the two, a DeprecationWarning
    says so; the other arguments change nothing. ``experimental_attributes`` may be those that TensorFlow takes.

    Raises TypeError for an ``input_signature`` that does not fit the function, ValueError for an argument that is
    given under both names and for an unknown attribute; at the first call, MissingExtraError (an ImportError) if XLA
    is asked for without JAX.

    >>> import eagernb as tf
    >>> @function
    ... def double(x):
    ...     print("tracing")
    ...     return x + x
    >>> float(double(tf.constant(1.0))), float(double(tf.constant(2.0)))
    tracing
    (2.0, 4.0)
    """
    jit_compile = _renamed(jit_compile, experimental_compile, "experimental_compile", "jit_compile")
    reduce_retracing = bool(
        _renamed(reduce_retracing, experimental_relax_shapes, "experimental_relax_shapes", "reduce_retracing")
    )
    for name_of_attribute in experimental_attributes or ():
        if name_of_attribute not in _ATTRIBUTES:
            raise ValueError(f"{name_of_attribute!r} is not supported by tf.function as an attribute.")
    executor = "xla" if jit_compile else None if jit_compile is None else "numpy_source"

    def make(python_function: Callable[..., Any]) -> Any:
        from eagernb.autograph.convert import as_it_is, convert
        from eagernb.function.function import Function

        how = partial(convert, features=experimental_autograph_options) if autograph else as_it_is
        return Function(python_function, name, input_signature, executor, reduce_retracing, how)

    return make if func is None else make(func)


# What experimental_attributes may say. All of it is for TensorFlow's own runtime.
_ATTRIBUTES = (
    "_OutputsOnOpDevice", "_disable_acd", "_implements", "_noinline", "_tf_data_function", "api_implements",
    "api_preferred_device", "disable_summaries_at_runtime", "experimental_ints_on_device", "function_runs_at_most_once",
    "go_backwards", "runtime_constant_optimization", "time_major",
)  # fmt: skip


def _renamed(new: Any, old: Any, old_name: str, new_name: str) -> Any:
    if old is None:
        return new
    if new is not None and new is not False:
        raise ValueError(f"Cannot specify both {old_name!r} and {new_name!r}.")
    warnings.warn(f"{old_name} is deprecated, use {new_name} instead", DeprecationWarning, stacklevel=3)
    return old
