"""Saying of each operation where it runs, as it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from eagernb.core.dispatch import Handler, active_handlers
from eagernb.core.op import Op
from eagernb.core.tensor import EagerTensor


class DeviceLog(Handler):
    """A handler that writes a line to standard error for each operation."""

    only_notes = sees_inside = True

    def note(self, op: Op, inputs: Sequence[Any], params: dict[str, Any], result: Any) -> None:
        first = result[0] if op.multiple else result
        if isinstance(first, EagerTensor):
            print(f"Executing op {op.name} in device {first.device}", file=sys.stderr)


def set_log_device_placement(enabled: bool) -> None:
    """Say of each operation, on standard error, on which device it runs (here: always the CPU), or stop saying so.

    >>> set_log_device_placement(True)
    >>> get_log_device_placement()
    True
    >>> set_log_device_placement(False)
    """
    active = [handler for handler in active_handlers() if isinstance(handler, DeviceLog)]
    if enabled and not active:
        DeviceLog().activate()
    elif not enabled:
        for handler in active:
            handler.deactivate()


def get_log_device_placement() -> bool:
    """Whether it is said of each operation where it runs.

    >>> get_log_device_placement()
    False
    """
    return any(isinstance(handler, DeviceLog) for handler in active_handlers())
