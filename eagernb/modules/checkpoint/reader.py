"""Looking into checkpoints: names, shapes, single arrays."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from eagernb.modules.checkpoint.bundle import Bundle
from eagernb.modules.checkpoint.state import latest_checkpoint


class CheckpointReader:
    """The arrays in a checkpoint, by name. NotFoundError where there is no such checkpoint."""

    def __init__(self, path: str) -> None:
        self._bundle = Bundle(path)

    def has_tensor(self, name: str) -> bool:
        """Whether there is an array of this name."""
        return name in self._bundle

    def get_tensor(self, name: str) -> Any:
        """One array, a scalar for rank 0; NotFoundError if there is none of this name."""
        return self._bundle.read(name)[()]

    def get_variable_to_shape_map(self) -> dict[str, list[int]]:
        """The shapes of all arrays by their names."""
        return {name: self._bundle.shape(name) for name in self._bundle.names()}

    def get_variable_to_dtype_map(self) -> dict[str, Any]:
        """The dtypes of all arrays by their names."""
        return {name: self._bundle.dtype(name) for name in self._bundle.names()}

    def debug_string(self) -> bytes:
        """Names, dtypes and shapes, a line each."""
        lines = [f"{name} ({_dtype_name(self, name)}) {self._bundle.shape(name)}" for name in self._bundle.names()]
        return "".join(line.replace(", ", ",") + "\n" for line in lines).encode()


def load_checkpoint(ckpt_dir_or_file: Any) -> CheckpointReader:
    """A reader of a checkpoint, or of a folder's latest.

    NotFoundError where there is no such checkpoint, ValueError for a folder without one, DataLossError for files that
    are damaged.

    >>> import eagernb as tf, tempfile
    >>> path = tf.train.Checkpoint(v=tf.Variable([1.0, 2.0])).write(tempfile.mkdtemp() + "/model")
    >>> load_checkpoint(path).get_variable_to_dtype_map()["v/.ATTRIBUTES/VARIABLE_VALUE"]
    tf.float32
    """
    path = os.fspath(ckpt_dir_or_file)
    latest = latest_checkpoint(path) if os.path.isdir(path) else path
    if latest is None:
        raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory {path}")
    return CheckpointReader(latest)


def list_variables(ckpt_dir_or_file: Any) -> list[tuple[str, list[int]]]:
    """The names and shapes of what is in a checkpoint, or in a folder's latest; errors as of ``load_checkpoint``.

    >>> import eagernb as tf, tempfile
    >>> path = tf.train.Checkpoint(v=tf.Variable([1.0, 2.0])).write(tempfile.mkdtemp() + "/model")
    >>> list_variables(path)
    [('_CHECKPOINTABLE_OBJECT_GRAPH', []), ('v/.ATTRIBUTES/VARIABLE_VALUE', [2])]
    """
    return sorted(load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map().items())


def load_variable(ckpt_dir_or_file: Any, name: str) -> np.ndarray:
    """One array of a checkpoint, or of a folder's latest; NotFoundError if it is not there.

    >>> import eagernb as tf, tempfile
    >>> path = tf.train.Checkpoint(v=tf.Variable([1.0, 2.0])).write(tempfile.mkdtemp() + "/model")
    >>> load_variable(path, "v/.ATTRIBUTES/VARIABLE_VALUE")
    array([1., 2.], dtype=float32)
    """
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name.removesuffix(":0"))


def _dtype_name(reader: CheckpointReader, name: str) -> str:
    names = {"float32": "DT_FLOAT", "float64": "DT_DOUBLE", "float16": "DT_HALF"}
    dtype = reader._bundle.dtype(name).name
    return names.get(dtype, f"DT_{dtype.upper()}")
