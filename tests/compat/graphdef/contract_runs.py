"""Running the graph of one op, with either library."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np


def digest(text: str) -> str:
    """What tells that a text is the one that TensorFlow was given."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def results(graph: Any, fed: dict[str, np.ndarray], count: int, library: Any) -> list[np.ndarray]:
    """What a session gives."""
    with library.compat.v1.Session(graph=graph) as session:
        if any(name.startswith("first") for name in fed):
            session.run("init", fed)
        found = session.run([f"out_{i}:0" for i in range(count)], fed)
        return [np.array(x, object) if isinstance(x, bytes) else np.asarray(x) for x in found]
