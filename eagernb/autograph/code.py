"""to_graph and to_code: a function's converted form, to be called and to be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.autograph.artifacts import autograph_artifact


def to_graph(
    entity: Callable[..., Any], recursive: bool = True, experimental_optional_features: Any = None
) -> Callable[..., Any]:
    """The function that ``tf.function`` would trace for this one; called outside a trace, it runs at once.

    With ``recursive``, the functions that it calls are converted too.

    Raises ValueError for what cannot be converted: something other than a Python function, or one without a source.

    >>> import eagernb as tf
    >>> def absolute(x):
    ...     return x if x > 0 else -x
    >>> int(tf.autograph.to_graph(absolute)(tf.constant(-3)))
    3
    """
    from eagernb.autograph.calls import converted_form
    from eagernb.autograph.options import requested

    function = getattr(entity, "python_function", entity)
    made = converted_form(function, requested(experimental_optional_features, recursive))
    return autograph_artifact(made)


def to_code(entity: Callable[..., Any], recursive: bool = True, experimental_optional_features: Any = None) -> str:
    """The converted form of a function as text.

    >>> import eagernb as tf
    >>> def absolute(x):
    ...     return x if x > 0 else -x
    >>> [line] = [line for line in tf.autograph.to_code(absolute).splitlines() if "if_exp" in line]
    >>> print(line.strip())
    retval_ = ag__.if_exp(ag__.ld(x) > 0, lambda: ag__.ld(x), lambda: -ag__.ld(x), 'x > 0')
    """
    from eagernb.autograph.calls import code_of
    from eagernb.autograph.options import requested

    function = getattr(entity, "python_function", entity)
    return f"{code_of(function, requested(experimental_optional_features, recursive))}\n"
