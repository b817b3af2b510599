"""tf.types: classes to annotate with, and to ask for with isinstance."""

from eagernb.types import experimental

__all__ = ["experimental"]


def __dir__() -> list[str]:
    return __all__
