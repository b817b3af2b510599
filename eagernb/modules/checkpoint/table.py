"""Sorted tables of keys and values: the form of a checkpoint's index file, which is LevelDB's.

A file is a sequence of blocks. A block holds entries (how much of the key before is shared, how much is new, how long
the value is, then the bytes), the places where a whole key stands, and how many these are; behind it come its
compression and a checksum. The index block lists the others by their last key; the footer, 48 bytes, says where it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from eagernb.errors import DataLossError, UnimplementedError
from eagernb.modules.checkpoint.crc32c import crc32c, masked

_MAGIC = struct.pack("<Q", 0xDB4775248B80FB57)
_FOOTER = 48
_TRAILER = 5  # compression, checksum
_PLAIN = b"\0"


def varint(number: int) -> bytes:
    """A number in groups of seven bits, the lowest first.

    >>> varint(300)
    b'\\xac\\x02'
    """
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """The number at a place, and the place behind it; IndexError beyond the end.

    >>> read_varint(b"\\xac\\x02", 0)
    (300, 2)
    """
    number = shift = 0
    while data[at] > 127:
        number |= (data[at] & 127) << shift
        shift += 7
        at += 1
    return number | data[at] << shift, at + 1


def table_bytes(entries: Mapping[bytes, bytes]) -> bytes:
    """A file of these entries: one block, whose keys all stand whole."""
    out = bytearray()

    def add(block: bytes) -> bytes:
        """Append a block; where it is, as the index and the footer say it."""
        place = varint(len(out)) + varint(len(block))
        out.extend(block + _PLAIN + struct.pack("<I", masked(crc32c(block + _PLAIN))))
        return place

    keys = sorted(entries)
    data = add(_block({key: entries[key] for key in keys}))
    nothing = add(_block({}))
    index = add(_block({keys[-1]: data} if keys else {}))
    out.extend((nothing + index).ljust(_FOOTER - len(_MAGIC), b"\0") + _MAGIC)
    return bytes(out)


def _block(entries: Mapping[bytes, bytes]) -> bytes:
    out, restarts = bytearray(), []
    for key, value in entries.items():
        restarts.append(len(out))
        out += varint(0) + varint(len(key)) + varint(len(value)) + key + value
    restarts = restarts or [0]
    return bytes(out) + struct.pack(f"<{len(restarts) + 1}I", *restarts, len(restarts))


def read_table(data: bytes, path: str) -> dict[bytes, bytes]:
    """All entries of a file; DataLossError where it is damaged or no such file. ``path`` is for the message."""
    if len(data) < _FOOTER or not data.endswith(_MAGIC):
        raise DataLossError(f"{path} is no index of a checkpoint: it does not end as these do.")
    try:
        _, at = read_varint(data, len(data) - _FOOTER)  # of the block between, which says nothing
        _, at = read_varint(data, at)
        found: dict[bytes, bytes] = {}
        for _, place in _entries(_read_block(data, at, path)):
            found |= _entries(_read_block(place, 0, path, data))
    except (IndexError, struct.error) as error:
        raise DataLossError(f"{path} is damaged: a length in it points outside of the file.") from error
    return found


def _read_block(place: bytes, at: int, path: str, data: bytes | None = None) -> bytes:
    """The block at the offset and of the size that stand at a place."""
    data = place if data is None else data
    offset, at = read_varint(place, at)
    size, _ = read_varint(place, at)
    block, trailer = data[offset : offset + size], data[offset + size : offset + size + _TRAILER]
    if struct.unpack("<I", trailer[1:])[0] != masked(crc32c(block + trailer[:1])):
        raise DataLossError(f"{path} is damaged: a block's checksum does not match.")
    if trailer[:1] != _PLAIN:
        raise UnimplementedError(f"{path} is compressed. Save the checkpoint again with an index that is not.")
    return block


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    [restarts] = struct.unpack("<I", block[-4:])
    end, at, key = len(block) - 4 * (restarts + 1), 0, b""
    while at < end:
        shared, at = read_varint(block, at)
        new, at = read_varint(block, at)
        size, at = read_varint(block, at)
        key = key[:shared] + block[at : at + new]
        at += new
        yield key, block[at : at + size]
        at += size
