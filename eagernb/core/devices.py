"""Devices: there is one, the CPU. Names of others are understood, and replaced by it unless that is forbidden."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from eagernb.core.device_spec import DeviceSpec
from eagernb.errors import InvalidArgumentError


class PhysicalDevice(NamedTuple):
    """A device of this computer."""

    name: str
    device_type: str


class LogicalDevice(NamedTuple):
    """A device as operations are placed on it."""

    name: str
    device_type: str


CPU = PhysicalDevice("/physical_device:CPU:0", "CPU")
LOGICAL_CPU = LogicalDevice("/device:CPU:0", "CPU")

# "CPU:0", "/GPU:0", "/device:GPU:1", "/job:localhost/replica:0/task:0/device:CPU:0"
_NAME = re.compile(
    r"(/?job:(?P<job>[^/]+))?(/?replica:\d+)?(/?task:\d+)?"
    r"(/?((?P<short>cpu|gpu|tpu)(:(?P<index>\d+|\*))?|device:(?P<kind>\w+)(:(?P<number>\d+|\*))?))?",
    re.IGNORECASE,
)

_soft_placement = True


def set_soft_device_placement(enabled: bool) -> None:
    """Whether the CPU stands in for devices that are not there (the default), or naming one is an error.

    >>> set_soft_device_placement(True)
    >>> get_soft_device_placement()
    True
    """
    global _soft_placement
    _soft_placement = bool(enabled)


def get_soft_device_placement() -> bool:
    """Whether the CPU stands in for devices that are not there.

    >>> get_soft_device_placement()
    True
    """
    return _soft_placement


class device:
    """A scope for operations on a device: "CPU:0", "/GPU:0", a DeviceSpec, or None for the one that is there.

    The CPU stands in for what is not there. Raises ValueError for what is no device's name, and InvalidArgumentError
    for other jobs, and for devices that are not there after ``tf.config.set_soft_device_placement(False)``.

    >>> import eagernb as tf
    >>> with tf.device("GPU:0"):
    ...     x = tf.constant(1.0)
    >>> x.device
    '/job:localhost/replica:0/task:0/device:CPU:0'
    """

    def __init__(self, device_name: str | DeviceSpec | None) -> None:
        if callable(device_name):
            raise RuntimeError("tf.device does not support functions: give it a device's name.")
        if isinstance(device_name, DeviceSpec):
            device_name = device_name.to_string()
        if device_name is not None and not isinstance(device_name, str):
            raise ValueError(f"A device is named by a string like 'CPU:0', not by {type(device_name).__name__}.")
        found = _NAME.fullmatch(device_name or "")
        if found is None:
            raise ValueError(f"{device_name!r} is no device's name. 'CPU:0' and '/device:GPU:0' are.")
        self._name, self._parts = device_name, found

    def __enter__(self) -> None:
        kind = (self._parts["short"] or self._parts["kind"] or "CPU").upper()
        index = self._parts["index"] or self._parts["number"] or "0"
        there = kind == "CPU" and index in ("0", "*")
        if self._parts["job"] not in (None, "localhost") or not (there or _soft_placement):
            raise InvalidArgumentError(f"There is no device {self._name!r} here: there is {LOGICAL_CPU.name} only.")

    def __exit__(self, *_: Any) -> None:
        pass


def list_physical_devices(device_type: str | None = None) -> list[PhysicalDevice]:
    """The devices of this computer that are used, or those of a type: one "CPU", and no "GPU".

    >>> list_physical_devices("GPU")
    []
    """
    return [CPU] if device_type in (None, "CPU") else []


def list_logical_devices(device_type: str | None = None) -> list[LogicalDevice]:
    """The devices that operations can be placed on, or those of a type: one "CPU".

    >>> [device.name for device in list_logical_devices()]
    ['/device:CPU:0']
    """
    return [LOGICAL_CPU] if device_type in (None, "CPU") else []


def get_visible_devices(device_type: str | None = None) -> list[PhysicalDevice]:
    """The devices that may be used: all that there are.

    >>> [device.device_type for device in get_visible_devices()]
    ['CPU']
    """
    return list_physical_devices(device_type)


def set_visible_devices(devices: Any, device_type: str | None = None) -> None:
    """Accept that all devices of a type are visible; RuntimeError where the CPU would be hidden.

    Raises ValueError for what is no device of ``list_physical_devices``.

    >>> set_visible_devices(list_physical_devices("CPU"))
    >>> len(get_visible_devices())
    1
    """
    chosen = devices if isinstance(devices, (list, tuple)) and not isinstance(devices, PhysicalDevice) else [devices]
    for one in chosen:
        check_device(one)
        if device_type is not None and one.device_type != device_type:
            raise ValueError(f"Unrecognized device: {one!r} is no {device_type}.")
    if not chosen and device_type in (None, "CPU"):
        raise RuntimeError("The CPU cannot be hidden: everything runs on it.")


def check_device(value: Any) -> None:
    """Raise ValueError unless it is one of ``list_physical_devices``."""
    if value != CPU:
        raise ValueError(f"Unrecognized device: {value!r}. The devices are {list_physical_devices()}.")
