"""tf.autograph.experimental: what to convert, and how."""

from typing import Any

from eagernb.autograph.convert import do_not_convert
from eagernb.autograph.directives import set_loop_options

__all__ = ["Feature", "do_not_convert", "set_loop_options"]  # noqa: F822  (Feature is below)


def __getattr__(name: str) -> Any:
    if name == "Feature":  # only now: diastatic-malt takes a moment to load
        from malt.core.converter import Feature

        return Feature
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
