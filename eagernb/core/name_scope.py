"""name_scope: a prefix for the names of the variables that are made inside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

from eagernb.core.dispatch import static_graph

_prefix: ContextVar[str] = ContextVar("eagernb_name_scope", default="")


class name_scope:
    """A context in which names are given a prefix; scopes inside scopes join their names with ``/``.

    A name that ends with ``/`` is taken as it is, whatever scope is around it; an empty one goes back to no scope.

    >>> import eagernb as tf
    >>> with tf.name_scope("dense") as scope:
    ...     w = tf.Variable(1.0, name="w")
    >>> scope, w.name
    ('dense/', 'dense/w:0')
    """

    def __init__(self, name: str) -> None:
        if not isinstance(name, str):
            raise ValueError(f"name for name_scope must be a string, not {name!r}.")
        self._name = name
        self._tokens: list[Token[str]] = []

    @property
    def name(self) -> str:
        return self._name

    def __enter__(self) -> str:
        absolute = not self._name or self._name.endswith("/")
        inside = self._name if absolute else f"{_prefix.get()}{self._name}/"
        graph = None if absolute else static_graph()
        if graph is not None:  # where names are told apart, scopes are as well
            inside = graph.unique_name(inside[:-1]) + "/"
        self._tokens.append(_prefix.set(inside))
        return inside

    def __exit__(self, *_: object) -> None:
        _prefix.reset(self._tokens.pop())


@contextmanager
def entered(prefix: str) -> Iterator[None]:
    """A context in which names get this prefix, whatever scope is around it."""
    token = _prefix.set(prefix)
    try:
        yield
    finally:
        _prefix.reset(token)


def get_current_name_scope() -> str:
    """The name of the scopes that are open now, joined with ``/``; empty outside of any.

    >>> with name_scope("a"), name_scope("b"):
    ...     get_current_name_scope()
    'a/b'
    """
    return _prefix.get().rstrip("/")


def scoped(name: str) -> str:
    """The name with the prefix of the scopes that are open now."""
    return _prefix.get() + name
