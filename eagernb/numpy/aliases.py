"""Which function of this namespace answers for which of NumPy's.

Most have the standard's name in NumPy too, and differ in which arguments may be given by position: NumPy's own
signature tells which is which. Those that differ in more are in adapters.py.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

import eagernb.numpy as xp
from eagernb.core.apply import apply
from eagernb.core.op import Op, all_ops
from eagernb.numpy.array import gives_tensors

IMPLEMENTATIONS: dict[Callable[..., Any], Callable[..., Any]] = {}


def _elementwise(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*inputs: Any, **kwargs: Any) -> Any:
        return NotImplemented if kwargs else function(*inputs)  # no out=, where=, dtype=

    return call


def _of_kernel(op: Op) -> Callable[..., Any]:
    return _elementwise(lambda *inputs: apply(op, inputs))


_signature = cache(inspect.signature)


def _translated(theirs: Callable[..., Any], ours: Callable[..., Any]) -> Callable[..., Any]:
    """Our function, called as NumPy's is; NotImplemented where an argument is given that ours does not have."""
    parameters = inspect.signature(ours).parameters.values()
    by_position = [p.name for p in parameters if p.kind is p.POSITIONAL_ONLY]
    by_name = {p.name for p in parameters if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)}

    def call(*args: Any, **kwargs: Any) -> Any:
        signature = _signature(theirs)
        given = signature.bind(*args, **kwargs).arguments
        names = iter(list(given))
        positional = [given.pop(name) for name, _ in zip(names, by_position, strict=False)]
        named = {name: value for name, value in given.items() if not _is_default(value, signature.parameters[name])}
        if len(positional) < len(by_position) or not named.keys() <= by_name:
            return NotImplemented
        return ours(*positional, **named)

    return call


def _asks_its_arguments(function: Any) -> bool:
    """Whether a function of NumPy has the protocol."""
    return callable(function) and hasattr(function, "__wrapped__")


def _is_default(value: Any, parameter: inspect.Parameter) -> bool:
    return value is parameter.default or value is np._NoValue


def implements(*functions: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate the answer for a function of NumPy, which takes NumPy's arguments."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        for theirs in functions:
            IMPLEMENTATIONS[theirs] = gives_tensors(function)
        return function

    return register


# Every op whose kernel is a ufunc of NumPy's answers for it; the standard's functions below do so with promotion.
for _op in all_ops().values():
    if isinstance(_op.kernel, np.ufunc):
        implements(_op.kernel)(_of_kernel(_op))
for _theirs, _ours in ((np, xp), (np.linalg, xp.linalg), (np.fft, xp.fft)):
    for _name in dir(_ours):
        _alike: Any = getattr(_theirs, _name, None)
        _function = getattr(_ours, _name)
        if isinstance(_alike, np.ufunc):
            implements(_alike)(_elementwise(_function))
        elif _asks_its_arguments(_alike) and hasattr(_function, "__wrapped__"):
            implements(_alike)(_translated(_alike, _function))
