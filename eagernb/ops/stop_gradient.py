"""stop_gradient: a value that gradient tapes take for a constant."""

from __future__ import annotations

from typing import Any

from eagernb.core.dtypes import ANY
from eagernb.core.tensor import Tensor
from eagernb.ops.families import elementwise

_stop = elementwise("stop_gradient", lambda x: x, label="stop", allowed=ANY, fresh=False, unchanged=lambda x: True,
                    doc="x, to which no gradient flows back.")  # fmt: skip


def stop_gradient(input: Any, name: str | None = None) -> Tensor:
    """The same value, treated as a constant by gradient tapes.

    >>> float(stop_gradient(2.0))
    2.0
    """
    return _stop(input)
