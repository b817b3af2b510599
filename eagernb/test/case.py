"""TestCase: unittest's, with assertions about arrays and tensors."""

from __future__ import annotations

import unittest
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import is_dense_tensor
from eagernb.ops.random_seeds import set_seed


class TestCase(unittest.TestCase):
    """A test case whose assertions take tensors, variables, arrays, and lists and dicts of them.

    Every test starts from the same random seed.
    """

    def setUp(self) -> None:
        super().setUp()
        set_seed(87654321)

    def evaluate(self, tensors: Any) -> Any:
        """The values of tensors, as NumPy arrays in the same structure."""
        return nest.map_structure(lambda x: x.numpy() if is_dense_tensor(x) else x, tensors)

    def assertAllEqual(self, a: Any, b: Any, msg: str | None = None) -> None:
        """All elements are equal, and so are the shapes; NaN equals NaN."""
        self._compare(a, b, lambda x, y: np.testing.assert_array_equal(x, y), msg)

    def assertNotAllEqual(self, a: Any, b: Any, msg: str | None = None) -> None:
        """Some element, or the shape, differs."""
        self._differ(lambda: self.assertAllEqual(a, b), "equal", msg)

    def assertAllClose(
        self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: str | None = None
    ) -> None:  # fmt: skip
        """|a - b| <= atol + rtol |b| everywhere; float16 and bfloat16 need not be as close."""

        def compare(x: Any, y: Any) -> None:
            least = max(_least_tolerance(x.dtype), _least_tolerance(y.dtype))
            x, y = (v.astype(np.float64) if v.dtype.kind in "fV" else v for v in (x, y))
            np.testing.assert_allclose(x, y, max(rtol, least), max(atol, least))

        self._compare(a, b, compare, msg)

    def assertNotAllClose(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: str | None = None) -> None:
        """Some elements are farther from each other than the tolerance."""
        self._differ(lambda: self.assertAllClose(a, b, rtol, atol), "close", msg)

    def assertAllGreater(self, a: Any, comparison_target: Any) -> None:
        """All elements are > the target."""
        self._holds(a, lambda x: x > comparison_target, f"> {comparison_target}")

    def assertAllGreaterEqual(self, a: Any, comparison_target: Any) -> None:
        """All elements are >= the target."""
        self._holds(a, lambda x: x >= comparison_target, f">= {comparison_target}")

    def assertAllLess(self, a: Any, comparison_target: Any) -> None:
        """All elements are < the target."""
        self._holds(a, lambda x: x < comparison_target, f"< {comparison_target}")

    def assertAllLessEqual(self, a: Any, comparison_target: Any) -> None:
        """All elements are <= the target."""
        self._holds(a, lambda x: x <= comparison_target, f"<= {comparison_target}")

    def assertAllInRange(
        self, target: Any, lower_bound: Any, upper_bound: Any, open_lower_bound: bool = False,
        open_upper_bound: bool = False,
    ) -> None:  # fmt: skip
        """All elements are between the bounds, which belong to the range unless they are open."""
        (self.assertAllGreater if open_lower_bound else self.assertAllGreaterEqual)(target, lower_bound)
        (self.assertAllLess if open_upper_bound else self.assertAllLessEqual)(target, upper_bound)

    def assertAllInSet(self, target: Any, expected_set: Any) -> None:
        """All elements are in the set."""
        self._holds(target, lambda x: np.isin(x, list(expected_set)), f"in {expected_set}")

    def assertShapeEqual(self, input_a: Any, input_b: Any, msg: str | None = None) -> None:
        """Both have the same shape."""
        self.assertEqual(tuple(input_a.shape), tuple(input_b.shape), msg)

    def assertDTypeEqual(self, target: Any, expected_dtype: Any) -> None:
        """The elements have this dtype."""
        self.assertEqual(np.asarray(target).dtype, np.dtype(getattr(expected_dtype, "as_numpy_dtype", expected_dtype)))

    def assertNear(self, f1: Any, f2: Any, err: float, msg: str | None = None) -> None:
        """|f1 - f2| <= err."""
        self.assertLessEqual(abs(float(f1) - float(f2)), err, msg)

    def assertEmpty(self, container: Any, msg: str | None = None) -> None:
        """There is nothing in it."""
        self.assertEqual(len(container), 0, msg)

    def assertLen(self, container: Any, expected_len: int, msg: str | None = None) -> None:
        """There are as many items in it."""
        self.assertEqual(len(container), expected_len, msg)

    def _compare(self, a: Any, b: Any, compare: Callable[[Any, Any], None], msg: str | None) -> None:
        if isinstance(a, Mapping):
            self.assertEqual(set(a), set(b), msg or "The keys differ.")
            for key in a:
                self._compare(a[key], b[key], compare, msg)
        elif any(map(_has_parts, (a, b))):
            self.assertEqual(len(a), len(b), msg or "The numbers of items differ.")
            for x, y in zip(a, b, strict=True):
                self._compare(x, y, compare, msg)
        else:
            x, y = np.asarray(a), np.asarray(b)
            self.assertEqual(x.shape, y.shape, msg or f"The shapes differ: {x.shape} and {y.shape}.")
            try:
                compare(x, y)
            except AssertionError as error:
                self.fail(f"{msg or ''}{error}")

    def _differ(self, assertion: Callable[[], None], word: str, msg: str | None) -> None:
        try:
            assertion()
        except AssertionError:
            return
        self.fail(msg or f"The two values are {word} at all elements.")

    def _holds(self, values: Any, condition: Callable[[Any], Any], text: str) -> None:
        array = np.asarray(values)
        failed = array[~np.asarray(condition(array))]
        self.assertEqual(failed.size, 0, f"{failed.size} elements are not {text}, first: {failed[:3]}")


def _least_tolerance(dtype: np.dtype) -> float:
    return {"float16": 1e-3, "bfloat16": 1e-2}.get(dtype.name, 0.0)


def _has_parts(value: Any) -> bool:
    """Whether it is a list of arrays, tensors, lists or dicts, whose shapes may differ."""
    parts = value if isinstance(value, (list, tuple)) else ()
    return any(isinstance(part, (np.ndarray, Mapping)) or is_dense_tensor(part) or _has_parts(part) for part in parts)
