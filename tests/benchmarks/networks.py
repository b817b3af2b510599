"""What a step of training costs, here and in TensorFlow: run `python tests/benchmarks/networks.py`.

Prints milliseconds of each library, and ours over theirs: of whole steps (forward, backward, update), and of
convolutions and pooling by themselves. Each library runs in a process of its own. TensorFlow is measured only where it
is installed, in this environment or in the one whose interpreter is named: `networks.py --peer other/bin/python`.

Times are the best of several rounds by the clock, with as many threads as each library takes. On a machine that is
busy otherwise, `--cpu` compares what the processor spends on one thread.

The floors to hold: neither the dense classifier nor the convolution of 28x28x1 images, forward and backward, is
slower than TensorFlow's.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROUNDS, CALLS = 15, 5
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")


def pieces(tf: Any) -> dict[str, Callable[[], Any]]:
    """What is measured, written once for every library with TensorFlow's names."""
    rng = np.random.default_rng(0)

    def random(*shape: int) -> Any:
        return tf.constant(rng.standard_normal(shape).astype(np.float32))

    def weights(*shapes: tuple[int, ...]) -> list[Any]:
        return [tf.Variable(0.1 * random(*shape)) for shape in shapes]

    def both_ways(function: Callable[..., Any], *inputs: Any) -> Callable[[], Any]:
        def step() -> Any:
            with tf.GradientTape() as tape:
                tape.watch(inputs)
                result = function(*inputs)
            return tape.gradient(result, inputs)

        return step

    def training(loss_of: Callable[[], Any], variables: list[Any]) -> Callable[[], None]:
        def step() -> None:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(loss_of())
            for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
                variable.assign_sub(0.01 * gradient)

        return step

    digits, classes = random(128, 784), tf.constant(np.eye(10, dtype=np.float32)[rng.integers(0, 10, 128)])
    w1, b1, w2, b2 = dense = weights((784, 256), (256,), (256, 10), (10,))

    def classifier() -> Any:
        logits = tf.nn.relu(digits @ w1 + b1) @ w2 + b2
        return tf.nn.softmax_cross_entropy_with_logits(classes, logits)

    images, labels = random(32, 28, 28, 1), tf.constant(rng.integers(0, 10, 32))
    f1, c1, f2, c2, w3, b3 = cnn = weights((3, 3, 1, 16), (16,), (3, 3, 16, 32), (32,), (7 * 7 * 32, 10), (10,))

    def network() -> Any:
        x = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(images, f1, 1, "SAME") + c1), 2, 2, "VALID")
        x = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(x, f2, 1, "SAME") + c2), 2, 2, "VALID")
        return tf.nn.sparse_softmax_cross_entropy_with_logits(labels, tf.reshape(x, [32, -1]) @ w3 + b3)

    def conv(x: Any, w: Any) -> Any:
        return tf.nn.conv2d(x, w, 1, "SAME")

    features, filters = random(32, 28, 28, 16), random(3, 3, 16, 32)
    first = random(3, 3, 1, 16)
    return {
        "dense classifier 784-256-10, batch 128: step": training(classifier, dense),
        "two convolutions and pooling, batch 32: step": training(network, cnn),
        "conv2d 3x3, 32x28x28, 1 to 16 channels": lambda: conv(images, first),
        "  and its gradients": both_ways(conv, images, first),
        "conv2d 3x3, 32x28x28, 16 to 32 channels": lambda: conv(features, filters),
        "  and its gradients ": both_ways(conv, features, filters),
        "depthwise 3x3, 32x28x28x16, both ways": both_ways(
            lambda x, w: tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], "SAME"), features, random(3, 3, 16, 1)
        ),
        "max_pool2d 2x2, 32x28x28x16, both ways": both_ways(lambda x: tf.nn.max_pool2d(x, 2, 2, "VALID"), features),
        "avg_pool2d 2x2, 32x28x28x16, both ways": both_ways(lambda x: tf.nn.avg_pool2d(x, 2, 2, "VALID"), features),
        "cross-entropy of 128 x 10000, both ways": both_ways(
            lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits(np.zeros(128, np.int32), x), random(128, 10_000)
        ),
    }


def measure(library: str, clock: Callable[[], float]) -> dict[str, float]:
    """Milliseconds of each piece; nothing where the library is not installed."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    sys.path.insert(0, str(Path(__file__).parents[2]))
    try:
        tf = __import__(library)
    except ImportError:
        return {}
    found = {}
    for name, piece in pieces(tf).items():
        piece()
        best = float("inf")
        for _ in range(ROUNDS):
            start = clock()
            for _ in range(CALLS):
                piece()
            best = min(best, clock() - start)
        found[name] = best / CALLS * 1e3
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--peer", default=sys.executable, help="the interpreter that has TensorFlow")
    parser.add_argument("--cpu", action="store_true", help="processor time on one thread")
    parser.add_argument("--measure", metavar="LIBRARY", help="measure this one here, and print JSON")
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure, time.process_time if options.cpu else time.perf_counter)))
        return
    times = []
    for library, interpreter in (("eagernb", sys.executable), ("tensorflow", options.peer)):
        command = [interpreter, __file__, "--measure", library, *(["--cpu"] if options.cpu else [])]
        environment = os.environ | (dict.fromkeys(THREADS, "1") if options.cpu else {})
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        times.append(json.loads(done.stdout.splitlines()[-1]))
    ours, theirs = times
    print(f"{'':48}{'eagernb':>10}{'TensorFlow':>12}{'ratio':>8}" if theirs else f"{'':48}{'eagernb':>10}")
    for name, mine in ours.items():
        print(f"{name:48}{mine:7.2f} ms" + (f"{theirs[name]:9.2f} ms{mine / theirs[name]:8.2f}" if theirs else ""))


if __name__ == "__main__":
    main()
