"""DeviceSpec: the parts of a device's name, of which any may be left open.

>>> DeviceSpec(job="worker", device_type="gpu", device_index=1).to_string()
'/job:worker/device:GPU:1'
>>> DeviceSpec.from_string("/cpu:0").make_merged_spec(DeviceSpec(task=3)).to_string()
'/task:3/device:CPU:0'
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, repr=False)
class DeviceSpec:
    """The job, replica and task that a device belongs to, its type and its index; None for what is open.

    >>> spec = DeviceSpec.from_string("/job:worker/device:CPU:0")
    >>> spec.device_type, spec.make_merged_spec(DeviceSpec(device_index=1)).to_string()
    ('CPU', '/job:worker/device:CPU:1')
    """

    job: str | None = None
    replica: int | None = None
    task: int | None = None
    device_type: str | None = None
    device_index: int | None = None

    def __post_init__(self) -> None:
        for name in ("replica", "task", "device_index"):
            value = getattr(self, name)
            object.__setattr__(self, name, None if value is None else int(value))
        if self.device_type is not None:
            object.__setattr__(self, "device_type", self.device_type.upper())

    @classmethod
    def from_string(cls, spec: str) -> DeviceSpec:
        """The parts of a name such as "/job:worker/task:3/device:GPU:1"; ValueError for any other part."""
        found: dict[str, Any] = {}
        for part in filter(None, spec.split("/")):
            key, *values = part.split(":")
            if (key.lower() == "device" and values) or key.lower() in ("cpu", "gpu", "tpu"):
                kind, *index = values if key.lower() == "device" else (key, *values)
                if "device_type" in found:
                    raise ValueError(f"Multiple device types are not allowed while parsing the device spec: {spec!r}.")
                found["device_type"] = kind
                if index and index[0] != "*":
                    found["device_index"] = int(index[0])
            elif key in ("job", "replica", "task") and len(values) == 1:
                found[key] = values[0]
            else:
                raise ValueError(f"Unknown attribute {key!r} is encountered while parsing the device spec: {spec!r}.")
        return cls(**found)

    def parse_from_string(self, spec: str) -> DeviceSpec:
        """``from_string``: specs do not change."""
        return self.from_string(spec)

    def to_string(self) -> str:
        """The name, without what is open."""
        named = [(name, getattr(self, name)) for name in ("job", "replica", "task")]
        parts = [f"/{name}:{value}" for name, value in named if value is not None]
        if self.device_type is not None:
            parts.append(f"/device:{self.device_type}:{'*' if self.device_index is None else self.device_index}")
        return "".join(parts)

    def make_merged_spec(self, dev: DeviceSpec) -> DeviceSpec:
        """This spec with what the other one says in place of its own."""
        said = {field.name: getattr(dev, field.name) for field in fields(dev)}
        return replace(self, **{name: value for name, value in said.items() if value is not None})

    def replace(self, **kwargs: Any) -> DeviceSpec:
        """This spec with other parts."""
        return replace(self, **kwargs)

    def __repr__(self) -> str:
        return f"<DeviceSpec({', '.join(f'{f.name}={getattr(self, f.name)}' for f in fields(self))})>"
