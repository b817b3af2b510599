"""What traced functions cost, here and in the peers: run `python tests/benchmarks/graph_speed.py`.

Prints microseconds of each library (the best and the median of many calls) and what the floors say. Each library runs
in a process of its own, one after the other on the same machine. JAX and TensorFlow are measured where they are
installed: in this environment, or in the ones whose interpreters are named: `--jax bin/python --tensorflow bin/python`.

The floors to hold, by the best calls, which a busy machine disturbs least:

- calling a function of one operation costs less than jax.jit's call;
- 500 operations on 4x4 take less time than in tf.function, and their first call less than a fifth of its time there,
  and less than jax.jit's;
- the gradient of a network of two layers takes at most 1.6 times as long as when it is written by hand in NumPy;
- a while_loop of 1,000 turns takes less time than in tf.function;
- 12 elementwise operations on 1 million float32 take less time than in tf.function, on 10 million at most half the
  time of eager calls, and at most half of their memory.
"""

import argparse
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

rng = np.random.default_rng(0)
SMALL = rng.random((2, 4, 4), np.float32)
SHAPES = ((32, 64), (32, 1), (64, 64), (64,), (64, 1), (1,))
NET = [rng.normal(size=shape).astype(np.float32) * np.float32(0.3) for shape in SHAPES]
LINE = rng.random((2, 1_000_000), np.float32)
LONG_LINE = rng.random((2, 10_000_000), np.float32)


def many(library: Any) -> Callable[[Any, Any], Any]:
    """500 operations."""

    def chain(x: Any, y: Any) -> Any:
        z = x
        for _ in range(125):
            z = library.maximum(z * y + x - y, y)
        return z

    return chain


def twelve(library: Any) -> Callable[[Any, Any], Any]:
    def chain(x: Any, y: Any) -> Any:
        z = library.maximum((x + y) * x - y, x)
        z = library.sqrt(library.abs(z * z + x)) * y - x
        return library.minimum(z, y) + x

    return chain


