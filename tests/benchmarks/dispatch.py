"""What an operation costs over NumPy's: run `python tests/benchmarks/dispatch.py`.

Prints ratios of times taken in this one process, on 4x4 float32 matrices, where the overhead is nearly all there is,
and on a two-layer net, against the same gradient written out in NumPy. The limits that the project holds stand beside
them.
"""

from collections.abc import Callable
from timeit import timeit
from typing import Any

import numpy as np

import eagernb as tf

ROUNDS, SECONDS = 25, 0.004


def compare(name: str, limit: float, ours: Callable[[], Any], numpys: Callable[[], Any]) -> None:
    """Print the best of several rounds of each, taken in turn, so that another process's work does not count."""
    counts = [max(1, int(SECONDS / (timeit(f, number=20) / 20))) for f in (ours, numpys)]
    rounds = [
        [timeit(f, number=n) / n * 1e9 for f, n in zip((ours, numpys), counts, strict=True)] for _ in range(ROUNDS)
    ]
    a, b = (min(times) for times in zip(*rounds, strict=True))
    print(f"{name:34} {a:9.0f} ns   NumPy {b:7.0f} ns   ratio {a / b:6.2f}   limit {limit:5.1f}")


def main() -> None:
    rng = np.random.default_rng(0)
    a, b = (rng.random((4, 4), np.float32) for _ in range(2))
    x, y = tf.constant(a), tf.constant(b)

    def hundred() -> None:
        with tf.GradientTape() as tape:
            tape.watch(x)
            for _ in range(100):
                x + y

    def product_and_sum() -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            z = tf.reduce_sum(x * y)
        return tape.gradient(z, x)

    compare("a + b", 2.0, lambda: x + y, lambda: np.add(a, b))
    compare("a @ b", 1.6, lambda: x @ y, lambda: np.matmul(a, b))
    compare("a + b recorded by a tape, x100", 4.5, hundred, lambda: [np.add(a, b) for _ in range(100)])
    compare("tape, product, sum, gradient", 40, product_and_sum, lambda: np.add(a, b))
    two_layer_net(rng)


def two_layer_net(rng: np.random.Generator) -> None:
    """The mean squared error of relu(x w1 + b1) w2 + b2, 32 rows of 64 numbers, and its gradient."""
    shapes = [(32, 64), (64, 64), (64,), (64, 1), (1,), (32, 1)]
    x, w1, b1, w2, b2, y = arrays = [rng.normal(size=shape).astype(np.float32) for shape in shapes]
    X, Y = tf.constant(x), tf.constant(y)
    parameters = [tf.Variable(p) for p in arrays[1:5]]

    def ours() -> Any:
        v1, c1, v2, c2 = parameters
        with tf.GradientTape() as tape:
            h = tf.nn.relu(X @ v1 + c1)
            loss = tf.reduce_mean(tf.square(h @ v2 + c2 - Y))
        return tape.gradient(loss, parameters)

    def by_hand() -> Any:
        h = np.maximum(x @ w1 + b1, 0)
        error = h @ w2 + b2 - y
        loss = np.mean(np.square(error))
        g = error * (2 / error.size)
        through = (g @ w2.T) * (h > 0)
        return loss, [x.T @ through, through.sum(0), h.T @ g, g.sum(0)]

    for got, want in zip(ours(), by_hand()[1], strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-4, atol=1e-4)
    compare("gradient of a two-layer net", 4.0, ours, by_hand)


if __name__ == "__main__":
    main()
