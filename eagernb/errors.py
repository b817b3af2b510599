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


class ShapeError(InvalidArgumentError, ValueError):
    """An operation was given shapes, or arguments about shapes, that cannot work.

    TensorFlow raises ``InvalidArgumentError`` where a kernel finds out and ``ValueError`` where Python code or
    tracing does. This one is both, so that the same ``except`` clause serves a cell in every mode.
    """


class DTypeError(InvalidArgumentError, TypeError):
    """An operation was given dtypes that cannot work (in TensorFlow, by the same rule, also a ``TypeError``)."""


class NotATensorError(TypeError, AttributeError):
    """A tape was asked about something that is no tensor (TensorFlow finds that it has no ``dtype``)."""


class OperatorNotAllowedInGraphError(TypeError):
    """Python asked a symbolic tensor for a value: in an ``if``, a ``for``, ``int(...)``."""


class InaccessibleTensorError(TypeError, ValueError):
    """A symbolic tensor was used outside the trace that it belongs to (in TensorFlow, one or the other)."""


class TracingError(RuntimeError):
    """A cell or function could not be traced into a graph, or its graph could not be run."""


class MagicOptionError(ValueError):
    """A magic was given an option that it does not have, or a value that the option cannot take."""


class GradientStopsWarning(UserWarning):
    """A function of NumPy was computed from the values of tensors that a tape follows: it will not see through it."""
