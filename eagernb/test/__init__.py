"""tf.test: testing code that uses tensors.

>>> import eagernb as tf
>>> class SquareTest(tf.test.TestCase):
...     def test_square(self):
...         self.assertAllClose(tf.square([1.0, 2.0]), [1.0, 4.0])
>>> tf.test.is_gpu_available()
False
"""

from __future__ import annotations

from typing import Any

from eagernb.core.lazy_import import lazy_import
from eagernb.test.gradient import compute_gradient

# unittest is imported when it is needed: it takes longer than the rest of this package.
_LAZY = {"TestCase": "eagernb.test.case"}

__all__ = [
    "compute_gradient",
    "gpu_device_name",
    "is_built_with_cuda",
    "is_built_with_gpu_support",
    "is_built_with_rocm",
    "is_built_with_xla",
    "is_gpu_available",
    "main",
    *_LAZY,
]

__getattr__ = lazy_import(__name__, _LAZY)


def __dir__() -> list[str]:
    return __all__


def is_gpu_available(cuda_only: bool = False, min_cuda_compute_capability: Any = None) -> bool:
    """False: there is no GPU here."""
    return False


def gpu_device_name() -> str:
    """The empty text: there is no GPU here."""
    return ""


def is_built_with_cuda() -> bool:
    """False: everything runs on the CPU."""
    return False


def is_built_with_rocm() -> bool:
    """False: everything runs on the CPU."""
    return False


def is_built_with_gpu_support() -> bool:
    """False: everything runs on the CPU."""
    return False


def is_built_with_xla() -> bool:
    """Whether graphs can be compiled with XLA: False."""
    return False


def main(argv: Any = None) -> None:
    """Run all test cases of the program, and exit."""
    import unittest

    unittest.main(argv=argv)
