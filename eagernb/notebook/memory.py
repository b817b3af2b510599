"""How many bytes are alive: every array buffer counts once, from its making to its release."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np


class MemoryMeter:
    """Follows buffers by weak references; views and NumPy scalars add nothing.

    >>> meter = MemoryMeter()
    >>> array = np.zeros(1000, np.float32)
    >>> meter.track(array); meter.track(array[::2])
    >>> meter.alive, meter.peak
    (4000, 4000)
    >>> del array
    >>> meter.alive, meter.peak
    (0, 4000)
    """

    def __init__(self) -> None:
        self.alive = 0
        self.peak = 0
        self._buffers: dict[int, weakref.ref] = {}

    def ignore(self, array: Any) -> None:
        """Leave a buffer out that was there before, with all views of it."""
        self._follow(array, 0)

    def track(self, array: Any) -> None:
        """Count the buffer behind an array, unless it is known already."""
        self._follow(array, None)

    def _follow(self, array: Any, nbytes: int | None) -> None:
        if not isinstance(array, np.ndarray):
            return
        while isinstance(array.base, np.ndarray):
            array = array.base
        key = id(array)
        if key in self._buffers:
            return
        size = array.nbytes if nbytes is None else nbytes
        self._buffers[key] = weakref.ref(array, lambda _: self._freed(key, size))
        self.alive += size
        self.peak = max(self.peak, self.alive)

    def _freed(self, key: int, size: int) -> None:
        self._buffers.pop(key, None)
        self.alive -= size
