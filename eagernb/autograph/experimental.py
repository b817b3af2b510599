"""tf.autograph.experimental: what to convert, and how."""

from eagernb.autograph.convert import do_not_convert
from eagernb.autograph.directives import set_loop_options
from eagernb.core.late_names import late_names

# diastatic-malt takes a moment to load.
_LATE = {"Feature": "malt.core.converter"}

__all__ = ["do_not_convert", "set_loop_options", *_LATE]

__getattr__ = late_names(__name__, _LATE)


def __dir__() -> list[str]:
    return __all__
