"""What the namespace can do, as the standard lets programs ask."""

from __future__ import annotations

from typing import Any

from eagernb.core.dtypes import DType, complex128, float64, int64
from eagernb.core.tensor import CPU
from eagernb.numpy.array import check_device
from eagernb.numpy.data_types import KINDS


class Info:
    """Devices, dtypes and capabilities of ``eagernb.numpy``."""

    def capabilities(self) -> dict[str, Any]:
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    def default_device(self) -> str:
        return CPU

    def default_dtypes(self, *, device: Any = None) -> dict[str, DType]:
        check_device(device)
        return {
            "real floating": float64, "complex floating": complex128, "integral": int64, "indexing": int64,
        }  # fmt: skip

    def dtypes(self, *, device: Any = None, kind: Any = None) -> dict[str, DType]:
        """The dtypes by their names; of one kind, or of several in a tuple."""
        check_device(device)
        kinds = ("bool", "numeric") if kind is None else kind if isinstance(kind, tuple) else (kind,)
        return {dtype.name: dtype for k in kinds for dtype in KINDS[k]}

    def devices(self) -> list[str]:
        return [CPU]


def __array_namespace_info__() -> Info:
    """What the namespace can do."""
    return Info()
