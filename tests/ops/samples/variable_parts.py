"""Parts of variables: slices, rows, elements."""

import numpy as np

from eagernb.ops.slicing import Slice

from .making import CUBE, INTS, A, Sample, case

WORDS = np.array([b"a", b"b", b"c"], object)
ROWS = np.array([1, 0, 1], np.int32)  # one of them twice
NEW = np.array([[2.0, -3.0, 0.5], [1.5, 1.0, -4.0], [0.25, 8.0, 3.0]])
MATRIX = CUBE[:, :, 0]
AT = np.array([[1, 2], [0, 0], [1, 2]])


def one_by_one(change):
    """Apply the updates in order, each to what the one before has left."""

    def reference(old, indices, updates):
        new = old.copy()
        updates = np.broadcast_to(updates, (*indices.shape, *old.shape[1:])) if np.ndim(updates) == 0 else updates
        for position in np.ndindex(*indices.shape):
            new[indices[position]] = change(new[indices[position]], updates[position])
        return new

    return reference


def block_by_block(change):
    def reference(old, indices, updates):
        new = old.copy()
        for position in np.ndindex(*indices.shape[:-1]):
            where = tuple(indices[position])
            new[where] = change(new[where], updates[position])
        return new

    return reference


CHANGES = {
    "add": lambda old, new: old + new,
    "sub": lambda old, new: old - new,
    "mul": lambda old, new: old * new,
    "div": lambda old, new: old / new if old.dtype.kind == "f" else np.trunc(old / new).astype(old.dtype),
    "max": lambda old, new: np.maximum(old, new),
    "min": lambda old, new: np.minimum(old, new),
    "update": lambda old, new: new,
}


def sliced(old, value, key):
    new = old.copy()
    new[tuple(slice(*part) if isinstance(part, Slice) else part for part in key)] = value
    return new


def batches(old, indices, updates):
    new = old.copy()
    for position in np.ndindex(*indices.shape):
        new[(*position[:-1], indices[position])] = updates[position]
    return new


SAMPLES: dict[str, list[Sample]] = {
    "assign_slice": [
        case([A], NEW[0, :2], key=(1, Slice(1, None, None)), reference=sliced),
        case([A], NEW[:2, :2], key=(..., Slice(None, None, -2)), reference=sliced),
        case([A], NEW[:1, :1], key=(Slice(None, None, None), 2), reference=sliced),
        case([A], np.float64(7), key=(), reference=sliced),
        case([A], NEW[None, :1], key=(0,), reference=sliced),
        case([WORDS], WORDS[:1], key=(Slice(1, 3, None),), reference=sliced),
    ],
    "count_up_to": [case([np.int32(3)], limit=5, reference=lambda old, limit: old)],
    "variable_batch_scatter_update": [
        case([A], np.array([[2], [0]]), NEW[:2, :1], reference=batches),
        case([CUBE], np.array([[2, 0], [1, 2]]), CUBE[:, :2] + 1, reference=batches),
        case([A], np.array([1]), NEW[:1], reference=batches),
    ],
} | {
    f"variable_scatter_{how}": [
        case([A], ROWS, NEW, reference=one_by_one(change)),
        case([A], ROWS.astype(np.int64)[:, None], NEW[:, None], reference=one_by_one(change)),
        case([INTS], ROWS, np.int32([[2, 3, -2], [5, -1, 4], [-3, 2, 2]]), reference=one_by_one(change)),
        case([A], np.int32(1), NEW[2], reference=one_by_one(change)),
        case([A], ROWS, np.float64(2), reference=one_by_one(change)),
        case([A], ROWS[:0], NEW[:0], reference=one_by_one(change)),
    ]
    for how, change in CHANGES.items()
} | {
    f"variable_scatter_nd_{how}": [
        case([MATRIX], AT, NEW[0], reference=block_by_block(CHANGES[how])),
        case([MATRIX], AT[:, :1], NEW, reference=block_by_block(CHANGES[how])),
        case([CUBE], AT.astype(np.int32)[None], CUBE[:1], reference=block_by_block(CHANGES[how])),
        case([A], AT[:0], NEW[0, :0], reference=block_by_block(CHANGES[how])),
    ]
    for how in ("add", "sub", "max", "min", "update")
}  # fmt: skip
SAMPLES["variable_scatter_update"].append(case([WORDS], ROWS[:2], WORDS[1:], reference=one_by_one(CHANGES["update"])))
