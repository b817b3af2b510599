"""The text file ``checkpoint`` of a folder, which says which checkpoint is the latest and which are kept."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from eagernb.modules.checkpoint.bundle import bundle_exists


@dataclass
class CheckpointState:
    """What the file says; printed as it is written.

    Checkpoints are in the order in which they were saved, and times are seconds since 1970.
    """

    model_checkpoint_path: str
    all_model_checkpoint_paths: list[str] = field(default_factory=list)
    all_model_checkpoint_timestamps: list[float] = field(default_factory=list)
    last_preserved_timestamp: float | None = None

    def __str__(self) -> str:
        lines = [f"model_checkpoint_path: {json.dumps(self.model_checkpoint_path)}"]
        lines += [f"all_model_checkpoint_paths: {json.dumps(path)}" for path in self.all_model_checkpoint_paths]
        lines += [f"all_model_checkpoint_timestamps: {time}" for time in self.all_model_checkpoint_timestamps]
        if self.last_preserved_timestamp is not None:
            lines.append(f"last_preserved_timestamp: {self.last_preserved_timestamp}")
        return "\n".join(lines) + "\n"


_FIELDS = [field.name for field in fields(CheckpointState)]


def update_checkpoint_state(
    save_dir: Any, model_checkpoint_path: str, all_model_checkpoint_paths: Sequence[str] | None = None,
    latest_filename: str | None = None, all_model_checkpoint_timestamps: Sequence[float] | None = None,
    last_preserved_timestamp: float | None = None, save_relative_paths: bool = False,
) -> None:  # fmt: skip
    """Write the file of a folder. ``save_relative_paths``: so that the folder may be moved."""
    folder = os.fspath(save_dir)
    paths = [*(all_model_checkpoint_paths or ())]
    if model_checkpoint_path not in paths:
        paths.append(model_checkpoint_path)
    latest = model_checkpoint_path
    if save_relative_paths:
        latest, *paths = (os.path.relpath(path, folder or ".") for path in [latest, *paths])
    state = CheckpointState(latest, paths, [*(all_model_checkpoint_timestamps or ())], last_preserved_timestamp)
    path = os.path.join(folder, latest_filename or "checkpoint")
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(str(state))
    os.replace(path + ".new", path)


def get_checkpoint_state(checkpoint_dir: Any, latest_filename: str | None = None) -> CheckpointState | None:
    """What the file of a folder says, with paths that begin with the folder's; None if there is none.

    >>> import eagernb as tf, tempfile
    >>> folder = tempfile.mkdtemp()
    >>> path = tf.train.Checkpoint(v=tf.Variable(1.0)).save(folder + "/ckpt")
    >>> get_checkpoint_state(folder).all_model_checkpoint_paths == [path]
    True
    """
    folder = os.fspath(checkpoint_dir)
    path = os.path.join(folder, latest_filename or "checkpoint")
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        found = re.findall(r'^\s*(\w+)\s*:\s*("(?:[^"\\]|\\.)*"|[-+.\w]+)', file.read(), re.MULTILINE)
    values: dict[str, list[Any]] = {name: [] for name in _FIELDS}
    for key, value in found:
        if key in values:
            values[key].append(os.path.join(folder, json.loads(value)) if value.startswith('"') else float(value))
    latest, paths, times, preserved = values.values()
    if not latest:
        return None
    return CheckpointState(latest[0], paths, times, preserved[0] if preserved else None)


def latest_checkpoint(checkpoint_dir: Any, latest_filename: str | None = None) -> str | None:
    """The path of a folder's latest checkpoint; None if there is none, or its files are gone.

    >>> import eagernb as tf, tempfile
    >>> folder, checkpoint = tempfile.mkdtemp(), tf.train.Checkpoint(v=tf.Variable(1.0))
    >>> latest_checkpoint(folder), checkpoint.save(folder + "/ckpt") == latest_checkpoint(folder)
    (None, True)
    """
    state = get_checkpoint_state(checkpoint_dir, latest_filename)
    if state is None or not bundle_exists(state.model_checkpoint_path):
        return None
    return state.model_checkpoint_path


def checkpoint_exists(checkpoint_prefix: Any) -> bool:
    """Whether there is a checkpoint of this path."""
    return bundle_exists(os.fspath(checkpoint_prefix))


def checkpoints_iterator(
    checkpoint_dir: Any, min_interval_secs: float = 0, timeout: float | None = None, timeout_fn: Any = None
) -> Iterator[str]:
    """The paths of new checkpoints as they appear: another program trains, this one looks at what it has so far.

    It ends where none appears for ``timeout`` seconds, unless ``timeout_fn()`` is not True; without one, never.

    >>> import eagernb as tf, tempfile
    >>> folder = tempfile.mkdtemp()
    >>> path = tf.train.Checkpoint(v=tf.Variable(1.0)).save(folder + "/ckpt")
    >>> list(checkpoints_iterator(folder, timeout=0)) == [path]
    True
    """
    import time

    last = None
    while True:
        since = time.monotonic()
        while (new := latest_checkpoint(checkpoint_dir)) is None or new == last:
            if timeout is not None and time.monotonic() - since >= timeout:
                if timeout_fn is None or timeout_fn():
                    return
                since = time.monotonic()
            time.sleep(min(1.0, timeout / 10 if timeout else 1.0))
        began, last = time.monotonic(), new
        yield new
        time.sleep(max(0.0, began + min_interval_secs - time.monotonic()))
