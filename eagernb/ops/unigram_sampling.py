"""Candidate sampling by how often classes occur: as a list says, or as was seen so far.

>>> import eagernb as tf
>>> sampled, _, _ = tf.random.fixed_unigram_candidate_sampler([[0]], 1, 2, False, range_max=3, unigrams=[0.0, 5.0, 0.0])
>>> sampled.numpy()
array([1, 1])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from eagernb.core.files import file_errors
from eagernb.core.static import static_int
from eagernb.errors import InvalidArgumentError
from eagernb.ops.candidate_sampling import Candidates, sample_candidates
from eagernb.ops.random_from_bits import unit
from eagernb.ops.random_seeds import graph_seeds, kept_by_operation


def _below(words: Iterator[int], count: int) -> int:
    """A number below ``count``, all equally likely."""
    if count & (count - 1) == 0:
        return next(words) & (count - 1)
    left_out = (2**32 - 1) % count + 1
    while (number := next(words)) < left_out:
        pass
    return number % count


class Fixed:
    """Classes are as likely as their weights say: by Walker's alias method, in one step each (ACM TOMS 3, 1977)."""

    def __init__(self, weights: tuple[float, ...]) -> None:
        self.weights = weights

    @cached_property
    def _columns(self) -> tuple[Any, Any]:
        """For each column how much of it is its own class, and which class has the rest."""
        total = sum(self.weights)
        own = [weight * len(self.weights) / total for weight in self.weights]
        other = list(range(len(own)))
        high, low = ([i for i, p in enumerate(own) if (p >= 1) is large] for large in (True, False))
        while high and low:
            small, large = low.pop(), high.pop()
            other[small] = large
            own[large] -= 1 - own[small]
            (low if own[large] < 1 else high).append(large)
        for i in high + low:  # 1 but for rounding
            own[i] = 1.0
        return np.array(own, np.float32), other

    def sample(self, words: Iterator[int]) -> int:
        own, other = self._columns
        place = unit(np.array([next(words)], np.uint32), np.float32)[0]
        column = _below(words, len(other))
        return column if place < own[column] else other[column]

    def probability(self, classes: Any) -> Any:
        weights = np.array(self.weights, np.float32)
        return weights[classes] / np.float32(sum(self.weights))

    def saw(self, classes: Any) -> None:
        """What occurs changes nothing."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fixed) and self.weights == other.weights

    def __hash__(self) -> int:
        return hash(self.weights)

    def __repr__(self) -> str:
        return "fixed unigram"


class Learned:
    """Classes are as likely as they were seen often; each counts as seen once before."""

    def __init__(self, count: int) -> None:
        self._seen = np.ones(count, np.int64)

    def sample(self, words: Iterator[int]) -> int:
        counts = np.cumsum(self._seen)
        return int(np.searchsorted(counts, _below(words, int(counts[-1])), "right"))

    def probability(self, classes: Any) -> Any:
        return self._seen[classes].astype(np.float32) / np.float32(self._seen.sum())

    def saw(self, classes: Any) -> None:
        np.add.at(self._seen, classes, 1)

    def __repr__(self) -> str:
        return "learned unigram"


def _weights(
    vocab_file: str, distortion: float, num_reserved_ids: int, num_shards: int, shard: int, unigrams: Sequence[float]
) -> tuple[float, ...]:
    if bool(vocab_file) == bool(len(unigrams)):
        raise InvalidArgumentError("Either vocab_file or unigrams must be given, and not both.")
    if vocab_file:
        with file_errors(vocab_file):
            lines = Path(vocab_file).read_text(encoding="utf-8").splitlines()
        unigrams = [float(line.rpartition(",")[2]) for line in lines if line.strip()]
    counts = [0.0] * num_reserved_ids + [float(count) ** distortion for count in unigrams]
    return tuple(counts[shard::num_shards])


def fixed_unigram_candidate_sampler(
    true_classes: Any, num_true: Any, num_sampled: Any, unique: bool, range_max: Any, vocab_file: str = "",
    distortion: float = 1.0, num_reserved_ids: int = 0, num_shards: int = 1, shard: int = 0,
    unigrams: Sequence[float] = (), seed: int | None = None, name: str | None = None,
) -> Candidates:  # fmt: skip
    """``num_sampled`` of the classes 0, ..., range_max - 1, as often as a list says, without repetition if ``unique``.

    ``unigrams`` are how often each class occurs, raised to the power ``distortion``; or the last of the numbers, with
    commas between, in each line of ``vocab_file`` (NotFoundError if there is none). The first ``num_reserved_ids``
    classes are not in the list, and are never sampled. Of ``num_shards`` parts, only every ``num_shards``-th class from
    ``shard`` on is taken. Arguments and results otherwise as for ``uniform_candidate_sampler``. InvalidArgumentError
    unless there are ``range_max`` classes. (Walker's alias method draws them: ACM TOMS 3, 1977.)

    >>> import eagernb as tf
    >>> chosen = tf.random.fixed_unigram_candidate_sampler([[2]], 1, 3, False, range_max=4, unigrams=[0, 0, 1, 0])
    >>> chosen.sampled_candidates.numpy(), chosen.true_expected_count.numpy()
    (array([2, 2, 2]), array([[3.]], dtype=float32))
    """
    weights = _weights(vocab_file, distortion, num_reserved_ids, num_shards, shard, unigrams)
    if len(weights) != static_int(range_max, "range_max"):
        raise InvalidArgumentError(f"range_max is {range_max}, but {len(weights)} classes have been given.")
    return sample_candidates(Fixed(weights), true_classes, num_true, num_sampled, unique, range_max, seed)


def learned_unigram_candidate_sampler(
    true_classes: Any, num_true: Any, num_sampled: Any, unique: bool, range_max: Any, seed: int | None = None,
    name: str | None = None,
) -> Candidates:  # fmt: skip
    """``num_sampled`` of the classes 0, ..., range_max - 1, as often as they were true in earlier calls.

    At first all are equally likely. An operation of a graph remembers the true classes of its runs; eagerly, calls with
    the same arguments do so together, until ``tf.random.set_seed``. Arguments, results and errors as for
    ``uniform_candidate_sampler``; ValueError for 2³¹ classes or more.

    >>> import eagernb as tf
    >>> tf.random.set_seed(0)
    >>> chosen = tf.random.learned_unigram_candidate_sampler([[2]], 1, 3, True, range_max=3)
    >>> sorted(chosen.sampled_candidates.numpy().tolist())
    [0, 1, 2]
    """
    limit = static_int(range_max, "range_max")
    if limit >= 2**31:
        raise ValueError(f"Value of range_max:{limit} is too large to handle")
    if graph_seeds() is not None:
        law = Learned(limit)
    else:
        kind = "learned unigram", static_int(num_true, "num_true"), num_sampled, bool(unique), limit
        law = kept_by_operation(kind, seed, lambda: Learned(limit))
    return sample_candidates(law, true_classes, num_true, num_sampled, unique, range_max, seed)
