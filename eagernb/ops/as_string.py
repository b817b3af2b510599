"""Numbers as text.

>>> import eagernb as tf
>>> tf.as_string([1, 20]).numpy().tolist()
[b'1', b'20']
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import string
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError


def _text(value: Any, form: str) -> bytes:
    """The text of one element, in a form of C's printf."""
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, complex):
        return f"({form % value.real},{form % value.imag})".encode()
    if isinstance(value, bytes):
        return form.replace("s", "b").encode() % value
    if isinstance(value, float) and not np.isfinite(value):
        form = form.replace("%0", "%")  # C fills zeros before numbers only
    return (form % value).encode()


def _kernel(x: Any, precision: int, scientific: bool, shortest: bool, width: int, fill: str) -> Any:
    of_floats = "e" if scientific else "g" if shortest else "f"
    kind = "s" if x.dtype.kind == "O" else "d" if x.dtype.kind in "biu" else of_floats
    form = f"%{fill}{width if width > -1 else ''}{f'.{precision}' if precision > -1 and kind != 's' else ''}{kind}"
    result = np.empty(x.shape, object)
    for place, value in zip(np.ndindex(x.shape), x.ravel().tolist(), strict=True):
        result[place] = _text(value, form)
    return result


AS_STRING = register(
    Op("as_string", ("x",), _kernel, lambda x, **params: TensorSpec(x.shape, string), (None,), label="text",
       family="elementwise", dtypes=dtypes.ANY, flops=lambda ins, outs, **params: ins[0].size or 0)
)  # fmt: skip


def as_string(
    input: Any, precision: int = -1, scientific: bool = False, shortest: bool = False, width: int = -1, fill: str = "",
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Each number as text, in the forms of C's printf; text as it is, bools as true and false.

    ``precision`` is how many digits come after the point, ``scientific`` and ``shortest`` are the forms ``%e`` and
    ``%g`` instead of ``%f``: for floats and complex numbers only. Text shorter than ``width`` is filled up from the
    left with blanks, or as ``fill`` says, one of printf's flags ``" "``, ``"0"``, ``"-"`` and ``"+"``.
    InvalidArgumentError for what does not go together.

    >>> import eagernb as tf
    >>> tf.as_string([3.14159, 10.0], precision=2, width=6).numpy().tolist()
    [b'  3.14', b' 10.00']
    """
    x = convert_to_tensor(input)
    exact = x.dtype.is_integer or x.dtype.is_bool
    if scientific and shortest:
        raise InvalidArgumentError("as_string: cannot select both scientific and shortest notation.")
    if len(fill) > 1 or fill not in " 0-+":
        raise InvalidArgumentError(f"as_string: fill must be one of ' ', '0', '-' and '+', or nothing, not {fill!r}.")
    if exact and (precision > -1 or scientific or shortest):
        raise InvalidArgumentError(f"as_string: precision, scientific and shortest are not for {x.dtype.name}.")
    return apply(
        AS_STRING, (x,), precision=int(precision), scientific=bool(scientific), shortest=bool(shortest),
        width=int(width), fill=fill,
    )  # fmt: skip
