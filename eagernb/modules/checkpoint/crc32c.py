"""CRC-32C, the checksum of TensorFlow's files (RFC 3720, appendix B.4; the polynomial is Castagnoli's).

The checksum is linear: that of two parts is the first's, moved on by as many zero bytes as the second has, xor the
second's. So NumPy computes the checksums of many short parts at once, and adds up neighbours until one is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

_POLYNOMIAL = 0x82F63B78
_PART = 256  # bytes: for less, Python's own loop is faster
_MASK = 0xA282EAD8


def crc32c(data: Any) -> int:
    """The checksum of bytes, or of anything with a buffer of bytes.

    >>> hex(crc32c(b"123456789"))
    '0xe3069283'
    """
    head = bytes(data[:_PART])
    crc = 0xFFFFFFFF
    for byte in head:
        crc = int(_byte_table()[(crc ^ byte) & 255]) ^ (crc >> 8)
    rest = np.frombuffer(data, np.uint8)[_PART:]
    if rest.size:
        crc = int(_zero_bytes(np.uint32(crc), rest.size)) ^ _from_zero(rest)
    return crc ^ 0xFFFFFFFF


def masked(crc: int) -> int:
    """The checksum as files hold it, so that a checksum of bytes that hold checksums is no special case.

    >>> hex(masked(0xE3069283))
    '0xc78ab0e5'
    """
    return ((crc >> 15 | crc << 17) + _MASK) & 0xFFFFFFFF


def _from_zero(data: np.ndarray) -> int:
    """The remainder of data, begun with zero: leading zero bytes do not change it."""
    parts = np.zeros([-(-data.size // _PART), _PART], np.uint8)
    parts.reshape(-1)[parts.size - data.size :] = data
    table = _byte_table()
    crc = np.zeros(len(parts), np.uint32)
    for column in np.ascontiguousarray(parts.T):
        crc = table[(crc ^ column) & 255] ^ (crc >> 8)
    size = _PART
    while len(crc) > 1:
        if len(crc) % 2:
            crc = np.concatenate([np.zeros(1, np.uint32), crc])
        crc = _zero_bytes(crc[::2], size) ^ crc[1::2]
        size *= 2
    return int(crc[0])


def _zero_bytes(crc: Any, count: int) -> Any:
    """The remainders after so many more zero bytes."""
    power = 0
    while count >> power:
        if count >> power & 1:
            crc = _apply(_shift_tables(power), crc)
        power += 1
    return crc


@cache
def _shift_tables(power: int) -> Sequence[np.ndarray]:
    """What 2**power zero bytes make of each byte of a remainder, which xor brings together."""
    bytes_of_remainders = [np.arange(256, dtype=np.uint32) << np.uint32(8 * i) for i in range(4)]
    if power == 0:
        return [_byte_table()[crc & 255] ^ (crc >> 8) for crc in bytes_of_remainders]
    half = _shift_tables(power - 1)
    return [_apply(half, _apply(half, crc)) for crc in bytes_of_remainders]


def _apply(tables: Sequence[np.ndarray], crc: Any) -> Any:
    return tables[0][crc & 255] ^ tables[1][crc >> 8 & 255] ^ tables[2][crc >> 16 & 255] ^ tables[3][crc >> 24]


@cache
def _byte_table() -> np.ndarray:
    """The remainder of each byte."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ np.uint32(_POLYNOMIAL), table >> 1)
    return table
