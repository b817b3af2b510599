"""tf.compat.v1.losses: losses as one number each, that are collected in the graph.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default():
...     loss = mean_squared_error([1.0, 2.0], [1.0, 4.0])
...     total = get_total_loss()
...     with tf.Session() as session:
...         session.run([loss, total])
[np.float32(2.0), np.float32(2.0)]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.v1.collections import GraphKeys
from eagernb.compat.v1.default import get_default_graph
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.dtypes import float32
from eagernb.core.name_scope import name_scope
from eagernb.core.tensor import Tensor
from eagernb.ops import losses as cross_entropies
from eagernb.ops.activations import relu
from eagernb.ops.arithmetic import abs as absolute
from eagernb.ops.arithmetic import minimum, negative, squared_difference
from eagernb.ops.casting import cast
from eagernb.ops.compare import not_equal
from eagernb.ops.creation import ones_like
from eagernb.ops.exponential import log
from eagernb.ops.no_nan import divide_no_nan
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.sums import add_n

__all__ = [
    "Reduction", "absolute_difference", "add_loss", "compute_weighted_loss", "cosine_distance", "get_losses",
    "get_regularization_loss", "get_regularization_losses", "get_total_loss", "hinge_loss", "huber_loss", "log_loss",
    "mean_pairwise_squared_error", "mean_squared_error", "sigmoid_cross_entropy", "softmax_cross_entropy",
    "sparse_softmax_cross_entropy",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


class Reduction:
    """How the losses of single elements become one: their sum over the number of those that count, by default."""

    NONE = "none"
    SUM = "weighted_sum"
    SUM_OVER_BATCH_SIZE = "weighted_sum_over_batch_size"
    SUM_OVER_NONZERO_WEIGHTS = MEAN = SUM_BY_NONZERO_WEIGHTS = "weighted_sum_by_nonzero_weights"


_DEFAULT = Reduction.SUM_BY_NONZERO_WEIGHTS


def compute_weighted_loss(
    losses: Any, weights: Any = 1.0, scope: str | None = None, loss_collection: Any = GraphKeys.LOSSES,
    reduction: str = _DEFAULT,
) -> Tensor:  # fmt: skip
    """The losses times their weights, which broadcast, as one number; it joins the collection of losses."""
    with name_scope(scope or "weighted_loss"):
        losses = convert_to_tensor(losses)
        weighted = losses * cast(weights, losses.dtype)
        result = weighted if reduction == Reduction.NONE else reduce_sum(weighted)
        if reduction == Reduction.SUM_OVER_BATCH_SIZE:
            result = divide_no_nan(result, reduce_sum(ones_like(losses)))
        elif reduction == _DEFAULT:
            counted = ones_like(losses) * cast(not_equal(weights, 0), losses.dtype)
            result = divide_no_nan(result, reduce_sum(counted))
    if loss_collection and static_graph() is not None:
        get_default_graph().add_to_collection(loss_collection, result)
    return result


def mean_squared_error(
    labels: Any, predictions: Any, weights: Any = 1.0, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES, reduction: str = _DEFAULT,
) -> Tensor:  # fmt: skip
    """The mean of the squared differences."""
    predictions = cast(predictions, float32)
    errors = squared_difference(predictions, cast(labels, float32))
    return compute_weighted_loss(errors, weights, scope or "mean_squared_error", loss_collection, reduction)


def absolute_difference(
    labels: Any, predictions: Any, weights: Any = 1.0, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES, reduction: str = _DEFAULT,
) -> Tensor:  # fmt: skip
    """The mean of the differences, without their signs."""
    errors = absolute(cast(predictions, float32) - cast(labels, float32))
    return compute_weighted_loss(errors, weights, scope or "absolute_difference", loss_collection, reduction)


def log_loss(
    labels: Any, predictions: Any, weights: Any = 1.0, epsilon: float = 1e-7, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES, reduction: str = _DEFAULT,
) -> Tensor:  # fmt: skip
    """The cross entropy of probabilities of independent events."""
    p, y = cast(predictions, float32), cast(labels, float32)
    entropies = negative(y * log(p + epsilon)) - (1.0 - y) * log(1.0 - p + epsilon)
    return compute_weighted_loss(entropies, weights, scope or "log_loss", loss_collection, reduction)


def huber_loss(
    labels: Any, predictions: Any, weights: Any = 1.0, delta: float = 1.0, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES, reduction: str = _DEFAULT,
) -> Tensor:  # fmt: skip
    """Half the squared differences up to ``delta``, linear beyond."""
    distances = absolute(cast(predictions, float32) - cast(labels, float32))
    near = minimum(distances, delta)
    errors = 0.5 * near * near + delta * (distances - near)
    return compute_weighted_loss(errors, weights, scope or "huber_loss", loss_collection, reduction)


def hinge_loss(
    labels: Any, logits: Any, weights: Any = 1.0, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES, reduction: str = _DEFAULT,
) -> Tensor:  # fmt: skip
    """How much logits fall short of 1 on the side that labels, 0 or 1, say."""
    errors = relu(1.0 - (2.0 * cast(labels, float32) - 1.0) * cast(logits, float32))
    return compute_weighted_loss(errors, weights, scope or "hinge_loss", loss_collection, reduction)


def cosine_distance(
    labels: Any, predictions: Any, axis: int | None = None, weights: Any = 1.0, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES, reduction: str = _DEFAULT, dim: int | None = None,
) -> Tensor:  # fmt: skip
    """1 less the product of unit vectors along an axis; ValueError without an axis."""
    along = dim if axis is None else axis
    if along is None:
        raise ValueError("You must specify argument `axis`.")
    errors = 1.0 - reduce_sum(cast(predictions, float32) * cast(labels, float32), along, keepdims=True)
    return compute_weighted_loss(errors, weights, scope or "cosine_distance_loss", loss_collection, reduction)


def mean_pairwise_squared_error(
    labels: Any, predictions: Any, weights: Any = 1.0, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES,
) -> Tensor:  # fmt: skip
    """Over pairs of elements of an example: the mean square of how their differences differ."""
    with name_scope(scope or "mean_pairwise_squared_error"):
        errors = cast(predictions, float32) - cast(labels, float32)
        axes = list(range(1, len(errors.shape)))
        weight = cast(weights, float32)
        counted = reduce_sum(ones_like(errors) * cast(not_equal(weight, 0), float32), axes, keepdims=True)
        squares, sums = (reduce_sum(x, axes, keepdims=True) for x in (errors * errors, errors))
        spread = divide_no_nan(squares, counted - 1.0) - divide_no_nan(sums * sums, counted * (counted - 1.0))
        result = reduce_sum(2.0 * spread * weight)
    if loss_collection and static_graph() is not None:
        get_default_graph().add_to_collection(loss_collection, result)
    return result


def softmax_cross_entropy(
    onehot_labels: Any, logits: Any, weights: Any = 1.0, label_smoothing: float = 0, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES, reduction: str = _DEFAULT,
) -> Tensor:  # fmt: skip
    """The mean cross entropy of logits, for labels given as probabilities."""
    logits = convert_to_tensor(logits)
    labels = cast(onehot_labels, logits.dtype)
    if label_smoothing:
        labels = labels * (1.0 - label_smoothing) + label_smoothing / labels.shape[1]
    entropies = cross_entropies.softmax_cross_entropy_with_logits(labels, logits)
    return compute_weighted_loss(entropies, weights, scope or "softmax_cross_entropy_loss", loss_collection, reduction)


def sparse_softmax_cross_entropy(
    labels: Any, logits: Any, weights: Any = 1.0, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES, reduction: str = _DEFAULT,
) -> Tensor:  # fmt: skip
    """The mean cross entropy of logits, for labels given as positions."""
    entropies = cross_entropies.sparse_softmax_cross_entropy_with_logits(labels, logits)
    scope = scope or "sparse_softmax_cross_entropy_loss"
    return compute_weighted_loss(entropies, weights, scope, loss_collection, reduction)


def sigmoid_cross_entropy(
    multi_class_labels: Any, logits: Any, weights: Any = 1.0, label_smoothing: float = 0, scope: str | None = None,
    loss_collection: Any = GraphKeys.LOSSES, reduction: str = _DEFAULT,
) -> Tensor:  # fmt: skip
    """The mean cross entropy of logits of independent events."""
    logits = convert_to_tensor(logits)
    labels = cast(multi_class_labels, logits.dtype)
    if label_smoothing:
        labels = labels * (1.0 - label_smoothing) + 0.5 * label_smoothing
    entropies = cross_entropies.sigmoid_cross_entropy_with_logits(labels, logits)
    return compute_weighted_loss(entropies, weights, scope or "sigmoid_cross_entropy_loss", loss_collection, reduction)


def add_loss(loss: Any, loss_collection: Any = GraphKeys.LOSSES) -> None:
    """Put a loss into the collection."""
    if loss_collection:
        get_default_graph().add_to_collection(loss_collection, loss)


def get_losses(scope: str | None = None, loss_collection: Any = GraphKeys.LOSSES) -> list[Any]:
    """The losses that were collected."""
    return get_default_graph().get_collection(loss_collection, scope)


def get_regularization_losses(scope: str | None = None) -> list[Any]:
    """What the regularizers of get_variable gave."""
    return get_default_graph().get_collection(GraphKeys.REGULARIZATION_LOSSES, scope)


def get_regularization_loss(scope: str | None = None, name: str = "total_regularization_loss") -> Tensor:
    """The sum of what the regularizers gave; 0 if there are none."""
    found = get_regularization_losses(scope)
    return add_n(found, name=name) if found else convert_to_tensor(0.0)


def get_total_loss(
    add_regularization_losses: bool = True, name: str = "total_loss", scope: str | None = None
) -> Tensor:
    """The sum of all losses that were collected, those of regularizers among them."""
    found: Sequence[Any] = get_losses(scope)
    if add_regularization_losses:
        found = [*found, *get_regularization_losses(scope)]
    return add_n(list(found), name=name)
