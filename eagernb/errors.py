"""Every exception that a user of the engine can meet, under TensorFlow's names.

Each message says what was attempted, with shapes and dtypes, and what to do about it.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "ABORTED", "ALREADY_EXISTS", "CANCELLED", "DATA_LOSS", "DEADLINE_EXCEEDED", "FAILED_PRECONDITION", "INTERNAL",
    "INVALID_ARGUMENT", "NOT_FOUND", "OK", "OUT_OF_RANGE", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
    "UNAUTHENTICATED", "UNAVAILABLE", "UNIMPLEMENTED", "UNKNOWN", "AbortedError", "AlreadyExistsError",
    "CancelledError", "DTypeError", "DataLossError", "DeadlineExceededError", "FailedPreconditionError",
    "GradientStopsWarning", "InaccessibleTensorError", "InternalError", "InvalidArgumentError", "MagicOptionError",
    "MissingExtraError", "NotATensorError", "NotFoundError", "OpError", "OperatorNotAllowedInGraphError",
    "OutOfRangeError", "PermissionDeniedError", "ResourceExhaustedError", "ShapeError", "TracingError",
    "UnauthenticatedError", "UnavailableError", "UnimplementedError", "UnknownError",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


# The kinds of failure, by the numbers that TensorFlow (and gRPC) give them.
OK = 0
CANCELLED = 1
UNKNOWN = 2
INVALID_ARGUMENT = 3
DEADLINE_EXCEEDED = 4
NOT_FOUND = 5
ALREADY_EXISTS = 6
PERMISSION_DENIED = 7
RESOURCE_EXHAUSTED = 8
FAILED_PRECONDITION = 9
ABORTED = 10
OUT_OF_RANGE = 11
UNIMPLEMENTED = 12
INTERNAL = 13
UNAVAILABLE = 14
DATA_LOSS = 15
UNAUTHENTICATED = 16


class OpError(Exception):
    """An operation that could not be carried out.

    ``message`` is the text, ``op`` the name of the operation, where one is to blame, ``error_code`` the number of the
    kind of failure. It is made of a message and an op, or, as in TensorFlow, of node_def, op and message (and, for an
    OpError itself, error_code).

    >>> InvalidArgumentError("sizes differ").message, InvalidArgumentError(None, None, "sizes differ").message
    ('sizes differ', 'sizes differ')
    """

    code = UNKNOWN

    def __init__(
        self, *parts: Any, node_def: Any = None, op: Any = None, message: str = "", error_code: int | None = None
    ) -> None:
        if len(parts) >= 3:
            node_def, op, message = parts[:3]
            if len(parts) > 3 and type(self) is OpError:
                error_code = parts[3]
        elif parts:
            message, op = parts[0], parts[1] if len(parts) > 1 else op
        super().__init__(message)
        self.message = message
        self.op = op
        self.node_def = node_def
        self.error_code = self.code if error_code is None else error_code


class CancelledError(OpError):
    """An operation was stopped from outside."""

    code = CANCELLED


class UnknownError(OpError):
    """An operation failed for a reason that nobody foresaw."""

    code = UNKNOWN


class InvalidArgumentError(OpError):
    """An operation was given shapes, dtypes or values that it cannot work on."""

    code = INVALID_ARGUMENT


class DeadlineExceededError(OpError):
    """An operation took longer than it was allowed to."""

    code = DEADLINE_EXCEEDED


class NotFoundError(OpError):
    """A file, or something else that was asked for by name, does not exist."""

    code = NOT_FOUND


class AlreadyExistsError(OpError):
    """Something that was to be made exists already."""

    code = ALREADY_EXISTS


class PermissionDeniedError(OpError):
    """The caller may not do this, for example write to this file."""

    code = PERMISSION_DENIED


class ResourceExhaustedError(OpError):
    """Memory, or something else of which there is so much only, has run out."""

    code = RESOURCE_EXHAUSTED


class FailedPreconditionError(OpError):
    """Something that had to happen first has not happened."""

    code = FAILED_PRECONDITION


class AbortedError(OpError):
    """An operation gave up because another one got in its way."""

    code = ABORTED


class OutOfRangeError(OpError):
    """An index or an iterator went past the end."""

    code = OUT_OF_RANGE


class UnimplementedError(OpError):
    """The operation is defined, but not for these arguments."""

    code = UNIMPLEMENTED


class InternalError(OpError):
    """Something that must always hold does not: a fault of the library's own."""

    code = INTERNAL


class UnavailableError(OpError):
    """A service does not answer at present."""

    code = UNAVAILABLE


class DataLossError(OpError):
    """Data cannot be recovered, for example because a file was cut short."""

    code = DATA_LOSS


class UnauthenticatedError(OpError):
    """The caller has not said, or not proved, who it is."""

    code = UNAUTHENTICATED


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


class MissingExtraError(ImportError):
    """A part of the library was asked for that needs a package which is not installed."""


class MagicOptionError(ValueError):
    """A magic was given an option that it does not have, or a value that the option cannot take."""


class GradientStopsWarning(UserWarning):
    """A function of NumPy was computed from the values of tensors that a tape follows: it will not see through it."""
