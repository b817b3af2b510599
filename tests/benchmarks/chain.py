"""Twelve elementwise operations on a million float32: run `python tests/benchmarks/chain.py`.

Prints the time of the chain in eagernb and in NumPy, and in PyTorch where it is installed, on all cores and on one.
Each operation makes an array of 4 MB; what counts is whether its memory comes fresh from the operating system, whether
it begins at a cache line, what handing a part to another core costs, and what of the last result is still in a core's
cache (see eagernb/core/all_cores.c; without a C compiler, Python's threads share the work, which takes 1.8 times as
long).
"""

import os
from collections.abc import Callable
from contextlib import suppress
from time import perf_counter
from typing import Any

import numpy as np

import eagernb as tf
from eagernb.core.large import all_cores


def chain(x: Any, y: Any, library: Any) -> Any:
    z = x + y
    z = z * x
    z = z - y
    z = library.maximum(z, x)
    z = z * z
    z = z + x
    z = library.abs(z)
    z = library.sqrt(z)
    z = z * y
    z = z - x
    z = library.minimum(z, y)
    return z + x


def milliseconds(function: Callable[[], Any], rounds: int = 50) -> tuple[float, float]:
    """The best and the median of several rounds."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        function()
        times.append((perf_counter() - start) * 1e3)
    times.sort()
    return times[0], times[rounds // 2]


def main() -> None:
    x, y = np.random.default_rng(0).random((2, 1_000_000), np.float32)
    print("eagernb's compiled part is " + ("used" if all_cores else "missing"))
    kinds = [("eagernb", tf, tf.constant, tf.config.threading.set_intra_op_parallelism_threads)]
    kinds.append(("NumPy", np, np.asarray, lambda threads: None))
    with suppress(ImportError):
        import torch

        kinds.append(("PyTorch", torch, torch.asarray, torch.set_num_threads))
    for threads in (os.cpu_count() or 1, 1):
        print(f"{threads} thread{'s' if threads > 1 else ''}")
        for name, library, convert, set_threads in kinds * 2:
            set_threads(threads)
            a, b = convert(x), convert(y)
            best, median = milliseconds(lambda a=a, b=b, library=library: chain(a, b, library))
            print(f"  {name:8} best {best:6.2f} ms   median {median:6.2f} ms")


if __name__ == "__main__":
    main()
