"""Where random sequences begin, by TensorFlow's rules: every operation that draws has two seeds.

The first is the global one, of ``set_seed``. The second is the operation's own ``seed``; without one,

- an operation that runs at once gets the next number of a sequence that the global seed starts,
- an operation in a graph gets its number among those of the graph: 0, 1, 2, ...

With both seeds, where a sequence begins is known, and what is drawn from it goes on from there: an operation in a graph
each time that it runs, and one that runs at once where one of its kind with the same two seeds has stopped.
``set_seed`` begins all of them again; the global seed of a graph stays what it was when the graph was traced.

>>> import eagernb as tf
>>> tf.random.set_seed(1)
>>> tf.random.uniform([]).numpy(), tf.random.uniform([]).numpy()
(np.float32(0.16513085), np.float32(0.51010704))
>>> draw = tf.function(lambda: tf.random.uniform([]))
>>> draw().numpy(), draw().numpy()
(np.float32(0.81269646), np.float32(0.5272893))
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from weakref import WeakKeyDictionary

from eagernb.core.dispatch import active_handlers
from eagernb.ops.philox import Philox, from_two_seeds

# TensorFlow's seed for operations that have one of their own while set_seed was not called.
_DEFAULT_GLOBAL_SEED = 87654321
_LARGEST = 2**31 - 1

Seeds = tuple[int, int] | None  # None: where a sequence begins cannot be foreseen


class Stream:
    """The random sequence of one operation."""

    def __init__(self, seeds: Seeds) -> None:
        self.seeds = seeds

    def take(self, blocks: int) -> Philox:
        """The place from which to take so many blocks; the next ones are taken behind them."""
        places = _places.get()
        place = places.get(self)
        if place is None:
            place = _unforeseen() if self.seeds is None else from_two_seeds(*self.seeds)
        places[self] = place.skip(blocks)
        return place

    def again(self) -> Stream:
        """Another one that begins where this one began."""
        return Stream(self.seeds)

    def __repr__(self) -> str:
        return "any" if self.seeds is None else str(self.seeds)


def _unforeseen() -> Philox:
    return Philox(0, int.from_bytes(os.urandom(8), "little"))


# How far each stream was drawn from: of the program, or of a session of TensorFlow 1.
Places = MutableMapping[Stream, Philox]
_of_program: Places = WeakKeyDictionary()
_places: ContextVar[Places] = ContextVar("eagernb_random_places", default=_of_program)


@contextmanager
def places_of_session(places: Places) -> Iterator[None]:
    """A context in which operations go on from where they stopped in one session."""
    token = _places.set(places)
    try:
        yield
    finally:
        _places.reset(token)


class _Eager:
    """The global seed, and the streams of operations that run at once."""

    def __init__(self) -> None:
        self.set(None)

    def set(self, seed: int | None) -> None:
        self.seed = seed
        self.streams: dict[Any, Stream] = {}
        self.kept: dict[Any, Any] = {}
        self.own_seeds: Any = None  # random.Random, which gives the operations their own seeds
        if seed is not None:
            import random

            self.own_seeds = random.Random(seed)

    def take(self, own_seed: int | None, kind: Any, blocks: int) -> Philox:
        seeds = self.next_seeds(own_seed)
        if seeds is not None and own_seed is None:
            return from_two_seeds(*seeds)  # nobody else has this seed: nothing to remember
        stream = self.streams.get((kind, own_seed))
        if stream is None:
            stream = self.streams[kind, own_seed] = Stream(seeds)
        return stream.take(blocks)

    def next_seeds(self, own_seed: int | None) -> Seeds:
        if self.seed is not None and own_seed is None:
            own_seed = self.own_seeds.randint(0, _LARGEST)
        return _seeds(self.seed, own_seed)


_eager = _Eager()


def _pair(seed: int, own_seed: int) -> tuple[int, int]:
    seeds = seed % _LARGEST, own_seed % _LARGEST
    return (0, _LARGEST) if seeds == (0, 0) else seeds


def _seeds(seed: int | None, own_seed: int | None) -> Seeds:
    if own_seed is None:
        return None
    return _pair(_DEFAULT_GLOBAL_SEED if seed is None else seed, own_seed)


class GraphSeeds:
    """Gives the operations of one graph their streams. ``seed`` is the graph's global seed."""

    def __init__(self, seed: int | None) -> None:
        self.seed = seed
        self._count = 0

    def stream(self, own_seed: int | None) -> Stream:
        """The stream of the graph's next operation."""
        if self.seed is not None and own_seed is None:
            own_seed = self._count
            self._count += 1
        return Stream(_seeds(self.seed, own_seed))

    def inside(self) -> GraphSeeds:
        """Those of a graph inside of this one."""
        return GraphSeeds(self.seed)


def graph_seeds() -> GraphSeeds | None:
    """Those of the graph that is being traced; None where operations run at once, or draw as if they did."""
    for handler in active_handlers():
        if handler.random_seeds is not None:
            return handler.random_seeds
    return None


def seeds_of_new_graph() -> GraphSeeds:
    """Those of a function's graph that is traced here: of the graph around, or with the global seed of this moment."""
    around = graph_seeds()
    return GraphSeeds(_eager.seed) if around is None else around.inside()


def seed_of_operation(own_seed: int | None) -> Any:
    """What an operation with this seed of its own (or none) draws by: a Stream in a graph, else the seed itself."""
    around = graph_seeds()
    return own_seed if around is None else around.stream(own_seed)


def take(seed: Any, kind: Any, blocks: int) -> Philox:
    """The place from which an operation takes so many blocks: of its Stream, or of that of its kind and seed."""
    return seed.take(blocks) if isinstance(seed, Stream) else _eager.take(seed, kind, blocks)


def kept_by_operation(kind: Any, own_seed: int | None, make: Callable[[], Any]) -> Any:
    """What eager operations of one kind and seed keep from call to call, until ``set_seed``: made at the first.

    Where the global seed gives each of them a seed of its own, nothing is kept.
    """
    if _eager.seed is not None and own_seed is None:
        return make()
    return _eager.kept.setdefault((kind, own_seed), make())


def two_seeds(own_seed: int | None) -> tuple[int, int]:
    """The two seeds of something that keeps a sequence of its own, as datasets do; any, where none is set."""
    around = graph_seeds()
    seeds = _eager.next_seeds(own_seed) if around is None else around.stream(own_seed).seeds
    return (_unforeseen().key, 0) if seeds is None else seeds


def set_seed(seed: int | None) -> None:
    """Start all random sequences anew, from this seed; None: from one that cannot be foreseen.

    Each operation has a sequence of its own, by this seed and its own ``seed``, or by how many have drawn before it;
    one in a graph, by its place in the graph.

    >>> import eagernb as tf
    >>> set_seed(1)
    >>> first = tf.random.uniform([2])
    >>> set_seed(1)
    >>> bool(tf.reduce_all(tf.random.uniform([2]) == first))
    True
    """
    _eager.set(None if seed is None else int(seed))
    _of_program.clear()


def get_state() -> tuple[Any, ...]:
    """Where all random sequences are now, for ``set_state``."""
    own_seeds = _eager.own_seeds
    return _eager.seed, own_seeds and own_seeds.getstate(), dict(_eager.streams), dict(_of_program)


def set_state(state: tuple[Any, ...]) -> None:
    """Go back to where the random sequences were: the same calls give the same numbers again."""
    seed, own_seeds, streams, places = state
    _eager.set(seed)
    if own_seeds:
        _eager.own_seeds.setstate(own_seeds)
    _eager.streams = dict(streams)
    _of_program.clear()
    _of_program.update(places)
