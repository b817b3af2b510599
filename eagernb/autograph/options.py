"""What is asked of a conversion: the whole tree of calls, and optional features."""

from __future__ import annotations

from functools import cache
from typing import Any

from malt.core.converter import ConversionOptions


def requested(features: Any = None, recursive: bool = True) -> ConversionOptions:
    """The options of a function that the user wants converted; ``features`` is a Feature, or several."""
    return _options(tuple(features) if isinstance(features, (list, set)) else features, recursive)


@cache
def _options(features: Any, recursive: bool) -> ConversionOptions:
    return ConversionOptions(recursive=recursive, user_requested=True, optional_features=features)
