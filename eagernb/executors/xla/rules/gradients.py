"""Ops that are there for gradients, and give what they are given: their gradients are in the graph already."""

from __future__ import annotations

from typing import Any

from eagernb.executors.xla.table import rules


def _outputs(*values: Any, gradients: Any, outputs: int) -> Any:
    return values[len(values) - outputs :]


rules({
    "stop_gradient": lambda x: x,
    "custom_gradient": _outputs,
    "program_gradient": _outputs,
})  # fmt: skip
