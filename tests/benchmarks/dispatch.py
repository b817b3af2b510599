"""What an operation costs over NumPy's: run `python tests/benchmarks/dispatch.py`.

Prints ratios of times taken in this one process on 4x4 float32 matrices, where the overhead is nearly all there is:
`a + b` and `a @ b`, eagerly and under a tape, against np.add and the NumPy operator; and a tape with its gradient
against the same arithmetic written out in NumPy. The floor to hold: `a + b` eagerly at most 2.0.
"""

from collections.abc import Callable
from timeit import timeit
from typing import Any

import numpy as np

import eagernb as tf

ROUNDS, NUMBER = 9, 2_000


def compare(name: str, ours: Callable[[], Any], numpys: Callable[[], Any]) -> None:
    """Print the best of several rounds of each, taken in turn, so that another process's work does not count."""
    rounds = [(timeit(ours, number=NUMBER), timeit(numpys, number=NUMBER)) for _ in range(ROUNDS)]
    a, b = (min(times) / NUMBER * 1e9 for times in zip(*rounds, strict=True))
    print(f"{name:34} {a:8.0f} ns   NumPy {b:6.0f} ns   ratio {a / b:6.2f}")


def main() -> None:
    rng = np.random.default_rng(0)
    a, b = (rng.random((4, 4), np.float32) for _ in range(2))
    x, y = tf.constant(a), tf.constant(b)

    def record() -> None:
        with tf.GradientTape() as tape:
            tape.watch(x)
            for _ in range(100):
                x + y

    def differentiate() -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            z = x * y + y
        return tape.gradient(z, x)

    def by_hand() -> Any:
        return a * b + b, np.ones((4, 4), np.float32) * b

    compare("a + b", lambda: x + y, lambda: np.add(a, b))
    compare("a @ b", lambda: x @ y, lambda: a @ b)
    with tf.GradientTape():
        compare("a + b under a tape, not watched", lambda: x + y, lambda: np.add(a, b))
    compare("a + b under a tape, recorded, x100", record, lambda: [np.add(a, b) for _ in range(100)])
    compare("a * b + b, tape and gradient", differentiate, by_hand)


if __name__ == "__main__":
    main()
