"""Files as operations: what a graph reads and writes each time that it runs.

>>> import eagernb as tf
>>> import os, tempfile
>>> path = os.path.join(tempfile.mkdtemp(), "greeting.txt")
>>> tf.io.write_file(path, "hello")
>>> tf.io.read_file(path).numpy()
b'hello'
"""

from __future__ import annotations

import glob
from pathlib import Path
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch, static_graph
from eagernb.core.dtypes import bool_, string
from eagernb.core.files import file_errors
from eagernb.core.op import READ, WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor


def _bytes(x: Any, what: str) -> bytes:
    if np.ndim(x):
        raise ValueError(f"{what} must be a scalar")
    return np.ravel(x).tolist()[0]


def _path(filename: Any) -> Path:
    return Path(_bytes(filename, "the name of a file").decode())


def _read(filename: Any) -> Any:
    path = _path(filename)
    with file_errors(path):
        return np.array(path.read_bytes(), object)


def _write(filename: Any, contents: Any) -> Any:
    path, text = _path(filename), _bytes(contents, "the contents of a file")
    with file_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return np.zeros((), np.bool_)


def _match(pattern: Any) -> Any:
    found = [name for one in np.ravel(pattern).tolist() for name in glob.glob(one.decode())]
    return np.array(sorted(name.encode() for name in found), object)


READ_FILE = register(
    Op("read_file", ("filename",), _read, lambda filename: TensorSpec((), string), (None,), label="read file",
       family="state", effect=READ)
)  # fmt: skip
WRITE_FILE = register(
    Op("write_file", ("filename", "contents"), _write, lambda filename, contents: TensorSpec((), bool_), (None, None),
       label="write file", family="state", effect=WRITE)
)  # fmt: skip
MATCHING_FILES = register(
    Op("matching_files", ("pattern",), _match, lambda pattern: TensorSpec([None], string), (None,), label="files",
       family="state", effect=READ)
)  # fmt: skip


def read_file(filename: Any, name: str | None = None) -> Tensor:
    """The bytes in a file, as a scalar string; NotFoundError if there is none.

    >>> import os
    >>> read_file(os.devnull).numpy()
    b''
    """
    return dispatch(READ_FILE, (convert_to_tensor(filename, string),), {})


def write_file(filename: Any, contents: Any, name: str | None = None) -> Any:
    """Make a file of a scalar string, with the folders that it is in; one that is there is replaced.

    In a graph of TensorFlow 1, the operation is returned.

    >>> import os
    >>> write_file(os.devnull, "nothing is kept of this")
    """
    done = dispatch(WRITE_FILE, (convert_to_tensor(filename, string), convert_to_tensor(contents, string)), {})
    return None if static_graph() is None else done.op


def matching_files(pattern: Any, name: str | None = None) -> Tensor:
    """The names of the files that a pattern such as ``"data/*.txt"`` means, or several, as a vector in order.

    >>> matching_files("no such folder/*").numpy()
    array([], dtype=object)
    """
    return dispatch(MATCHING_FILES, (convert_to_tensor(pattern, string),), {})
