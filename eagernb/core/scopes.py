"""The scopes that programs open around operations: control_dependencies, init_scope."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from eagernb.core.dispatch import suspended


def control_dependencies(control_inputs: Any) -> AbstractContextManager[None]:
    """A scope for operations that come after others. Here effects keep the order in which they were written anyway."""
    return nullcontext()


def init_scope() -> AbstractContextManager[None]:
    """A scope in which operations run at once, outside of the graph that is being traced and seen by no tape."""
    return suspended()
