"""FunctionType: what a function takes and gives, in TensorFlow's words, and how arguments are fitted to it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from weakref import ref

from eagernb.core import nest
from eagernb.core.composite import CompositeSpec
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.spec import TensorSpec
from eagernb.core.variable import Variable
from eagernb.function.tracing_protocol import SupportsTracingProtocol, TraceType


class VariableSpec:
    """What is known of a variable that is an argument: any variable that looks like it may be given."""

    def __init__(self, variable: Variable, alias: int) -> None:
        self.variable = variable._handle
        self.alias = alias  # the number of the first argument that is the same variable
        self.shape, self.dtype, self.trainable = variable.shape, variable.dtype, variable.trainable

    def __repr__(self) -> str:
        return (
            f"VariableSpec(shape={self.shape}, dtype={self.dtype!r}, trainable={self.trainable}, alias_id={self.alias})"
        )


class Handle:
    """What stands for a variable that a function captures: a reference, whatever the value."""

    def __repr__(self) -> str:
        return "TensorSpec(shape=(), dtype=tf.resource, name=None)"


class Weak:
    """Stands for an argument that is compared by identity, without keeping it alive: what is gone never comes again."""

    def __init__(self, value: Any) -> None:
        self._ref = ref(value)
        self._hash = hash(value)

    @property
    def value(self) -> Any:
        """The argument; None once it is gone."""
        return self._ref()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Weak) and self._ref == other._ref

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"Weakref[{self._ref!r}]"


def weakly(value: Any) -> Any:
    """A Python value of a trace, in a Weak if it is compared by identity alone."""
    kind = type(value)
    if kind.__eq__ is object.__eq__ and kind.__hash__ is object.__hash__:
        with suppress(TypeError):  # of None and what else cannot be referred to weakly
            return Weak(value)
    return value


class Constraint:
    """What one argument or result is: a structure of Python values, with a spec for each tensor and variable.

    >>> Constraint({"x": TensorSpec([2]), "n": 3})
    Dict[['x', TensorSpec(shape=(2,), dtype=tf.float32, name=None)], ['n', Literal[3]]]
    """

    def __init__(self, known: Any) -> None:
        self.known = known

    def cast(self, value: Any) -> Any:
        """The value with tensors for what has to be tensors; TypeError if it does not fit."""
        return _cast(self.known, value)

    def named(self, name: str) -> Any:
        """The structure, with a name for each TensorSpec: its own, or one made of the way to it."""
        return _named(self.known, name)

    def __repr__(self) -> str:
        return _words(self.known)


class Default:
    """The default value of a parameter."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "<captured_default_value>"


