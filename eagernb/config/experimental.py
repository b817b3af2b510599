"""tf.config.experimental: memory, determinism, and older names of what is in tf.config."""

from __future__ import annotations

from typing import Any, NamedTuple

from eagernb.core.devices import (
    check_device,
    get_visible_devices,
    list_logical_devices,
    list_physical_devices,
    set_visible_devices,
)

__all__ = [
    "VirtualDeviceConfiguration",
    "enable_op_determinism",
    "enable_tensor_float_32_execution",
    "get_device_details",
    "get_memory_growth",
    "get_memory_info",
    "get_memory_usage",
    "get_synchronous_execution",
    "get_virtual_device_configuration",
    "get_visible_devices",
    "list_logical_devices",
    "list_physical_devices",
    "reset_memory_stats",
    "set_memory_growth",
    "set_synchronous_execution",
    "set_virtual_device_configuration",
    "set_visible_devices",
    "tensor_float_32_execution_enabled",
]


def __dir__() -> list[str]:
    return __all__


class LogicalDeviceConfiguration(NamedTuple):
    """How a physical device is divided. The CPU is not."""

    memory_limit: int | None = None
    experimental_priority: int | None = None
    experimental_device_ordinal: int | None = None


def set_logical_device_configuration(device: Any, logical_devices: Any) -> None:
    """RuntimeError: there is one device, the CPU, and it stays in one piece.

    >>> from eagernb.core.devices import list_physical_devices
    >>> (cpu,) = list_physical_devices()
    >>> set_logical_device_configuration(cpu, [])
    Traceback (most recent call last):
        ...
    RuntimeError: Virtual devices cannot be made: there is one CPU, in one piece.
    """
    check_device(device)
    raise RuntimeError("Virtual devices cannot be made: there is one CPU, in one piece.")


def get_logical_device_configuration(device: Any) -> None:
    """None: the CPU is not divided.

    >>> from eagernb.core.devices import list_physical_devices
    >>> (cpu,) = list_physical_devices()
    >>> get_logical_device_configuration(cpu)
    """
    check_device(device)


VirtualDeviceConfiguration = LogicalDeviceConfiguration
set_virtual_device_configuration = set_logical_device_configuration
get_virtual_device_configuration = get_logical_device_configuration


def set_memory_growth(device: Any, enable: bool) -> None:
    """ValueError: only a GPU's memory is taken as it is needed, and there is none here."""
    check_device(device)
    raise ValueError("Cannot set memory growth: only a GPU has one, and there is none here.")


def get_memory_growth(device: Any) -> bool:
    """ValueError, as for ``set_memory_growth``."""
    check_device(device)
    raise ValueError("There is no memory growth: only a GPU has one, and there is none here.")


def get_memory_info(device: str) -> dict[str, int]:
    """The bytes in use on a device and the most there were: 0 for the CPU, whose memory nobody counts."""
    if device.upper().removeprefix("/DEVICE:") not in ("CPU", "CPU:0"):
        raise ValueError(f"No matching devices found for {device!r}. There is the CPU only.")
    return {"current": 0, "peak": 0}


def get_memory_usage(device: str) -> int:
    """The bytes in use on a device: ``get_memory_info(device)["current"]``."""
    return get_memory_info(device)["current"]


def reset_memory_stats(device: str) -> None:
    """Count the peak of the memory anew."""
    get_memory_info(device)


def get_device_details(device: Any) -> dict[str, Any]:
    """What is known of a device: nothing, of the CPU."""
    check_device(device)
    return {}


def enable_op_determinism() -> None:
    """Let the same program give the same numbers each time. They do without, once ``tf.random.set_seed`` is called."""


_tensor_float_32 = True
_synchronous = True


def enable_tensor_float_32_execution(enabled: bool) -> None:
    """Whether a GPU may multiply matrices with fewer digits. It is kept, but there is no GPU here."""
    global _tensor_float_32
    _tensor_float_32 = bool(enabled)


def tensor_float_32_execution_enabled() -> bool:
    """What ``enable_tensor_float_32_execution`` set."""
    return _tensor_float_32


def set_synchronous_execution(enable: bool) -> None:
    """Whether an operation is finished when its call returns. It is kept, but here it always is."""
    global _synchronous
    _synchronous = bool(enable)


def get_synchronous_execution() -> bool:
    """What ``set_synchronous_execution`` set."""
    return _synchronous
