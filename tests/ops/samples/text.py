"""Text of numbers, and how far sequences are from each other."""

import os
from functools import cache
from typing import Any

import numpy as np

import eagernb.io
import eagernb.ops.as_string
import eagernb.ops.edit_distance
import eagernb.ops.fingerprint
import eagernb.ops.serialized_tensors  # noqa: F401  all register operations
from eagernb.core.dtypes import int16, int32, string, uint8

from .making import BOOLS, INTS, Sample, case

PLAIN = {"precision": -1, "scientific": False, "shortest": False, "width": -1, "fill": ""}
HALVES = np.array([[0.5, -2.25], [1e10, 0.0]])


def texts(form: Any) -> Any:
    """The reference that formats one element after the other."""
    return lambda x, **params: np.array([form(v).encode() for v in x.ravel().tolist()], object).reshape(x.shape)


def prints(*rows: str) -> Any:
    """The reference that gives these rows of bytes."""
    return lambda x, method: np.array([list(bytes.fromhex(row)) for row in rows], np.uint8)


def levenshtein(said: Any, told: Any, meant: Any, true: Any, shape: Any, normalize: bool) -> Any:
    """By the recursive definition."""

    @cache
    def distance(a: tuple[Any, ...], b: tuple[Any, ...]) -> int:
        if not a or not b:
            return len(a) + len(b)
        return min(distance(a[1:], b) + 1, distance(a, b[1:]) + 1, distance(a[1:], b[1:]) + (a[0] != b[0]))

    result = np.zeros(shape, np.float32)
    for place in np.ndindex(*shape):
        a, b = (
            tuple(v for at, v in zip(places.tolist(), values.tolist(), strict=True) if tuple(at[:-1]) == place)
            for places, values in ((said, told), (meant, true))
        )
        far = distance(a, b)
        result[place] = far if not normalize or not far else far / len(b) if b else np.inf
    return result


SAID = np.array([[0, 0], [0, 1], [1, 0], [3, 0]]), np.array([1, 2, 3, 9])
MEANT = np.array([[0, 0], [0, 1], [0, 2], [1, 0], [2, 0]]), np.array([1, 3, 2, 3, 4])

# TensorFlow's bytes of [7, 2] as int32, and of ["a", ""].
TWO = np.array([7, 2], np.int32)
TWO_BYTES = np.array(b'\x08\x03\x12\x04\x12\x02\x08\x02"\x08' + TWO.astype("<i4").tobytes(), object)
TEXTS = np.array([b"a", b""], object)
TEXT_BYTES = np.array(b"\x08\x07\x12\x04\x12\x02\x08\x02B\x01aB\x00", object)

WORDS = np.array([[b"ab?>~o~>>", b"a"], [b"", b"four"]], object)
LETTERS = np.array([[b"YWI_Pn5vfj4-", b"YQ"], [b"", b"Zm91cg"]], object)
PADDED = np.array([[b"YWI_Pn5vfj4-", b"YQ=="], [b"", b"Zm91cg=="]], object)
NOWHERE = np.array(os.devnull.encode(), object)
NUMBERS = np.array([258, 300], np.int16)

SAMPLES: dict[str, list[Sample]] = {
    "as_string": [
        case(INTS, **PLAIN, reference=texts(str)),
        case(BOOLS, **PLAIN, reference=texts(lambda v: str(v).lower())),
        case(HALVES, **PLAIN, reference=texts("{:.6f}".format)),
        case(HALVES, **PLAIN | {"precision": 2, "width": 9, "fill": "0"}, reference=texts("{:09.2f}".format)),
        case(HALVES + 1j, **PLAIN | {"precision": 1},
             reference=texts(lambda v: f"({v.real:.1f},{v.imag:.1f})")),
    ],
    "decode_raw": [
        case(np.array([NUMBERS.tobytes(), NUMBERS[::-1].tobytes()], object), dtype=int16, little_endian=True,
             fixed_length=None, reference=lambda x, **params: np.stack([NUMBERS, NUMBERS[::-1]])),
        case(np.array([b"\x01\x02\x03", b"\x04"], object), dtype=int16, little_endian=False, fixed_length=4,
             reference=lambda x, **params: np.array([[0x0102, 0x0300], [0x0400, 0]], np.int16)),
        case(np.array([NUMBERS.tobytes()], object), dtype=uint8, little_endian=True, fixed_length=None,
             reference=lambda x, **params: np.array([[2, 1, 44, 1]], np.uint8)),
    ],
    "encode_base64": [
        case(WORDS, pad=False, reference=lambda x, pad: LETTERS), case(WORDS, pad=True, reference=lambda x, pad: PADDED)
    ],
    "decode_base64": [case(LETTERS, reference=lambda x: WORDS), case(PADDED, reference=lambda x: WORDS)],
    "fingerprint": [
        # What TensorFlow gives for [[1, 2]], for the texts "abc" and "d", and for both in one row.
        case(np.array([[1, 2]], np.int32), method="farmhash64", reference=prints("4c12fd85a8ccf00a")),
        case(np.array([b"abc", b"d"], object), method="farmhash64",
             reference=prints("69f3e774a0b3a524", "219a7d9563e40a3e")),
        case(np.array([[b"abc", b"d"]], object), method="farmhash64", reference=prints("2a24d30a98f5aa82")),
    ],
    "serialize_tensor": [
        case(TWO, reference=lambda x: TWO_BYTES), case(TEXTS, reference=lambda x: TEXT_BYTES)
    ],
    "parse_tensor": [
        case(TWO_BYTES, dtype=int32, reference=lambda x, dtype: TWO),
        case(TEXT_BYTES, dtype=string, reference=lambda x, dtype: TEXTS),
    ],
    "read_file": [case(NOWHERE, reference=lambda x: np.array(b"", object))],
    "write_file": [case(NOWHERE, np.array(b"text", object), reference=lambda x, y: np.zeros((), bool))],
    "matching_files": [case(NOWHERE, reference=lambda x: np.array([x[()]], object))],
    "edit_distance": [
        case(*SAID, *MEANT, shape=(4,), normalize=normalize, reference=levenshtein) for normalize in (True, False)
    ],
}  # fmt: skip
