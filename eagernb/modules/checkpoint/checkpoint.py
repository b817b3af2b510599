"""tf.train.Checkpoint: the variables of objects in files, and back."""

from __future__ import annotations

import os
from typing import Any

from eagernb.core.dispatch import suspended
from eagernb.core.dtypes import int64
from eagernb.core.variable import Variable
from eagernb.errors import OperatorNotAllowedInGraphError
from eagernb.graph.part import tracer_around
from eagernb.modules.checkpoint.bundle import Bundle, write_bundle
from eagernb.modules.checkpoint.objects import Node, is_tracked, parts, saved_arrays, walk
from eagernb.modules.checkpoint.restoration import Awaited, LoadStatus, NothingRestored, Restoration
from eagernb.modules.checkpoint.state import update_checkpoint_state
from eagernb.modules.module import Tracked


class CheckpointOptions:
    """What may be said of the files of a checkpoint; nothing of it changes anything here.

    >>> import eagernb as tf, tempfile
    >>> checkpoint = tf.train.Checkpoint(v=tf.Variable(1.0))
    >>> options = CheckpointOptions(experimental_io_device="/job:localhost")
    >>> path = checkpoint.write(tempfile.mkdtemp() + "/model", options)
    """

    def __init__(self, experimental_io_device: str | None = None, **others: Any) -> None:
        self.experimental_io_device = experimental_io_device


class Checkpoint(Tracked):
    """Objects whose variables are saved and restored together: ``Checkpoint(model=model, step=step)``.

    Each argument is an attribute of the checkpoint, and more may be set. Variables, modules, generators, dataset
    iterators, other checkpoints, and lists, tuples and dicts of them are followed to every variable. With a ``root``
    its parts are the checkpoint's own. Files are TensorFlow's: an index and the data. ValueError for an argument of
    another kind.

    An iterator comes back to its place by reading its dataset anew up to there: what is shuffled without a fixed order
    goes on otherwise. TensorFlow saves an iterator in a form of its own; such a file is refused.

    >>> import eagernb as tf, tempfile
    >>> step = tf.Variable(1)
    >>> checkpoint = Checkpoint(step=step)
    >>> path = checkpoint.save(tempfile.mkdtemp() + "/ckpt")
    >>> step.assign(5).numpy()
    np.int32(5)
    >>> status = checkpoint.restore(path)
    >>> step.numpy()
    np.int32(1)
    """

    _save_counter: Variable

    def __init__(self, root: Any = None, **kwargs: Any) -> None:
        self._root = None if root is None else _tracked("root", root)
        for name, value in kwargs.items():
            setattr(self, name, _tracked(name, value))

    @property
    def save_counter(self) -> Variable:
        """How often ``save`` was called, as a variable that is saved with the rest."""
        if "_save_counter" not in vars(self):
            with suspended():
                counter = Variable(0, trainable=False, name="save_counter", dtype=int64)
            object.__setattr__(self, "_save_counter", counter)
            awaited = vars(self).get("_awaited")
            if awaited is not None:
                awaited.arrived("save_counter", counter)
        return self._save_counter

    def _tracked_parts(self) -> dict[str, Any]:
        own = {name: part for name, part in vars(self).items() if name not in _INNER}
        if "_save_counter" in vars(self):
            own["save_counter"] = self._save_counter
        return own if self._root is None else parts(self._root) | own

    def _nodes(self) -> list[Node]:
        """All objects that it saves, beginning with the root or itself."""
        return walk(self if self._root is None else self._root, parts(self))

    def write(self, file_prefix: Any, options: Any = None) -> str:
        """Write ``file_prefix.index`` and its data file; the prefix, for ``read``. It counts nothing.

        Folders that are missing are made; FailedPreconditionError where that is not possible.
        """
        if tracer_around() is not None:
            raise OperatorNotAllowedInGraphError(
                "A checkpoint cannot be written while a function is traced: the values are not there yet. Write it "
                "after the function was called."
            )
        prefix = os.fspath(file_prefix)
        write_bundle(prefix, saved_arrays(self._nodes()))
        return prefix

    def save(self, file_prefix: Any, options: Any = None) -> str:
        """Write the next numbered checkpoint, ``file_prefix-1`` at first, and name it in the folder's ``checkpoint``.

        Gives the path, for ``restore``.
        """
        path = self._write_next(os.fspath(file_prefix))
        update_checkpoint_state(os.path.dirname(path), path, [path], save_relative_paths=True)
        return path

    def _write_next(self, prefix: str, number: int | None = None) -> str:
        """Count one more, and write that or the given number; where it fails, nothing was counted."""
        counter: Any = self.save_counter
        counter.assign_add(1)
        path = f"{prefix}-{counter.numpy() if number is None else number}"
        try:
            return self.write(path)
        except BaseException:
            counter.assign_sub(1)
            raise

    def read(self, save_path: Any, options: Any = None) -> LoadStatus:
        """Give the variables the values in a checkpoint that ``write`` wrote.

        Objects that are set as attributes later take over their values then. NotFoundError where there is no such
        checkpoint, ValueError and InvalidArgumentError for variables of another shape and dtype; then no variable has
        changed. The status that it gives can be asked whether all was found.
        """
        restoration = Restoration(Bundle(os.fspath(save_path)))
        restoration.match(self if self._root is None else self._root, 0, parts(self))
        object.__setattr__(self, "_awaited", Awaited(restoration, 0))  # with a root, too
        return LoadStatus(restoration, self._nodes)

    def restore(self, save_path: Any, options: Any = None) -> Any:
        """As ``read``, for what ``save`` wrote: the counter is restored as well. None restores nothing."""
        if save_path is None:
            return NothingRestored()
        status = self.read(save_path)
        self.save_counter  # noqa: B018  # made now, it takes over its value
        return status


# Attributes that are no parts.
_INNER = {"_root", "_save_counter", "_awaited"}


def _tracked(name: str, value: Any) -> Any:
    if not is_tracked(value) or (name == "root" and isinstance(value, (list, tuple, dict))):
        raise ValueError(
            f"`Checkpoint` was expecting {name} to be a trackable object, got {value!r}: a variable, a module, a "
            "generator, an iterator, another checkpoint, or a list, tuple or dict of them. A number that is to be "
            "saved needs a tf.Variable."
        )
    return value
