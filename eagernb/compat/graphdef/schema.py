"""The messages of TensorFlow's graph.proto and what it uses, as far as graphs without functions need them.

They are declared here, by their names and numbers in TensorFlow's files, so that protobuf reads and writes TensorFlow's
own forms, text and binary. They are in a pool of their own: a program may have TensorFlow loaded as well.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

# From TensorFlow's types.proto; a variable of TensorFlow 1 has the type of a reference: 100 more.
DATA_TYPES = {
    "INVALID": 0, "FLOAT": 1, "DOUBLE": 2, "INT32": 3, "UINT8": 4, "INT16": 5, "INT8": 6, "STRING": 7, "COMPLEX64": 8,
    "INT64": 9, "BOOL": 10, "QINT8": 11, "QUINT8": 12, "QINT32": 13, "BFLOAT16": 14, "QINT16": 15, "QUINT16": 16,
    "UINT16": 17, "COMPLEX128": 18, "HALF": 19, "RESOURCE": 20, "VARIANT": 21, "UINT32": 22, "UINT64": 23,
}  # fmt: skip
REFERENCE = 100

# message: {field: (number, type)}; "[]" behind a type: repeated; "{}": a map from strings.
_MESSAGES = {
    "GraphDef": {"node": (1, "NodeDef[]"), "version": (3, "int32"), "versions": (4, "VersionDef")},
    "VersionDef": {"producer": (1, "int32"), "min_consumer": (2, "int32"), "bad_consumers": (3, "int32[]")},
    "NodeDef": {
        "name": (1, "string"), "op": (2, "string"), "input": (3, "string[]"), "device": (4, "string"),
        "attr": (5, "AttrValue{}"),
    },
    "AttrValue": {
        "list": (1, "ListValue"), "s": (2, "bytes"), "i": (3, "int64"), "f": (4, "float"), "b": (5, "bool"),
        "type": (6, "DataType"), "shape": (7, "TensorShapeProto"), "tensor": (8, "TensorProto"),
        "placeholder": (9, "string"), "func": (10, "NameAttrList"),
    },
    "ListValue": {
        "s": (2, "bytes[]"), "i": (3, "int64[]"), "f": (4, "float[]"), "b": (5, "bool[]"), "type": (6, "DataType[]"),
        "shape": (7, "TensorShapeProto[]"), "tensor": (8, "TensorProto[]"), "func": (9, "NameAttrList[]"),
    },
    "NameAttrList": {"name": (1, "string"), "attr": (2, "AttrValue{}")},
    "TensorShapeProto": {"dim": (2, "Dim[]"), "unknown_rank": (3, "bool")},
    "Dim": {"size": (1, "int64"), "name": (2, "string")},
    "TensorProto": {
        "dtype": (1, "DataType"), "tensor_shape": (2, "TensorShapeProto"), "version_number": (3, "int32"),
        "tensor_content": (4, "bytes"), "float_val": (5, "float[]"), "double_val": (6, "double[]"),
        "int_val": (7, "int32[]"), "string_val": (8, "bytes[]"), "scomplex_val": (9, "float[]"),
        "int64_val": (10, "int64[]"), "bool_val": (11, "bool[]"), "dcomplex_val": (12, "double[]"),
        "half_val": (13, "int32[]"), "uint32_val": (16, "uint32[]"), "uint64_val": (17, "uint64[]"),
    },
}  # fmt: skip
_ONE_OF = "AttrValue"  # whose fields are alternatives, as "value"

_PACKAGE = "eagernb.graphdef"


@cache
def messages() -> Any:
    """The classes of the messages, as attributes; ImportError that says what to install if protobuf is missing."""
    try:
        from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
    except ImportError as error:  # pragma: no cover
        raise ImportError("GraphDef needs the package protobuf: pip install protobuf") from error
    file = descriptor_pb2.FileDescriptorProto(name="eagernb/graph.proto", package=_PACKAGE, syntax="proto3")
    types = file.enum_type.add(name="DataType")
    for name, number in DATA_TYPES.items():
        types.value.add(name=f"DT_{name}", number=number)
    for name, number in DATA_TYPES.items():
        if number:
            types.value.add(name=f"DT_{name}_REF", number=number + REFERENCE)
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        if name == _ONE_OF:
            message.oneof_decl.add(name="value")
        for field, (number, kind) in fields.items():
            _add_field(message, field, number, kind)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    found = {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{_PACKAGE}.{name}")) for name in _MESSAGES
    }
    return SimpleNamespace(**found)


def _add_field(message: Any, name: str, number: int, kind: str) -> None:
    field = message.field.add(name=name, number=number, label=3 if kind.endswith(("[]", "{}")) else 1)
    if kind.endswith("{}"):
        entry = message.nested_type.add(name=f"{name.title()}Entry")
        entry.options.map_entry = True
        _add_field(entry, "key", 1, "string")
        _add_field(entry, "value", 2, kind[:-2])
        field.type, field.type_name = 11, f".{_PACKAGE}.{message.name}.{entry.name}"
        return
    kind = kind.removesuffix("[]")
    if kind in _SCALARS:
        field.type = _SCALARS[kind]
    else:
        field.type = 14 if kind == "DataType" else 11
        field.type_name = f".{_PACKAGE}.{kind}"
    if message.name == _ONE_OF:
        field.oneof_index = 0


# From the names of protobuf's scalar types to their numbers.
_SCALARS = {"double": 1, "float": 2, "int64": 3, "uint64": 4, "int32": 5, "bool": 8, "string": 9, "bytes": 12,
            "uint32": 13}  # fmt: skip
