"""tf.train.CheckpointManager: a folder of numbered checkpoints, of which the latest stay."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from eagernb.core.variable import Variable
from eagernb.modules.checkpoint.bundle import delete_bundle
from eagernb.modules.checkpoint.checkpoint import Checkpoint
from eagernb.modules.checkpoint.state import get_checkpoint_state, update_checkpoint_state


class CheckpointManager:
    """Saves a checkpoint into a folder, one number after the other, and deletes all but the ``max_to_keep`` latest.

    None keeps all. ``keep_checkpoint_every_n_hours`` keeps one for ever, each time that so many hours have passed. With
    a ``step_counter`` and a ``checkpoint_interval``, ``save`` does nothing until the counter has moved on by so many.
    What a manager of the same folder saved before, it goes on with. ValueError for a ``max_to_keep`` below 1.

    >>> import eagernb as tf, tempfile
    >>> manager = tf.train.CheckpointManager(Checkpoint(v=tf.Variable(1.0)), tempfile.mkdtemp(), max_to_keep=2)
    >>> for _ in range(3):
    ...     path = manager.save()
    >>> [path[-6:] for path in manager.checkpoints]
    ['ckpt-2', 'ckpt-3']
    """

    def __init__(
        self, checkpoint: Checkpoint, directory: Any, max_to_keep: int | None,
        keep_checkpoint_every_n_hours: float | None = None, checkpoint_name: str = "ckpt",
        step_counter: Variable | None = None, checkpoint_interval: int | None = None,
        init_fn: Callable[[], Any] | None = None, last_checkpoint_step: int | None = None,
    ) -> None:  # fmt: skip
        if max_to_keep is not None and max_to_keep <= 0:
            raise ValueError(f"Expected a positive integer or `None` for `max_to_keep`, got {max_to_keep}.")
        if checkpoint_interval is not None and step_counter is None:
            raise ValueError("`step_counter` should be passed if `checkpoint_interval` is not `None`.")
        self._checkpoint = checkpoint
        self._directory = os.fspath(directory)
        self._prefix = os.path.join(self._directory, checkpoint_name)
        self._max_to_keep = max_to_keep
        self._hours = keep_checkpoint_every_n_hours
        self._step_counter = step_counter
        self._interval = checkpoint_interval
        self._last_step = last_checkpoint_step
        self._init_fn = init_fn
        self._kept: dict[str, float] = {}  # when each was saved
        self._preserved = time.time()
        self._latest: str | None = None
        self.sync()

    @property
    def directory(self) -> str:
        """The folder."""
        return self._directory

    @property
    def checkpoint(self) -> Checkpoint:
        """What is saved."""
        return self._checkpoint

    @property
    def checkpoint_interval(self) -> int | None:
        """By how much the step counter has to move on before the next is saved."""
        return self._interval

    @property
    def latest_checkpoint(self) -> str | None:
        """The path of the latest checkpoint, for ``restore``; None if there is none."""
        return self._latest

    @property
    def checkpoints(self) -> list[str]:
        """The paths of those that are kept, the latest last. What is kept for ever is not among them."""
        return list(self._kept)

    def sync(self) -> None:
        """See what another manager has saved into the folder meanwhile."""
        state = get_checkpoint_state(self._directory)
        if state is None:
            return
        paths, times = state.all_model_checkpoint_paths, state.all_model_checkpoint_timestamps
        if len(times) != len(paths):  # somebody else's file: they count as saved now
            times = [time.time()] * len(paths)
        self._kept = dict(zip(paths, times, strict=True))
        self._latest = state.model_checkpoint_path
        if state.last_preserved_timestamp is not None:
            self._preserved = min(state.last_preserved_timestamp, time.time())

    def save(self, checkpoint_number: Any = None, check_interval: bool = True, options: Any = None) -> str | None:
        """Write the next checkpoint, or one of the given number, and delete what is not to be kept; the path.

        None where the interval has not passed; with ``check_interval=False`` only where the counter has not moved on.
        """
        step = None if self._step_counter is None else int(self._step_counter.numpy())
        if not self._is_due(step, check_interval):
            return None
        number = None if checkpoint_number is None else int(checkpoint_number)
        path = self._checkpoint._write_next(self._prefix, number)
        self._last_step = step
        self._latest = path
        self._kept.pop(path, None)
        self._kept[path] = time.time()
        self._sweep()
        update_checkpoint_state(
            self._directory, path, self.checkpoints, None, list(self._kept.values()), self._preserved,
            save_relative_paths=True,
        )  # fmt: skip
        return path

    def _is_due(self, step: int | None, check_interval: bool) -> bool:
        if step is None or self._last_step is None or self._interval is None:
            return True
        return step - self._last_step >= self._interval if check_interval else step != self._last_step

    def _sweep(self) -> None:
        while self._max_to_keep is not None and len(self._kept) > self._max_to_keep:
            path, saved = next(iter(self._kept.items()))
            del self._kept[path]
            if self._hours is not None and saved - self._hours * 3600 >= self._preserved:
                self._preserved = saved
            else:
                delete_bundle(path)

    def restore_or_initialize(self) -> str | None:
        """Restore the latest checkpoint and give its path; without one, call ``init_fn`` if there is one."""
        if self._latest is not None:
            self._checkpoint.restore(self._latest)
            if self._step_counter is not None:
                self._last_step = int(self._step_counter.numpy())
            return self._latest
        if self._init_fn is not None:
            self._init_fn()
        return None
