"""Connectionist temporal classification: losses of sequences whose alignment with the labels is not known.

A network says for each frame how likely each label is, and a blank. A path says one of them for each frame; it spells
the labels once repetitions are merged and blanks left out. The loss is -log of the probability of all paths that spell
the right labels (Graves et al., "Connectionist temporal classification", 2006).

>>> import eagernb as tf
>>> logits = tf.zeros([3, 1, 2])  # 3 frames, a blank and one label: all 8 paths are equally likely
>>> loss = ctc_loss([[1]], logits, label_length=[1], logit_length=[3])
>>> float(tf.exp(-loss)[0]) * 8  # 1__, _1_, __1, 11_, _11, 111
6.0
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.composite import Composite
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import FLOATS, bool_, int32, int64
from eagernb.core.late import sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.casting import cast
from eagernb.ops.compare import less, logical_and, not_equal
from eagernb.ops.creation import ones_like, zeros_like
from eagernb.ops.cumulative import cumsum
from eagernb.ops.gather import gather
from eagernb.ops.joining import concat, stack
from eagernb.ops.positions import argmax
from eagernb.ops.ranges import range as arange
from eagernb.ops.ranges import sequence_mask
from eagernb.ops.reduce import reduce_max, reduce_sum
from eagernb.ops.scatter import scatter_nd
from eagernb.ops.segment import unsorted_segment_sum
from eagernb.ops.shape import reshape, shape, transpose
from eagernb.ops.softmax import log_softmax_kernel
from eagernb.ops.where import where

_NEVER = -np.inf


def _ctc_kernel(logits: Any, labels: Any, label_length: Any, logit_length: Any) -> tuple[Any, Any]:
    """The losses, and their gradients with respect to the logits: the forward-backward algorithm, in logarithms."""
    frames, batch, _ = logits.shape
    log_probs = log_softmax_kernel(logits.astype(np.float64), -1)
    # The states of a path: a blank, the first label, a blank, the second label, ..., a blank.
    states = np.zeros((batch, 2 * labels.shape[1] + 1), np.intp)
    states[:, 1::2] = labels
    emitted = np.take_along_axis(log_probs, np.broadcast_to(states, (frames, *states.shape)), 2)
    # From one label to the next without the blank between them, unless they are alike.
    jumps = np.zeros(states.shape, bool)
    jumps[:, 2:] = (states[:, 2:] != 0) & (states[:, 2:] != states[:, :-2])
    last = np.arange(states.shape[1])[None] - 2 * label_length[:, None]
    final = np.where((last == 0) | ((last == -1) & (label_length[:, None] > 0)), 0.0, _NEVER)
    with np.errstate(divide="ignore", invalid="ignore"):
        forward = np.full(emitted.shape, _NEVER)
        forward[0, :, :2] = emitted[0, :, :2]
        for t in range(1, frames):
            before = forward[t - 1]
            forward[t] = emitted[t] + _summed(before, _later(before, 1), np.where(jumps, _later(before, 2), _NEVER))
        backward = np.full(emitted.shape, _NEVER)
        for t in reversed(range(frames)):
            if t + 1 < frames:
                after = backward[t + 1] + emitted[t + 1]
                jumped = np.where(jumps, after, _NEVER)
                backward[t] = _summed(after, _earlier(after, 1), _earlier(jumped, 2))
            backward[t] = np.where((logit_length == t + 1)[:, None], final, backward[t])
        paths = forward + backward
        likelihood = np.logaddexp.reduce(paths[0], axis=1)
        occupied = np.exp(paths - likelihood[None, :, None])
    expected = np.zeros(logits.shape)
    np.add.at(expected, (np.arange(frames)[:, None, None], np.arange(batch)[:, None], states), occupied)
    inside = np.arange(frames)[:, None, None] < logit_length[:, None]
    gradient = np.where(inside, np.exp(log_probs) - expected, 0)
    return (-likelihood).astype(logits.dtype), gradient.astype(logits.dtype)


def _summed(*logarithms: Any) -> Any:
    return np.logaddexp.reduce(logarithms, axis=0)


def _later(x: Any, by: int) -> Any:
    return np.pad(x, ((0, 0), (by, 0)), constant_values=_NEVER)[:, : x.shape[1]]


def _earlier(x: Any, by: int) -> Any:
    return np.pad(x, ((0, 0), (0, by)), constant_values=_NEVER)[:, by:]


def _check(logits: TensorSpec, labels: TensorSpec, *lengths: TensorSpec) -> None:
    if len(logits.dims) != 3 or len(labels.dims) != 2 or any(len(length.dims) != 1 for length in lengths):
        raise ValueError("logits of rank 3, labels of rank 2 and lengths of rank 1 are needed")


def _loss_spec(logits: TensorSpec, *others: TensorSpec) -> TensorSpec:
    _check(logits, *others)
    return TensorSpec([logits.dims[1]], logits.dtype)


def _gradient_spec(logits: TensorSpec, *others: TensorSpec) -> TensorSpec:
    _check(logits, *others)
    return logits


def _rule(g: Tensor, logits: Tensor, labels: Tensor, label_length: Tensor, logit_length: Tensor) -> Tensor:
    return g[None, :, None] * apply(CTC_GRADIENT, (logits, labels, label_length, logit_length))


_INPUTS = ("logits", "labels", "label_length", "logit_length")
CTC = register(
    Op("ctc", _INPUTS, lambda *arrays: _ctc_kernel(*arrays)[0], _loss_spec, (Rule.of(_rule), None, None, None),
       label="ctc", family="nn", dtypes=FLOATS, typed=(0,))
)  # fmt: skip
CTC_GRADIENT = register(
    Op("ctc_gradient", _INPUTS, lambda *arrays: _ctc_kernel(*arrays)[1], _gradient_spec, (None,) * 4,
       label="ctc'", family="nn", dtypes=FLOATS, typed=(0,))
)  # fmt: skip


def ctc_loss(
    labels: Any, logits: Any, label_length: Any, logit_length: Any, logits_time_major: bool = True, unique: Any = None,
    blank_index: int | None = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The losses [batch] of logits [frames, batch, classes], for labels [batch, labels] that are padded to one length.

    Each is -log of the probability of all paths, of a class for each frame, that spell the labels once repetitions are
    merged and blanks left out (Graves et al., "Connectionist temporal classification", 2006).

    Without ``logits_time_major``, logits are [batch, frames, classes]. ``blank_index`` is the blank's class, the first
    one by default, counted from the end if negative. ``unique`` is accepted: it says nothing that labels do not.
    Labels may be a SparseTensor [batch, labels]: then ``label_length`` is None, as they say it themselves, and
    ``blank_index`` has to be given (ValueError).

    >>> import eagernb as tf
    >>> ctc_loss(tf.constant([[1]]), tf.zeros([1, 1, 2]), [1], [1]).numpy().round(4)  # one frame, two classes: log(2)
    array([0.6931], dtype=float32)
    """
    if isinstance(labels, Composite):
        labels, label_length = _dense_labels(labels, blank_index)
    logits, labels = convert_to_tensor(logits), convert_to_tensor(labels)
    if not logits_time_major:
        logits = transpose(logits, [1, 0, 2])
    blank = blank_index or 0
    if blank:
        classes = logits._dims[2]
        if classes is not None and not -classes <= blank < classes:
            raise ShapeError(f"ctc_loss: blank_index {blank_index} is not one of {classes} classes.", "ctc_loss")
        parts = [logits[..., -1:], logits[..., :-1]]
        if blank != -1:
            parts = [logits[..., blank : blank + 1], logits[..., :blank], logits[..., blank + 1 :]]
        logits = concat(parts, 2)
        number = blank if blank > 0 else blank + shape(logits)[2]
        labels = where(less(labels, number), labels + 1, labels)
    return apply(CTC, (logits, labels, convert_to_tensor(label_length), convert_to_tensor(logit_length)))


