"""Fingerprints: eight bytes that stand for a row, the same on every machine and in every version.

The function is farmhash's Fingerprint64 (Geoff Pike, "FarmHash", 2014), as in TensorFlow. It is made to spread texts
evenly and fast, not to be hard to forge: for that there is hashlib.

>>> import eagernb as tf
>>> tf.fingerprint(["abc"]).numpy()
array([[105, 243, 231, 116, 160, 179, 165,  36]], dtype=uint8)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor

_MASK = 2**64 - 1
# "Some primes between 2**63 and 2**64", as the author says.
_K0, _K1, _K2 = 0xC3A5C85C97CB3127, 0xB492B66FBE98F273, 0x9AE16A3B2F90404F


def _at(text: bytes, place: int) -> int:
    """The eight bytes that start there, counted from the end where ``place`` is negative."""
    place %= len(text)
    return int.from_bytes(text[place : place + 8], "little")


def _turned(word: int, by: int) -> int:
    """The word's 64 bits turned to the right."""
    word &= _MASK
    return word >> by | word << (64 - by) & _MASK


def _shifted(word: int) -> int:
    word &= _MASK
    return word ^ word >> 47


def _joined(u: int, v: int, factor: int) -> int:
    """Two words made one."""
    a = _shifted((u ^ v) * factor)
    return _shifted((v ^ a) * factor) * factor & _MASK


def fingerprint_of(text: bytes) -> int:
    """The fingerprint of some bytes, a number below 2**64.

    >>> hex(fingerprint_of(b"abc"))
    '0x24a5b3a074e7f369'
    """
    size = len(text)
    factor = _K2 + 2 * size
    if size > 64:
        return _of_long(text)
    if size > 32:
        return _of_up_to_64(text, factor)
    if size > 16:
        a, b, c, d = _at(text, 0) * _K1, _at(text, 8), _at(text, -8) * factor, _at(text, -16) * _K2
        first = _turned(a + b, 43) + _turned(c, 30) + d & _MASK
        return _joined(first, a + _turned(b + _K2, 18) + c & _MASK, factor)
    if size >= 8:
        a, b = _at(text, 0) + _K2, _at(text, -8)
        return _joined(_turned(b, 37) * factor + a & _MASK, (_turned(a, 25) + b) * factor & _MASK, factor)
    if size >= 4:
        first, last = (int.from_bytes(part, "little") for part in (text[:4], text[-4:]))
        return _joined(size + (first << 3), last, factor)
    if size:
        y, z = text[0] + (text[size >> 1] << 8), size + (text[-1] << 2)
        return _shifted(y * _K2 ^ z * _K0) * _K2 & _MASK
    return _K2


def _of_up_to_64(text: bytes, factor: int) -> int:
    a, b, c, d = _at(text, 0) * _K2, _at(text, 8), _at(text, -8) * factor, _at(text, -16) * _K2
    y = _turned(a + b, 43) + _turned(c, 30) + d & _MASK
    z = _joined(y, a + _turned(b + _K2, 18) + c & _MASK, factor)
    e, f = _at(text, 16) * factor, _at(text, 24)
    g, h = (y + _at(text, -32)) * factor, (z + _at(text, -24)) * factor
    first = _turned(e + f, 43) + _turned(g, 30) + h & _MASK
    return _joined(first, e + _turned(f + a, 18) + g & _MASK, factor)


def _of_long(text: bytes) -> int:
    """64 bytes at a time change a state of seven words; the last 64 do so once more, with another factor."""
    y = 81 * _K1 + 113 & _MASK
    state = (81 * _K2 + _at(text, 0) & _MASK, y, _shifted(y * _K2 + 113) * _K2 & _MASK, (0, 0), (0, 0))
    for start in range(0, (len(text) - 1) // 64 * 64, 64):
        state = _stirred(text[start : start + 64], *state, factor=_K1)
    x, y, z, (v0, v1), (w0, w1) = state
    factor = _K1 + ((z & 0xFF) << 1)
    w0 += len(text) - 1 & 63
    v0 += w0
    w0 += v0
    x, y, z, v, w = _stirred(text[-64:], x, y, z, (v0, v1), (w0, w1), factor=factor, last=True)
    first = _joined(v[0], w[0], factor) + _shifted(y) * _K0 + z & _MASK
    return _joined(first, _joined(v[1], w[1], factor) + x & _MASK, factor)


def _stirred(
    part: bytes, x: int, y: int, z: int, v: tuple[int, int], w: tuple[int, int], factor: int, last: bool = False
) -> tuple[int, int, int, tuple[int, int], tuple[int, int]]:
    more = 9 if last else 1
    x = _turned(x + y + v[0] + _at(part, 8), 37) * factor & _MASK
    y = _turned(y + v[1] + _at(part, 48), 42) * factor & _MASK
    x ^= w[1] * more & _MASK
    y = y + v[0] * more + _at(part, 40) & _MASK
    z = _turned(z + w[0], 33) * factor & _MASK
    v = _pair(part[:32], v[1] * factor, x + w[0])
    w = _pair(part[32:], z + w[1], y + _at(part, 16))
    return z, y, x, v, w


def _pair(part: bytes, a: int, b: int) -> tuple[int, int]:
    """Two words of 32 bytes and two words."""
    first, second, third, fourth = (_at(part, place) for place in (0, 8, 16, 24))
    a += first
    b = _turned(b + a + fourth, 21)
    between = a + second + third
    return between + fourth & _MASK, b + _turned(between, 44) + a & _MASK


def _row(row: np.ndarray) -> bytes:
    """What is hashed of a row: its bytes; of several texts, the fingerprints of them all."""
    if not row.dtype.hasobject:
        return row.astype(row.dtype.newbyteorder("<")).tobytes()
    if row.size == 1:
        return row.ravel()[0]
    return b"".join(fingerprint_of(text).to_bytes(8, "little") for text in row.ravel().tolist())


def _fingerprints(data: Any, method: str) -> Any:
    if method != "farmhash64":
        raise ValueError(f"there is no method {method!r}, only 'farmhash64'")
    if not data.ndim:
        raise ValueError("data must have one axis at least, of which each row gets a fingerprint")
    prints = b"".join(fingerprint_of(_row(data[i : i + 1])).to_bytes(8, "little") for i in range(len(data)))
    return np.frombuffer(prints, np.uint8).reshape(len(data), 8).copy()


FINGERPRINT = register(
    Op("fingerprint", ("data",), _fingerprints,
       lambda data, method: TensorSpec([*data.dims[:1], 8], dtypes.uint8), (None,), label="fingerprint",
       family="shape", dtypes=frozenset(d.numpy for d in dtypes.ALL))
)  # fmt: skip


def fingerprint(data: Any, method: str = "farmhash64", name: str | None = None) -> Tensor:
    """Eight bytes for each row of data, which are the same for the same row always: a uint8 tensor [rows, 8].

    InvalidArgumentError for a scalar, and for any ``method`` but "farmhash64".

    >>> fingerprint([[1, 2], [3, 4]]).numpy()
    array([[ 76,  18, 253, 133, 168, 204, 240,  10],
           [254, 162,  60, 240, 103, 244,  53, 255]], dtype=uint8)
    """
    return apply(FINGERPRINT, (convert_to_tensor(data),), method=method)
