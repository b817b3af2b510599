"""What an operating system says of files, in TensorFlow's classes of errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from eagernb import errors

_CLASSES: tuple[tuple[type[OSError], type[errors.OpError]], ...] = (
    (FileNotFoundError, errors.NotFoundError),
    (FileExistsError, errors.AlreadyExistsError),
    (PermissionError, errors.PermissionDeniedError),
    (OSError, errors.FailedPreconditionError),
)


@contextmanager
def file_errors(path: Any) -> Iterator[None]:
    """A context in which an OSError becomes NotFoundError, AlreadyExistsError and so on, naming the path."""
    __tracebackhide__ = True
    try:
        yield
    except OSError as error:
        kind = next(ours for theirs, ours in _CLASSES if isinstance(error, theirs))
        raise kind(f"{path}; {error.strerror}") from None