def _dense_labels(labels: Any, blank_index: int | None) -> tuple[Tensor, Tensor]:
    """The labels of a SparseTensor, padded to one length, and how many each row has."""
    from eagernb.ops.sparse_layout import to_dense

    if blank_index is None:
        raise ValueError("ctc_loss: `blank_index` must be provided when `labels` is a SparseTensor.")
    rows = labels.indices[:, 0]
    lengths = unsorted_segment_sum(ones_like(rows, int32), rows, labels.sizes[0])
    return to_dense(labels), lengths


def collapse_repeated(labels: Any, seq_length: Any, name: str | None = None) -> tuple[Tensor, Tensor]:
    """Labels [batch, length] with neighbours that are alike merged, padded with 0; and the sequences' new lengths.

    ``seq_length`` [batch] are the lengths; ShapeError unless there is one for each row.

    >>> collapsed, lengths = collapse_repeated([[1, 1, 2, 2, 1], [1, 2, 3, 4, 5]], [5, 3])
    >>> collapsed.numpy(), lengths.numpy()
    (array([[1, 2, 1],
           [1, 2, 3]], dtype=int32), array([3, 3], dtype=int32))
    """
    labels, lengths = convert_to_tensor(labels), convert_to_tensor(seq_length)
    new = concat([ones_like(labels[:, :1], bool_), not_equal(labels[:, 1:], labels[:, :-1])], 1)
    batch, length = sizes_of(labels)
    new = logical_and(new, sequence_mask(lengths, length))
    counts = reduce_sum(cast(new, int32), 1)
    # Where each label goes: behind those of its row that stay; those that go, behind the end.
    longest = reduce_max(counts)
    column = where(new, cumsum(cast(new, int32), 1) - 1, length)
    row = zeros_like(column) + arange(batch)[:, None]
    flat = scatter_nd(reshape(stack([row, column], -1), [-1, 2]), reshape(labels, [-1]), [batch, length + 1])
    return flat[:, :longest], cast(counts, lengths.dtype)


def ctc_unique_labels(labels: Any, name: str | None = None) -> list[Tensor]:
    """For each row its different labels, in the order in which they come, padded with 0; and which one each label is.

    Of labels [batch, length], both have this shape: the different labels are int64, the positions among them int32.
    ShapeError for another rank.

    >>> values, positions = ctc_unique_labels([[3, 4, 4, 3]])
    >>> values.numpy(), positions.numpy()
    (array([[3, 4, 0, 0]]), array([[0, 1, 1, 0]], dtype=int32))
    """
    labels = convert_to_tensor(labels)
    if len(labels._dims) != 2:
        raise ShapeError(f"ctc_unique_labels: labels [batch, length] are needed, not of shape {labels.shape}.")
    length = labels._dims[1]
    alike = labels[:, :, None] == labels[:, None, :]
    first = argmax(cast(alike, int32), 2, int32)
    is_first = first == arange(length)
    rank = cumsum(cast(is_first, int32), 1) - 1
    positions = gather(rank, first, batch_dims=1)
    row = zeros_like(positions) + arange(sizes_of(labels)[0])[:, None]
    column = where(is_first, rank, length)
    kept = cast(labels, int64)
    values = scatter_nd(
        reshape(stack([row, column], -1), [-1, 2]), reshape(kept, [-1]), [sizes_of(labels)[0], length + 1]
    )
    return [values[:, :length], positions]
