"""The scopes that programs open around operations: device, control_dependencies, init_scope."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from eagernb.core.dispatch import suspended

# "CPU:0", "/GPU:0", "/device:GPU:1", "/job:localhost/replica:0/task:0/device:CPU:0"
_DEVICE = re.compile(
    r"(/?job:[^/]+)?(/?replica:\d+)?(/?task:\d+)?(/?(device:[A-Z_]+:(\d+|\*)|(cpu|CPU|gpu|GPU|tpu|TPU):(\d+|\*)))?"
)


def device(device_name: str | None) -> AbstractContextManager[None]:
    """A scope for operations on a device; there is one, the CPU, and what is not there is replaced by it.

    Raises ValueError for what is no device's name.
    """
    if device_name is not None and not isinstance(device_name, str):
        raise ValueError(f"A device is named by a string like 'CPU:0', not by {type(device_name).__name__}.")
    if device_name is not None and not _DEVICE.fullmatch(device_name):
        raise ValueError(f"{device_name!r} is no device's name. 'CPU:0' and 'GPU:0' are.")
    return nullcontext()


def control_dependencies(control_inputs: Any) -> AbstractContextManager[None]:
    """A scope for operations that come after others. Here effects keep the order in which they were written anyway."""
    return nullcontext()


def init_scope() -> AbstractContextManager[None]:
    """A scope in which operations run at once, outside of the graph that is being traced and seen by no tape."""
    return suspended()