class FunctionType(inspect.Signature):
    """The signature of a function, with what each argument must be (a Constraint), and what it returns and captures.

    ``str`` gives it in one line, ``repr`` in several.

    >>> import eagernb as tf
    >>> f = tf.function(lambda x, n: x * n)
    >>> print(f.get_concrete_function(tf.TensorSpec([2]), 3.0).function_type)
    (x: TensorSpec(shape=(2,), dtype=tf.float32, name=None), n: Literal[3.0]) -> ...
    """

    captures: Mapping[int, TensorSpec | Handle]

    def __init__(
        self, parameters: Sequence[inspect.Parameter], output: Any = inspect.Signature.empty,
        captures: Mapping[int, TensorSpec | Handle] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parameters, return_annotation=output)
        self.captures = captures or {}

    @classmethod
    def of_any_call(cls, python: inspect.Signature) -> FunctionType:
        """Of a Python function, whatever it is called with."""
        return cls([p.replace(annotation=p.empty, default=_default(p)) for p in python.parameters.values()])

    @classmethod
    def of_known(
        cls, python: inspect.Signature, known: Any, output: Any = inspect.Signature.empty,
        captures: Mapping[int, TensorSpec | Handle] | None = None,
    ) -> FunctionType:  # fmt: skip
        """Of a Python function called with arguments of which this much is known, which all have to be given then."""
        return cls([*_parameters(python, known)], output, captures)

    def with_defaults(self, python: inspect.Signature) -> FunctionType:
        """The same, in which what has a default in the Python function may be left out."""
        defaults = {name: _default(p) for name, p in python.parameters.items()}
        given = [p.replace(default=defaults.get(name, p.empty)) for name, p in self.parameters.items()]
        return FunctionType(given, self.return_annotation, self.captures)

    @property
    def output(self) -> Any:
        """What it returns, if that is known."""
        return None if self.return_annotation is self.empty else self.return_annotation

    @property
    def named(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """What positional and other arguments must be, with a name for each TensorSpec."""
        values = {name: p.annotation.named(name) for name, p in self.parameters.items()}
        others = {name: values.pop(name) for name, p in self.parameters.items() if p.kind is p.KEYWORD_ONLY}
        return tuple(values.values()), others

    def fit(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments with defaults, and tensors for what has to be tensors: ``args`` and ``kwargs``.

        TypeError says what does not fit, and how.
        """
        __tracebackhide__ = True
        try:
            bound = self.bind(*args, **kwargs)
            bound.apply_defaults()
            for name, value in bound.arguments.items():
                if value.__class__ is Default:
                    bound.arguments[name] = value = value.value
                constraint = self.parameters[name].annotation
                if constraint is not self.empty:
                    bound.arguments[name] = constraint.cast(value)
        except (TypeError, ValueError) as error:
            raise TypeError(
                f"Binding inputs to tf.function failed due to `{error}`. Received args: {args} and kwargs: {kwargs} "
                f"for signature: {self}."
            ) from None
        return {"args": bound.args, "kwargs": bound.kwargs}

    def __repr__(self) -> str:
        lines = ["Input Parameters:"]
        for name, p in self.parameters.items():
            lines.append(f"  {name} ({p.kind.name}): {None if p.annotation is p.empty else p.annotation}")
        lines += ["Output Type:", f"  {self.output}", "Captures:"]
        lines += [f"  {id}: {spec}" for id, spec in sorted(self.captures.items())] or ["  None"]
        return "\n".join(lines)


def _default(p: inspect.Parameter) -> Any:
    return p.empty if p.default is p.empty else Default(p.default)


def _parameters(python: inspect.Signature, known: Any) -> Iterator[inspect.Parameter]:
    """One for each argument: those that came as *args are xs_0, xs_1, ..., those of **kwargs have their own names."""
    args, kwargs = list(known["args"]), dict(known["kwargs"])
    kinds = [p.kind for p in python.parameters.values()]
    by_position_only = inspect.Parameter.VAR_POSITIONAL in kinds
    for p in python.parameters.values():
        if p.kind is p.VAR_POSITIONAL:
            for i, value in enumerate(args):
                yield inspect.Parameter(f"{p.name}_{i}", p.POSITIONAL_ONLY, annotation=Constraint(value))
        elif p.kind is p.VAR_KEYWORD:
            for name, value in kwargs.items():
                yield inspect.Parameter(name, p.KEYWORD_ONLY, annotation=Constraint(value))
        elif p.kind is p.KEYWORD_ONLY:
            yield inspect.Parameter(p.name, p.kind, annotation=Constraint(kwargs.pop(p.name)))
        else:
            kind = p.POSITIONAL_ONLY if by_position_only else p.kind
            yield inspect.Parameter(p.name, kind, annotation=Constraint(args.pop(0)))


def _parts(structure: Any) -> list[tuple[Any, Any]]:
    """The parts in the order of nest, each with its key, the name of its field, or its number."""
    if isinstance(structure, Mapping):
        return [(key, structure[key]) for key in sorted(structure)]
    names = getattr(structure, "_fields", None) or [a.name for a in getattr(structure, "__attrs_attrs__", ())]
    if names:
        return [(name, getattr(structure, name)) for name in names]
    parts = structure.__tf_flatten__()[1] if hasattr(structure, "__tf_flatten__") else structure
    return list(enumerate(parts))


def _words(known: Any) -> str:
    if not nest.is_nested(known):
        shown = isinstance(known, (TensorSpec, VariableSpec, CompositeSpec, Weak, TraceType))
        return repr(known) if shown else f"Literal[{known!r}]"
    kind = type(known).__name__
    if isinstance(known, (list, tuple)) and not hasattr(known, "_fields"):
        return f"{kind.capitalize()}[{', '.join(map(_words, known))}]"
    parts = known.items() if isinstance(known, Mapping) else _parts(known)
    pairs = ", ".join(f"[{key!r}, {_words(part)}]" for key, part in parts)
    return f"{'Dict' if kind == 'dict' else kind}[{pairs}]"


def _ways(known: Any, name: str) -> Iterator[str]:
    """A name for each leaf: what it is in, and where."""
    if not nest.is_nested(known):
        yield name
        return
    for key, part in _parts(known):
        yield from _ways(part, f"{name}_{key}")


def _named(known: Any, name: str) -> Any:
    leaves = [
        TensorSpec(leaf.shape, leaf.dtype, leaf.name or way) if isinstance(leaf, TensorSpec) else value_of(leaf)
        for leaf, way in zip(nest.flatten(known), _ways(known, name), strict=True)
    ]
    return nest.pack(known, leaves)


def value_of(leaf: Any) -> Any:
    """The Python value that a leaf of what is known stands for."""
    if isinstance(leaf, TraceType):
        return leaf.placeholder_value(None)
    return leaf.value if isinstance(leaf, Weak) else leaf


def _cast(known: Any, value: Any) -> Any:
    if isinstance(known, TensorSpec):
        return _cast_to_tensor(known, value)
    if isinstance(known, VariableSpec):
        return value
    if isinstance(known, CompositeSpec):
        if not known.is_compatible_with(value):
            raise TypeError(f"Can not cast {value!r} to {known}")
        return value
    if nest.is_nested(known):
        parts = _parts_like(known, value)
        return nest.pack(known, [x for key, part in _parts(known) for x in nest.flatten(_cast(part, parts[key]))])
    if isinstance(known, TraceType):
        fits = isinstance(value, SupportsTracingProtocol) and value.__tf_tracing_type__(None).is_subtype_of(known)
        if not fits:
            raise TypeError(f"Can not cast {value!r} to {known!r}")
        return value
    if isinstance(known, Weak):
        known = known.value
    both_nan = known != known and value != value
    if not (known is value or known == value or both_nan):
        raise TypeError(f"Can not cast {value!r} to {_words(weakly(known))}")
    return known


def _cast_to_tensor(known: TensorSpec, value: Any) -> Any:
    if not isinstance(value, TensorSpec):  # which stands for a tensor
        value = convert_to_tensor(value, None if is_dense_tensor(value) else known.dtype)
    if not known.is_compatible_with(value):
        raise TypeError(f"Can not cast {TensorSpec(value.shape, value.dtype)} to {known}")
    return value


def _parts_like(known: Any, value: Any) -> dict[Any, Any]:
    """The parts of the value by key; TypeError unless it is of the kind of the known structure."""
    if isinstance(known, Mapping):
        if not isinstance(value, Mapping):
            raise TypeError(f"Can not cast {value!r} to a Dict type.")
        if set(value) != set(known):
            raise TypeError(f"{value!r} has different keys with the TraceType {_words(known)}.")
    elif type(known) in (list, tuple):
        if not isinstance(value, type(known)):
            raise TypeError(f"Can not cast {value!r} to {type(known).__name__} type.")
        if len(value) != len(known):
            raise TypeError(f"Expected {value} to have length of {len(known)}")
    elif not isinstance(value, type(known)) and getattr(value, "_fields", None) != getattr(known, "_fields", ()):
        raise TypeError(f"Cannot cast {value!r} to type {type(known)!r}.")
    return dict(enumerate(value)) if type(known) in (list, tuple) else dict(_parts(value))
