"""Candidate sampling: a few classes out of very many, to tell from the true ones while a model is trained.

>>> import eagernb as tf
>>> tf.random.set_seed(0)
>>> sampled, true_count, sampled_count = tf.random.uniform_candidate_sampler([[1]], 1, 2, False, range_max=4)
>>> sampled.shape, true_count.numpy()
(TensorShape([2]), array([[0.5]], dtype=float32))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import exp, log1p
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch
from eagernb.core.dtypes import float32, int64
from eagernb.core.op import WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.casting import cast
from eagernb.ops.creation import ones_like
from eagernb.ops.random_from_bits import unit
from eagernb.ops.random_seeds import seed_of_operation, take
from eagernb.ops.ranges import range as arange


class Candidates(NamedTuple):
    """The sampled classes, and how often each true one and each sampled one is expected among as many."""

    sampled_candidates: Tensor
    true_expected_count: Tensor
    sampled_expected_count: Tensor


# How many words of the sequence are set aside for each sampled class; where not all differ, more may be taken.
_RESERVED = 2048


class _Uniform:
    """All classes are equally likely."""

    def __init__(self, count: int) -> None:
        self.count = count

    def sample(self, words: Iterator[int]) -> int:
        # The lowest numbers are left out: as many as make the rest of them a multiple of the classes.
        left_out = 0 if self.count & (self.count - 1) == 0 else (2**64 - 1) % self.count + 1
        while (number := next(words) | next(words) << 32) < left_out:
            pass
        return number % self.count

    def probability(self, classes: Any) -> Any:
        return np.full(np.shape(classes), np.float32(1) / np.float32(self.count))


class _LogUniform:
    """P(k) = log((k + 2) / (k + 1)) / log(count + 1): Zipf's law, for classes in the order of their frequency."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._log = log1p(count)

    def sample(self, words: Iterator[int]) -> int:
        number = float(unit(np.array([next(words), next(words)], np.uint32), np.float64)[0])
        return (int(exp(number * self._log)) - 1) % self.count

    def probability(self, classes: Any) -> Any:
        return (np.log((classes + 2) / (classes + 1)) / self._log).astype(np.float32)


_LAWS: dict[str, Callable[[int], Any]] = {"uniform": _Uniform, "log_uniform": _LogUniform}


def _sample(true_classes: Any, law: Any, count: int, unique: bool, range_max: int, seed: Any) -> Any:
    if unique and count > range_max:
        raise InvalidArgumentError(f"There are only {range_max} classes to sample {count} different ones from.")
    kind = law, count, unique, range_max, np.shape(true_classes)[1]
    words = take(seed, kind, _RESERVED * count // 4).each_word()
    sampler = _LAWS[law](range_max) if isinstance(law, str) else law
    chosen: list[int] = []
    tries = 0
    while len(chosen) < count:
        candidate, tries = sampler.sample(words), tries + 1
        if not (unique and candidate in chosen):
            chosen.append(candidate)

    def expected(classes: Any) -> Any:
        p = sampler.probability(classes)
        # As many tries as classes are always made without unique; else the number of tries is what is known.
        return np.float32(p * count if tries == count else -np.expm1(tries * np.log1p(-p)))

    sampled = np.array(chosen, np.int64)
    result = sampled, np.asarray(expected(true_classes)), np.asarray(expected(sampled))
    if not isinstance(law, str):
        sampler.saw(true_classes.ravel())
    return result


CANDIDATES = register(
    Op(
        "candidate_sampler", ("true_classes",),
        lambda true_classes, law, count, unique, range_max, seed: _sample(
            true_classes, law, count, unique, range_max, seed),
        lambda true_classes, law, count, unique, range_max, seed: (
            TensorSpec([count], int64), TensorSpec(true_classes.shape, float32), TensorSpec([count], float32)),
        rules=(None,), label="candidates", family="random", effect=WRITE, multiple=True,
    )
)  # fmt: skip


def sample_candidates(
    law: Any, true_classes: Any, num_true: Any, count: Any, unique: Any, limit: Any, seed: Any
) -> Candidates:
    """Sample by a law: the name of one here, or an object that can ``sample(words)`` and tell ``probability(classes)``.

    Of each run, such an object ``saw`` the true classes.
    """
    true = cast(convert_to_tensor(true_classes), int64)
    if len(true._dims) != 2 or true._dims[1] not in (None, static_int(num_true, "num_true")):
        raise InvalidArgumentError(f"true_classes must be a [batch, {num_true}] matrix; it has shape {true.shape}.")
    numbers = {"count": static_int(count, "num_sampled"), "range_max": static_int(limit, "range_max")}
    params = {"law": law, "unique": bool(unique), "seed": seed_of_operation(seed), **numbers}
    return Candidates(*dispatch(CANDIDATES, (true,), params))


def all_candidate_sampler(
    true_classes: Any, num_true: Any, num_sampled: Any, unique: bool, seed: int | None = None, name: str | None = None
) -> Candidates:
    """All of the classes 0, ..., num_sampled - 1, for tests: each is expected once.

    Arguments and results as for ``uniform_candidate_sampler``.

    >>> import eagernb as tf
    >>> chosen = all_candidate_sampler(tf.constant([[0]], tf.int64), 1, num_sampled=3, unique=True)
    >>> sorted(chosen.sampled_candidates.numpy().tolist())
    [0, 1, 2]
    """
    true = cast(convert_to_tensor(true_classes), int64)
    everyone = arange(static_int(num_sampled, "num_sampled"), dtype=int64)
    return Candidates(everyone, ones_like(true, float32), ones_like(everyone, float32))


def uniform_candidate_sampler(
    true_classes: Any, num_true: Any, num_sampled: Any, unique: bool, range_max: Any, seed: int | None = None,
    name: str | None = None,
) -> Candidates:  # fmt: skip
    """``num_sampled`` of the classes 0, ..., range_max - 1, all equally likely, without repetition if ``unique``.

    ``true_classes`` is [batch, num_true]. The results are ``sampled_candidates`` [num_sampled] (int64), and how often
    such a sample is expected to have each true class, ``true_expected_count`` [batch, num_true], and each that was
    sampled, ``sampled_expected_count`` [num_sampled] (float32): num_sampled times its probability, or with ``unique``
    the probability that it is there at all. InvalidArgumentError for other shapes, or too few classes to be unique.

    >>> import eagernb as tf
    >>> chosen = uniform_candidate_sampler(tf.constant([[0]], tf.int64), 1, num_sampled=3, unique=True, range_max=3)
    >>> sorted(chosen.sampled_candidates.numpy().tolist())
    [0, 1, 2]
    """
    return sample_candidates("uniform", true_classes, num_true, num_sampled, unique, range_max, seed)


def log_uniform_candidate_sampler(
    true_classes: Any, num_true: Any, num_sampled: Any, unique: bool, range_max: Any, seed: int | None = None,
    name: str | None = None,
) -> Candidates:  # fmt: skip
    """``num_sampled`` of the classes 0, ..., range_max - 1, the first the most likely, by Zipf's law.

    Class k has the probability log((k + 2) / (k + 1)) / log(range_max + 1): for words in the order of their frequency.
    Arguments, results and errors as for ``uniform_candidate_sampler``.

    >>> import eagernb as tf
    >>> chosen = log_uniform_candidate_sampler(tf.constant([[0]], tf.int64), 1, num_sampled=3, unique=True, range_max=3)
    >>> sorted(chosen.sampled_candidates.numpy().tolist())
    [0, 1, 2]
    """
    return sample_candidates("log_uniform", true_classes, num_true, num_sampled, unique, range_max, seed)
