"""Text and bytes, and files of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.compat.graphdef.mapping import In, Number, Param, Row, TypeOf
from eagernb.compat.text import as_bytes, as_text
from eagernb.core.dtypes import bool_, string
from eagernb.core.op import find_op
from eagernb.graph.ir import Node
from eagernb.ops import (  # noqa: F401  they register the operations
    as_string,
    files,
    fingerprint,
    raw_bytes,
    serialized_tensors,
)

_FORM = {name: Param(name) for name in ("precision", "scientific", "shortest", "width")}


def _of_any_length(node: Node) -> None:
    if node.params["fixed_length"] is not None:
        raise NotImplementedError("TensorFlow has another operation for bytes that are filled up to a length")


def _write_file(writer: Any, node: Node) -> None:
    """TensorFlow's gives nothing; where something asks whether ours is done, it is a constant that waits for it."""
    name = writer.name_of(node)
    writer.node(name, "WriteFile", [writer.value(x) for x in node.inputs], {}, node)
    done = {"value": np.array(False), "dtype": bool_}
    writer.stand_in(node.values[0], writer.node(writer.unique(f"{name}/done"), "Const", [], done, controls=[name]))


def _read_write_file(reader: Any, message: Any, inputs: Any) -> Any:
    return reader.do(find_op("write_file"), inputs, {})


ROWS = [
    Row("as_string", "AsString", attrs={"T": TypeOf(), **_FORM, "fill": Param("fill", read=as_text)}),
    Row("read_file", "ReadFile", attrs={}),
    Row("write_file", "WriteFile", write=_write_file, read=_read_write_file),
    Row("matching_files", "MatchingFiles", attrs={}),
    Row("encode_base64", "EncodeBase64", attrs={"pad": Param("pad")}),
    Row("decode_base64", "DecodeBase64", attrs={}),
    Row("fingerprint", "Fingerprint",
        inputs=[In(0), Number("method", string, lambda method, node: as_bytes(method), as_text, "method")]),
    Row("serialize_tensor", "SerializeTensor", attrs={"T": TypeOf()}),
    Row("parse_tensor", "ParseTensor", attrs={"out_type": Param("dtype")}),
    Row("decode_raw", "DecodeRaw", attrs={"out_type": Param("dtype"), "little_endian": Param("little_endian")},
        params={"fixed_length": None}, check=_of_any_length),
]  # fmt: skip
