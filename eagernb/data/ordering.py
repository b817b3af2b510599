"""Transformations that read the elements in another order, again, or ahead: shuffle, repeat, cache, prefetch."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import count as counting
from typing import Any

from eagernb.data.dataset import Dataset, made, method, number
from eagernb.data.options import Options
from eagernb.data.pipeline import INFINITE, UNKNOWN, Element, Pipeline, Sized, transformation
from eagernb.data.seeds import ReadingSeeds
from eagernb.errors import InvalidArgumentError


@transformation("_ShuffleDataset")
class Shuffle(Sized):
    def __init__(self, source: Pipeline, buffer_size: Any, seed: int | None, again: bool) -> None:
        self.source, self._size = source, int(buffer_size)
        if self._size < 1 and self._size != UNKNOWN:
            raise InvalidArgumentError(
                f"shuffle: buffer_size must be greater than zero or UNKNOWN_CARDINALITY, not {self._size}."
            )
        self._seeds = ReadingSeeds(seed, again)

    def elements(self) -> Iterator[Element]:
        """Fill a buffer; an element is drawn from it, and the next one that is read is put behind the others.

        As in TensorFlow the buffer is a ring: the first element in it moves to where the drawn one was.
        """
        words = self._seeds.words()
        buffer: deque[Element] = deque()

        def drawn() -> Element:
            i = next(words) % len(buffer)
            buffer[0], buffer[i] = buffer[i], buffer[0]
            return buffer.popleft()

        for element in self.source.elements():
            buffer.append(element)
            if len(buffer) == self._size:
                yield drawn()
        while buffer:
            yield drawn()


@transformation("_RepeatDataset")
class Repeat(Pipeline):
    def __init__(self, source: Pipeline, count: Any) -> None:
        self.source, self._count = source, int(count)

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        if self._count == 0 or n == 0:
            return 0
        if self._count < 0:
            return INFINITE
        return n if n < 0 else n * self._count

    def elements(self) -> Iterator[Element]:
        for _ in counting() if self._count < 0 else range(self._count):
            empty = True
            for element in self.source.elements():
                empty = False
                yield element
            if empty:
                return


@transformation("CacheDataset")
class Cache(Sized):
    def __init__(self, source: Pipeline) -> None:
        self.source = source
        self._kept: list[Element] | None = None  # once it was read to its end

    def elements(self) -> Iterator[Element]:
        if self._kept is not None:
            yield from self._kept
            return
        read = []
        for element in self.source.elements():
            read.append(element)
            yield element
        self._kept = read


@transformation("_PrefetchDataset")
class Prefetch(Sized):
    """Passes the elements on: they are computed by the thread that asks for them."""

    def __init__(self, source: Pipeline, buffer_size: Any) -> None:
        self.source = source
        if buffer_size < -1:
            raise InvalidArgumentError("prefetch: buffer_size must be >= 0, or -1 for auto-tuning.")

    def elements(self) -> Iterator[Element]:
        return self.source.elements()


@transformation("_OptionsDataset")
class WithOptions(Sized):
    def __init__(self, source: Pipeline) -> None:
        self.source = source

    def elements(self) -> Iterator[Element]:
        return self.source.elements()


@method
def shuffle(
    self: Dataset, buffer_size: Any, seed: int | None = None, reshuffle_each_iteration: bool | None = True,
    name: str | None = None,
) -> Dataset:  # fmt: skip
    """The elements in random order: each is drawn from a buffer of ``buffer_size`` elements that is refilled.

    Only a buffer as large as the dataset (UNKNOWN_CARDINALITY: as large as is needed) makes all orders possible. Each
    reading has an order of its own, unless ``reshuffle_each_iteration`` is False. With a ``seed``, or after
    tf.random.set_seed, programs that run twice give the same orders: TensorFlow's.

    Raises InvalidArgumentError for a size below 1.

    >>> import eagernb as tf
    >>> sorted(int(x) for x in tf.data.Dataset.range(4).shuffle(4))
    [0, 1, 2, 3]
    """
    again = reshuffle_each_iteration is not False
    return made(Shuffle, [self, number(buffer_size)], self.element_spec, seed=seed, again=again)


@method
def repeat(self: Dataset, count: Any = None, name: str | None = None) -> Dataset:
    """The elements ``count`` times; without end for None or -1.

    >>> import eagernb as tf
    >>> list(tf.data.Dataset.range(2).repeat(2).as_numpy_iterator())
    [np.int64(0), np.int64(1), np.int64(0), np.int64(1)]
    """
    return made(Repeat, [self, number(-1 if count is None else count)], self.element_spec)


@method
def cache(self: Dataset, filename: Any = "", name: str | None = None) -> Dataset:
    """The same elements, kept in memory once they have been read to the end; only the first reading computes them.

    Raises NotImplementedError for a file name.

    >>> import eagernb as tf
    >>> dataset = tf.data.Dataset.range(3).cache()
    >>> list(dataset.as_numpy_iterator()) == list(dataset.as_numpy_iterator())
    True
    """
    if filename != "":
        raise NotImplementedError("Dataset.cache keeps elements in memory; leave the file name out.")
    return made(Cache, [self], self.element_spec)


@method
def prefetch(self: Dataset, buffer_size: Any, name: str | None = None) -> Dataset:
    """The same elements. TensorFlow would compute them ahead; here they are computed when they are asked for.

    Raises InvalidArgumentError for a size below -1 (AUTOTUNE).

    >>> import eagernb as tf
    >>> list(map(int, tf.data.Dataset.range(3).prefetch(tf.data.AUTOTUNE)))
    [0, 1, 2]
    """
    return made(Prefetch, [self, number(buffer_size)], self.element_spec)


@method
def with_options(self: Dataset, options: Options, name: str | None = None) -> Dataset:
    """The same elements, with further options set; see Options.

    >>> import eagernb as tf
    >>> options = tf.data.Options()
    >>> options.deterministic = True
    >>> tf.data.Dataset.range(3).with_options(options).options().deterministic
    True
    """
    merged = self.options().merge(options)
    result = made(WithOptions, [self], self.element_spec)
    result._options = merged
    return result
