"""What an operation costs over NumPy's: run `python tests/benchmarks/dispatch.py`.

Prints ratios of times taken in this one process on 4x4 float32 matrices, where the overhead is nearly all there is:
`a + b` and `a @ b`, eagerly and under a tape, against np.add and the NumPy operator; and a tape with its gradient
against the same arithmetic written out in NumPy. The floor to hold: `a + b` eagerly at most 2.0.
"""

from collections.abc import Callable
from timeit import repeat
from typing import Any

import numpy as np

import eagernb as tf

ROUNDS, NUMBER = 9, 20_000


def nanoseconds(call: Callable[[], Any]) -> float:
    """The best of several rounds, so that another process's work does not count."""
    return min(repeat(call, number=NUMBER, repeat=ROUNDS)) / NUMBER * 1e9


def main() -> None:
    rng = np.random.default_rng(0)
    a, b = (rng.random((4, 4), np.float32) for _ in range(2))
    x, y = tf.constant(a), tf.constant(b)
    add, matmul = nanoseconds(lambda: np.add(a, b)), nanoseconds(lambda: a @ b)

    def gradient() -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            z = x * y + y
        return tape.gradient(z, x)

    # The same by hand: the product, the sum, ones, and their product with b.
    by_hand = nanoseconds(lambda: (a * b + b, np.ones((4, 4), np.float32) * b))
    rows = [
        ("a + b", nanoseconds(lambda: x + y), add),
        ("a @ b", nanoseconds(lambda: x @ y), matmul),
    ]
    with tf.GradientTape(persistent=True) as tape:
        rows.append(("a + b under a tape, not watched", nanoseconds(lambda: x + y), add))
        tape.watch(x)
        rows.append(("a + b under a tape, recorded", nanoseconds(lambda: x + y), add))
        tape.reset()
    rows.append(("a * b + b, tape and gradient", nanoseconds(gradient), by_hand))
    for name, ours, numpys in rows:
        print(f"{name:34} {ours:8.0f} ns   NumPy {numpys:6.0f} ns   ratio {ours / numpys:6.2f}")


if __name__ == "__main__":
    main()
