"""The values of variables: each session has its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from eagernb.core.dtypes import DType
from eagernb.core.shape import TensorShape
from eagernb.errors import FailedPreconditionError


class Place:
    """Where one session keeps the value of one variable: what operations on the variable get when they run.

    Reading ``_array`` before it was assigned to raises FailedPreconditionError.
    """

    __slots__ = ("_array", "dtype", "name", "shape")

    _array: Any

    def __init__(self, name: str, shape: TensorShape, dtype: DType) -> None:
        self.name, self.shape, self.dtype = name, shape, dtype

    def __getattr__(self, attribute: str) -> Any:
        if attribute != "_array":
            raise AttributeError(f"A variable's place in a session has no {attribute!r}.")
        name = self.name.partition(":")[0]
        raise FailedPreconditionError(
            f"Could not find variable {name}: it is uninitialized in this session. Run "
            "tf.compat.v1.global_variables_initializer() (or the variable's initializer) first.",
            name,
        )

    @property
    def has_value(self) -> bool:
        try:
            return self._array is not None
        except FailedPreconditionError:
            return False

    def __repr__(self) -> str:
        return f"variable {self.name} of a session"


class SessionValues:
    """The places of a session's variables."""

    def __init__(self) -> None:
        self._places: dict[Any, Place] = {}

    def place_of(self, variable: Any) -> Place:
        """The one place of this variable; of no value at first."""
        place = self._places.get(variable)
        if place is None:
            # Where two threads make one at once, the first one stays.
            place = self._places.setdefault(variable, Place(variable.name, variable.shape, variable.dtype))
        return place

    def clear(self) -> None:
        """Forget all values."""
        self._places.clear()


# Those of the session that is running now.
_running: ContextVar[SessionValues | None] = ContextVar("eagernb_session_values", default=None)


def running_values() -> SessionValues | None:
    """The values of the session that is running; None outside of any."""
    return _running.get()


@contextmanager
def values_of_session(values: SessionValues) -> Iterator[None]:
    """A context in which variables have the values of one session."""
    token = _running.set(values)
    try:
        yield
    finally:
        _running.reset(token)
