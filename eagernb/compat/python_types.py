"""What programs ask for that run with several versions of Python and TensorFlow: tuples of types, sizes as numbers."""

from __future__ import annotations

import datetime
import numbers
from typing import Any

import numpy as np

from eagernb.compat.text import as_str_any

bytes_or_text_types = (bytes, str)
integral_types = (numbers.Integral, np.integer)
real_types = (numbers.Real, np.integer, np.floating)
complex_types = (numbers.Complex, np.number)

# Until when graphs of the version of TensorFlow that this package follows are read by those before it.
_HORIZON = datetime.date(2026, 1, 16)


def dimension_value(dimension: Any) -> int | None:
    """The size of a dimension as TensorFlow 2 gives it: an int, or None where it is unknown.

    >>> import eagernb as tf
    >>> tf.compat.dimension_value(tf.TensorShape([None, 3])[1])
    3
    """
    return dimension


def dimension_at_index(shape: Any, index: int) -> int | None:
    """The size of one dimension of a TensorShape; None where it is unknown, or the rank is.

    >>> import eagernb as tf
    >>> tf.compat.dimension_at_index(tf.TensorShape([16, None, 256]), 2)
    256
    """
    return None if shape.rank is None else shape[index]


def path_to_str(path: Any) -> Any:
    """The text of a path object; anything else as it is.

    >>> import pathlib
    >>> path_to_str(pathlib.Path("./corpus"))
    'corpus'
    """
    return as_str_any(path.__fspath__()) if hasattr(path, "__fspath__") else path


def forward_compatible(year: int, month: int, day: int) -> bool:
    """Whether what was new in TensorFlow on this day may be used by now.

    >>> forward_compatible(2019, 1, 1)
    True
    """
    return datetime.date(year, month, day) < _HORIZON
