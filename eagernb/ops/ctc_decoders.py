"""CTC decoders: from what a network says of each frame to the labels that it most likely means.

A path has a label or a blank for each frame; neighbours that are alike are one label, blanks stand for nothing. Many
paths mean the same labels: the greedy decoder takes the likeliest path, the beam search adds up all that mean one.

>>> import eagernb as tf
>>> logits = tf.math.log([[[0.1, 0.6, 0.3]], [[0.1, 0.2, 0.7]], [[0.5, 0.2, 0.3]]])  # three frames; a, b and blank
>>> (labels,), _ = tf.nn.ctc_greedy_decoder(logits, [3])
>>> labels.values.numpy()
array([1, 0])
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import count, groupby
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import FLOATS, int32, int64
from eagernb.core.op import Op, register
from eagernb.core.sparse_tensor import SparseTensor
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import FailedPreconditionError, InvalidArgumentError
from eagernb.ops.softmax import log_softmax_kernel

_NEVER = -np.inf


def _check(logits: TensorSpec, lengths: TensorSpec) -> None:
    if len(logits.dims) != 3:
        raise ValueError("inputs must be [frames, batch, classes]")
    if len(lengths.dims) != 1:
        raise ValueError("sequence_length must be a vector with a number for each sequence")


def _checked_lengths(logits: Any, lengths: Any) -> list[int]:
    """How many frames each sequence has; FailedPreconditionError where they do not fit the logits."""
    frames, batch, _ = logits.shape
    if len(lengths) != batch:
        raise FailedPreconditionError(f"sequence_length has {len(lengths)} numbers for {batch} sequences.")
    if batch and lengths.max() > frames:
        raise FailedPreconditionError(f"sequence_length {lengths.max()} is more than the {frames} frames there are.")
    return np.maximum(lengths, 0).tolist()


def _sparse_parts(labels: Sequence[Sequence[int]]) -> tuple[Any, Any, Any]:
    """Lists of labels as the three parts of a sparse matrix."""
    places = [(row, column) for row, its_labels in enumerate(labels) for column in range(len(its_labels))]
    values = [label for its_labels in labels for label in its_labels]
    shape = [len(labels), max(map(len, labels), default=0)]
    return np.array(places, np.int64).reshape(-1, 2), np.array(values, np.int64), np.array(shape, np.int64)


_PARTS = TensorSpec([None, 2], int64), TensorSpec([None], int64), TensorSpec([2], int64)


def _greedy_kernel(logits: Any, lengths: Any, merge_repeated: bool, blank_index: int) -> Any:
    counts = _checked_lengths(logits, lengths)
    classes = logits.shape[2]
    if not -classes <= blank_index < classes:
        raise InvalidArgumentError(f"blank_index {blank_index} is not in [-{classes}, {classes}).")
    best = logits.argmax(2).T
    found = []
    for path, frames in zip(best, counts, strict=True):
        before = np.concatenate([[-1], path[:-1]])
        kept = (path != blank_index % classes) & (np.arange(len(path)) < frames)
        found.append(path[kept & (path != before) if merge_repeated else kept].tolist())
    inside = np.arange(len(logits))[:, None] < lengths
    score = 0 - np.where(inside, logits.max(2), 0).sum(0)[:, None]  # 0 for no frames, and not -0
    return *_sparse_parts(found), score.astype(logits.dtype)


def _greedy_spec(logits: TensorSpec, lengths: TensorSpec, merge_repeated: bool, blank_index: int) -> Any:
    _check(logits, lengths)
    return *_PARTS, TensorSpec([logits.dims[1], 1], logits.dtype)


CTC_GREEDY = register(
    Op("ctc_greedy_decoder", ("logits", "lengths"), _greedy_kernel, _greedy_spec, (None, None), label="ctc greedy",
       family="nn", dtypes=FLOATS, typed=(0,), multiple=True,
       flops=lambda ins, outs, **params: ins[0].size or 0)
)  # fmt: skip


def ctc_greedy_decoder(
    inputs: Any, sequence_length: Any, merge_repeated: bool = True, blank_index: int | None = None
) -> tuple[list[SparseTensor], Tensor]:
    """The labels of the likeliest path of logits [frames, batch, classes], and how likely it is.

    ``sequence_length`` [batch] says how many frames each sequence has. The labels are one SparseTensor [batch, most
    labels] of int64 in a list; the score [batch, 1] is the sum of the frames' highest logits, with the other sign.
    Without ``merge_repeated``, labels that follow each other stay apart. The blank is the last class, or
    ``blank_index``. There is no gradient. FailedPreconditionError for lengths that do not fit the inputs.

    >>> import eagernb as tf
    >>> logits = tf.one_hot([[1], [1], [2], [0]], 3)  # of one sequence, a frame each; 2 is the blank
    >>> (labels,), score = tf.nn.ctc_greedy_decoder(logits, [4])
    >>> tf.sparse.to_dense(labels).numpy(), score.numpy()
    (array([[1, 0]]), array([[-4.]], dtype=float32))
    """
    logits, lengths = convert_to_tensor(inputs), convert_to_tensor(sequence_length, int32)
    blank = -1 if blank_index is None else static_int(blank_index, "blank_index")
    *parts, score = apply(CTC_GREEDY, (logits, lengths), merge_repeated=bool(merge_repeated), blank_index=blank)
    return [SparseTensor(*parts)], score


class _Beam:
    """Labels, and how likely they are by paths that end in a blank, and by those that end in their last label.

    Only from the former can the same label follow once more. All are logarithms of probabilities.
    """

    def __init__(self, labels: tuple[int, ...]) -> None:
        self.labels = labels
        self.blank_before = self.total_before = _NEVER
        self.forget()

    def become(self, by_blank: float, by_label: float) -> None:
        self.by_blank, self.by_label = by_blank, by_label
        self.total = float(np.logaddexp(by_blank, by_label))

    def forget(self) -> None:
        self.by_blank = self.by_label = self.total = _NEVER

    def leading_to(self, label: int) -> float:
        """How likely it was, a frame before, so that this label can be the next one."""
        return self.blank_before if self.labels[-1:] == (label,) else self.total_before


def _beam_search(log_probs: Any, width: int) -> list[_Beam]:
    """The ``width`` likeliest labels of one sequence, the likeliest first; the last class is the blank."""
    known: dict[tuple[int, ...], _Beam] = {(): _Beam(())}
    known[()].become(0.0, _NEVER)
    beams = [known[()]]
    for *frame, of_blank in log_probs.tolist():
        for beam in beams:
            beam.blank_before, beam.total_before = beam.by_blank, beam.total
        for beam in beams:  # the same labels, by a blank or the last label once more, or by that label at last
            by_label = beam.by_label
            if beam.labels:
                shorter, label = known[beam.labels[:-1]], beam.labels[-1]
                if shorter.total > _NEVER:
                    by_label = float(np.logaddexp(by_label, shorter.leading_to(label)))
                by_label += frame[label]
            beam.become(beam.total_before + of_blank, by_label)
        order = count()  # so that beams as likely as each other are not compared
        kept = [(beam.total, next(order), beam) for beam in beams]
        heapify(kept)
        for beam in beams:  # one label more, if that is likelier than the worst that is kept
            for label, of_label in enumerate(frame):
                labels = (*beam.labels, label)
                longer = known.get(labels)
                if longer is not None and longer.total > _NEVER:
                    continue  # it is among the beams
                total = beam.leading_to(label) + of_label
                if total > _NEVER and (len(kept) < width or total > kept[0][0]):
                    if len(kept) == width:
                        heappop(kept)[2].forget()
                    longer = known.setdefault(labels, _Beam(labels))
                    longer.become(_NEVER, total)
                    heappush(kept, (total, next(order), longer))
                elif longer is not None:  # if it was dropped just now, it grows no longer
                    longer.blank_before = longer.total_before = _NEVER
        beams = sorted((beam for _, _, beam in kept), key=lambda beam: -beam.total)
    return beams


def _beam_kernel(logits: Any, lengths: Any, beam_width: int, top_paths: int, merge_repeated: bool) -> Any:
    counts = _checked_lengths(logits, lengths)
    if top_paths > beam_width:
        raise InvalidArgumentError(f"top_paths {top_paths} is more than the beam width, {beam_width}.")
    log_probs = log_softmax_kernel(logits.astype(np.float64), -1)
    found = [_beam_search(log_probs[:n, b], beam_width)[:top_paths] for b, n in enumerate(counts)]
    if any(len(paths) < top_paths for paths in found):
        raise InvalidArgumentError(f"There are fewer than top_paths={top_paths} different labels that are possible.")
    decoded = [
        [_merged(paths[rank].labels) if merge_repeated else paths[rank].labels for paths in found]
        for rank in range(top_paths)
    ]
    parts = [_sparse_parts(labels) for labels in decoded]
    scores = np.array([[beam.total for beam in paths] for paths in found], logits.dtype).reshape(-1, top_paths)
    return *(part for kind in zip(*parts, strict=True) for part in kind), scores


def _merged(labels: tuple[int, ...]) -> tuple[int, ...]:
    """As TensorFlow 1 did unless told not to: labels that follow each other once only, although a blank is between."""
    return tuple(label for label, _ in groupby(labels))


def _beam_spec(logits: TensorSpec, lengths: TensorSpec, beam_width: int, top_paths: int, merge_repeated: bool) -> Any:
    _check(logits, lengths)
    if top_paths < 1:
        raise ValueError("top_paths must be at least 1")
    return *(part for part in _PARTS for _ in range(top_paths)), TensorSpec([logits.dims[1], top_paths], logits.dtype)


CTC_BEAM_SEARCH = register(
    Op("ctc_beam_search_decoder", ("logits", "lengths"), _beam_kernel, _beam_spec, (None, None), label="ctc beams",
       family="nn", dtypes=FLOATS, typed=(0,), multiple=True,
       flops=lambda ins, outs, beam_width, **params: (ins[0].size or 0) * beam_width)
)  # fmt: skip


def ctc_beam_search_decoder(
    inputs: Any, sequence_length: Any, beam_width: int = 100, top_paths: int = 1
) -> tuple[list[SparseTensor], Tensor]:
    """The likeliest labels of logits [frames, batch, classes], all paths that mean them added up; and how likely.

    ``sequence_length`` [batch] says how many frames each sequence has; the last class is the blank. ``beam_width``
    labels are kept from frame to frame. The result is a list of ``top_paths`` SparseTensors [batch, most labels] of
    int64, the likeliest first, and log probabilities [batch, top_paths]. There is no gradient. Graves et al. 2006,
    Connectionist temporal classification; Hannun et al. 2014, arXiv:1408.2873. FailedPreconditionError for lengths
    that do not fit the inputs, InvalidArgumentError for more paths than there are.

    >>> import eagernb as tf
    >>> logits = tf.math.log([[[0.4, 0.6]], [[0.4, 0.6]]])  # two frames; a and blank
    >>> (labels,), score = tf.nn.ctc_beam_search_decoder(logits, [2])
    >>> labels.values.numpy(), tf.exp(score).numpy().round(2)  # a by three paths: 0.4 * 0.4 + 2 * 0.4 * 0.6
    (array([0]), array([[0.64]], dtype=float32))
    """
    return beam_search(inputs, sequence_length, beam_width, top_paths, merge_repeated=False)


def beam_search(
    inputs: Any, sequence_length: Any, beam_width: Any, top_paths: Any, merge_repeated: bool
) -> tuple[list[SparseTensor], Tensor]:
    """``ctc_beam_search_decoder``, in which labels that follow each other may be given once only."""
    logits, lengths = convert_to_tensor(inputs), convert_to_tensor(sequence_length, int32)
    width, paths = static_int(beam_width, "beam_width"), static_int(top_paths, "top_paths")
    params = {"beam_width": width, "top_paths": paths, "merge_repeated": merge_repeated}
    *parts, scores = apply(CTC_BEAM_SEARCH, (logits, lengths), **params)
    return [SparseTensor(*parts[rank::paths]) for rank in range(paths)], scores
