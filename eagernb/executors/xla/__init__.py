"""XLA: the same graph, lowered through JAX and compiled for whatever devices JAX sees."""

from eagernb.executors.xla.executable import XlaExecutable

__all__ = ["XlaExecutable"]
