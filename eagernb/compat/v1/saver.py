"""tf.compat.v1.train.Saver: the values of variables in files, and back.

A checkpoint is a file of NumPy's, ``<path>.npz``, with an array for each variable: to load it runs no code of the
file's. Beside it lies ``checkpoint``, a text that names the latest one. TensorFlow's own files are of another form.

>>> import eagernb.compat.v1 as tf, tempfile
>>> with tf.Graph().as_default():
...     v = tf.Variable(1.0, name="v")
...     saver = Saver()
...     with tf.Session() as session:
...         session.run(v.initializer)
...         path = saver.save(session, tempfile.mkdtemp() + "/model", global_step=3)
...     with tf.Session() as session:
...         saver.restore(session, path)
...         session.run(v)
np.float32(1.0)
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from eagernb.compat.v1.collections import GraphKeys
from eagernb.compat.v1.default import get_default_graph
from eagernb.core import dtypes
from eagernb.errors import InvalidArgumentError, NotFoundError

_SUFFIX = ".npz"


class CheckpointState(NamedTuple):
    """What the text ``checkpoint`` says: the latest checkpoint, and all that are kept, the latest last."""

    model_checkpoint_path: str
    all_model_checkpoint_paths: list[str]


class Saver:
    """Writes variables to files and reads them back: all that the graph has by then, or those of ``var_list``.

    ``var_list`` is a list, or a dict by the names in the file. Of the checkpoints that it wrote, the ``max_to_keep``
    latest stay (all for 0 or None). The other arguments change nothing. ValueError where there is nothing to save.
    """

    def __init__(
        self, var_list: Any = None, reshape: bool = False, sharded: bool = False, max_to_keep: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000.0, name: str | None = None, restore_sequentially: bool = False,
        saver_def: Any = None, builder: Any = None, defer_build: bool = False, allow_empty: bool = False,
        write_version: Any = None, pad_step_number: bool = False, save_relative_paths: bool = False,
        filename: str | None = None,
    ) -> None:  # fmt: skip
        if var_list is None:
            var_list = get_default_graph().get_collection(GraphKeys.GLOBAL_VARIABLES)
        named = dict(var_list) if isinstance(var_list, Mapping) else {v.op.name: v for v in var_list}
        if not named and not allow_empty:
            raise ValueError("No variables to save")
        self._variables = named
        self._reshape = reshape
        self._max_to_keep = max_to_keep
        self._pad = pad_step_number
        self._kept: list[str] = []

    @property
    def last_checkpoints(self) -> list[str]:
        """The paths of the checkpoints that are kept, the latest last."""
        return list(self._kept)

    def save(
        self, sess: Any, save_path: Any, global_step: Any = None, latest_filename: str | None = None,
        meta_graph_suffix: str = "meta", write_meta_graph: bool = True, write_state: bool = True,
        strip_default_attrs: bool = False, save_debug_info: bool = False,
    ) -> str:  # fmt: skip
        """Write the session's values to ``save_path`` (with ``-step`` behind it); the path, to be restored from.

        FailedPreconditionError for a variable without a value; FileNotFoundError where there is no such folder.
        """
        path = os.fspath(save_path)
        if global_step is not None:
            step = int(global_step if isinstance(global_step, (int, np.integer)) else sess.run(global_step))
            path += f"-{step:08d}" if self._pad else f"-{step}"
        values = sess.run(list(self._variables.values()))
        arrays = {name: _plain(value) for name, value in zip(self._variables, values, strict=True)}
        with zipfile.ZipFile(path + _SUFFIX, "w") as file:  # np.savez would not take a variable called "file"
            for name, array in arrays.items():
                with file.open(f"{name}.npy", "w", force_zip64=True) as part:
                    np.lib.format.write_array(part, array, allow_pickle=False)
        self._keep(path)
        if write_state:
            update_checkpoint_state(os.path.dirname(path), path, self._kept, latest_filename)
        return path

    def _keep(self, path: str) -> None:
        self._kept = [*(kept for kept in self._kept if kept != path), path]
        while self._max_to_keep and len(self._kept) > self._max_to_keep:
            old = self._kept.pop(0)
            if os.path.exists(old + _SUFFIX):
                os.remove(old + _SUFFIX)

    def restore(self, sess: Any, save_path: Any) -> None:
        """Give the variables of a session the values in a file: they need not be initialized before.

        ValueError where there is no such checkpoint, NotFoundError for a variable that is not in it,
        InvalidArgumentError for one of another shape or dtype; then no variable has changed.
        """
        if save_path is None:
            raise ValueError("Can't load save_path when it is None.")
        if not checkpoint_exists(save_path):
            raise ValueError(f"The passed save_path is not a valid checkpoint: {os.fspath(save_path)}")
        found = _arrays(os.fspath(save_path))
        new = [(v, self._fitting(name, v, found, save_path)) for name, v in self._variables.items()]
        for variable, array in new:
            sess.values.place_of(variable)._array = array

    def _fitting(self, name: str, variable: Any, found: Mapping[str, np.ndarray], path: Any) -> np.ndarray:
        if name not in found:
            raise NotFoundError(
                f"Key {name} not found in checkpoint {os.fspath(path)}: it has {', '.join(found) or 'nothing'}.", name
            )
        array, dtype = found[name], variable.dtype
        if array.dtype.kind == "V":  # NumPy's files do not know bfloat16
            array = array.view(dtype.numpy)
        if dtype is dtypes.string:
            array = array.astype(object)
        if self._reshape and variable.shape.is_fully_defined() and variable.shape.num_elements() == array.size:
            array = array.reshape(variable.shape.as_list())
        if array.dtype != dtype.numpy or not variable.shape.is_compatible_with(array.shape):
            raise InvalidArgumentError(
                f"Assign requires shapes and dtypes of both tensors to match: {name} is {dtype.name} of shape "
                f"{variable.shape}, but {array.dtype.name} of shape {list(array.shape)} in the checkpoint.",
                name,
            )
        return array


def _plain(value: Any) -> np.ndarray:
    array = np.asarray(value)
    return array.astype(bytes) if array.dtype == object else array


def _arrays(path: str) -> dict[str, np.ndarray]:
    with np.load(path + _SUFFIX, allow_pickle=False) as file:
        return dict(file)


def update_checkpoint_state(
    save_dir: Any, model_checkpoint_path: str, all_model_checkpoint_paths: Any = None,
    latest_filename: str | None = None, all_model_checkpoint_timestamps: Any = None,
    last_preserved_timestamp: Any = None,
) -> None:  # fmt: skip
    """Write the text that names the latest checkpoint of a folder."""
    paths = [*(all_model_checkpoint_paths or ())]
    if model_checkpoint_path not in paths:
        paths.append(model_checkpoint_path)
    lines = [f"model_checkpoint_path: {json.dumps(model_checkpoint_path)}"]
    lines += [f"all_model_checkpoint_paths: {json.dumps(path)}" for path in paths]
    with open(os.path.join(os.fspath(save_dir), latest_filename or "checkpoint"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def get_checkpoint_state(checkpoint_dir: Any, latest_filename: str | None = None) -> CheckpointState | None:
    """What the text of a folder says; None if there is none."""
    path = os.path.join(os.fspath(checkpoint_dir), latest_filename or "checkpoint")
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        found = re.findall(r'^(\w+): (".*")$', file.read(), re.MULTILINE)
    paths = {key: [json.loads(value) for name, value in found if name == key] for key in CheckpointState._fields}
    if not paths["model_checkpoint_path"]:
        return None
    return CheckpointState(paths["model_checkpoint_path"][0], paths["all_model_checkpoint_paths"])


def latest_checkpoint(checkpoint_dir: Any, latest_filename: str | None = None) -> str | None:
    """The path of a folder's latest checkpoint; None if there is none."""
    state = get_checkpoint_state(checkpoint_dir, latest_filename)
    if state is None or not checkpoint_exists(state.model_checkpoint_path):
        return None
    return state.model_checkpoint_path


