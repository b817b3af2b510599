"""Settings of all tests, the examples in docstrings among them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import eagernb as tf


@pytest.fixture(autouse=True)
def _no_seed_is_left() -> Iterator[None]:
    """An example that sets the global seed does not change what the next one draws."""
    yield
    tf.random.set_seed(None)
