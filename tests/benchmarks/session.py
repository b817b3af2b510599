"""A training step of TensorFlow 1's kind against a traced function's: run `python tests/benchmarks/session.py`.

Prints the time of `Session.run([train, loss], feed_dict)`, of the same step as a `tf.function`, and their ratio. The
floor to hold: the session costs less than twice the function.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

import eagernb as tf

v1 = tf.compat.v1
random = np.random.default_rng(0)
X, Y = (random.standard_normal(shape, np.float32) for shape in ((32, 64), (32, 1)))
WEIGHTS = [0.1 * random.standard_normal(shape, np.float32) for shape in ((64, 64), (64,), (64, 1), (1,))]


def loss_of(x: Any, y: Any, weights: list[Any]) -> Any:
    w1, b1, w2, b2 = weights
    return tf.reduce_mean(tf.square(tf.matmul(tf.nn.relu(tf.matmul(x, w1) + b1), w2) + b2 - y))


def session_step() -> Callable[[], Any]:
    with tf.Graph().as_default():
        x, y = (v1.placeholder(tf.float32, [None, size]) for size in (64, 1))
        loss = loss_of(x, y, [tf.Variable(weight) for weight in WEIGHTS])
        train = v1.train.GradientDescentOptimizer(0.01).minimize(loss)
        session = v1.Session()
        session.run(v1.global_variables_initializer())
    return lambda: session.run([train, loss], {x: X, y: Y})


def function_step() -> Callable[[], Any]:
    weights = [tf.Variable(weight) for weight in WEIGHTS]

    @tf.function
    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = loss_of(x, y, weights)
        for weight, gradient in zip(weights, tape.gradient(loss, weights), strict=True):
            weight.assign_sub(0.01 * gradient)
        return loss

    x, y = tf.constant(X), tf.constant(Y)
    return lambda: step(x, y).numpy()


def microseconds(function: Callable[[], Any], rounds: int = 20, calls: int = 200) -> float:
    """The best of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        for _ in range(calls):
            function()
        best = min(best, (perf_counter() - start) / calls * 1e6)
    return best


if __name__ == "__main__":
    session, function = microseconds(session_step()), microseconds(function_step())
    print(f"session {session:.1f} us, function {function:.1f} us, ratio {session / function:.2f}")
