"""tf.random: random tensors and their seed."""

from __future__ import annotations

from eagernb.ops.random import normal, set_seed, shuffle, truncated_normal, uniform

__all__ = ["normal", "set_seed", "shuffle", "truncated_normal", "uniform"]
