"""Assertions that hold: what happens when they fail is in test_assertions.py."""

import numpy as np

from .making import A, B, Sample, case

YES = {"message": "", "summarize": 3, "zero": False}
WORDS = np.array([b"a", b"b"], object)


def holds(*_, **__):
    return np.True_


SAMPLES: dict[str, list[Sample]] = {
    "assert": [
        case(np.bool_(True), A, WORDS, summarize=3, shown="x", reference=holds),
        case(np.bool_(True), summarize=-1, shown="x", reference=holds),
    ],
    "assert_comparison": [
        case(A, A, relation="==", **YES, reference=holds),
        case(WORDS, WORDS[::-1], relation="!=", **YES, reference=holds),
        case(A, np.float64(2), relation="<", **YES, reference=holds),
        case(A[:0], A[0], relation=">=", **YES, reference=holds),
    ],
    "assert_near": [case(A, A + 1e-3, rtol=0.0, atol=0.01, message="", summarize=3, reference=holds)],
    "check_numerics": [
        case(A, message="A", reference=lambda x, message: x),
        case(B.astype(np.float32), message="B", reference=lambda x, message: x),
        case(A[:0], message="nothing", reference=lambda x, message: x),
    ],
}
