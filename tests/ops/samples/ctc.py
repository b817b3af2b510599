"""Connectionist temporal classification."""

import itertools
from typing import Any

import numpy as np

import eagernb.ops.ctc_decoders  # noqa: F401  registers operations

from .making import Sample, case

rng = np.random.default_rng(5)
LOGITS = rng.normal(size=(5, 3, 4))
LABELS = np.array([[1, 1, 0], [2, 1, 3], [3, 0, 0]], np.int32)
LABEL_LENGTH, LOGIT_LENGTH = np.array([2, 3, 1], np.int32), np.array([5, 4, 3], np.int32)


def over_all_paths(logits: Any, labels: Any, label_length: Any, logit_length: Any) -> Any:
    """The losses by trying every path, and their slopes: how likely each label is, less how likely it is if right."""
    log_probs = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    losses, slopes = np.zeros(len(labels)), np.zeros(logits.shape)
    for b, frames in enumerate(logit_length):
        wanted, right = labels[b, : label_length[b]].tolist(), np.zeros(logits.shape[0::2])
        for path in itertools.product(range(logits.shape[2]), repeat=frames):
            if [k for k, _ in itertools.groupby(path) if k] == wanted:
                right[range(frames), path] += np.exp(sum(log_probs[t, b, k] for t, k in enumerate(path)))
        total = right[0].sum()
        losses[b] = -np.log(total)
        slopes[:frames, b] = np.exp(log_probs[:frames, b]) - right[:frames] / total
    return losses, slopes


def as_parts(labels: list[list[int]]) -> tuple[Any, Any, Any]:
    """Lists of labels as the indices, values and shape of a sparse matrix."""
    places = [[b, i] for b, row in enumerate(labels) for i in range(len(row))]
    shape = np.array([len(labels), max(map(len, labels))])
    return np.array(places).reshape(-1, 2), np.array([k for row in labels for k in row], np.int64), shape


def likeliest_path(logits: Any, lengths: Any, merge_repeated: bool, blank_index: int) -> Any:
    blank = blank_index % logits.shape[2]
    paths = [np.argmax(logits[:n, b], 1).tolist() for b, n in enumerate(lengths)]
    if merge_repeated:
        labels = [[k for k, _ in itertools.groupby(path) if k != blank] for path in paths]
    else:
        labels = [[k for k in path if k != blank] for path in paths]
    score = [[-sum(max(frame) for frame in logits[:n, b])] for b, n in enumerate(lengths)]
    return *as_parts(labels), np.array(score)


def likeliest_labels(logits: Any, lengths: Any, beam_width: int, top_paths: int, merge_repeated: bool) -> Any:
    """By trying every path: right where the beam is wide enough for all that they mean."""
    probs = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    blank = logits.shape[2] - 1
    ranked = []
    for b, n in enumerate(lengths):
        found: dict[tuple[int, ...], float] = {}
        for path in itertools.product(range(blank + 1), repeat=n):
            labels = tuple(k for k, _ in itertools.groupby(path) if k != blank)
            found[labels] = found.get(labels, 0) + np.prod([probs[t, b, k] for t, k in enumerate(path)])
        ranked.append(sorted(found.items(), key=lambda item: -item[1])[:top_paths])
    parts = [as_parts([list(paths[i][0]) for paths in ranked]) for i in range(top_paths)]
    scores = np.log([[p for _, p in paths] for paths in ranked])
    return *(part for kind in zip(*parts, strict=True) for part in kind), scores


SAMPLES: dict[str, list[Sample]] = {
    "ctc": [case(LOGITS, LABELS, LABEL_LENGTH, LOGIT_LENGTH, reference=lambda *x: over_all_paths(*x)[0])],
    "ctc_gradient": [case(LOGITS, LABELS, LABEL_LENGTH, LOGIT_LENGTH, reference=lambda *x: over_all_paths(*x)[1])],
    "ctc_greedy_decoder": [
        case(LOGITS, LOGIT_LENGTH, merge_repeated=merge, blank_index=blank, reference=likeliest_path)
        for merge in (True, False)
        for blank in (-1, 0, 2)
    ],
    "ctc_beam_search_decoder": [
        # In float32, in which TensorFlow adds up, whatever it is given.
        case(
            LOGITS.astype(np.float32),
            LOGIT_LENGTH,
            beam_width=1000,
            top_paths=paths,
            merge_repeated=False,
            reference=likeliest_labels,
        )
        for paths in (1, 3)
    ],
}
