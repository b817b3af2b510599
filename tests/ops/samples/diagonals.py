"""Diagonals, bands, cross products."""

import numpy as np

from .making import BOOLS, CUBE, EMPTY, F32, INTS, ROW, SPECIAL, STRIDED, A, B, Sample, case

WIDE, TALL = CUBE, CUBE.swapaxes(1, 2)[::-1]
ALIGNMENTS = ("LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT")


def held(x, k, padding, align):  # type: ignore[no-untyped-def]
    """The diagonals one by one, each padded to the longest."""
    above, below = align.split("_")
    offsets = range(k[1], k[0] - 1, -1)
    lines = [np.diagonal(x, offset, -2, -1) for offset in offsets]
    longest = max(line.shape[-1] for line in lines)
    padded = []
    for offset, line in zip(offsets, lines, strict=True):
        missing = np.full((*line.shape[:-1], longest - line.shape[-1]), padding, x.dtype)
        to_left = (above if offset > 0 else below) == "LEFT"
        padded.append(np.concatenate([line, missing] if to_left else [missing, line], -1))
    return padded[0] if len(padded) == 1 else np.stack(padded, -2)


def spread(line, k, rows, columns, padding, align):  # type: ignore[no-untyped-def]
    """A matrix for each vector, element by element; for bands of one length, where alignment plays no part."""
    result = np.full((*line.shape[: -2 if k[0] < k[1] else -1], rows, columns), padding, line.dtype)
    lines = np.expand_dims(line, -2) if k[0] == k[1] else line
    for index in np.ndindex(result.shape):
        *batch, row, column = index
        if k[0] <= column - row <= k[1]:
            result[index] = lines[(*batch, k[1] - (column - row), min(row, column))]
    return result


def replaced(x, diagonal, k, align):  # type: ignore[no-untyped-def]
    mask = np.tri(*x.shape[-2:], k[1], bool) & ~np.tri(*x.shape[-2:], k[0] - 1, bool)
    return np.where(mask, spread(diagonal, k, *x.shape[-2:], 0, align), x)


def one(x, k=0):  # type: ignore[no-untyped-def]
    return case(x, k=(k, k), padding=0, align="RIGHT_LEFT", reference=held)


SAMPLES: dict[str, list[Sample]] = {
    "diag_part": [
        *(one(x, k) for x in (WIDE, TALL, STRIDED) for k in (0, 1, -1, 2)),
        *(one(x) for x in (EMPTY, EMPTY.T, F32, INTS, BOOLS, SPECIAL.reshape(2, 3), A + 1j * B)),
        *(
            case(x, k=k, padding=7, align=align, reference=held)
            for x in (WIDE, TALL)
            for k in ((-1, 1), (0, 2), (-2, 0), (1, 2), (-2, 2))
            for align in ALIGNMENTS
        ),
    ],
    "diag": [
        *(
            case(x, k=(k, k), rows=-1, columns=-1, padding=p, align="RIGHT_LEFT",
                 reference=lambda x, k, rows, columns, **rest: spread(
                     x, k, x.shape[-1] + abs(k[0]), x.shape[-1] + abs(k[0]), **rest))
            for k in (0, 1, -2) for x, p in ((ROW, 0), (A, 2), (F32, 0), (SPECIAL, 1), (BOOLS, 0))
        ),
        case(EMPTY[:, :0], k=(0, 0), rows=-1, columns=-1, padding=0, align="RIGHT_LEFT",
             reference=lambda *_, **__: np.zeros((0, 0, 0))),
        case(ROW, k=(0, 0), rows=3, columns=5, padding=0, align="RIGHT_LEFT", reference=spread),
        case(ROW, k=(-1, -1), rows=4, columns=6, padding=9, align="RIGHT_LEFT", reference=spread),
        case(CUBE[:, :2, :], k=(0, 1), rows=4, columns=5, padding=0, align="LEFT_LEFT", reference=spread),
        case(CUBE[:, :2, :3], k=(-1, 0), rows=4, columns=3, padding=5, align="LEFT_RIGHT", reference=spread),
        # The band taken out of a matrix and put back.
        *(
            case(held(CUBE, (-2, 3), 0, align), k=(-2, 3), rows=3, columns=4, padding=0, align=align,
                 reference=lambda *_, **__: CUBE)
            for align in ALIGNMENTS
        ),
    ],
    "set_diag": [
        case(A, ROW[:2], k=(0, 0), align="RIGHT_LEFT", reference=replaced),
        case(WIDE, B, k=(0, 0), align="RIGHT_LEFT", reference=replaced),
        case(WIDE, B, k=(1, 1), align="RIGHT_LEFT", reference=replaced),
        case(TALL, B, k=(-1, -1), align="LEFT_RIGHT", reference=replaced),
        case(WIDE, CUBE[:, :2, :3], k=(0, 1), align="LEFT_LEFT", reference=replaced),
        case(INTS, INTS[0, :2], k=(1, 1), align="RIGHT_LEFT", reference=replaced),
        case(EMPTY, ROW[:0], k=(0, 0), align="RIGHT_LEFT", reference=lambda x, diagonal, **_: x),
        *(
            case(WIDE * 0, held(WIDE, (-2, 3), 0, align), k=(-2, 3), align=align, reference=lambda *_, **__: WIDE)
            for align in ALIGNMENTS
        ),
    ],
    "band_part": [
        case(x, lower=lower, upper=upper,
             reference=lambda x, lower, upper: np.where(
                 np.fromfunction(lambda i, j: ((lower < 0) | (i - j <= lower)) & ((upper < 0) | (j - i <= upper)),
                                 x.shape[-2:]),
                 x, np.zeros_like(x)))
        for x, lower, upper in (
            (WIDE, -1, 0), (WIDE, 0, -1), (WIDE, 1, 2), (TALL, 0, 0), (TALL, -1, -1), (STRIDED, 1, 0), (EMPTY, -1, 0),
            (INTS, 0, 1), (BOOLS, 0, 0), (SPECIAL.reshape(2, 3), 0, 0), (F32, -1, 0), (A + 1j * B, 0, -1),
        )
    ],
    "cross": [
        case(x, y, reference=lambda x, y: np.stack(
            [x[..., i - 2] * y[..., i - 1] - x[..., i - 1] * y[..., i - 2] for i in range(3)], -1))
        for x, y in ((A, B), (ROW, ROW[::-1]), (EMPTY, EMPTY), (INTS, INTS[::-1]), (F32, F32[::-1]),
                     (STRIDED, STRIDED[::-1] + 1), (SPECIAL[:3], SPECIAL[3:]))
    ],
}  # fmt: skip
