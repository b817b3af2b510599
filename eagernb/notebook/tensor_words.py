"""What a tensor is, in words: its shape and dtype, its elements or their range and spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eagernb.core.variant import VariantSpec
from eagernb.notebook.language import say
from eagernb.notebook.recording import RecordedTensor

if TYPE_CHECKING:
    from eagernb.core.spec import TensorSpec
    from eagernb.notebook.glance import Glance

_HEIGHTS = "▁▂▃▄▅▆▇█"


def type_text(value: RecordedTensor | TensorSpec) -> str:
    """Return shape and dtype as in 64×10 float32, a question mark for what is not known before running."""
    if isinstance(value, RecordedTensor):
        return value.type_text
    if isinstance(value, VariantSpec):
        return value.what
    if value.shape.rank is None:
        return say("any shape {dtype}", dtype=value.dtype.name)
    dims = "×".join("?" if dim is None else str(dim) for dim in value.dims)
    return f"{dims or say('scalar')} {value.dtype.name}"


def value_text(value: RecordedTensor) -> str:
    """Return the few elements of a small tensor, or the range and the mean of a larger one."""
    return range_text(value.glance) if value.glance is not None and value.has_range else value.preview


def range_text(look: Glance) -> str:
    """Return the range and the mean of what was looked at, and what is odd about it."""
    parts = [
        say("{low} to {high}", low=f"{look.low:.3g}", high=f"{look.high:.3g}"),
        say("mean {mean}", mean=f"{look.mean:.3g}"),
    ]
    if not look.bins:
        parts = []
    elif look.low == look.high:
        parts = [say("all {value}", value=f"{look.low:.3g}")]
    if look.odd:
        parts.insert(0, say("{n} NaN or infinite", n=f"{look.odd:,}"))
    if look.sampled:
        parts.insert(0, say("of {n} elements", n=f"{look.sampled:,}"))
    return say(", ").join(parts)


def spread_text(look: Glance | None) -> str:
    """Return a histogram in characters; empty where there is nothing to see.

    >>> from eagernb.notebook.glance import glance
    >>> import numpy as np
    >>> spread_text(glance(np.float32([1, 2, 2, 3, 3, 3, 3, 9])))
    '▃▅█▁▁▁▁▃'
    """
    most = max(look.bins, default=0) if look else 0
    if look is None or sum(look.bins) < 2:
        return ""
    # The lowest character is for an empty range: a single element is higher.
    return "".join(_HEIGHTS[-(-number * (len(_HEIGHTS) - 1) // most)] for number in look.bins)
