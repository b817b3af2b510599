"""Arrays by their names in TensorFlow's files: ``prefix.index`` and ``prefix.data-00000-of-00001``.

The data files hold the arrays' bytes, one behind the other; the index, a sorted table, says of each name its dtype,
shape, file, place and checksum. The entry without a name says how many data files there are.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from math import prod
from typing import Any

import numpy as np

from eagernb.core.dtypes import as_dtype, of_array, string
from eagernb.core.files import file_errors
from eagernb.core.messages import message_classes
from eagernb.errors import DataLossError, NotFoundError, UnimplementedError
from eagernb.modules.checkpoint.crc32c import crc32c, masked
from eagernb.modules.checkpoint.table import read_table, read_varint, table_bytes, varint


@cache
def _messages() -> Any:
    # From TensorFlow's tensor_bundle.proto, tensor_shape.proto and versions.proto.
    return message_classes(
        "eagernb.bundle",
        {
            "Header": {"num_shards": (1, "int32"), "endianness": (2, "int32"), "version": (3, "Version")},
            "Version": {"producer": (1, "int32"), "min_consumer": (2, "int32")},
            "Entry": {
                "dtype": (1, "int32"), "shape": (2, "Shape"), "shard_id": (3, "int32"), "offset": (4, "int64"),
                "size": (5, "int64"), "crc32c": (6, "fixed32"), "slices": (7, "bytes[]"),
            },
            "Shape": {"dim": (2, "Dim[]"), "unknown_rank": (3, "bool")},
            "Dim": {"size": (1, "int64"), "name": (2, "string")},
        },
    )  # fmt: skip


def write_bundle(prefix: str, arrays: Mapping[str, np.ndarray]) -> None:
    """Write the arrays; texts are object arrays of bytes. Folders that are missing are made.

    The files appear when they are complete, the index last: a program that is stopped leaves no half of a checkpoint.
    FailedPreconditionError, PermissionDeniedError and so on where they cannot be written.
    """
    with file_errors(prefix):
        with suppress(FileExistsError):  # a file in the folder's place is found out when it is written into
            os.makedirs(os.path.dirname(prefix) or ".", exist_ok=True)
        _write_files(prefix, arrays)


def _write_files(prefix: str, arrays: Mapping[str, np.ndarray]) -> None:
    of = _messages()
    entries = {b"": of.Header(num_shards=1, version=of.Version(producer=1)).SerializeToString()}
    data_path, index_path = _data_path(prefix, 0, 1), prefix + ".index"
    try:
        with open(data_path + ".new", "wb") as file:
            for name, array in sorted(arrays.items()):
                content, checksum = _content(array)
                entry = of.Entry(
                    dtype=of_array(array).as_datatype_enum, offset=file.tell(), size=len(content), crc32c=checksum
                )
                entry.shape.SetInParent()
                for size in array.shape:
                    entry.shape.dim.add(size=size)
                entries[name.encode()] = entry.SerializeToString()
                file.write(content)
        with open(index_path + ".new", "wb") as file:
            file.write(table_bytes(entries))
        os.replace(data_path + ".new", data_path)
        os.replace(index_path + ".new", index_path)
    except BaseException:
        for path in (data_path + ".new", index_path + ".new"):
            if os.path.exists(path):
                os.remove(path)
        raise


def delete_bundle(prefix: str) -> None:
    """Remove the files of a prefix, those that there are."""
    folder, name = os.path.split(prefix)
    for file in os.listdir(folder or "."):
        if file == name + ".index" or file.startswith(name + ".data-"):
            os.remove(os.path.join(folder, file))


def bundle_exists(prefix: str) -> bool:
    """Whether there is an index of this prefix."""
    return os.path.exists(prefix + ".index")


class Bundle:
    """The arrays of a prefix: the index is read at once, an array when it is asked for.

    NotFoundError where there are no such files, DataLossError where they are damaged.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        path = prefix + ".index"
        if not os.path.exists(path):
            raise NotFoundError(
                f"There is no checkpoint {prefix}: {path} does not exist. Check the path; a checkpoint that was saved "
                "with a number has it in its path, as in 'folder/ckpt-1'."
            )
        with open(path, "rb") as file:
            table = read_table(file.read(), path)
        of = _messages()
        header = of.Header.FromString(table.pop(b"", b""))
        if header.endianness:
            raise UnimplementedError(f"{prefix} was written on a machine with big-endian numbers.")
        self._shards = header.num_shards
        self._entries = {key.decode(): of.Entry.FromString(value) for key, value in table.items()}

    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def dtype(self, name: str) -> Any:
        """The dtype of an array."""
        return as_dtype(self._entry(name).dtype)

    def shape(self, name: str) -> list[int]:
        """The shape of an array."""
        return [dim.size for dim in self._entry(name).shape.dim]

    def read(self, name: str) -> np.ndarray:
        """An array; NotFoundError if there is none of this name."""
        entry, dtype, shape = self._entry(name), self.dtype(name), self.shape(name)
        if entry.slices:
            raise UnimplementedError(f"{name} in {self.prefix} was saved in slices, which are not put together here.")
        path = _data_path(self.prefix, entry.shard_id, self._shards)
        if not os.path.exists(path):
            raise NotFoundError(f"The file {path} is missing: it belongs to {self.prefix}.index.")
        with open(path, "rb") as file:
            file.seek(entry.offset)
            content = file.read(entry.size)
        try:
            if dtype is string:
                array, checksum = _texts(content, prod(shape))
            else:
                array, checksum = np.frombuffer(bytearray(content), dtype.numpy), masked(crc32c(content))
            array = array.reshape(shape)
        except (IndexError, ValueError, struct.error) as error:
            raise DataLossError(f"{name} in {path} is damaged: its size does not fit its shape.") from error
        if checksum != entry.crc32c:
            raise DataLossError(f"{name} in {path} is damaged: its checksum does not match.")
        return array

    def _entry(self, name: str) -> Any:
        if name not in self._entries:
            near = ", ".join(self.names()) or "nothing"
            raise NotFoundError(f"Key {name} not found in checkpoint {self.prefix}: it has {near}.")
        return self._entries[name]