def loss(library: Any, product: Callable[[Any, Any], Any], mean: Callable[[Any], Any]) -> Callable[..., Any]:
    def of(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> Any:
        hidden = library.maximum(product(x, w1) + b1, 0.0)
        return mean(library.square(product(hidden, w2) + b2 - y))

    return of


def by_hand(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any) -> list[Any]:
    """The gradient of the loss, as one would write it in NumPy."""
    z = x @ w1 + b1
    hidden = np.maximum(z, 0)
    g = (hidden @ w2 + b2 - y) * np.float32(2 / len(x))
    g_hidden = (g @ w2.T) * (z > 0)
    return [x.T @ g_hidden, g_hidden.sum(0), hidden.T @ g, g.sum(0)]


def best_and_median(function: Callable[..., Any], *arguments: Any, rounds: int = 300) -> list[float]:
    function(*arguments)
    times = []
    for _ in range(rounds):
        start = perf_counter()
        function(*arguments)
        times.append((perf_counter() - start) * 1e6)
    times.sort()
    return [times[0], times[rounds // 2]]


def first_call(make: Callable[[], Callable[..., Any]], *arguments: Any) -> list[float]:
    """The first call of new functions, once another function has been traced."""
    times = []
    for _ in range(4):
        function = make()
        start = perf_counter()
        function(*arguments)
        times.append((perf_counter() - start) * 1e6)
    return [min(times[1:]), sorted(times[1:])[1]]


def peak(function: Callable[..., Any], *arguments: Any) -> float:
    """Megabytes that a call needs at most, results included."""
    tracemalloc.start()
    result = function(*arguments)
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    del result
    return most


def of_tensorflow(tf: Any) -> dict[str, Any]:
    def jit(function: Any) -> Any:
        return tf.function(function, autograph=False)

    def gradient(x: Any, y: Any, *weights: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(weights)
            value = loss(tf, tf.matmul, tf.reduce_mean)(x, y, *weights)
        return tape.gradient(value, weights)

    def loop(x: Any) -> Any:
        return tf.while_loop(lambda i, x: i < 1000, lambda i, x: (i + 1, x * 1.001 + 0.5), [tf.constant(0), x])

    small, net, line, long_line = ([tf.constant(a) for a in arrays] for arrays in (SMALL, NET, LINE, LONG_LINE))
    fused = jit(twelve(tf))
    found: dict[str, Any] = {
        "one operation": best_and_median(jit(lambda x: x + x), small[0], rounds=3000),
        "500 on 4x4": best_and_median(jit(many(tf)), *small),
        "500, first call": first_call(lambda: jit(many(tf)), *small),
        "gradient of two layers": best_and_median(jit(gradient), *net, rounds=1000),
        "while_loop of 1,000": best_and_median(jit(loop), tf.constant(1.0), rounds=50),
        "12 on 1 million": best_and_median(fused, *line, rounds=50),
        "12 on 10 million": best_and_median(fused, *long_line, rounds=10),
    }
    if tf.__name__ == "eagernb":
        found["12 on 10 million, eagerly"] = best_and_median(twelve(tf), *long_line, rounds=10)
    return found


def of_jax(jax: Any) -> dict[str, Any]:
    jnp = jax.numpy

    def done(function: Any) -> Any:
        return lambda *arguments: jax.block_until_ready(function(*arguments))

    def jit(function: Any) -> Any:
        return done(jax.jit(function))

    def loop(x: Any) -> Any:
        return jax.lax.while_loop(lambda v: v[0] < 1000, lambda v: (v[0] + 1, v[1] * 1.001 + 0.5), (0, x))

    gradient = jax.grad(loss(jnp, jnp.matmul, jnp.mean), argnums=(2, 3, 4, 5))
    small, net, line, long_line = ([jnp.asarray(a) for a in arrays] for arrays in (SMALL, NET, LINE, LONG_LINE))
    return {
        "one operation": best_and_median(jax.jit(lambda x: x + x), small[0], rounds=3000),
        "500 on 4x4": best_and_median(jit(many(jnp)), *small),
        "500, first call": first_call(lambda: jit(many(jnp)), *small),
        "gradient of two layers": best_and_median(jit(gradient), *net, rounds=1000),
        "while_loop of 1,000": best_and_median(jit(loop), jnp.float32(1.0), rounds=50),
        "12 on 1 million": best_and_median(jit(twelve(jnp)), *line, rounds=50),
        "12 on 10 million": best_and_median(jit(twelve(jnp)), *long_line, rounds=10),
    }


def of_numpy() -> dict[str, Any]:
    return {
        "500 on 4x4": best_and_median(many(np), *SMALL),
        "gradient of two layers": best_and_median(by_hand, *NET, rounds=1000),
        "12 on 1 million": best_and_median(twelve(np), *LINE, rounds=50),
        "12 on 10 million": best_and_median(twelve(np), *LONG_LINE, rounds=10),
    }


def measure(library: str) -> dict[str, Any]:
    if library == "numpy":
        return of_numpy()
    if library.startswith("memory"):
        import eagernb as tf

        chain = twelve(tf)
        inputs = [tf.constant(a) for a in LONG_LINE]
        if library == "memory of a graph":
            chain = tf.function(chain)
            chain.get_concrete_function(*inputs)
        return {"megabytes": peak(chain, *inputs)}
    if library == "jax":
        import jax

        return of_jax(jax)
    import importlib

    return of_tensorflow(importlib.import_module(library))


def in_a_process(library: str, python: str) -> dict[str, Any] | None:
    quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    run = subprocess.run([python, str(Path(__file__)), "--measure", library], capture_output=True, text=True, env=quiet)
    if run.returncode:
        reason = run.stderr.strip().splitlines()[-1:]
        print(f"{library} is left out: {' '.join(reason)}")
        return None
    return json.loads(run.stdout.splitlines()[-1])


def floors(found: dict[str, dict[str, Any]]) -> list[tuple[str, float, float]]:
    """Words, our share of what the floor allows, and what it allows."""
    ours, none = found["eagernb"], {}
    tensorflow, jax, numpy = (found.get(name, none) for name in ("tensorflow", "jax", "numpy"))
    wanted = [
        ("one operation", jax, 1.0, "jax.jit"),
        ("500 on 4x4", tensorflow, 1.0, "tf.function"),
        ("500, first call", tensorflow, 0.2, "tf.function"),
        ("500, first call", jax, 1.0, "jax.jit"),
        ("gradient of two layers", numpy, 1.6, "NumPy by hand"),
        ("while_loop of 1,000", tensorflow, 1.0, "tf.function"),
        ("12 on 1 million", tensorflow, 1.0, "tf.function"),
    ]
    rows = [(f"{name}, by {whose}", ours[name][0] / peer[name][0], most) for name, peer, most, whose in wanted if peer]
    eagerly = ours["12 on 10 million"][0] / ours["12 on 10 million, eagerly"][0]
    rows.append(("12 on 10 million, by eager calls", eagerly, 0.5))
    of_graph, of_calls = (found[f"memory {how}"]["megabytes"] for how in ("of a graph", "of eager calls"))
    rows.append(("12 on 10 million, memory by eager calls", of_graph / of_calls, 0.5))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="What traced functions cost, here and in the peers.")
    parser.add_argument("--measure", help="print what one library takes, as JSON")
    parser.add_argument("--jax", default=sys.executable, help="the interpreter of an environment with JAX")
    parser.add_argument("--tensorflow", default=sys.executable, help="the interpreter of one with TensorFlow")
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.measure)))
        return
    here = sys.executable
    pythons = {"eagernb": here, "numpy": here, "jax": options.jax, "tensorflow": options.tensorflow}
    found = {name: result for name, python in pythons.items() if (result := in_a_process(name, python))}
    print(f"{'best and median, µs':28}" + "".join(f"{name:>22}" for name in found))
    for name in found["eagernb"]:
        cells = [f"{r[name][0]:11.1f}{r[name][1]:11.1f}" if name in r else " " * 22 for r in found.values()]
        print(f"{name:28}{''.join(cells)}")
    for name in ("memory of a graph", "memory of eager calls"):
        found[name] = in_a_process(name, here) or {}
        print(f"{name}: {found[name]['megabytes']:.1f} MB at most")
    for words, share, most in floors(found):
        print(f"{'holds' if share <= most else 'FAILS'}  {words}: {share:.2f} of {most:g}")


if __name__ == "__main__":
    main()
