"""Protobuf messages, declared by tables: TensorFlow's own files and forms, without a compiler or TensorFlow's code.

A table says ``{message: {field: (number, type)}}``, as the .proto file does. ``[]`` behind a type: repeated; ``{key}``:
a map from such keys. Protobuf is loaded when the first message is made.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import SimpleNamespace
from typing import Any

# From the names of protobuf's scalar types to their numbers; fixed32 is an integer that is always four bytes.
_SCALARS = {"double": 1, "float": 2, "int64": 3, "uint64": 4, "int32": 5, "fixed32": 7, "bool": 8, "string": 9,
            "bytes": 12, "uint32": 13}  # fmt: skip

Fields = Mapping[str, tuple[int, str]]


def message_classes(
    package: str,
    messages: Mapping[str, Fields],
    enums: Mapping[str, Mapping[str, int]] | None = None,
    one_of: Mapping[str, Collection[str]] | None = None,
) -> Any:
    """The classes of the messages, as attributes; ``one_of`` names those fields of a message that are alternatives.

    They are in a pool of their own: a program may have TensorFlow loaded as well. ImportError that says what to install
    if protobuf is missing.

    >>> Point = message_classes("eagernb.example", {"Point": {"x": (1, "int32")}}).Point
    >>> Point(x=3).SerializeToString()
    b'\\x08\\x03'
    """
    try:
        from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    except ImportError as error:  # pragma: no cover
        raise ImportError("TensorFlow's files need the package protobuf: pip install protobuf") from error
    enums, one_of = enums or {}, one_of or {}
    file = descriptor_pb2.FileDescriptorProto(name=f"{package}.proto", package=package, syntax="proto3")
    for name, values in enums.items():
        enum = file.enum_type.add(name=name)
        for value, number in values.items():
            enum.value.add(name=value, number=number)
    for name, fields in messages.items():
        message = file.message_type.add(name=name)
        if name in one_of:
            message.oneof_decl.add(name="value")
        for field, (number, kind) in fields.items():
            added = _add_field(package, enums, message, field, number, kind)
            if field in one_of.get(name, ()):
                added.oneof_index = 0
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    found = {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.{name}")) for name in messages
    }
    return SimpleNamespace(**found)


def _add_field(package: str, enums: Collection[str], message: Any, name: str, number: int, kind: str) -> Any:
    kind, _, key = kind.removesuffix("}").partition("{")
    field = message.field.add(name=name, number=number, label=3 if key or kind.endswith("[]") else 1)
    if key:
        entry = message.nested_type.add(name=f"{name.title().replace('_', '')}Entry")
        entry.options.map_entry = True
        _add_field(package, enums, entry, "key", 1, key)
        _add_field(package, enums, entry, "value", 2, kind)
        field.type, field.type_name = 11, f".{package}.{message.name}.{entry.name}"
        return field
    kind = kind.removesuffix("[]")
    if kind in _SCALARS:
        field.type = _SCALARS[kind]
    else:
        field.type = 14 if kind in enums else 11
        field.type_name = f".{package}.{kind}"
    return field
