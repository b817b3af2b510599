"""Connectionist temporal classification."""

import itertools
from typing import Any

import numpy as np

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


SAMPLES: dict[str, list[Sample]] = {
    "ctc": [case(LOGITS, LABELS, LABEL_LENGTH, LOGIT_LENGTH, reference=lambda *x: over_all_paths(*x)[0])],
    "ctc_gradient": [case(LOGITS, LABELS, LABEL_LENGTH, LOGIT_LENGTH, reference=lambda *x: over_all_paths(*x)[1])],
}