def _data_path(prefix: str, shard: int, count: int) -> str:
    return f"{prefix}.data-{shard:05d}-of-{count:05d}"


def _content(array: np.ndarray) -> tuple[Any, int]:
    """The bytes of an array, and their checksum."""
    if array.dtype != object:
        content: Any = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
        return content, masked(crc32c(content))
    texts = [bytes(text) for text in array.ravel()]
    sizes = [len(text) for text in texts]
    prefix = b"".join(map(varint, sizes)) + struct.pack("<I", masked(crc32c(_fixed(sizes))))
    return prefix + b"".join(texts), _texts_checksum(sizes, b"".join(texts))


def _texts(content: bytes, count: int) -> tuple[np.ndarray, int]:
    """The texts, and their checksum."""
    sizes, at = [], 0
    for _ in range(count):
        size, at = read_varint(content, at)
        sizes.append(size)
    at += 4  # the checksum of the sizes, which is part of the other
    array = np.empty(count, object)
    for i, size in enumerate(sizes):
        array[i] = content[at : at + size]
        at += size
    return array, _texts_checksum(sizes, content[at - sum(sizes) :])


def _texts_checksum(sizes: list[int], texts: bytes) -> int:
    fixed = _fixed(sizes)
    return masked(crc32c(fixed + struct.pack("<I", masked(crc32c(fixed))) + texts))


def _fixed(sizes: list[int]) -> bytes:
    """The sizes as they count for checksums: with four bytes, or eight if they need them."""
    return b"".join(struct.pack("<I" if size < 1 << 32 else "<Q", size) for size in sizes)
