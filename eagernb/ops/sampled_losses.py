"""Losses of very many classes, of which only the true ones and a sample of the others are looked at.

>>> import eagernb as tf
>>> tf.random.set_seed(1)
>>> weights, biases = tf.random.normal([1000, 8]), tf.zeros([1000])
>>> loss = tf.nn.sampled_softmax_loss(weights, biases, [[3], [7]], tf.random.normal([2, 8]), 20, 1000)
>>> loss.shape
TensorShape([2])
"""

from __future__ import annotations

from typing import Any

from eagernb.core.apply import scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import float32, int32, int64
from eagernb.core.late import sizes_of
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.candidate_sampling import log_uniform_candidate_sampler
from eagernb.ops.casting import cast
from eagernb.ops.creation import fill, ones_like, zeros_like
from eagernb.ops.embedding import embedding_lookup
from eagernb.ops.exponential import log
from eagernb.ops.joining import concat
from eagernb.ops.losses import sigmoid_cross_entropy_with_logits, softmax_cross_entropy_with_logits
from eagernb.ops.matmul import matmul
from eagernb.ops.reduce import reduce_any, reduce_sum
from eagernb.ops.shape import reshape
from eagernb.ops.stop_gradient import stop_gradient
from eagernb.ops.where import where

# The logit of a sampled class that is a true one by accident: no probability is left of it.
_NO_CHANCE = float(float32.min)


def _sampled_logits(
    weights: Any, biases: Any, labels: Any, inputs: Any, num_sampled: Any, num_classes: Any, num_true: Any,
    sampled_values: Any, remove_accidental_hits: bool, seed: int | None,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """The logits [batch, true + sampled] and the labels that go with them.

    Each logit is less by the logarithm of how often its class is expected among the sampled ones.
    """
    inputs, labels = convert_to_tensor(inputs), cast(labels, int64)
    num_true = static_int(num_true, "num_true")
    if sampled_values is None:
        sampled_values = log_uniform_candidate_sampler(labels, num_true, num_sampled, True, num_classes, seed)
    sampled, true_count, sampled_count = (stop_gradient(value) for value in sampled_values)
    sampled = cast(sampled, int64)
    batch, depth = sizes_of(inputs)
    ids = concat([reshape(labels, [-1]), sampled], 0)
    rows, offsets = (
        cast(embedding_lookup(weights, ids), inputs.dtype),
        cast(embedding_lookup(biases, ids), inputs.dtype),
    )
    count = batch * num_true
    of_true = reshape(rows[:count], [-1, num_true, depth])
    true_logits = reduce_sum(inputs[:, None] * of_true, 2) + reshape(offsets[:count], [-1, num_true])
    sampled_logits = matmul(inputs, rows[count:], transpose_b=True) + offsets[count:]
    if remove_accidental_hits:
        hit = reduce_any(labels[:, :, None] == sampled, 1)
        sampled_logits = sampled_logits + where(
            hit, scalar_like(_NO_CHANCE, sampled_logits), scalar_like(0, sampled_logits)
        )
    true_logits = true_logits - cast(log(true_count), inputs.dtype)
    sampled_logits = sampled_logits - cast(log(sampled_count), inputs.dtype)
    targets = concat([ones_like(true_logits) / num_true, zeros_like(sampled_logits)], 1)
    return concat([true_logits, sampled_logits], 1), targets


def nce_loss(
    weights: Any, biases: Any, labels: Any, inputs: Any, num_sampled: Any, num_classes: Any, num_true: Any = 1,
    sampled_values: Any = None, remove_accidental_hits: bool = False, name: str = "nce_loss",
) -> Tensor:  # fmt: skip
    """The noise-contrastive losses [batch]: to tell true classes from sampled ones, each by itself.

    The sum of the sigmoid cross-entropies of the true classes and of ``num_sampled`` others. A class's logit is inputs
    @ weights[class] + biases[class], less the logarithm of how often it is expected in the sample.

    ``weights`` [classes, depth] and ``biases`` [classes] are the last layer's, ``labels`` [batch, num_true] class
    numbers, ``inputs`` [batch, depth]. ``sampled_values`` is what a candidate sampler gave; by default classes are
    taken for words in the order of their frequency (Gutmann and Hyvärinen, 2010). InvalidArgumentError for a class that
    is not there.

    >>> import eagernb as tf
    >>> weights, biases, inputs = tf.ones([10, 3]), tf.zeros([10]), tf.ones([2, 3])
    >>> labels = tf.constant([[1], [7]], tf.int64)
    >>> nce_loss(weights, biases, labels, inputs, num_sampled=4, num_classes=10).shape
    TensorShape([2])
    """
    logits, targets = _sampled_logits(
        weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values, remove_accidental_hits,
        None,
    )  # fmt: skip
    return reduce_sum(sigmoid_cross_entropy_with_logits(targets, logits), 1)


def sampled_softmax_loss(
    weights: Any, biases: Any, labels: Any, inputs: Any, num_sampled: Any, num_classes: Any, num_true: Any = 1,
    sampled_values: Any = None, remove_accidental_hits: bool = True, seed: int | None = None,
    name: str = "sampled_softmax_loss",
) -> Tensor:  # fmt: skip
    """The softmax cross-entropies [batch] over the true classes and a sample of the others.

    Logits, arguments and errors as for ``nce_loss``. They are for training: to evaluate, compute the softmax of all
    classes (Jean et al., 2014).

    >>> import eagernb as tf
    >>> weights, biases, inputs = tf.ones([10, 3]), tf.zeros([10]), tf.ones([2, 3])
    >>> labels = tf.constant([[1], [7]], tf.int64)
    >>> sampled_softmax_loss(weights, biases, labels, inputs, num_sampled=4, num_classes=10).shape
    TensorShape([2])
    """
    logits, targets = _sampled_logits(
        weights, biases, labels, inputs, num_sampled, num_classes, num_true, sampled_values, remove_accidental_hits,
        seed,
    )  # fmt: skip
    return softmax_cross_entropy_with_logits(stop_gradient(targets), logits)


def compute_accidental_hits(
    true_classes: Any, sampled_candidates: Any, num_true: Any, seed: int | None = None, name: str | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """Where sampled classes are true ones: rows of ``true_classes``, positions in the sample, and weights to add there.

    ``true_classes`` is [batch, num_true], the sample [num_sampled]; the three results are [hits], of int32, int64 and
    float32. The weights are the lowest float32: added to a logit, they leave it no chance. ShapeError for other ranks.

    >>> rows, positions, weights = compute_accidental_hits([[3], [5]], [5, 1, 3], 1)
    >>> rows.numpy(), positions.numpy()
    (array([0, 1], dtype=int32), array([2, 0]))
    """
    true, sampled = cast(true_classes, int64), cast(sampled_candidates, int64)
    found = where(true[:, :, None] == sampled)
    rows = cast(found[:, 0], int32)
    return rows, found[:, 2], fill([sizes_of(rows)[0]], scalar_like(_NO_CHANCE, convert_to_tensor(0.0, float32)))
