"""Reductions and running sums."""

import numpy as np

from eagernb.core.dtypes import int32, int64

from .making import BOOLS, CUBE, INTS, SPECIAL, A, Sample, Z, by_loop, case, int_mean, reducing, running


def logsumexp(x: np.ndarray, axis: int) -> np.ndarray:
    return np.log(np.exp(x).sum(axis))


SAMPLES: dict[str, list[Sample]] = {
    "reduce_sum": reducing(lambda x, axis, keepdims: x.sum(axis, x.dtype, keepdims=keepdims), INTS, SPECIAL[None], Z),
    "reduce_mean": [
        *reducing(lambda x, axis, keepdims: x.mean(axis, keepdims=keepdims), SPECIAL[None], Z),
        case(INTS, axis=(1,), keepdims=False, reference=int_mean),
    ],
    "reduce_max": reducing(lambda x, axis, keepdims: x.max(axis, keepdims=keepdims), INTS, SPECIAL[None]),
    "reduce_min": reducing(lambda x, axis, keepdims: x.min(axis, keepdims=keepdims), INTS, SPECIAL[None]),
    "reduce_prod": reducing(lambda x, axis, keepdims: x.prod(axis, x.dtype, keepdims=keepdims), INTS, CUBE.round(), Z),
    "reduce_euclidean_norm": [
        *reducing(lambda x, axis, keepdims: (np.abs(x) ** 2).sum(axis, x.dtype, keepdims=keepdims) ** 0.5,
                  SPECIAL[None], Z.astype(np.complex64)),
        case(INTS, axis=(1,), keepdims=False, reference=lambda x, **_: np.array([10, 5], np.int32)),
    ],
    "reduce_any": [case(BOOLS, axis=(0,), keepdims=True, reference=lambda x, **_: x.any(0, keepdims=True))],
    "reduce_all": [case(BOOLS, axis=None, keepdims=False, reference=lambda x, **_: x.all())],
    "argmax": [
        case(x, axis=a, dtype=int64, reference=lambda x, axis, dtype: x.argmax(axis))
        for x, a in ((A, 0), (CUBE, -1), (INTS, 1), (BOOLS, 1))
    ],
    "argmin": [
        case(x, axis=a, dtype=int32, reference=lambda x, axis, dtype: np.int32(x.argmin(axis)))
        for x, a in ((A, 0), (CUBE, -1), (INTS, 1))
    ],
    "cumsum": running(by_loop(np.sum)),
    "cumprod": running(by_loop(np.prod)),
    "cumulative_logsumexp": [
        case(x, axis=-2, exclusive=exclusive, reverse=reverse, reference=by_loop(logsumexp))
        for x, exclusive in ((CUBE, False), (np.float32(CUBE), True))  # the first or last of an exclusive one is -inf
        for reverse in (False, True)
    ],
}  # fmt: skip
