"""Bytes as numbers, and as letters that go anywhere.

>>> import eagernb as tf
>>> tf.io.decode_raw(b"AB", tf.uint8).numpy()
array([65, 66], dtype=uint8)
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import DType, as_dtype, string
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError


def _decode_kernel(x: Any, dtype: DType, little_endian: bool, fixed_length: int | None) -> Any:
    texts = np.ravel(x).tolist()
    if fixed_length is not None:
        texts = [text[:fixed_length].ljust(fixed_length, b"\0") for text in texts]
    lengths = {len(text) for text in texts}
    if len(lengths) > 1:
        raise ValueError(f"all must have as many bytes, not {sorted(lengths)}; fixed_length cuts off and fills up")
    length = lengths.pop() if lengths else fixed_length or 0
    if length % dtype.size:
        raise ValueError(f"{length} bytes are no multiple of the {dtype.size} bytes of {dtype.name}")
    numbers = np.frombuffer(b"".join(texts), dtype.numpy)
    if not little_endian:
        numbers = numbers.byteswap()
    return numbers.reshape(*x.shape, length // dtype.size).copy()


def _decode_spec(x: TensorSpec, dtype: DType, little_endian: bool, fixed_length: int | None) -> TensorSpec:
    return TensorSpec([*x.dims, None if fixed_length is None else fixed_length // dtype.size], dtype)


DECODE_RAW = register(
    Op("decode_raw", ("x",), _decode_kernel, _decode_spec, (None,), label="numbers", family="shape",
       dtypes=dtypes.STRINGS, typed=(0,))
)  # fmt: skip


def decode_raw(
    input_bytes: Any, out_type: Any, little_endian: bool = True, fixed_length: Any = None, name: str | None = None
) -> Tensor:
    """The numbers whose bytes stand in strings, along a new last axis.

    All strings must be of one length, a multiple of the size of ``out_type``; or they are cut off, or filled up with
    zeros, to ``fixed_length`` bytes. Bytes are in the order of little-endian machines, or with ``little_endian=False``
    the other way round. InvalidArgumentError for what does not fit.

    >>> import eagernb as tf
    >>> tf.io.decode_raw([b"\\x01\\x00", b"\\x02\\x01"], tf.int16).numpy()
    array([[  1],
           [258]], dtype=int16)
    """
    dtype = as_dtype(out_type)
    if dtype is string or not dtype.numpy.itemsize:
        raise InvalidArgumentError(f"decode_raw makes numbers, not {dtype.name}.")
    length = None if fixed_length is None else static_int(fixed_length, "fixed_length")
    if length is not None and (length < 1 or length % dtype.size):
        raise InvalidArgumentError(
            f"fixed_length ({length}) must be a multiple of the {dtype.size} bytes of {dtype.name}."
        )
    x = convert_to_tensor(input_bytes, string)
    return apply(DECODE_RAW, (x,), dtype=dtype, little_endian=bool(little_endian), fixed_length=length)


def _each(function: Callable[[bytes], bytes], x: Any) -> Any:
    result = np.empty(x.shape, object)
    for place, text in zip(np.ndindex(x.shape), np.ravel(x).tolist(), strict=True):
        result[place] = function(text)
    return result


def _letters(text: bytes, pad: bool) -> bytes:
    letters = base64.urlsafe_b64encode(text)
    return letters if pad else letters.rstrip(b"=")


def _bytes(letters: bytes) -> bytes:
    without = letters.rstrip(b"=")
    if not re.fullmatch(rb"[A-Za-z0-9_-]*", without) or len(letters) - len(without) > 2:
        raise ValueError(f"{letters!r} has a character that base64 for the web does not")
    if len(without) % 4 == 1:
        raise ValueError(f"the {len(without)} letters of {letters!r} are one too many, or three too few")
    return base64.urlsafe_b64decode(without + b"=" * (-len(without) % 4))


ENCODE_BASE64 = register(
    Op("encode_base64", ("x",), lambda x, pad: _each(lambda text: _letters(text, pad), x),
       lambda x, pad: TensorSpec(x.shape, string), (None,), label="base64", family="shape", dtypes=dtypes.STRINGS,
       typed=(0,))
)  # fmt: skip
DECODE_BASE64 = register(
    Op("decode_base64", ("x",), lambda x: _each(_bytes, x), lambda x: TensorSpec(x.shape, string), (None,),
       label="from base64", family="shape", dtypes=dtypes.STRINGS, typed=(0,))
)  # fmt: skip


def encode_base64(input: Any, pad: bool = False, name: str | None = None) -> Tensor:
    """Bytes as base64 with the letters for the web, ``-`` and ``_``; with ``pad``, filled up with ``=``. RFC 4648.

    >>> encode_base64([b"ab?", b"a"]).numpy().tolist()
    [b'YWI_', b'YQ']
    """
    return apply(ENCODE_BASE64, (convert_to_tensor(input, string),), pad=bool(pad))


def decode_base64(input: Any, name: str | None = None) -> Tensor:
    """The bytes of base64 with the letters for the web; InvalidArgumentError for other letters.

    >>> decode_base64("YWI_").numpy()
    b'ab?'
    """
    return apply(DECODE_BASE64, (convert_to_tensor(input, string),))
