"""stop_gradient: a value that gradient tapes take for a constant."""

from __future__ import annotations

from eagernb.core.dtypes import ANY
from eagernb.ops.families import elementwise

stop_gradient = elementwise(
    "stop_gradient", lambda x: x, label="stop", allowed=ANY, fresh=False, unchanged=lambda x: True,
    argument="input", doc="The same value, treated as a constant by gradient tapes.",
    example="stop_gradient([1.0, 2.0]) -> [1. 2.]",
)  # fmt: skip
