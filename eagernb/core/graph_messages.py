"""The messages of TensorFlow's graph.proto and of what it uses.

They are declared here, by their names and numbers in TensorFlow's files, so that protobuf reads and writes TensorFlow's
own forms, text and binary.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from eagernb.core.messages import message_classes

# From TensorFlow's types.proto; a variable of TensorFlow 1 has the type of a reference: 100 more.
DATA_TYPES = {
    "INVALID": 0, "FLOAT": 1, "DOUBLE": 2, "INT32": 3, "UINT8": 4, "INT16": 5, "INT8": 6, "STRING": 7, "COMPLEX64": 8,
    "INT64": 9, "BOOL": 10, "QINT8": 11, "QUINT8": 12, "QINT32": 13, "BFLOAT16": 14, "QINT16": 15, "QUINT16": 16,
    "UINT16": 17, "COMPLEX128": 18, "HALF": 19, "RESOURCE": 20, "VARIANT": 21, "UINT32": 22, "UINT64": 23,
}  # fmt: skip
REFERENCE = 100

# From TensorFlow's full_type.proto: what is more to say of some types, which nothing here looks at.
_FULL_TYPES = {
    "UNSET": 0, "VAR": 1, "ANY": 2, "PRODUCT": 3, "NAMED": 4, "FOR_EACH": 20, "CALLABLE": 100, "BOOL": 200,
    "UINT8": 201, "UINT16": 202, "UINT32": 203, "UINT64": 204, "INT8": 205, "INT16": 206, "INT32": 207, "INT64": 208,
    "HALF": 209, "FLOAT": 210, "DOUBLE": 211, "COMPLEX64": 212, "COMPLEX128": 213, "STRING": 214, "BFLOAT16": 215,
    "TENSOR": 1000, "ARRAY": 1001, "OPTIONAL": 1002, "LITERAL": 1003, "ENCODED": 1004, "SHAPE_TENSOR": 1005,
    "DATASET": 10102, "RAGGED": 10103, "ITERATOR": 10104, "MUTEX_LOCK": 10202, "LEGACY_VARIANT": 10203,
}  # fmt: skip

# How to read it: eagernb/core/messages.py.
_MESSAGES = {
    "GraphDef": {
        "node": (1, "NodeDef[]"), "library": (2, "FunctionDefLibrary"), "version": (3, "int32"),
        "versions": (4, "VersionDef"),
    },
    "VersionDef": {"producer": (1, "int32"), "min_consumer": (2, "int32"), "bad_consumers": (3, "int32[]")},
    "NodeDef": {
        "name": (1, "string"), "op": (2, "string"), "input": (3, "string[]"), "device": (4, "string"),
        "attr": (5, "AttrValue{string}"), "experimental_debug_info": (6, "ExperimentalDebugInfo"),
        "experimental_type": (7, "FullTypeDef"),
    },
    "ExperimentalDebugInfo": {"original_node_names": (1, "string[]"), "original_func_names": (2, "string[]")},
    "FullTypeDef": {
        "type_id": (1, "FullTypeId"), "args": (2, "FullTypeDef[]"), "s": (3, "string"), "i": (4, "int64"),
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
    "NameAttrList": {"name": (1, "string"), "attr": (2, "AttrValue{string}")},
    "TensorShapeProto": {"dim": (2, "Dim[]"), "unknown_rank": (3, "bool")},
    "Dim": {"size": (1, "int64"), "name": (2, "string")},
    "TensorProto": {
        "dtype": (1, "DataType"), "tensor_shape": (2, "TensorShapeProto"), "version_number": (3, "int32"),
        "tensor_content": (4, "bytes"), "float_val": (5, "float[]"), "double_val": (6, "double[]"),
        "int_val": (7, "int32[]"), "string_val": (8, "bytes[]"), "scomplex_val": (9, "float[]"),
        "int64_val": (10, "int64[]"), "bool_val": (11, "bool[]"), "dcomplex_val": (12, "double[]"),
        "half_val": (13, "int32[]"), "uint32_val": (16, "uint32[]"), "uint64_val": (17, "uint64[]"),
    },
    "FunctionDefLibrary": {
        "function": (1, "FunctionDef[]"), "gradient": (2, "GradientDef[]"),
        "registered_gradients": (3, "RegisteredGradient[]"),
    },
    "FunctionDef": {
        "signature": (1, "OpDef"), "node_def": (3, "NodeDef[]"), "ret": (4, "string{string}"),
        "attr": (5, "AttrValue{string}"), "control_ret": (6, "string{string}"), "arg_attr": (7, "ArgAttrs{uint32}"),
        "resource_arg_unique_id": (8, "uint32{uint32}"),
    },
    "ArgAttrs": {"attr": (1, "AttrValue{string}")},
    "GradientDef": {"function_name": (1, "string"), "gradient_func": (2, "string")},
    "RegisteredGradient": {"gradient_func": (1, "string"), "registered_op_type": (2, "string")},
    "OpDef": {
        "name": (1, "string"), "input_arg": (2, "ArgDef[]"), "output_arg": (3, "ArgDef[]"), "attr": (4, "AttrDef[]"),
        "summary": (5, "string"), "description": (6, "string"), "is_aggregate": (16, "bool"),
        "is_stateful": (17, "bool"), "is_commutative": (18, "bool"), "allows_uninitialized_input": (19, "bool"),
        "control_output": (20, "string[]"), "is_distributed_communication": (21, "bool"),
    },
    "ArgDef": {
        "name": (1, "string"), "description": (2, "string"), "type": (3, "DataType"), "type_attr": (4, "string"),
        "number_attr": (5, "string"), "type_list_attr": (6, "string"), "handle_data": (7, "DtypeAndShape[]"),
        "is_ref": (16, "bool"), "experimental_full_type": (17, "FullTypeDef"),
    },
    "DtypeAndShape": {"dtype": (1, "DataType"), "shape": (2, "TensorShapeProto")},
    "AttrDef": {
        "name": (1, "string"), "type": (2, "string"), "default_value": (3, "AttrValue"), "description": (4, "string"),
        "has_minimum": (5, "bool"), "minimum": (6, "int64"), "allowed_values": (7, "AttrValue"),
    },
}  # fmt: skip
_ENUMS = {
    "DataType": {f"DT_{name}": number for name, number in DATA_TYPES.items()}
    | {f"DT_{name}_REF": number + REFERENCE for name, number in DATA_TYPES.items() if number},
    "FullTypeId": {f"TFT_{name}": number for name, number in _FULL_TYPES.items()},
}
_ONE_OF = {"AttrValue": _MESSAGES["AttrValue"].keys(), "FullTypeDef": ("s", "i")}  # fields that are alternatives


@cache
def messages() -> Any:
    """The classes of the messages, as attributes; ImportError that says what to install if protobuf is missing."""
    return message_classes("eagernb.graphdef", _MESSAGES, _ENUMS, _ONE_OF)
