"""CriticalSection: code that one thread at a time runs.

>>> import eagernb as tf
>>> section, count = CriticalSection(name="counter"), tf.Variable(0)
>>> section.execute(lambda: count.assign_add(1)).numpy()
np.int32(1)
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any


class CriticalSection:
    """A lock around functions. In a traced function their operations have their order anyway.

    >>> import eagernb as tf
    >>> total, section = tf.Variable(0), CriticalSection()
    >>> section.execute(lambda: total.assign_add(2).numpy())
    np.int32(2)
    """

    def __init__(
        self, name: str | None = None, shared_name: str | None = None, critical_section_def: Any = None,
        import_scope: Any = None,
    ) -> None:  # fmt: skip
        if critical_section_def is not None:
            raise ValueError("Argument `critical_section_def` is not supported.")
        self.name = name or shared_name or "critical_section"
        self._lock = RLock()

    def execute(self, fn: Callable[[], Any], exclusive_resource_access: bool = True, name: str | None = None) -> Any:
        """What ``fn()`` returns, while no other thread is inside."""
        with self._lock:
            return fn()
