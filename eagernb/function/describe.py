"""Signatures of traces in words, as TensorFlow prints them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from eagernb.core.spec import TensorSpec
from eagernb.function.signature import VariableSpec

if TYPE_CHECKING:
    from eagernb.function.concrete import ConcreteFunction


def describe(concrete: ConcreteFunction) -> str:
    """Parameters, results and captures, a line each."""
    captured = [
        *(f"{id(v)}: TensorSpec(shape={v.shape}, dtype={v.dtype!r}, name=None)" for v in concrete.captured_inputs)
    ]
    lines = ["Input Parameters:"]
    lines += [f"  {name} ({kind}): {text}" for name, kind, text in _parameters(concrete)] or ["  None"]
    lines += ["Output Type:", f"  {_type(concrete.structured_outputs)}", "Captures:"]
    lines += [f"  {text}" for text in captured] or ["  None"]
    return "\n".join(lines)


def one_line(concrete: ConcreteFunction) -> str:
    """Parameters and results on one line."""
    parts: list[str] = []
    for name, kind, text in _parameters(concrete):
        if kind == "KEYWORD_ONLY" and "*" not in parts:
            parts.append("*")
        parts.append(f"{name}: {text}")
    return f"({', '.join(parts)}) -> {_type(concrete.structured_outputs)}"


def _parameters(concrete: ConcreteFunction) -> list[tuple[str, str, str]]:
    signature, known = concrete.signature, concrete.known
    values = dict(zip(signature.parameters, known["args"], strict=False)) | known["kwargs"]
    return [
        (name, p.kind.name, _type(values[name])) for name, p in signature.python.parameters.items() if name in values
    ]


def _type(value: Any) -> str:
    """What is known of an argument or a result."""
    if isinstance(value, TensorSpec):
        return f"TensorSpec(shape={value.shape}, dtype={value.dtype!r}, name=None)"
    if isinstance(value, VariableSpec):
        return f"VariableSpec(shape={value.shape}, dtype={value.dtype!r}, trainable={value.trainable}, alias_id=0)"
    if isinstance(value, Mapping):
        inside = ", ".join(f"[{key!r}, {_type(item)}]" for key, item in value.items())
        return f"Dict[{inside}]"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__.capitalize()}[{', '.join(map(_type, value))}]"
    return f"Literal[{value!r}]"
