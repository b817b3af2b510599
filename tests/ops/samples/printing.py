"""Printing."""

import io

import numpy as np

from .making import NUMBER, A, Sample, case

QUIET = {"stream": io.StringIO(), "summarize": 3}
TEXT = np.array(b"text", object)


def printed(*_, **__):
    return np.array(False)


SAMPLES: dict[str, list[Sample]] = {
    "print": [
        case(A, NUMBER, pieces=("x: ", " ", "\n"), plain=False, **QUIET, reference=printed),
        case(TEXT, pieces=("", "\n"), plain=True, **QUIET, reference=printed),
        case(pieces=("\n",), plain=False, **QUIET, reference=printed),
    ],
}
