"""The time, as an operation."""

from __future__ import annotations

import time

import numpy as np

from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import float64
from eagernb.core.op import READ, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor

TIMESTAMP = register(
    Op("timestamp", (), lambda: np.float64(time.time()), lambda: TensorSpec([], float64), label="time",
       family="outside", effect=READ)
)  # fmt: skip


def timestamp(name: str | None = None) -> Tensor:
    """The seconds since 1970 began, float64; in a graph, each time that it runs.

    >>> float(timestamp()) > 1.7e9
    True
    """
    return dispatch(TIMESTAMP, (), {})
