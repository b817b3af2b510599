"""ForwardAccumulator: derivatives along one direction, computed together with the values.

>>> import eagernb as tf
>>> x = tf.constant([1.0, 2.0])
>>> with tf.autodiff.ForwardAccumulator(x, tf.constant([1.0, 0.0])) as acc:
...     y = x ** 3
>>> acc.jvp(y).numpy()
array([3., 0.], dtype=float32)
"""

from __future__ import annotations

import logging
import weakref
from collections.abc import Sequence
from typing import Any

from eagernb.autodiff.backprop import check_tensor
from eagernb.autodiff.jvp import jvp
from eagernb.autodiff.unconnected import UnconnectedGradients
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import Handler, suspended
from eagernb.core.op import Op
from eagernb.core.tensor import Tensor, key_of
from eagernb.errors import ShapeError
from eagernb.ops.creation import zeros

_log = logging.getLogger(__name__)


class ForwardAccumulator(Handler):
    """Follows how every tensor computed inside ``with`` moves when the primals move along the tangents.

    ``primals`` is a tensor or variable, or a structure of them, ``tangents`` the same of directions, of the primals'
    shapes. ``jvp`` gives the product of the Jacobian and the tangents. One pass costs about as much as computing the
    values, however many outputs there are: a GradientTape is better for many inputs, this for many outputs.

    Accumulators nest (the outer one sees the inner one's tangents), and go with tapes: around a tape whose gradient is
    asked for inside, an accumulator gives Hessian-vector products.

    Raises ValueError for structures that differ, for a primal given twice and for dtypes that differ, ShapeError for
    shapes that do.

    >>> import eagernb as tf
    >>> x = tf.constant([1.0, 2.0])
    >>> with ForwardAccumulator(x, tf.constant([0.0, 1.0])) as acc:
    ...     y = x * x
    >>> acc.jvp(y).numpy()
    array([0., 4.], dtype=float32)
    """

    sees_inside = True

    def __init__(self, primals: Any, tangents: Any) -> None:
        self._recording = False
        # The tangent of a tensor lives as long as the tensor: nothing else can ask for it.
        self._tangents: dict[int, tuple[Any, Tensor]] = {}
        nest.assert_same_structure(primals, tangents)
        for primal, tangent in zip(nest.flatten(primals), nest.flatten(tangents), strict=True):
            self._watch(primal, tangent)

    def _watch(self, primal: Any, tangent: Any) -> None:
        check_tensor(primal, "primal")
        if not primal.dtype.is_floating:
            _log.warning("The dtype of the watched primal must be floating (e.g. tf.float32), got %r", primal.dtype)
        tangent = convert_to_tensor(tangent, primal.dtype)
        if not primal.shape.is_compatible_with(tangent.shape):
            raise ShapeError(
                f"ForwardAccumulator: a tangent must have its primal's shape, {primal.shape}, not {tangent.shape}."
            )
        if key_of(primal) in self._tangents:
            raise ValueError(
                f"{primal!r} was specified as a primal multiple times. If it was intended, sum its tangents."
            )
        self.follow(primal, tangent)

    def follow(self, primal: Any, tangent: Tensor) -> None:
        """Let the primal, a tensor or a variant, move along the tangent."""
        key, tangents = key_of(primal), self._tangents
        tangents[key] = weakref.ref(primal, lambda _: tangents.pop(key, None)), tangent

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in ("follow", "tangent")]

    def __enter__(self) -> ForwardAccumulator:
        if self._recording:
            raise ValueError("Accumulator is already recording.")
        self._recording = True
        self.activate()
        return self

    def __exit__(self, *_: object) -> None:
        if self._recording:
            self._recording = False
            self.deactivate()

    def note(self, op: Op, inputs: Sequence[Any], params: dict[str, Any], result: Any) -> None:
        # Handlers outside have taken note of the operation by now, so that they can follow the tangents as well.
        tangents = [self.tangent(x) for x in inputs]
        if all(tangent is None for tangent in tangents):
            return
        with suspended(self.outer):
            moved = jvp(op, inputs, params, result, tangents)
        for out, tangent in zip(result if op.multiple else (result,), moved, strict=True):
            if tangent is not None:
                self.follow(out, tangent)

    def tangent(self, primal: Any) -> Tensor | None:
        """How it moves; None if it does not."""
        found = self._tangents.get(primal._key) if primal._key else None
        return None if found is None else found[1]

    def jvp(self, primals: Any, unconnected_gradients: Any = UnconnectedGradients.NONE) -> Any:
        """How each of these tensors moves, in their structure: None for one that does not, or zeros if asked for.

        Raises ValueError for another ``unconnected_gradients``, NotATensorError for what is no tensor.
        """
        zero = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO

        def found(primal: Any) -> Tensor | None:
            check_tensor(primal, "primal")
            tangent = self.tangent(primal)
            return zeros(primal.shape, primal.dtype) if tangent is None and zero else tangent

        return nest.map_structure(found, primals)
