"""Fourier transforms, against the matrices that they are products with."""

import numpy as np

from .making import CUBE, A, Sample, case

Z = CUBE + 1j * CUBE[::-1, ::-1]
SCALES = {"backward": lambda n: 1, "forward": lambda n: 1 / n, "ortho": lambda n: n**-0.5}


def dft(x, axis, norm, sign=-1, scales=SCALES):
    n = x.shape[axis]
    matrix = np.exp(sign * 2j * np.pi / n * np.outer(np.arange(n), np.arange(n))) * scales[norm](n)
    return np.moveaxis(np.moveaxis(x, axis, -1) @ matrix, -1, axis)


def forward(x, axes, norm):
    for axis in axes:
        x = dft(x, axis, norm)
    return x


def inverse(x, axes, norm):
    opposite = {"backward": SCALES["forward"], "forward": SCALES["backward"], "ortho": SCALES["ortho"]}
    for axis in axes:
        x = dft(x, axis, norm, +1, opposite)
    return x


def half(x, axes, norm):
    whole = forward(x.astype(np.complex128), axes, norm)
    return np.take(whole, range(x.shape[axes[-1]] // 2 + 1), axes[-1]).astype(np.result_type(x, np.complex64))


def from_half(x, axes, norm, length):
    """The other half is the mirror image, conjugated; the imaginary parts of its own mirror images are dropped."""
    x = inverse(x, axes[:-1], norm)
    lines = np.moveaxis(x, axes[-1], -1)
    own = [0] if length % 2 else [0, length // 2]
    lines = np.concatenate([lines, np.conj(lines[..., 1 : (length + 1) // 2][..., ::-1])], -1)
    lines[..., own] = lines[..., own].real
    return inverse(np.moveaxis(lines, -1, axes[-1]), axes[-1:], norm).real


AXES = [((-1,), "backward"), ((0,), "ortho"), ((2, 0), "forward"), ((0, 1, 2), "backward")]
SAMPLES: dict[str, list[Sample]] = {
    "fft": [case(Z, axes=a, norm=n, reference=forward) for a, n in AXES]
    + [case(Z.astype(np.complex64), axes=(1,), norm="backward",
            reference=lambda x, **_: forward(x.astype(np.complex128), (1,), "backward").astype(np.complex64))],
    "ifft": [case(Z, axes=a, norm=n, reference=inverse) for a, n in AXES],
    "rfft": [case(x, axes=a, norm=n, reference=half) for a, n in AXES for x in (CUBE, CUBE[:, :, :3])]
    + [case(A.astype(np.float32), axes=(1,), norm="backward", reference=half)],
    "irfft": [
        case(Z, axes=a, norm=n, length=2 * Z.shape[a[-1]] - 2 + odd, reference=from_half)
        for a, n in AXES for odd in (0, 1)
    ],
}  # fmt: skip
