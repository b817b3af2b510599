"""tf.autograph.experimental: what to convert, and how."""

from eagernb.autograph.convert import do_not_convert
from eagernb.autograph.directives import set_loop_options
from eagernb.core.lazy_import import lazy_import

# diastatic-malt takes a moment to load.
_LAZY = {"Feature": "malt.core.converter"}

__all__ = ["do_not_convert", "set_loop_options", *_LAZY]

__getattr__ = lazy_import(__name__, _LAZY)


def __dir__() -> list[str]:
    return __all__
