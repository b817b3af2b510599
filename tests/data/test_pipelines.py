"""Random pipelines of transformations, against the same done to Python lists."""

from __future__ import annotations

from itertools import islice

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import eagernb as tf

Dataset = tf.data.Dataset
small = st.integers(1, 5)


def chunks(rows, size, drop):
    found = [rows[i : i + size] for i in range(0, len(rows), size)]
    return [chunk for chunk in found if len(chunk) == size or not drop]


def windows(rows, size, shift, stride, drop):
    found = []
    for start in range(0, len(rows), shift):
        window = rows[start : start + (size - 1) * stride + 1 : stride]
        if len(window) == size or not drop:
            found.append(window)
    return found


def interleaved(rows, cycle, block):
    """Of each row n the dataset n, n + 1, ..., of n % 3 elements; ``cycle`` of them are open at a time."""
    waiting = [list(range(n, n + n % 3)) for n in rows]
    found, places, at = [], [None] * cycle, 0
    while waiting or any(place is not None for place in places):
        while places[at] is None and waiting:
            places[at] = waiting.pop(0)
        if places[at] is not None:
            taken, places[at] = places[at][:block], places[at][block:]
            found += taken
            if len(taken) < block:  # its end was seen
                places[at] = None
        at = (at + 1) % cycle
    return found


# What each step does to a dataset of scalars, and to the list of its elements.
STEPS = {
    "map": (lambda d, n, flag: d.map(lambda x: x * n + 1), lambda r, n, flag: [x * n + 1 for x in r]),
    "filter": (lambda d, n, flag: d.filter(lambda x: x % n == 0), lambda r, n, flag: [x for x in r if x % n == 0]),
    "take": (lambda d, n, flag: d.take(n), lambda r, n, flag: r[:n]),
    "skip": (lambda d, n, flag: d.skip(n), lambda r, n, flag: r[n:]),
    "repeat": (lambda d, n, flag: d.repeat(n), lambda r, n, flag: r * n),
    "repeat_take": (
        lambda d, n, flag: d.repeat().take(2 * n),
        lambda r, n, flag: list(islice((x for _ in range(2 * n) for x in r), 2 * n)),
    ),
    "concatenate": (lambda d, n, flag: d.concatenate(Dataset.range(n)), lambda r, n, flag: r + list(range(n))),
    "cache": (lambda d, n, flag: d.cache(), lambda r, n, flag: r),
    "shuffle_one": (lambda d, n, flag: d.shuffle(1), lambda r, n, flag: r),
    "shard": (lambda d, n, flag: d.shard(n, n - 1), lambda r, n, flag: r[n - 1 :: n]),
    "unique": (lambda d, n, flag: d.unique(), lambda r, n, flag: list(dict.fromkeys(r))),
    "take_while": (
        lambda d, n, flag: d.take_while(lambda x: x < 3 * n),
        lambda r, n, flag: r[: next((i for i, x in enumerate(r) if x >= 3 * n), len(r))],
    ),
    "scan": (
        lambda d, n, flag: d.scan(np.int64(n), lambda total, x: (total + x, total)),
        lambda r, n, flag: [n + sum(r[:i]) for i in range(len(r))],
    ),
    "enumerate": (
        lambda d, n, flag: d.enumerate(n).map(lambda i, x: i * 2 + x),
        lambda r, n, flag: [(i + n) * 2 + x for i, x in enumerate(r)],
    ),
    "batch": (
        lambda d, n, flag: d.batch(n, flag).map(tf.reduce_sum),
        lambda r, n, flag: [sum(chunk) for chunk in chunks(r, n, flag)],
    ),
    "batch_unbatch": (
        lambda d, n, flag: d.batch(n, flag).unbatch(),
        lambda r, n, flag: [x for chunk in chunks(r, n, flag) for x in chunk],
    ),
    "rebatch": (
        lambda d, n, flag: d.batch(3).rebatch(n).map(lambda x: x[-1]),
        lambda r, n, flag: [chunk[-1] for chunk in chunks(r, n, False)],
    ),
    "window": (
        lambda d, n, flag: d.window(3, n, 2, flag).flat_map(lambda w: w.batch(3)).map(tf.reduce_sum),
        lambda r, n, flag: [sum(window) for window in windows(r, 3, n, 2, flag)],
    ),
    "flat_map": (
        lambda d, n, flag: d.flat_map(lambda x: Dataset.range(x % n)),
        lambda r, n, flag: [y for x in r for y in range(x % n)],
    ),
    "interleave": (
        lambda d, n, flag: d.interleave(lambda x: Dataset.range(x, x + x % 3), n, 2 if flag else 1),
        lambda r, n, flag: interleaved(r, n, 2 if flag else 1),
    ),
}


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 12), st.lists(st.tuples(st.sampled_from(sorted(STEPS)), small, st.booleans()), max_size=5))
def test_random_pipelines_do_what_the_same_on_lists_does(length, steps):
    dataset, rows = Dataset.range(length), list(range(length))
    is_known = True
    for name, n, flag in steps:
        is_known &= bool(rows) or name != "repeat_take"  # repeated without end, it counts as infinite
        on_dataset, on_list = STEPS[name]
        dataset, rows = on_dataset(dataset, n, flag), on_list(rows, n, flag)[:40]
        dataset = dataset.take(40)

    @tf.function
    def traced(dataset):
        log = tf.TensorArray(tf.int64, 0, dynamic_size=True)
        for i, x in enumerate(dataset):
            log = log.write(tf.cast(i, tf.int32), x)
        return log.stack()

    assert [int(x) for x in dataset] == rows
    assert [int(x) for x in dataset] == rows  # a second time
    assert traced(dataset).numpy().tolist() == rows
    cardinality = int(dataset.cardinality())
    assert not is_known or cardinality in (len(rows), tf.data.UNKNOWN_CARDINALITY)
