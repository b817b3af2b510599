"""What `tf.function(jit_compile=True)` costs over `jax.jit` called directly.

Run `python tests/benchmarks/graph_xla.py`. Both compile the same program with XLA, so that what is measured is the way
there and back. Prints ratios of times taken in this one process, in turn; the limit of the project stands beside them.
A result of JAX's counts once it is there (block_until_ready), as ours always is.
"""

from __future__ import annotations

from collections.abc import Callable
from timeit import timeit
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

import eagernb as tf

ROUNDS, SECONDS, LIMIT = 40, 0.01, 1.2


def compare(name: str, ours: Callable[[], Any], jaxs: Callable[[], Any]) -> None:
    """Print the best of several rounds of each, taken in turn, so that another process's work does not count."""
    counts = [max(1, int(SECONDS / (timeit(f, number=20) / 20))) for f in (ours, jaxs)]
    rounds = [[timeit(f, number=n) / n * 1e6 for f, n in zip((ours, jaxs), counts, strict=True)] for _ in range(ROUNDS)]
    a, b = (min(times) for times in zip(*rounds, strict=True))
    print(f"{name:42} {a:9.2f} µs   jax.jit {b:9.2f} µs   ratio {a / b:5.2f}   limit {LIMIT}")


def chain(x: Any) -> Any:
    """Twelve elementwise operations."""
    for _ in range(4):
        x = (x * 1.01 + 0.5) * 0.9
    return x


def thousand_turns(x: Any) -> Any:
    return tf.while_loop(lambda i, y: i < 1000, lambda i, y: (i + 1, y * 1.001 + 0.5), (0, x))[1]


def thousand_turns_of_jax(x: Any) -> Any:
    return jax.lax.while_loop(lambda s: s[0] < 1000, lambda s: (s[0] + 1, s[1] * 1.001 + 0.5), (0, x))[1]


def two_layers(x: Any, w1: Any, w2: Any, relu: Any, mean: Any) -> Any:
    return mean((relu(x @ w1) @ w2) ** 2)


def main() -> None:
    rng = np.random.default_rng(0)
    cases: list[tuple[str, Any, Any, np.ndarray]] = [
        ("12 operations on 4x4", chain, chain, rng.random((4, 4), np.float32)),
        ("12 operations on 1,000,000 float32", chain, chain, rng.random(1_000_000, np.float32)),
        ("1,000 turns of a loop", thousand_turns, thousand_turns_of_jax, np.float32(1)),
    ]
    for name, function, of_jax, array in cases:
        ours, jaxs = tf.function(function, jit_compile=True), jax.jit(of_jax)
        x, y = tf.constant(array), jnp.asarray(array)
        for _ in range(3):  # the first call compiles, and an array that comes again stays on the device
            np.testing.assert_allclose(ours(x), jaxs(y), rtol=1e-4)
        compare(name, lambda f=ours, x=x: f(x), lambda f=jaxs, y=y: f(y).block_until_ready())
    gradient(rng)


def gradient(rng: np.random.Generator) -> None:
    """The gradient of a two-layer net, the tape being a part of the function."""
    arrays = [rng.normal(size=shape).astype(np.float32) for shape in ((32, 64), (64, 64), (64, 1))]

    @tf.function(jit_compile=True)
    def ours(x: Any, w1: Any, w2: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch([w1, w2])
            loss = two_layers(x, w1, w2, tf.nn.relu, tf.reduce_mean)
        return tape.gradient(loss, [w1, w2])

    jaxs = jax.jit(jax.grad(lambda x, w1, w2: two_layers(x, w1, w2, jax.nn.relu, jnp.mean), argnums=(1, 2)))
    mine, theirs = list(map(tf.constant, arrays)), list(map(jnp.asarray, arrays))
    for _ in range(3):
        for a, b in zip(ours(*mine), jaxs(*theirs), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-4)
    compare("gradient of a two-layer net", lambda: ours(*mine), lambda: jax.block_until_ready(jaxs(*theirs)))


if __name__ == "__main__":
    main()
