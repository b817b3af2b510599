"""tf.compat.v1.train.Saver: the values of variables in files, and back.

A checkpoint is two files, as TensorFlow writes and reads them: to load them runs no code of theirs. Beside them lies
``checkpoint``, a text that names the latest one.

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

import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from eagernb.compat.v1.collections import GraphKeys
from eagernb.compat.v1.default import get_default_graph
from eagernb.errors import FailedPreconditionError, InvalidArgumentError
from eagernb.modules.checkpoint.bundle import Bundle, bundle_exists, delete_bundle, write_bundle
from eagernb.modules.checkpoint.state import checkpoint_exists, update_checkpoint_state


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

        Folders that are missing are made. FailedPreconditionError for a variable without a value, ValueError where a
        file is in a folder's place.
        """
        path = os.fspath(save_path)
        if global_step is not None:
            step = int(global_step if isinstance(global_step, (int, np.integer)) else sess.run(global_step))
            path += f"-{step:08d}" if self._pad else f"-{step}"
        values = sess.run(list(self._variables.values()))
        arrays = {name: np.asarray(value) for name, value in zip(self._variables, values, strict=True)}
        try:
            write_bundle(path, arrays)
        except FailedPreconditionError as error:
            if os.path.isdir(os.path.dirname(path) or "."):
                raise
            raise ValueError(f"Parent directory of {path} doesn't exist, can't save.") from error
        self._keep(path)
        if write_state:
            update_checkpoint_state(os.path.dirname(path), path, self._kept, latest_filename)
        return path

    def _keep(self, path: str) -> None:
        self._kept = [*(kept for kept in self._kept if kept != path), path]
        while self._max_to_keep and len(self._kept) > self._max_to_keep:
            old = self._kept.pop(0)
            if bundle_exists(old):
                delete_bundle(old)

    def restore(self, sess: Any, save_path: Any) -> None:
        """Give the variables of a session the values in a file: they need not be initialized before.

        ValueError where there is no such checkpoint, NotFoundError for a variable that is not in it,
        InvalidArgumentError for one of another shape or dtype; then no variable has changed.
        """
        if save_path is None:
            raise ValueError("Can't load save_path when it is None.")
        if not checkpoint_exists(save_path):
            raise ValueError(f"The passed save_path is not a valid checkpoint: {os.fspath(save_path)}")
        bundle = Bundle(os.fspath(save_path))
        new = [(v, self._fitting(name, v, bundle)) for name, v in self._variables.items()]
        for variable, array in new:
            sess.values.place_of(variable)._array = array

    def _fitting(self, name: str, variable: Any, bundle: Bundle) -> np.ndarray:
        array, dtype = bundle.read(name), variable.dtype
        if self._reshape and variable.shape.is_fully_defined() and variable.shape.num_elements() == array.size:
            array = array.reshape(variable.shape.as_list())
        if array.dtype != dtype.numpy or not variable.shape.is_compatible_with(array.shape):
            raise InvalidArgumentError(
                f"Assign requires shapes and dtypes of both tensors to match: {name} is {dtype.name} of shape "
                f"{variable.shape}, but {array.dtype.name} of shape {list(array.shape)} in the checkpoint.",
                name,
            )
        return array
