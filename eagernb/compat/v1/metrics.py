"""tf.compat.v1.metrics: figures over all batches that were shown to them, kept in local variables of the graph.

Each gives two tensors: the figure so far, and an operation to run for each batch, which gives the new figure.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default():
...     labels, guesses = tf.placeholder(tf.int32, [None]), tf.placeholder(tf.int32, [None])
...     value, update = accuracy(labels, guesses)
...     with tf.Session() as session:
...         session.run(tf.local_variables_initializer())
...         session.run(update, {labels: [1, 2], guesses: [1, 0]})
...         session.run(update, {labels: [3, 3], guesses: [3, 3]})
...         session.run(value)
np.float32(0.5)
np.float32(0.75)
np.float32(0.75)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.compat.v1.collections import GraphKeys
from eagernb.compat.v1.variable_scope import variable_scope
from eagernb.compat.v1.variables import GraphVariable
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.dtypes import bool_, float32
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import abs as absolute
from eagernb.ops.arithmetic import squared_difference
from eagernb.ops.casting import cast
from eagernb.ops.compare import equal, logical_and, logical_not
from eagernb.ops.creation import ones_like, zeros
from eagernb.ops.exponential import sqrt
from eagernb.ops.no_nan import divide_no_nan
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import reshape

__all__ = [
    "accuracy", "auc", "false_negatives", "false_positives", "mean", "mean_absolute_error", "mean_squared_error",
    "precision", "recall", "root_mean_squared_error", "true_negatives", "true_positives",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


# The figure, and what to run for each batch.
Metric = tuple[Tensor, Tensor]

_NEAR_NOTHING = 1e-6  # so that no rate is divided by zero
_BEYOND = 1e-7  # by how much the first and the last threshold lie outside of [0, 1]


def _sum(name: str, shape: Sequence[int] = ()) -> Any:
    """A local variable that adds up."""
    collections = [GraphKeys.LOCAL_VARIABLES, GraphKeys.METRIC_VARIABLES]
    return GraphVariable(lambda: zeros(shape, float32), trainable=False, name=name, collections=collections)


def _collected(value: Tensor, update: Tensor, metrics: Any, updates: Any) -> Metric:
    graph = static_graph()
    graph.add_to_collections(metrics or (), value)
    graph.add_to_collections(updates or (), update)
    return value, update


def _check(name: str) -> None:
    if static_graph() is None:
        raise RuntimeError(
            f"tf.metrics.{name} is not supported when eager execution is enabled. Build it inside of "
            "`with tf.Graph().as_default():`."
        )


def mean(
    values: Any, weights: Any = None, metrics_collections: Any = None, updates_collections: Any = None,
    name: str | None = None,
) -> Metric:  # fmt: skip
    """The weighted mean of all values; the weights broadcast. 0 before there are any."""
    return _mean("mean", values, weights, metrics_collections, updates_collections, name)


def _mean(
    kind: str, values: Any, weights: Any, metrics: Any, updates: Any, name: str | None,
    of_mean: Callable[[Tensor], Tensor] = lambda x: x,
) -> Metric:  # fmt: skip
    _check(kind)
    with variable_scope(name, kind):
        values = cast(convert_to_tensor(values), float32)
        total, count = _sum("total"), _sum("count")
        one = ones_like(values) if weights is None else ones_like(values) * cast(weights, float32)
        more_total, more = total.assign_add(reduce_sum(values * one)), count.assign_add(reduce_sum(one))
        value = of_mean(divide_no_nan(total.read_value(), count.read_value()))
        update = of_mean(divide_no_nan(more_total.read_value(), more.read_value()))
    return _collected(value, update, metrics, updates)


def accuracy(
    labels: Any, predictions: Any, weights: Any = None, metrics_collections: Any = None,
    updates_collections: Any = None, name: str | None = None,
) -> Metric:  # fmt: skip
    """How often predictions equal labels, of one shape."""
    _check("accuracy")
    labels, predictions = convert_to_tensor(labels), convert_to_tensor(predictions)
    hits = equal(cast(predictions, labels.dtype), labels)
    return _mean("accuracy", hits, weights, metrics_collections, updates_collections, name)


def mean_squared_error(
    labels: Any, predictions: Any, weights: Any = None, metrics_collections: Any = None,
    updates_collections: Any = None, name: str | None = None,
) -> Metric:  # fmt: skip
    """The mean of squared differences."""
    _check("mean_squared_error")
    errors = squared_difference(*_pair(labels, predictions))
    return _mean("mean_squared_error", errors, weights, metrics_collections, updates_collections, name)


def root_mean_squared_error(
    labels: Any, predictions: Any, weights: Any = None, metrics_collections: Any = None,
    updates_collections: Any = None, name: str | None = None,
) -> Metric:  # fmt: skip
    """The root of the mean of squared differences."""
    _check("root_mean_squared_error")
    errors = squared_difference(*_pair(labels, predictions))
    return _mean("root_mean_squared_error", errors, weights, metrics_collections, updates_collections, name, sqrt)


def mean_absolute_error(
    labels: Any, predictions: Any, weights: Any = None, metrics_collections: Any = None,
    updates_collections: Any = None, name: str | None = None,
) -> Metric:  # fmt: skip
    """The mean of absolute differences."""
    _check("mean_absolute_error")
    given, guessed = _pair(labels, predictions)
    return _mean(
        "mean_absolute_error", absolute(guessed - given), weights, metrics_collections, updates_collections, name
    )


def _pair(labels: Any, predictions: Any) -> tuple[Tensor, Tensor]:
    return convert_to_tensor(labels), convert_to_tensor(predictions)


def _count(kind: str, hits: Tensor, weights: Any) -> tuple[Tensor, Tensor]:
    """How often something held, so far and with this batch."""
    with variable_scope(None, kind):
        total = _sum("count")
        weighted = cast(hits, float32)
        if weights is not None:
            weighted = weighted * cast(weights, float32)
        return total.read_value(), total.assign_add(reduce_sum(weighted)).read_value()


def _counting(kind: str, labels_hold: bool, predictions_hold: bool) -> Callable[..., Metric]:
    def metric(
        labels: Any, predictions: Any, weights: Any = None, metrics_collections: Any = None,
        updates_collections: Any = None, name: str | None = None,
    ) -> Metric:  # fmt: skip
        _check(kind)
        value, update = _count(name or kind, _both(labels, predictions, labels_hold, predictions_hold), weights)
        return _collected(value, update, metrics_collections, updates_collections)

    words = f"predictions are {predictions_hold} where labels are {labels_hold}"
    metric.__name__, metric.__qualname__ = kind, kind
    metric.__doc__ = f"The sum of the weights (or the number) of {kind.replace('_', ' ')}: {words}, both taken as bool."
    return metric


def _both(labels: Any, predictions: Any, labels_hold: bool, predictions_hold: bool) -> Tensor:
    given, guessed = cast(convert_to_tensor(labels), bool_), cast(convert_to_tensor(predictions), bool_)
    return logical_and(
        given if labels_hold else logical_not(given), guessed if predictions_hold else logical_not(guessed)
    )


true_positives = _counting("true_positives", True, True)
false_positives = _counting("false_positives", False, True)
true_negatives = _counting("true_negatives", False, False)
false_negatives = _counting("false_negatives", True, False)


def _ratio(
    kind: str, other: tuple[bool, bool], labels: Any, predictions: Any, weights: Any, metrics: Any, updates: Any,
    name: str | None,
) -> Metric:  # fmt: skip
    """True positives over these and another kind."""
    _check(kind)
    with variable_scope(name, kind):
        hits, more_hits = _count("true_positives", _both(labels, predictions, True, True), weights)
        other_kind = "false_positives" if kind == "precision" else "false_negatives"
        rest, more_rest = _count(other_kind, _both(labels, predictions, *other), weights)
        value = divide_no_nan(hits, hits + rest)
        update = divide_no_nan(more_hits, more_hits + more_rest)
    return _collected(value, update, metrics, updates)


def precision(
    labels: Any, predictions: Any, weights: Any = None, metrics_collections: Any = None,
    updates_collections: Any = None, name: str | None = None,
) -> Metric:  # fmt: skip
    """Of what was predicted, the part that is so."""
    other = (False, True)
    return _ratio("precision", other, labels, predictions, weights, metrics_collections, updates_collections, name)


def recall(
    labels: Any, predictions: Any, weights: Any = None, metrics_collections: Any = None,
    updates_collections: Any = None, name: str | None = None,
) -> Metric:  # fmt: skip
    """Of what is so, the part that was predicted."""
    other = (True, False)
    return _ratio("recall", other, labels, predictions, weights, metrics_collections, updates_collections, name)


def auc(
    labels: Any, predictions: Any, weights: Any = None, num_thresholds: int = 200, metrics_collections: Any = None,
    updates_collections: Any = None, curve: str = "ROC", name: str | None = None,
    summation_method: str = "trapezoidal",
) -> Metric:  # fmt: skip
    """The area under the curve of true over false positives, at ``num_thresholds`` thresholds, by trapezoids.

    NotImplementedError for another curve or way of summing.
    """
    if curve != "ROC" or summation_method != "trapezoidal":
        raise NotImplementedError(f"auc: only curve='ROC' with summation_method='trapezoidal', not {curve!r} with "
                                  f"{summation_method!r}.")  # fmt: skip
    _check("auc")
    inner = [(i + 1) / (num_thresholds - 1) for i in range(num_thresholds - 2)]
    with variable_scope(name, "auc"):
        thresholds = convert_to_tensor([-_BEYOND, *inner, 1 + _BEYOND], float32)
        guessed = reshape(cast(predictions, float32), [1, -1]) > reshape(thresholds, [-1, 1])
        given = reshape(cast(labels, bool_), [1, -1])
        weight = convert_to_tensor(1.0) if weights is None else reshape(cast(weights, float32), [1, -1])
        kinds = {
            "true_positives": logical_and(given, guessed), "false_negatives": logical_and(given, logical_not(guessed)),
            "true_negatives": logical_and(logical_not(given), logical_not(guessed)),
            "false_positives": logical_and(logical_not(given), guessed),
        }  # fmt: skip
        before, after = [], []
        for kind, hits in kinds.items():
            total = _sum(kind, [num_thresholds])
            before.append(total.read_value())
            after.append(total.assign_add(reduce_sum(cast(hits, float32) * weight, 1)).read_value())
        value, update = _area(*before), _area(*after)
    return _collected(value, update, metrics_collections, updates_collections)


def _area(hits: Tensor, misses: Tensor, rejected: Tensor, alarms: Tensor) -> Tensor:
    found = (hits + _NEAR_NOTHING) / (hits + misses + _NEAR_NOTHING)
    wrong = alarms / (alarms + rejected + _NEAR_NOTHING)
    return reduce_sum((wrong[:-1] - wrong[1:]) * (found[:-1] + found[1:]) / 2.0)