def checkpoint_exists(checkpoint_prefix: Any) -> bool:
    """Whether there is a checkpoint of this path."""
    return os.path.exists(os.fspath(checkpoint_prefix) + _SUFFIX)


def list_variables(ckpt_dir_or_file: Any) -> list[tuple[str, list[int]]]:
    """The names and shapes of what is in a checkpoint, or in a folder's latest."""
    return [(name, list(array.shape)) for name, array in sorted(_arrays(_checkpoint(ckpt_dir_or_file)).items())]


def load_variable(ckpt_dir_or_file: Any, name: str) -> np.ndarray:
    """One array of a checkpoint, or of a folder's latest; NotFoundError if it is not there."""
    path = _checkpoint(ckpt_dir_or_file)
    found = _arrays(path)
    name = name.removesuffix(":0")
    if name not in found:
        raise NotFoundError(f"Key {name} not found in checkpoint {path}: it has {', '.join(found) or 'nothing'}.", name)
    return found[name]


def _checkpoint(place: Any) -> str:
    path = os.fspath(place)
    latest = latest_checkpoint(path) if os.path.isdir(path) else path
    if latest is None or not checkpoint_exists(latest):
        raise ValueError(f"Couldn't find 'checkpoint' file or checkpoints in given directory {path}")
    return latest
