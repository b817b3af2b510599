"""Points that fill a cube evenly: random numbers leave gaps and clusters, these do not.

>>> sobol_sample(2, 3).numpy()
array([[0.5 , 0.5 ],
       [0.75, 0.25],
       [0.25, 0.75]], dtype=float32)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype, float32
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError


def sobol_sample(dim: Any, num_results: Any, skip: Any = 0, dtype: Any = float32, name: str | None = None) -> Tensor:
    """``num_results`` points of Sobol's sequence in the unit cube of ``dim`` dimensions, [num_results, dim].

    The sequence begins after the origin, or ``skip`` points further on. Its direction numbers are those of Joe and Kuo
    (2008). Raises InvalidArgumentError for no dimension or no points.

    >>> sobol_sample(2, 3).numpy()
    array([[0.5 , 0.5 ],
           [0.75, 0.25],
           [0.25, 0.75]], dtype=float32)
    """
    from scipy.stats import qmc

    dimensions, count, first = (
        static_int(value, what) for value, what in ((dim, "dim"), (num_results, "num_results"), (skip, "skip"))
    )
    if dimensions < 1 or count < 1 or first < 0:
        raise InvalidArgumentError(
            "sobol_sample: dim and num_results must be at least 1 and skip not negative, not "
            f"{dimensions}, {count} and {first}.",
            "sobol_sample",
        )
    sequence = qmc.Sobol(dimensions, scramble=False, bits=32)
    sequence.fast_forward(first + 1)
    return convert_to_tensor(sequence.random(count).astype(as_dtype(dtype).numpy))
