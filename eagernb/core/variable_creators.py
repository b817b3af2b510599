"""variable_creator_scope: functions that stand between ``tf.Variable(...)`` and the variable that is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from inspect import signature
from typing import Any

# The creators of the scopes around, the innermost last.
_creators: ContextVar[tuple[Callable[..., Any], ...]] = ContextVar("variable creators", default=())


@contextmanager
def variable_creator_scope(variable_creator: Callable[..., Any]) -> Iterator[None]:
    """In the block, ``tf.Variable(...)`` is what ``variable_creator(next_creator, **kwargs)`` returns.

    ``kwargs`` are all arguments of ``tf.Variable`` by name, those with their default values too. ``next_creator`` takes
    them, changed or not, and makes the variable, or asks the creator of the scope around: the innermost is asked first.

    >>> import eagernb as tf
    >>> def frozen(next_creator, **kwargs):
    ...     return next_creator(**kwargs | {"trainable": False})
    >>> with tf.variable_creator_scope(frozen):
    ...     v = tf.Variable(1.0)
    >>> v.trainable
    False
    """
    token = _creators.set((*_creators.get(), variable_creator))
    try:
        yield
    finally:
        _creators.reset(token)


class VariableMetaclass(type):
    """The metaclass of Variable: calling Variable asks the creators of the scopes around, if there are any."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        creators = _creators.get()
        if not creators or "initial_value" not in _signature(cls).parameters:  # what assigning to a variable gives
            return super().__call__(*args, **kwargs)
        arguments = _signature(cls).bind(None, *args, **kwargs)
        arguments.apply_defaults()
        create: Callable[..., Any] = super().__call__
        for creator in creators:
            create = partial(creator, create)
        return create(**dict(list(arguments.arguments.items())[1:]))


@cache
def _signature(cls: type) -> Any:
    return signature(cls.__init__)  # type: ignore[misc]
