"""How many bytes are alive, and how long: every array buffer counts once, from its making to its release."""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass
class Life:
    """One buffer's: its bytes, when it was made and freed (None: not yet) by the meter's clock, and what it is.

    ``holds`` are the keys of the tensors and variables in it, ``needed_by`` the operations (by index) whose gradient
    needs what is in it, ``on_tape`` says whether a tape still keeps it for them. A scalar has no buffer of its own and
    counts no bytes.
    """

    nbytes: int
    made: int
    freed: int | None = None
    holds: list[int] = field(default_factory=list)
    needed_by: list[int] = field(default_factory=list)
    on_tape: bool = False
    scalar: bool = False


class MemoryMeter:
    """Follows buffers by weak references; views and NumPy scalars add nothing.

    ``clock`` is whatever the owner counts time by. ``lives`` are all buffers so far, those that are ignored too.

    >>> meter = MemoryMeter()
    >>> array = np.zeros(1000, np.float32)
    >>> meter.track(array) is meter.track(array[::2])
    True
    >>> meter.alive, meter.peak
    (4000, 4000)
    >>> del array
    >>> meter.alive, meter.peak
    (0, 4000)
    """

    def __init__(self) -> None:
        self.alive = 0
        self.peak = 0
        self.clock = 0
        self.lives: list[Life] = []
        self._buffers: dict[int, tuple[weakref.ref, Life]] = {}

    def ignore(self, array: Any) -> None:
        """Leave a buffer out that was there before, with all views of it."""
        self._follow(array, 0)

    def track(self, array: Any) -> Life | None:
        """Count the buffer behind an array, unless it is known already; its life, None for a NumPy scalar."""
        return self._follow(array, None)

    def track_scalar(self, holder: Any) -> Life:
        """Follow what holds a NumPy scalar, which itself cannot be followed; it counts no bytes."""
        key = id(holder)
        known = self._buffers.get(key)
        if known is None:
            life = Life(0, self.clock, scalar=True)
            self.lives.append(life)
            known = self._buffers[key] = weakref.ref(holder, lambda _: self._freed(key)), life
        return known[1]

    def life_of(self, array: Any) -> Life | None:
        """The life of the buffer behind an array, or of what holds a scalar; None where it is not followed."""
        known = self._buffers.get(id(_owner(array)))
        return known[1] if known else None

    def _follow(self, array: Any, nbytes: int | None) -> Life | None:
        if not isinstance(array, np.ndarray):
            return None
        array = _owner(array)
        key = id(array)
        known = self._buffers.get(key)
        if known is not None:
            return known[1]
        life = Life(array.nbytes if nbytes is None else nbytes, self.clock)
        self.lives.append(life)
        self._buffers[key] = weakref.ref(array, lambda _: self._freed(key)), life
        self.alive += life.nbytes
        self.peak = max(self.peak, self.alive)
        return life

    def _freed(self, key: int) -> None:
        _, life = self._buffers.pop(key)
        life.freed = self.clock
        self.alive -= life.nbytes


def _owner(array: Any) -> Any:
    """The array that a view is of."""
    while isinstance(array, np.ndarray) and isinstance(array.base, np.ndarray):
        array = array.base
    return array
