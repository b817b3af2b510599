"""Where the random numbers of a dataset come from, each time that it is read."""

from __future__ import annotations

from collections.abc import Iterator

from eagernb.ops.philox import from_two_seeds
from eagernb.ops.random_seeds import two_seeds


class ReadingSeeds:
    """The two seeds of each reading: always the same, or (``again``) the next words of one sequence."""

    def __init__(self, seed: int | None, again: bool) -> None:
        self._fixed = two_seeds(seed)
        self._words = from_two_seeds(*self._fixed).each_word() if again else None

    def words(self) -> Iterator[int]:
        """The random words, of 32 bits each, for one more reading."""
        seeds = self._fixed if self._words is None else (next(self._words), next(self._words))
        return from_two_seeds(*seeds).each_word()
