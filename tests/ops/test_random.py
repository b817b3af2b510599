"""Random numbers have the distributions that they should have; seeds and states do what they should.

All seeds are fixed, so nothing here fails by chance: a p-value below 1e-3 would be a wrong distribution.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats

import eagernb as tf
from eagernb.ops.philox import Philox
from eagernb.ops.random_from_bits import permutation
from eagernb.ops.random_seeds import get_state, set_state

N = 20_000
SEED = [3, 4]


def generator() -> Any:
    return tf.random.Generator.from_seed(11)


# For each continuous distribution, every way to draw from it, and its distribution function.
CONTINUOUS: dict[str, tuple[Callable[[], Any], Any]] = {
    "normal": (lambda: tf.random.normal([N], 1.0, 2.0), stats.norm(1, 2)),
    "normal of doubles": (lambda: tf.random.normal([N], dtype=tf.float64), stats.norm()),
    "stateless normal": (lambda: tf.random.stateless_normal([N], SEED, 1.0, 2.0), stats.norm(1, 2)),
    "generator normal": (lambda: generator().normal([N], 1.0, 2.0), stats.norm(1, 2)),
    "truncated": (lambda: tf.random.truncated_normal([N], 1.0, 2.0), stats.truncnorm(-2, 2, 1, 2)),
    "stateless truncated": (lambda: tf.random.stateless_truncated_normal([N], SEED), stats.truncnorm(-2, 2)),
    "generator truncated": (lambda: generator().truncated_normal([N]), stats.truncnorm(-2, 2)),
    "truncated between": (
        lambda: tf.random.stateless_parameterized_truncated_normal([N], SEED, 1.0, 2.0, 0.0, 7.0),
        stats.truncnorm(-0.5, 3, 1, 2),
    ),
    "uniform": (lambda: tf.random.uniform([N], -1.0, 3.0), stats.uniform(-1, 4)),
    "uniform of doubles": (lambda: tf.random.uniform([N], dtype=tf.float64), stats.uniform()),
    "stateless uniform": (lambda: tf.random.stateless_uniform([N], SEED), stats.uniform()),
    "generator uniform": (lambda: generator().uniform([N], 2.0, 3.0), stats.uniform(2, 1)),
    "gamma": (lambda: tf.random.gamma([N], 0.7, 2.0), stats.gamma(0.7, scale=0.5)),
    "stateless gamma": (lambda: tf.random.stateless_gamma([N], SEED, 5.0), stats.gamma(5)),
}

DISCRETE: dict[str, tuple[Callable[[], Any], Any]] = {
    "dice": (lambda: tf.random.uniform([N], 1, 7, tf.int32), stats.randint(1, 7)),
    "stateless dice": (lambda: tf.random.stateless_uniform([N], SEED, 1, 7, tf.int64), stats.randint(1, 7)),
    "generator dice": (lambda: generator().uniform([N], 1, 7, tf.int32), stats.randint(1, 7)),
    "poisson": (lambda: tf.random.poisson([N], 3.5), stats.poisson(3.5)),
    "stateless poisson": (lambda: tf.random.stateless_poisson([N], SEED, 3.5), stats.poisson(3.5)),
    "stateless binomial": (lambda: tf.random.stateless_binomial([N], SEED, 8, 0.3), stats.binom(8, 0.3)),
    "generator binomial": (lambda: generator().binomial([N], 8.0, 0.3), stats.binom(8, 0.3)),
    "categorical": (
        lambda: tf.random.categorical(np.log([[0.2, 0.5, 0.3]]), N)[0],
        stats.rv_discrete(values=([0, 1, 2], [0.2, 0.5, 0.3])),
    ),
    "stateless categorical": (
        lambda: tf.random.stateless_categorical(np.log([[2.0, 5.0, 3.0]]), N, SEED)[0],
        stats.rv_discrete(values=([0, 1, 2], [0.2, 0.5, 0.3])),
    ),
    "full range, highest bits": (
        lambda: tf.random.stateless_uniform([N], SEED, None, None, tf.int32).numpy() // 2**29,
        stats.randint(-4, 4),
    ),
}


@pytest.mark.parametrize("name", CONTINUOUS)
def test_continuous(name: str) -> None:
    tf.random.set_seed(5)
    draw, expected = CONTINUOUS[name]
    assert stats.kstest(draw().numpy().astype(float), expected.cdf).pvalue > 1e-3


@pytest.mark.parametrize("name", DISCRETE)
def test_discrete(name: str) -> None:
    tf.random.set_seed(5)
    draw, expected = DISCRETE[name]
    values, counts = np.unique(np.asarray(draw()), return_counts=True)
    probabilities = expected.pmf(values)
    assert (probabilities > 0).all()
    common = probabilities * N >= 5
    seen, wanted = counts[common], probabilities[common] * N
    rest = N - wanted.sum()
    assert stats.chisquare([*seen, N - seen.sum() + 1e-9], [*wanted, rest + 1e-9], sum_check=False).pvalue > 1e-3


def test_poisson_of_each_mean() -> None:
    tf.random.set_seed(1)
    counts = tf.random.poisson([2000], [0.0, 1.0, 100.0]).numpy()
    np.testing.assert_allclose(counts.mean(0), [0, 1, 100], atol=1)


def test_binomial_out_of_range() -> None:
    counts = tf.random.stateless_binomial([3], SEED, [-1.0, 5.0, 5.0], [0.5, 2.0, -1.0])
    assert counts.numpy().tolist() == [0, 5, 0]


def test_gamma_moves_with_its_shape_while_its_quantile_stays() -> None:
    alpha = tf.constant([0.5, 2.0, 30.0], tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(alpha)
        x = tf.random.stateless_gamma([100, 3], SEED, alpha, dtype=tf.float64)
    slopes = tape.jacobian(x, alpha).numpy().sum(-1)
    at, step = alpha.numpy(), 1e-5
    quantile = stats.gamma(at).cdf(x.numpy())
    expected = (stats.gamma(at + step).ppf(quantile) - stats.gamma(at - step).ppf(quantile)) / (2 * step)
    inner = (quantile > 0.01) & (quantile < 0.99)
    np.testing.assert_allclose(slopes[inner], expected[inner], rtol=1e-4)


def test_gamma_scales_with_its_rate() -> None:
    beta = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(beta)
        x = tf.random.stateless_gamma([3], SEED, 1.5, beta)
    np.testing.assert_allclose(tape.gradient(x, beta).numpy(), -x.numpy().sum() / 2.0, rtol=1e-5)


def test_gamma_is_never_zero() -> None:
    assert float(tf.reduce_min(tf.random.stateless_gamma([1000], SEED, 1e-4))) > 0.0


def test_a_function_draws_anew_at_each_call() -> None:
    g = tf.random.Generator.from_seed(1)
    drawn = tf.function(lambda: (tf.random.normal([2]), g.normal([2]), tf.random.stateless_normal([2], SEED)))
    first, second = drawn(), drawn()
    assert [bool(tf.reduce_all(a == b)) for a, b in zip(first, second, strict=True)] == [False, False, True]


def test_a_function_and_eager_code_draw_the_same_from_a_generator() -> None:
    g = tf.random.Generator.from_seed(1)
    eager = [g.normal([2]).numpy(), g.uniform([], 0, 100, tf.int32).numpy()]
    end = g.state.numpy().tolist()
    g.reset_from_seed(1)
    traced = tf.function(lambda: (g.normal([2]), g.uniform([], 0, 100, tf.int32)))()
    assert [t.numpy().tolist() for t in traced] == [e.tolist() for e in eager]
    assert g.state.numpy().tolist() == end == [1 + 256 * 3, 0, 0]


def test_shape_that_is_known_when_the_graph_runs() -> None:
    g = tf.random.Generator.from_seed(1)

    @tf.function(input_signature=[tf.TensorSpec([None, 3])])
    def draw(x: Any) -> Any:
        size = tf.shape(x)
        return [
            tf.random.normal(size), tf.random.uniform(size, 0, size[0], tf.int32), tf.random.gamma(size[:1], 2.0),
            tf.random.stateless_normal(size, SEED), g.uniform(size), tf.random.shuffle(x), tf.random.poisson([2], x),
            tf.random.categorical(x, size[0]),
        ]  # fmt: skip

    for n in (2, 5):
        shapes = [t.shape.as_list() for t in draw(tf.ones([n, 3]))]
        assert shapes == [[n, 3], [n, 3], [n], [n, 3], [n, 3], [n, 3], [2, n, 3], [n, n]]
    assert g.state.numpy()[0] == 1 + 256 * 3 * (2 + 5)


def test_split_generators_and_seeds_are_independent() -> None:
    draws = [g.normal([N]).numpy() for g in tf.random.Generator.from_seed(1).split(2)]
    draws += [tf.random.stateless_normal([N], seed).numpy() for seed in tf.random.split(SEED, 2)]
    draws += [tf.random.stateless_normal([N], tf.random.fold_in(SEED, i)).numpy() for i in range(2)]
    correlations = np.corrcoef(draws)[np.triu_indices(6, 1)]
    assert np.abs(correlations).max() < 5 / np.sqrt(N)


@pytest.mark.parametrize("count", [*range(20), 255, 256, 3000])
def test_permutation_is_fisher_and_yates_step_by_step(count: int) -> None:
    order, words = list(range(count)), Philox(5, 6).words(max(count - 1, 1)).tolist()
    for i in range(count - 1):
        other = i + words[i] % (count - i)
        order[i], order[other] = order[other], order[i]
    assert permutation(Philox(5, 6), count).tolist() == order


def test_index_shuffle_is_a_permutation() -> None:
    shuffled = tf.random.experimental.index_shuffle(tf.range(10), SEED, 9)
    assert sorted(shuffled.numpy().tolist()) == list(range(10))
    assert int(tf.random.experimental.index_shuffle(4, SEED, 9)) == shuffled.numpy()[4]


def test_counter_carries_over() -> None:
    g = tf.random.Generator.from_state([-1, 7, 3], "philox")  # -1 is the highest 64-bit word
    g.skip(1)
    assert g.state.numpy().tolist() == [255, 8, 3]


def test_sampled_classes_follow_their_law() -> None:
    tf.random.set_seed(3)
    sampled = tf.random.log_uniform_candidate_sampler([[0]], 1, N, False, 20).sampled_candidates.numpy()
    law = np.log1p(1 / np.arange(1, 21)) / np.log(21)
    assert stats.chisquare(np.bincount(sampled, minlength=20), law * N).pvalue > 1e-3
    evenly = tf.random.uniform_candidate_sampler([[0]], 1, N, False, 7).sampled_candidates.numpy()
    assert stats.chisquare(np.bincount(evenly, minlength=7)).pvalue > 1e-3
    assert sorted(tf.random.log_uniform_candidate_sampler([[0]], 1, 20, True, 20)[0].numpy()) == list(range(20))


def test_more_different_classes_than_there_are() -> None:
    with pytest.raises(tf.errors.InvalidArgumentError, match="only 3 classes"):
        tf.random.uniform_candidate_sampler([[1]], 1, 4, True, 3)


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        (0, 0, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        (2**128 - 1, 2**64 - 1, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (0x0370734413198A2E85A308D3243F6A88, 0x299F31D0A4093822, "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)
def test_philox_gives_the_words_that_its_inventors_published(counter: int, key: int, words: str) -> None:
    assert [f"{word:08x}" for word in Philox(counter, key).words(4)] == words.split()


@pytest.mark.parametrize("counter", [0, 2**32 - 3, 2**64 - 20, 2**96 - 20, 2**128 - 20])
def test_any_part_of_a_sequence_can_be_computed_by_itself(counter: int) -> None:
    start = Philox(counter, 12345)
    whole = start.blocks(20_000)
    assert (whole[:5] == start.blocks(5)).all()  # few blocks are computed in another way
    assert (whole[7000:] == start.skip(7000).blocks(13_000)).all()
    places = np.array([3, 19_999, 40])
    assert (whole[places] == start.blocks_at(places)).all()


def test_a_state_that_was_taken_gives_the_same_numbers_again() -> None:
    tf.random.set_seed(2)
    draw = tf.function(lambda: tf.random.uniform([]))
    both = lambda: [float(x) for x in (tf.random.uniform([]), tf.random.normal([], seed=1), draw())]  # noqa: E731
    both()
    state = get_state()
    first = both()
    assert both() != first
    set_state(state)
    assert both() == first


def test_a_session_goes_on_whatever_seed_is_set_outside() -> None:
    with tf.Graph().as_default():
        x = tf.random.uniform([], seed=3)
        session, other = tf.compat.v1.Session(), tf.compat.v1.Session()
        drawn = [session.run(x) for _ in range(3)]
        assert [other.run(x)] == drawn[:1]
    tf.random.set_seed(1)
    assert other.run(x) == drawn[1]
