"""What tf.config changes: threads, passes."""

from collections.abc import Iterator

import numpy as np
import pytest

import eagernb as tf
from eagernb.core import large


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    tf.config.threading.set_intra_op_parallelism_threads(0)
    tf.config.optimizer.set_experimental_options(
        {"constant_folding": True, "disable_model_pruning": False, "disable_meta_optimizer": False}
    )


@pytest.mark.parametrize("threads", [0, 1, 2, 5])
def test_large_results_are_the_same_on_any_number_of_threads(threads: int) -> None:
    x = np.random.default_rng(0).random(large.LARGE // 4).astype(np.float32)
    tf.config.threading.set_intra_op_parallelism_threads(num_threads=threads)
    assert tf.config.threading.get_intra_op_parallelism_threads() == threads
    assert np.array_equal((tf.constant(x) * tf.constant(x)).numpy(), x * x)


def test_a_negative_number_of_threads() -> None:
    with pytest.raises(ValueError, match="negative"):
        tf.config.threading.set_intra_op_parallelism_threads(-1)


def passes_of(options: dict[str, bool]) -> set[str]:
    tf.config.optimizer.set_experimental_options(options)
    function = tf.function(lambda x: x + (tf.constant(1.0) + 2.0))
    return {result.name for result in function.get_concrete_function(tf.constant(1.0)).passes}


def test_passes_are_switched_off_and_on() -> None:
    everything = passes_of({})
    assert passes_of({"constant_folding": False}) == everything - {"fold_constants"}
    assert passes_of({"constant_folding": True, "disable_model_pruning": True}) == everything - {"dead_code"}
    assert passes_of({"disable_meta_optimizer": True}) == set()
    assert passes_of({"disable_meta_optimizer": False, "disable_model_pruning": False}) == everything
