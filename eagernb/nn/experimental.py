"""tf.nn.experimental: dropout by random numbers of one's own."""

from __future__ import annotations

from eagernb.ops.dropout import general_dropout, stateless_dropout

__all__ = ["general_dropout", "stateless_dropout"]


def __dir__() -> list[str]:
    return __all__
