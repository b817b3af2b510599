"""tf.io: files, and the bytes in them."""

from eagernb.compat.graphdef.files import write_graph
from eagernb.io import gfile
from eagernb.ops.files import matching_files, read_file, write_file
from eagernb.ops.raw_bytes import decode_base64, decode_raw, encode_base64
from eagernb.ops.serialized_tensors import parse_tensor, serialize_tensor

__all__ = [
    "decode_base64", "decode_raw", "encode_base64", "gfile", "matching_files", "parse_tensor", "read_file",
    "serialize_tensor", "write_file", "write_graph",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__
