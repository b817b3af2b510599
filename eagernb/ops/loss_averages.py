"""Sums of losses, divided as for training on several machines at once: here there is one.

>>> import eagernb as tf
>>> tf.nn.compute_average_loss([1.0, 2.0, 3.0], global_batch_size=6).numpy()
np.float32(1.0)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import float32
from eagernb.core.tensor import Tensor
from eagernb.ops.casting import cast
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import expand_dims, shape


def compute_average_loss(per_example_loss: Any, sample_weight: Any = None, global_batch_size: Any = None) -> Tensor:
    """The sum of the losses, each times its weight, over ``global_batch_size`` (by default the number of losses).

    Raises ValueError for a scalar loss.

    >>> float(compute_average_loss([1.0, 2.0, 6.0]))
    3.0
    """
    losses = convert_to_tensor(per_example_loss)
    if not losses._dims:
        raise ValueError(
            "compute_average_loss: per_example_loss must have one loss for each example, but it is a scalar. Use "
            "reduction='none', or no tf.reduce_mean, when it is computed."
        )
    if sample_weight is not None:
        weight = cast(sample_weight, float32)
        while weight._dims and len(weight._dims) < len(losses._dims):
            weight = expand_dims(weight, -1)
        losses = cast(cast(losses, float32) * weight, losses.dtype)  # in float32, as in TensorFlow
    if global_batch_size is None:
        global_batch_size = shape(losses)[0]
    return reduce_sum(losses) / cast(global_batch_size, losses.dtype)


def scale_regularization_loss(regularization_loss: Any) -> Tensor:
    """The sum of the losses, divided by the number of machines, which is one: integers become floats as in ``/``.

    Of any shape, a scalar. (On several machines TensorFlow divides it by their number.)

    >>> float(scale_regularization_loss([0.5, 0.25]))
    0.75
    """
    return reduce_sum(regularization_loss) / 1
