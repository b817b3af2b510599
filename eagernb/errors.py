"""Every exception that a user of the engine can meet, under TensorFlow's names.

Each message says what was attempted, with shapes and dtypes, and what to do about it.
"""

from __future__ import annotations


class OpError(Exception):
    """An operation that could not be carried out.

    ``message`` is the text; ``op`` the name of the operation, where one is to blame.
    """

    def __init__(self, message: str, op: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.op = op


class InvalidArgumentError(OpError):
    """An operation was given shapes, dtypes or values that it cannot work on."""


class FailedPreconditionError(OpError):
    """Something that had to happen first has not happened."""


class OutOfRangeError(OpError):
    """An index or an iterator went past the end."""


class UnimplementedError(OpError):
    """The operation is defined, but not for these arguments."""


class ShapeInferenceError(InvalidArgumentError, ValueError):
    """An operation was traced with shapes that cannot work.

    TensorFlow raises ``ValueError`` while it traces and ``InvalidArgumentError`` when it runs; this one is
    both, so that the same ``except`` clause serves a cell in either mode.
    """


class DTypeInferenceError(InvalidArgumentError, TypeError):
    """An operation was traced with dtypes that cannot work (TensorFlow raises ``TypeError`` there)."""


class OperatorNotAllowedInGraphError(TypeError):
    """Python asked a symbolic tensor for a value: in an ``if``, a ``for``, ``int(...)``."""


class InaccessibleTensorError(ValueError):
    """A symbolic tensor was used outside the trace that it belongs to."""


class TracingError(RuntimeError):
    """A cell or function could not be traced into a graph, or its graph could not be run."""
