"""Signatures: what two calls of a traced function must share to use one trace."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.composite import Composite, CompositeSpec
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import spec_of
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.function.function_type import FunctionType, VariableSpec, Weak, weakly
from eagernb.function.tracing_protocol import TraceType, TracingContext

_CONTEXT = TracingContext()


class Signature:
    """How a Python function takes its arguments, and the ``input_signature`` that they must fit, if there is one."""

    def __init__(self, function: Callable[..., Any], name: str, input_signature: Any = None) -> None:
        self.name = name
        self.python = inspect.signature(function)
        self.parameters = list(self.python.parameters)
        self.specs = None if input_signature is None else tuple(input_signature)
        self.type = FunctionType.of_any_call(self.python)
        if self.specs is not None:
            self._only = self._what_specs_say(self.specs)
            self.type = FunctionType.of_known(self.python, self._only).with_defaults(self.python)

    def _what_specs_say(self, specs: tuple[Any, ...]) -> Any:
        """What is known of the arguments of every call: they fit the specs, and are their defaults beyond."""
        wrong = [spec for spec in nest.flatten(specs) if not isinstance(spec, (TensorSpec, CompositeSpec))]
        if wrong:
            raise TypeError(
                f"input_signature must be a possibly nested sequence of TensorSpec objects, got invalid args {wrong} "
                f"with types {[type(spec) for spec in wrong]}."
            )
        args, kwargs, left = [], {}, list(specs)
        for p in self.python.parameters.values():
            if p.kind is p.KEYWORD_ONLY:
                if p.default is p.empty:
                    raise TypeError(
                        f"Since input_signature is defined, keyword-only parameter `{p.name}` must have a default value"
                    )
                kwargs[p.name] = p.default
            elif p.kind is p.VAR_POSITIONAL:
                args += left
                left = []
            elif p.kind is not p.VAR_KEYWORD:
                if not left and p.default is p.empty:
                    raise TypeError(f"input_signature missing type constraint for {p.name}")
                args.append(left.pop(0) if left else p.default)
        if left:
            raise TypeError(f"input_signature contains {len(left)} extra type constraints.")
        return self._known(nest.map_structure(_canonical, {"args": tuple(args), "kwargs": kwargs}))

    def bind(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
        """The arguments, and what is known of them: the same with a TensorSpec or a VariableSpec for each tensor and
        variable.

        NumPy arrays and scalars become tensors. Raises TypeError for arguments that the function does not take.
        """
        __tracebackhide__ = True
        try:
            arguments = self.type.fit(args, kwargs)
        except TypeError as error:
            what = "signature" if self.specs is None else "input_signature"
            raise TypeError(f"{error} Every call of {self.name} has to fit its {what}.") from None
        if self.specs is not None:
            return arguments, self._only
        arguments = nest.map_structure(_canonical, arguments)
        return arguments, self._known(arguments)

    def _known(self, arguments: Any) -> Any:
        seen: dict[int, int] = {}

        def known(leaf: Any) -> Any:
            if isinstance(leaf, Tensor):
                return spec_of(leaf)
            if isinstance(leaf, Variable):
                return VariableSpec(leaf, seen.setdefault(leaf._handle._key, len(seen)))
            if hasattr(type(leaf), "__tf_tracing_type__"):
                return leaf.__tf_tracing_type__(_CONTEXT)
            return leaf._type_spec if isinstance(leaf, Composite) else weakly(leaf)

        return nest.map_structure(known, arguments)

    def names(self, known: Any) -> list[str]:
        """A name for every leaf, in nest's order: that of the parameter that it belongs to."""
        parameters = FunctionType.of_known(self.python, known).parameters.values()
        given = {p.name: len(nest.flatten(p.annotation.known)) for p in parameters}
        others = sorted(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)
        in_order = [*(name for name in given if name not in others), *others]
        return [name for name in in_order for _ in range(given[name])]


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
    if nest.is_nested(known):
        kind = type(known)
        named = kind.__name__ if isinstance(known, (list, tuple)) else kind
        about = known.__tf_flatten__()[0] if hasattr(kind, "__tf_flatten__") else ()
        return (named, about, tuple(map(cache_key, nest.parts_of(known))))
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
    if isinstance(leaf, TraceType) and isinstance(general, TraceType):
        return leaf.is_subtype_of(general)
    return cache_key(leaf) == cache_key(general)


def is_general(known: Any) -> bool:
    """Whether tensors of several shapes fit."""
    return any(isinstance(leaf, TensorSpec) and not leaf.shape.is_fully_defined() for leaf in nest.flatten(known))


def is_gone(known: Any) -> bool:
    """Whether no call can be like this any more, because an object that it took is gone."""
    return any(isinstance(leaf, Weak) and leaf.value is None for leaf in nest.flatten(known))
