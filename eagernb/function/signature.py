"""Signatures: what two calls of a traced function must share to use one trace."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_tensor
from eagernb.core.dispatch import spec_of
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable


class VariableSpec:
    """What is known of a variable that is an argument: any variable that looks like it may be given."""

    def __init__(self, variable: Variable, alias: int) -> None:
        self.variable = variable._handle
        self.alias = alias  # the number of the first argument that is the same variable
        self.shape, self.dtype, self.trainable = variable.shape, variable.dtype, variable.trainable

    def __repr__(self) -> str:
        return f"VariableSpec(shape={self.shape}, dtype={self.dtype!r}, trainable={self.trainable})"


class Signature:
    """How a Python function takes its arguments, and the ``input_signature`` that they must fit, if there is one."""

    def __init__(self, function: Callable[..., Any], name: str, input_signature: Any = None) -> None:
        self.name = name
        self.python = inspect.signature(function)
        self.parameters = list(self.python.parameters)
        self.specs = None if input_signature is None else tuple(input_signature)
        if self.specs is not None:
            self._check_specs()

    def _check_specs(self) -> None:
        specs = self.specs or ()
        wrong = [spec for spec in nest.flatten(specs) if not isinstance(spec, TensorSpec)]
        if wrong:
            raise TypeError(
                f"input_signature must be a possibly nested sequence of TensorSpec objects, got invalid args {wrong} "
                f"with types {[type(spec) for spec in wrong]}."
            )
        kinds = inspect.Parameter
        taken = [p for p in self.python.parameters.values() if p.kind is not kinds.VAR_KEYWORD]
        if len(specs) > len(taken) and not any(p.kind is kinds.VAR_POSITIONAL for p in taken):
            raise TypeError(f"input_signature contains {len(specs) - len(taken)} extra type constraints.")
        for p in taken[len(specs) :]:
            if p.default is p.empty and p.kind is not kinds.VAR_POSITIONAL:
                raise TypeError(f"input_signature missing type constraint for {p.name}")

    def bind(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
        """The arguments, and what is known of them: the same with a TensorSpec or a VariableSpec for each tensor and
        variable.

        NumPy arrays and scalars become tensors. Raises TypeError for arguments that the function does not take.
        """
        __tracebackhide__ = True
        try:
            bound = self.python.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{self.name}{self.python}: {error}.") from None
        bound.apply_defaults()
        arguments: dict[str, Any] = {"args": tuple(bound.args), "kwargs": dict(bound.kwargs)}
        arguments = nest.map_structure(_canonical, arguments)
        if self.specs is not None:
            count = len(self.specs)
            given, rest = arguments["args"][:count], arguments["args"][count:]
            arguments["args"] = tuple(map(self._fit, self.specs, given)) + rest
        known = self._known(arguments)
        if self.specs is not None:
            known["args"] = self.specs + known["args"][len(self.specs) :]
        return arguments, known

    def _known(self, arguments: Any) -> Any:
        seen: dict[int, int] = {}

        def known(leaf: Any) -> Any:
            if isinstance(leaf, Tensor):
                return spec_of(leaf)
            if isinstance(leaf, Variable):
                return VariableSpec(leaf, seen.setdefault(leaf._handle._key, len(seen)))
            return leaf

        return nest.map_structure(known, arguments)

    def _fit(self, spec: Any, value: Any) -> Any:
        """The argument as a tensor that fits its spec, part by part if it is nested; TypeError if it does not."""
        __tracebackhide__ = True
        if nest.is_nested(spec):
            return nest.pack(spec, map(self._fit, nest.flatten(spec), nest.flatten(value)))
        if not isinstance(value, TensorSpec):
            value = convert_to_tensor(value, None if is_tensor(value) else spec.dtype)
        if not spec.is_compatible_with(value):
            raise TypeError(
                f"{self.name}: can not cast TensorSpec(shape={value.shape}, dtype={value.dtype!r}) to {spec}: "
                "the argument does not fit the input_signature."
            )
        return value

    def names(self, known: Any) -> list[str]:
        """A name for every leaf, in nest's order: that of the parameter that it belongs to."""
        names: list[str] = []
        for i, value in enumerate(known["args"]):
            names += [self.parameters[min(i, len(self.parameters) - 1)]] * len(nest.flatten(value))
        for key in sorted(known["kwargs"]):
            names += [key] * len(nest.flatten(known["kwargs"][key]))
        return names


def _canonical(leaf: Any) -> Any:
    return convert_to_tensor(leaf) if isinstance(leaf, (np.ndarray, np.generic)) else leaf


def cache_key(known: Any) -> Hashable:
    """What two calls must share to use one trace: the structure, the specs, and Python values.

    Equal values share a trace: 1, 1.0 and True are one.
    """
    if isinstance(known, TensorSpec):
        return ("tensor", known.shape, known.dtype)
    if isinstance(known, VariableSpec):
        return ("variable", known.shape, known.dtype, known.trainable, known.alias)
    if isinstance(known, Mapping):
        return ("dict", tuple((k, cache_key(known[k])) for k in sorted(known)))
    if isinstance(known, (list, tuple)):
        return (type(known).__name__, tuple(map(cache_key, known)))
    try:
        hash(known)
    except TypeError:
        raise TypeError(
            f"A traced function's arguments must be tensors, structures of them, or hashable Python values, by which "
            f"traces are told apart; {known!r} is not hashable. Give its class a __hash__, or keep it out of the "
            "arguments."
        ) from None
    return ("value", known)


def relaxed(known: Any, earlier: Any) -> Any | None:
    """The signature that fits both: None for sizes in which tensors differ; None if anything else differs."""
    try:
        nest.assert_same_structure(known, earlier)
    except (TypeError, ValueError):
        return None
    leaves = []
    for new, old in zip(nest.flatten(known), nest.flatten(earlier), strict=True):
        if isinstance(new, TensorSpec) and isinstance(old, TensorSpec) and new.dtype is old.dtype:
            if new.shape.rank != old.shape.rank:
                return None
            pairs = zip(new.dims, old.dims, strict=True)
            leaves.append(TensorSpec([a if a == b else None for a, b in pairs], new.dtype))
        elif cache_key(new) == cache_key(old):
            leaves.append(new)
        else:
            return None
    return nest.pack(known, leaves)


def fits(known: Any, general: Any) -> bool:
    """Whether a call with this signature can use a trace for the other, more general one."""
    try:
        nest.assert_same_structure(known, general)
    except (TypeError, ValueError):
        return False
    return all(_leaf_fits(a, b) for a, b in zip(nest.flatten(known), nest.flatten(general), strict=True))


def _leaf_fits(leaf: Any, general: Any) -> bool:
    if isinstance(leaf, TensorSpec) and isinstance(general, TensorSpec):
        return leaf.dtype is general.dtype and general.shape.is_compatible_with(leaf.shape)
    return cache_key(leaf) == cache_key(general)
