"""gradients: TensorFlow 1's way to differentiate, which only graphs have."""

from __future__ import annotations

from typing import Any

from eagernb.autodiff.unconnected import UnconnectedGradients
from eagernb.core import nest
from eagernb.core.tensor import Symbol
from eagernb.errors import UnimplementedError


def gradients(
    ys: Any, xs: Any, grad_ys: Any = None, name: str = "gradients", gate_gradients: bool = False,
    aggregation_method: Any = None, stop_gradients: Any = None, unconnected_gradients: Any = UnconnectedGradients.NONE,
) -> Any:  # fmt: skip
    """Raises RuntimeError where operations run at once (there is no graph to walk), UnimplementedError in a trace."""
    if any(isinstance(y, Symbol) for y in nest.flatten(ys)):
        raise UnimplementedError("tf.gradients is not supported. Use tf.GradientTape, which works in graphs too.")
    raise RuntimeError("tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead.")
