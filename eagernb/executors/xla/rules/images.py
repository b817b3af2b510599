"""The weights with which images are resized: sizes are known while compiling, so that NumPy makes them."""

from __future__ import annotations

from eagernb.executors.xla.table import rules
from eagernb.ops.image_resize import NEAREST, WEIGHTS

rules({"resize_weights": WEIGHTS.kernel, "resize_positions": NEAREST.kernel})
