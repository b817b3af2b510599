"""tf.io.gfile: files and folders of this machine.

>>> import eagernb as tf
>>> import tempfile
>>> folder = tempfile.mkdtemp()
>>> with tf.io.gfile.GFile(tf.io.gfile.join(folder, "a.txt"), "w") as file:
...     file.write("hello")
>>> tf.io.gfile.listdir(folder)
['a.txt']
"""

from __future__ import annotations

import glob as _glob
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from eagernb.core.files import file_errors
from eagernb.errors import AlreadyExistsError, InvalidArgumentError, NotFoundError, PermissionDeniedError

__all__ = [
    "GFile", "copy", "exists", "glob", "isdir", "join", "listdir", "makedirs", "mkdir", "remove", "rename", "rmtree",
    "stat", "walk",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


class GFile:
    """A file: like Python's ``open``, with TensorFlow's errors; nothing is opened before it is used.

    ``mode`` is "r", "w", "a", "r+", "w+" or "a+", with a "b" for bytes.

    >>> import os
    >>> GFile(os.devnull).read()
    ''
    """

    def __init__(self, name: Any, mode: str = "r") -> None:
        self._file: Any = None
        if mode.replace("b", "") not in ("r", "w", "a", "r+", "w+", "a+"):
            raise InvalidArgumentError("mode is not 'r' or 'w' or 'a' or 'r+' or 'w+' or 'a+'")
        self.name, self.mode = os.fspath(name), mode

    def _open(self) -> Any:
        if self._file is None:
            with file_errors(self.name):
                how: dict[str, Any] = {} if "b" in self.mode else {"encoding": "utf-8", "newline": ""}
                self._file = open(self.name, self.mode, **how)  # noqa: SIM115  closed by close()
        return self._file

    def _reading(self) -> Any:
        if "r" not in self.mode and "+" not in self.mode:
            raise PermissionDeniedError("File isn't open for reading")
        return self._open()

    def read(self, n: int = -1) -> Any:
        """The next ``n`` characters or bytes, by default all that are left."""
        return self._reading().read(n)

    def readline(self) -> Any:
        """The next line, with its end."""
        return self._reading().readline()

    def readlines(self) -> list[Any]:
        """All lines that are left."""
        return list(self._reading())

    def write(self, file_content: Any) -> None:
        """Write text, or bytes in a mode with "b"."""
        if self.mode.replace("b", "") == "r":
            raise PermissionDeniedError("File isn't open for writing")
        self._open().write(file_content)

    def seek(self, offset: int, whence: int = 0) -> None:
        """Go on reading from this byte."""
        self._reading().seek(offset, whence)

    def tell(self) -> int:
        """At which byte it is."""
        return self._open().tell()

    def size(self) -> int:
        """How many bytes the file has."""
        return stat(self.name).length

    def seekable(self) -> bool:
        """True: one may ``seek``."""
        return True

    def flush(self) -> None:
        """See to it that what was written is in the file."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Close it; what is used afterwards begins anew."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> GFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._reading())

    def __del__(self) -> None:
        self.close()


class FileStatistics(NamedTuple):
    """What is known of a file."""

    length: int
    mtime_nsec: int
    is_directory: bool


def exists(path: Any) -> bool:
    """Whether there is a file or folder of this name.

    >>> exists("/no such file")
    False
    """
    return os.path.exists(path)


def isdir(path: Any) -> bool:
    """Whether there is a folder of this name.

    >>> isdir("/no such folder")
    False
    """
    return os.path.isdir(path)


def join(path: Any, *paths: Any) -> Any:
    """The name of a file in a folder.

    >>> join("data", "train.csv")
    'data/train.csv'
    """
    return os.path.join(path, *paths)


def listdir(path: Any) -> list[str]:
    """The names of what is in a folder; NotFoundError if there is none.

    >>> import tempfile
    >>> listdir(tempfile.mkdtemp())
    []
    """
    if not isdir(path):
        raise NotFoundError(f"Could not find directory {os.fspath(path)}")
    return os.listdir(path)


def glob(pattern: Any) -> list[str]:
    """The names of the files that a pattern, or several, mean.

    >>> glob("/no such folder/*.txt")
    []
    """
    patterns = pattern if isinstance(pattern, (list, tuple)) else [pattern]
    return [name for one in patterns for name in sorted(_glob.glob(os.fspath(one)))]


def mkdir(path: Any) -> None:
    """Make a folder, if it is not there; the one that it is in must be.

    >>> import tempfile
    >>> mkdir(join(tempfile.mkdtemp(), "new"))
    """
    with file_errors(path):
        if not isdir(path):
            os.mkdir(path)


def makedirs(path: Any) -> None:
    """Make a folder and those that it is in; nothing happens if it is there.

    >>> import tempfile
    >>> makedirs(join(tempfile.mkdtemp(), "new", "newer"))
    """
    with file_errors(path):
        os.makedirs(path, exist_ok=True)


def remove(path: Any) -> None:
    """Remove a file; NotFoundError if there is none.

    >>> import tempfile
    >>> remove(tempfile.mkstemp()[1])
    """
    with file_errors(path):
        os.remove(path)


def rmtree(path: Any) -> None:
    """Remove a folder and all that is in it; NotFoundError if there is none.

    >>> import tempfile
    >>> rmtree(tempfile.mkdtemp())
    """
    with file_errors(path):
        shutil.rmtree(path)


def _moved(move: Callable[[Any, Any], Any], src: Any, dst: Any, overwrite: bool) -> None:
    with file_errors(src):
        os.stat(src)
    if not overwrite and exists(dst):
        raise AlreadyExistsError(f"file already exists at: {os.fspath(dst)}")
    with file_errors(src):
        move(src, dst)


def copy(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Copy a file; AlreadyExistsError if there is one, unless ``overwrite``.

    >>> import tempfile
    >>> copy(tempfile.mkstemp()[1], join(tempfile.mkdtemp(), "copy"))
    """
    _moved(shutil.copyfile, src, dst, overwrite)


def rename(src: Any, dst: Any, overwrite: bool = False) -> None:
    """Move a file or folder; AlreadyExistsError if there is one, unless ``overwrite``.

    >>> import tempfile
    >>> rename(tempfile.mkstemp()[1], join(tempfile.mkdtemp(), "moved"))
    """
    _moved(os.replace, src, dst, overwrite)


def stat(path: Any) -> FileStatistics:
    """How many bytes a file has, when it was changed, and whether it is a folder.

    >>> import os
    >>> stat(os.devnull).length
    0
    """
    with file_errors(path):
        found = os.stat(path)
    return FileStatistics(found.st_size, found.st_mtime_ns, isdir(path))


def walk(top: Any, topdown: bool = True, onerror: Any = None) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each folder from this one on, with the names of the folders and of the files in it.

    >>> import tempfile
    >>> [(folders, files) for _, folders, files in walk(tempfile.mkdtemp())]
    [([], [])]
    """
    return os.walk(top, topdown, onerror)
