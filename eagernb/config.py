"""tf.config: which devices there are, and whether functions are traced."""

from __future__ import annotations

from typing import NamedTuple

from eagernb.function.function import functions_run_eagerly, run_functions_eagerly

__all__ = [
    "LogicalDevice",
    "PhysicalDevice",
    "functions_run_eagerly",
    "list_logical_devices",
    "list_physical_devices",
    "run_functions_eagerly",
]


class PhysicalDevice(NamedTuple):
    """A device of this computer."""

    name: str
    device_type: str


class LogicalDevice(NamedTuple):
    """A device as operations are placed on it."""

    name: str
    device_type: str


def list_physical_devices(device_type: str | None = None) -> list[PhysicalDevice]:
    """The devices of this computer that are used, or those of a type: one "CPU", and no "GPU".

    >>> list_physical_devices("GPU")
    []
    """
    return [PhysicalDevice("/physical_device:CPU:0", "CPU")] if device_type in (None, "CPU") else []


def list_logical_devices(device_type: str | None = None) -> list[LogicalDevice]:
    """The devices that operations can be placed on, or those of a type: one "CPU"."""
    return [LogicalDevice("/device:CPU:0", "CPU")] if device_type in (None, "CPU") else []
