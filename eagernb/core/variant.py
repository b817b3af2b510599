"""Variant: a Python value that goes through a graph as a tensor of shape () does, such as a stack or a list of tensors.

It looks like a 0-d array to executors, which pass it on as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.dtypes import variant
from eagernb.core.spec import TensorSpec


class Variant:
    """Base of the values of dtype ``variant``; they never change.

    Sums of gradients and gradients that nothing arrived at are made by ``plus`` and ``zeros``.
    """

    __slots__ = ()

    what = "variant"  # in a word, as pictures and graphs show it
    dtype = variant.numpy
    shape: tuple[int, ...] = ()
    ndim = 0
    size = 1
    nbytes = 0

    def plus(self, other: Any) -> Variant:
        """The sum with another value that was made alike."""
        raise NotImplementedError

    def zeros(self) -> Variant:
        """A value made alike, of zeros."""
        raise NotImplementedError

    def __getitem__(self, index: tuple[()]) -> Variant:
        """What a 0-d array gives: its only element."""
        return self


class Handle(Variant):
    """Base of variants that gradients do not flow through, such as datasets: it stands for its gradient itself."""

    __slots__ = ()

    def plus(self, other: Any) -> Variant:
        return self

    def zeros(self) -> Variant:
        return self


class VariantSpec(TensorSpec):
    """The spec of variants of which it is known what they are: datasets, for example."""

    __slots__ = ("what",)

    def __init__(self, what: str) -> None:
        super().__init__([], variant)
        self.what = what

    @property
    def brief(self) -> str:
        return self.what


def plus(x: Any, y: Any) -> Any:
    """The sum of two arrays, or of two variants."""
    return x.plus(y) if isinstance(x, Variant) else np.add(x, y)


def zeros_like(x: Any) -> Any:
    """Zeros in the form of an array, or of a variant."""
    return x.zeros() if isinstance(x, Variant) else np.zeros(x.shape, x.dtype)
